package courses

import (
	"context"
	"fmt"
	"strings"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// Linked is another course that a course names: one to complete before, or one
// whose completion counts for it.
type Linked struct {
	Slug      string
	Title     string
	Completed bool // by the actor, in any cycle
}

// linked looks the courses up in the order of their slugs.
func (s *Service) linked(ctx context.Context, actor people.Actor, slugs []string) ([]Linked, error) {
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
	list := make([]Linked, len(rows))
	for i, r := range rows {
		titles, err := texts(r.TitlesJSON)
		if err != nil {
			return nil, fmt.Errorf("titles of course %s: %w", r.Slug, err)
		}
		list[i] = Linked{Slug: r.Slug, Completed: r.Completed}
		list[i].Title, _ = i18n.Pick(titles, actor.Locale)
	}
	return list, nil
}

// checkLinks notes courses that the draft names and that are not there, and
// prerequisites that lead back to it: nobody could begin.
func (s *Service) checkLinks(ctx context.Context, d Draft) error {
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

// split takes apart what string_agg joined; slugs and tags hold no line ends.
func split(joined string) []string {
	if joined == "" {
		return nil
	}
	return strings.Split(joined, "\n")
}
