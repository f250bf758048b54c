package courses

import (
	"context"
	"fmt"

	"anwen/internal/i18n"
)

// LessonTitles are the titles of the lessons of courses in their newest revisions, by
// slug and by the lesson's name. Everybody may see them.
func (s *Service) LessonTitles(ctx context.Context, slugs []string, l i18n.Locale) (map[string]map[string]string, error) {
	titles := map[string]map[string]string{}
	if len(slugs) == 0 {
		return titles, nil
	}
	rows, err := lessonTitles(ctx, s.db, slugs, l)
	if err != nil {
		return nil, fmt.Errorf("titles of the lessons of %v: %w", slugs, err)
	}
	for _, r := range rows {
		if titles[r.Slug] == nil {
			titles[r.Slug] = map[string]string{}
		}
		titles[r.Slug][r.Name] = r.Title
	}
	return titles, nil
}
