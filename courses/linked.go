package courses

import (
	"context"
	"fmt"

	"anwen/internal/errs"
)

// checkLinks refuses a folder that names courses which do not exist, or
// prerequisites that lead back to it, because then nobody could begin. Invalid with
// a fault for each.
func (s *Service) checkLinks(ctx context.Context, folder Folder) error {
	var faults errs.Faults
	links, err := linksOf(ctx, s.db, folder)
	if err != nil {
		return fmt.Errorf("courses that %s names: %w", folder.Slug, err)
	}
	for _, l := range links {
		switch {
		case !l.Known:
			faults.Add(errs.Place{File: courseFile}, "courses.linked_unknown", errs.Args{"slug": l.Slug})
		case l.Back:
			faults.Add(errs.Place{File: courseFile}, "courses.requires_circle", errs.Args{"slug": l.Slug})
		}
	}
	return faults.Err("courses.folder_refused")
}
