package people

import (
	"context"
	"encoding/json"
	"fmt"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// Unit is a node of the organisation: the institution, a region, a branch.
type Unit struct {
	ID       int64
	Code     string
	Names    map[i18n.Locale]string
	ParentID *int64
	Path     string
	Zone     string
	Calendar string
}

// Name is the unit's name in the locale or the nearest there is.
func (u Unit) Name(l i18n.Locale) string {
	name, _ := i18n.Pick(u.Names, l)
	return name
}

// Units lists the whole tree, parents before children. Every employee may see
// the organisation.
func (s *Service) Units(ctx context.Context) ([]Unit, error) {
	var rows []struct {
		Unit
		NamesJSON string
	}
	err := s.db.WithContext(ctx).Raw(`SELECT id, code, names::text AS names_json, parent_id, path, zone, calendar
		FROM units ORDER BY length(path), path`).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list units: %w", err)
	}
	units := make([]Unit, len(rows))
	for i, r := range rows {
		units[i] = r.Unit
		if err := json.Unmarshal([]byte(r.NamesJSON), &units[i].Names); err != nil {
			return nil, fmt.Errorf("names of unit %s: %w", r.Code, err)
		}
	}
	return units, nil
}

// UnitByCode finds a unit. NotFound when there is none.
func (s *Service) UnitByCode(ctx context.Context, code string) (Unit, error) {
	units, err := s.Units(ctx)
	if err != nil {
		return Unit{}, err
	}
	for _, u := range units {
		if u.Code == code {
			return u, nil
		}
	}
	return Unit{}, errs.New(errs.NotFound, "people.unit_not_found", errs.Args{"code": code})
}
