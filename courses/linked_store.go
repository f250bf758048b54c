package courses

import (
	"context"
	"slices"

	"anwen/internal/database"
)

// link is a course that a folder names.
type link struct {
	Slug  string
	Known bool
	Back  bool // it is a prerequisite that leads back to the folder's course
}

func linksOf(ctx context.Context, conn database.Conn, folder Folder) (links []link, err error) {
	err = conn.WithContext(ctx).Raw(`
		WITH RECURSIVE named AS (SELECT DISTINCT unnest(CAST(@named AS text[])) AS slug),
		current AS (SELECT c.slug, r.requires FROM courses c
			JOIN LATERAL (SELECT requires FROM course_revisions WHERE course_id = c.id ORDER BY number DESC LIMIT 1) r ON true),
		behind AS (
			SELECT slug AS start, slug FROM named WHERE slug = ANY (CAST(@requires AS text[]))
			UNION SELECT b.start, q FROM behind b JOIN current c ON c.slug = b.slug, unnest(c.requires) q
		)
		SELECT n.slug, EXISTS (SELECT FROM current c WHERE c.slug = n.slug) AS known,
			EXISTS (SELECT FROM behind b WHERE b.start = n.slug AND b.slug = @own) AS back
		FROM named n ORDER BY n.slug`, map[string]any{"own": folder.Slug, "requires": database.Array[string](folder.Requires),
		"named": database.Array[string](slices.Concat(folder.Requires, folder.Equivalents))}).Scan(&links).Error
	return links, err
}
