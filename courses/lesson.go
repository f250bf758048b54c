package courses

import (
	"context"
	"fmt"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// PublishedLesson is a lesson as it is shown. It depends on the revision and the
// locale only, never on the reader, so that it may be cached.
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
// language that it has. NotFound when there is none.
func (s *Service) Lesson(ctx context.Context, slug string, n int, locale i18n.Locale) (PublishedLesson, error) {
	lesson, err := findLesson(ctx, s.db, slug, n, locale)
	if err != nil {
		return PublishedLesson{}, fmt.Errorf("lesson %d of course %s: %w", n, slug, err)
	}
	if lesson.CourseID == 0 {
		return PublishedLesson{}, LessonNotFound(slug, n)
	}
	return lesson, nil
}

// LessonNotFound is NotFound: the course has no lesson n.
func LessonNotFound(slug string, n int) error {
	return errs.New(errs.NotFound, "courses.lesson_not_found", errs.Args{"course": errs.Clip(slug), "n": n})
}
