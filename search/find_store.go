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
// language are shown, the best first.
func findSections(ctx context.Context, conn database.Conn, tsquery string, l i18n.Locale, limit int) (list []foundSection, err error) {
	err = conn.WithContext(ctx).Raw(`
		SELECT o.kind, s.code, s.number, s.title, s.heading, s.body
		FROM find_sections(CAST(@query AS tsquery), @locale, @ranked, @limit) best
		JOIN search_sections s ON s.id = best.id JOIN search_sources o ON o.id = s.source
		ORDER BY best.rank DESC, s.id`,
		map[string]any{"query": tsquery, "locale": l, "limit": limit, "ranked": ranked}).Scan(&list).Error
	return list, err
}
