package people

import (
	"context"
	"fmt"

	"anwen/internal/database"
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

// Below is the unit and everything below it as a LIKE pattern of paths.
func (u Unit) Below() string { return u.Path + "%" }

// Units lists the whole tree, parents before children. Every employee may see
// the organisation.
func (s *Service) Units(ctx context.Context) ([]Unit, error) {
	return UnitTree(ctx, s.db)
}

// UnitTree is every unit, parents before children, inside a transaction as well.
func UnitTree(ctx context.Context, conn database.Conn) ([]Unit, error) {
	units, err := listUnits(ctx, conn)
	if err != nil {
		return nil, fmt.Errorf("list units: %w", err)
	}
	return units, nil
}

// UnitsByCode finds units by their codes, in one question; a code that no unit has is
// not in the map. It knows no reach: Reach.Unit does.
func UnitsByCode(ctx context.Context, conn database.Conn, codes ...string) (map[string]Unit, error) {
	if len(codes) == 0 {
		return map[string]Unit{}, nil
	}
	list, err := unitsCoded(ctx, conn, codes)
	if err != nil {
		return nil, fmt.Errorf("find units by their codes: %w", err)
	}
	found := make(map[string]Unit, len(list))
	for _, u := range list {
		found[u.Code] = u
	}
	return found, nil
}
