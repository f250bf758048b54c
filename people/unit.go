package people

import (
	"context"
	"fmt"

	"anwen/internal/i18n"
)

// Unit is a node of the organisation: the institution, a region, a branch.
type Unit struct {
	ID       int64
	Code     string
	Names    i18n.Texts
	ParentID *int64
	Path     string // /1/4/17/: the ids from the root down to this unit
	Zone     string
	Calendar string
}

// Name is the unit's name in the locale or the nearest there is.
func (u Unit) Name(l i18n.Locale) string {
	name := u.Names.In(l)
	return name
}

// Units lists the whole tree, parents before children. Every employee may see
// the organisation.
func (s *Service) Units(ctx context.Context) ([]Unit, error) {
	units, err := unitsWhere(ctx, s.db, `true`)
	if err != nil {
		return nil, fmt.Errorf("list units: %w", err)
	}
	return units, nil
}
