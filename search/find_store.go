package search

import (
	"context"

	"anwen/internal/database"
	"anwen/internal/i18n"
)

// foundSection is a section with the text that a snippet is cut from.
type foundSection struct {
	Found
	Body string
}

// findSections are the sections that the query matches and that readers of the
// language are shown: those in force on the day first, of these the best.
func findSections(ctx context.Context, conn database.Conn, w words, l i18n.Locale, day string, limit int) (list []foundSection, err error) {
	err = conn.WithContext(database.PlanAnew(ctx)).Raw(`
		SELECT o.kind, s.code, s.number, s.title, s.heading, coalesce(lower(s.in_force)::text, '') AS effective_from, best.in_force, s.body
		FROM find_sections(CAST(@all AS tsquery), CAST(@clause AS tsquery), @title, @locale, CAST(@day AS date), @ranked, @limit) best
		JOIN search_sections s ON s.id = best.id JOIN search_sources o ON o.id = s.source
		ORDER BY best.in_force DESC, best.rank DESC, s.id LIMIT @limit`,
		map[string]any{"all": w.all, "clause": w.clause, "title": w.title, "locale": l, "day": day, "limit": limit, "ranked": ranked}).Scan(&list).Error
	return list, err
}
