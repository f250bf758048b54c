package courses

import (
	"context"
	"encoding/json"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// LessonPage is a lesson as it is shown. It depends on the revision and the
// locale only, never on who reads it, so that it may be kept.
type LessonPage struct {
	CourseID    int64
	Slug        string
	CourseTitle string
	N           int
	Total       int
	Title       string
	HTML        string
	Locale      i18n.Locale // of the text that was found
	RevisionID  int64
	Revision    int
	Minutes     int      // of the whole course
	Checks      [][]byte `gorm:"-"` // questions inside it, as they are stored
}

// Lesson returns lesson n of the current revision in the locale, or the nearest
// language that it has, with one statement. NotFound when there is none.
func (s *Service) Lesson(ctx context.Context, slug string, n int, locale i18n.Locale) (LessonPage, error) {
	var rows []struct {
		LessonPage
		TitlesJSON string
		ChecksJSON string
	}
	err := s.db.WithContext(ctx).Raw(`
		SELECT c.id AS course_id, c.slug, r.titles::text AS titles_json, l.n, r.lessons AS total,
			t.title, t.html, t.locale, r.id AS revision_id, r.number AS revision, r.minutes,
			coalesce((SELECT json_agg(item ORDER BY position) FROM lesson_checks k WHERE k.lesson_id = l.id AND k.locale = t.locale), '[]')::text AS checks_json
		FROM courses c
		JOIN LATERAL (SELECT * FROM course_revisions WHERE course_id = c.id ORDER BY number DESC LIMIT 1) r ON true
		JOIN lessons l ON l.revision_id = r.id AND l.n = ?
		JOIN LATERAL (SELECT * FROM lesson_texts WHERE lesson_id = l.id ORDER BY array_position(?::text[], locale) LIMIT 1) t ON true
		WHERE c.slug = ?`, n, preference(locale), slug).Scan(&rows).Error
	if err != nil {
		return LessonPage{}, fmt.Errorf("lesson %d of course %s: %w", n, slug, err)
	}
	if len(rows) == 0 {
		return LessonPage{}, errs.New(errs.NotFound, "courses.lesson_not_found", errs.Args{"course": clip(slug), "n": n})
	}
	page := rows[0].LessonPage
	titles, err := texts(rows[0].TitlesJSON)
	if err != nil {
		return LessonPage{}, fmt.Errorf("titles of course %s: %w", slug, err)
	}
	var checks []json.RawMessage
	if err := json.Unmarshal([]byte(rows[0].ChecksJSON), &checks); err != nil {
		return LessonPage{}, fmt.Errorf("questions in lesson %d of course %s: %w", n, slug, err)
	}
	for _, c := range checks {
		page.Checks = append(page.Checks, c)
	}
	page.CourseTitle, _ = i18n.Pick(titles, locale)
	return page, nil
}

// preference is the order in which i18n.Pick looks for a text.
func preference(want i18n.Locale) database.Array[string] {
	all := map[i18n.Locale]string{}
	for _, l := range i18n.Locales {
		all[l] = string(l)
	}
	var order database.Array[string]
	for len(all) > 0 {
		_, l := i18n.Pick(all, want)
		order = append(order, string(l))
		delete(all, l)
	}
	return order
}
