package training

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
)

// RelatedCourse is another course that a course names: one to complete before, or one
// whose completion counts for it.
type RelatedCourse struct {
	Slug      string
	Title     string
	Completed bool // by the actor, in any cycle
}

// relatedCourses looks the courses up in the order of their slugs.
func (s *Service) relatedCourses(ctx context.Context, actor people.Actor, slugs []string) ([]RelatedCourse, error) {
	if len(slugs) == 0 {
		return nil, nil
	}
	var rows []struct {
		RelatedCourse
		Titles i18n.Texts
	}
	err := s.db.WithContext(ctx).Raw(`
		SELECT c.slug, r.titles, EXISTS (SELECT FROM completions x WHERE x.course_id = c.id AND x.person_id = ?) AS completed
		FROM courses c JOIN LATERAL (SELECT titles FROM course_revisions WHERE course_id = c.id ORDER BY number DESC LIMIT 1) r ON true
		WHERE c.slug = ANY (?) ORDER BY c.slug`, actor.PersonID, database.Array[string](slugs)).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("courses %v: %w", slugs, err)
	}
	list := make([]RelatedCourse, len(rows))
	for i, r := range rows {
		list[i] = r.RelatedCourse
		list[i].Title = r.Titles.In(actor.Locale)
	}
	return list, nil
}
