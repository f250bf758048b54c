package training

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
)

// relatedCourses are the courses of the slugs, in the order of the slugs.
func relatedCourses(ctx context.Context, conn database.Conn, actor people.Actor, slugs []string) ([]RelatedCourse, error) {
	if len(slugs) == 0 {
		return nil, nil
	}
	var rows []struct {
		RelatedCourse
		Titles i18n.Texts
	}
	err := conn.WithContext(ctx).Raw(`
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
