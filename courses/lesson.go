package courses

import (
	"context"
	"encoding/json"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// PublishedLesson is a lesson as it is shown. It depends on the revision and the
// locale only, never on who reads it, so that it may be kept.
type PublishedLesson struct {
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
func (s *Service) Lesson(ctx context.Context, slug string, n int, locale i18n.Locale) (PublishedLesson, error) {
	var rows []struct {
		PublishedLesson
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
		WHERE c.slug = ?`, n, database.Array[string](i18n.Preference(locale)), slug).Scan(&rows).Error
	if err != nil {
		return PublishedLesson{}, fmt.Errorf("lesson %d of course %s: %w", n, slug, err)
	}
	if len(rows) == 0 {
		return PublishedLesson{}, LessonNotFound(slug, n)
	}
	page := rows[0].PublishedLesson
	titles, err := texts(rows[0].TitlesJSON)
	if err != nil {
		return PublishedLesson{}, fmt.Errorf("titles of course %s: %w", slug, err)
	}
	var checks []json.RawMessage
	if err := json.Unmarshal([]byte(rows[0].ChecksJSON), &checks); err != nil {
		return PublishedLesson{}, fmt.Errorf("questions in lesson %d of course %s: %w", n, slug, err)
	}
	for _, c := range checks {
		page.Checks = append(page.Checks, c)
	}
	page.CourseTitle = titles.In(locale)
	return page, nil
}

// LessonNotFound says that the course has no lesson n.
func LessonNotFound(slug string, n int) error {
	return errs.New(errs.NotFound, "courses.lesson_not_found", errs.Args{"course": errs.Clip(slug), "n": n})
}
