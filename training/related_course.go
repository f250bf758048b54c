package training

import (
	"context"
	"fmt"
	"strings"

	"anwen/internal/database"
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
		Slug, TitlesJSON string
		Completed        bool
	}
	err := s.db.WithContext(ctx).Raw(`
		SELECT c.slug, r.titles::text AS titles_json, EXISTS (SELECT FROM completions x WHERE x.course_id = c.id AND x.person_id = ?) AS completed
		FROM courses c JOIN LATERAL (SELECT titles FROM course_revisions WHERE course_id = c.id ORDER BY number DESC LIMIT 1) r ON true
		WHERE c.slug = ANY (?) ORDER BY c.slug`, actor.PersonID, database.Array[string](slugs)).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("courses %v: %w", slugs, err)
	}
	list := make([]RelatedCourse, len(rows))
	for i, r := range rows {
		titles, err := texts(r.TitlesJSON)
		if err != nil {
			return nil, fmt.Errorf("titles of course %s: %w", r.Slug, err)
		}
		list[i] = RelatedCourse{Slug: r.Slug, Completed: r.Completed}
		list[i].Title = titles.In(actor.Locale)
	}
	return list, nil
}

// split takes apart what string_agg joined; slugs and tags hold no line ends.
func split(joined string) []string {
	if joined == "" {
		return nil
	}
	return strings.Split(joined, "\n")
}
