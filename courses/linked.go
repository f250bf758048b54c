package courses

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/errs"
)

// checkLinks notes courses that the folder names and that are not there, and
// prerequisites that lead back to it: nobody could begin.
func (s *Service) checkLinks(ctx context.Context, d Folder) error {
	var faults errs.Faults
	var rows []struct {
		Slug  string
		Known bool
		Back  bool
	}
	err := s.db.WithContext(ctx).Raw(`
		WITH RECURSIVE named AS (SELECT DISTINCT unnest(CAST(@named AS text[])) AS slug),
		current AS (SELECT c.slug, r.requires FROM courses c
			JOIN LATERAL (SELECT requires FROM course_revisions WHERE course_id = c.id ORDER BY number DESC LIMIT 1) r ON true),
		behind AS (
			SELECT slug AS start, slug FROM named WHERE slug = ANY (CAST(@requires AS text[]))
			UNION SELECT b.start, q FROM behind b JOIN current c ON c.slug = b.slug, unnest(c.requires) q
		)
		SELECT n.slug, EXISTS (SELECT FROM current c WHERE c.slug = n.slug) AS known,
			EXISTS (SELECT FROM behind b WHERE b.start = n.slug AND b.slug = @own) AS back
		FROM named n ORDER BY n.slug`, map[string]any{"own": d.Slug, "requires": database.Array[string](notNil(d.Requires)),
		"named": database.Array[string](append(notNil(d.Requires), d.Equivalents...))}).Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("courses that %s names: %w", d.Slug, err)
	}
	for _, r := range rows {
		switch {
		case !r.Known:
			faults.Add(errs.Place{File: courseFile}, "courses.linked_unknown", errs.Args{"slug": r.Slug})
		case r.Back:
			faults.Add(errs.Place{File: courseFile}, "courses.requires_circle", errs.Args{"slug": r.Slug})
		}
	}
	return faults.Err("courses.folder_refused")
}
