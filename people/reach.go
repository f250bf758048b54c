package people

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/identifier"
)

// Reach is what an actor may touch through some roles: the units that one of the
// roles is held over, all units below them, and the people there. It gives one
// answer everywhere. Without any of the roles: Forbidden. What lies outside is not
// found, in the same words as what does not exist. What belongs to the whole
// institution needs the role over its root.
type Reach struct {
	paths []string // of the units that a role is held over
}

// Over is what the actor may touch through any of the roles. An Employee reaches
// no unit: only the own records, which a verb allows by itself.
func (a Actor) Over(roles ...Role) Reach {
	var r Reach
	for _, g := range a.Grants {
		if slices.Contains(roles, g.Role) {
			r.paths = append(r.paths, g.UnitPath)
		}
	}
	return r
}

// None reports whether the actor holds none of the roles, over whatever unit.
func (r Reach) None() bool { return len(r.paths) == 0 }

// Require is Forbidden when the actor holds none of the roles.
func (r Reach) Require() error {
	if r.None() {
		return errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	return nil
}

// Covers reports whether the unit with the path is within reach. It is for paths
// that were loaded with something else; Unit and Person are for what is asked for.
func (r Reach) Covers(unitPath string) bool {
	return slices.ContainsFunc(r.paths, func(over string) bool { return strings.HasPrefix(unitPath, over) })
}

// Patterns are the units within reach as LIKE patterns, for sets:
// `unit_path LIKE ANY (@reach)`. Without a role they match nothing.
func (r Reach) Patterns() database.Array[string] {
	patterns := make(database.Array[string], len(r.paths))
	for i, p := range r.paths {
		patterns[i] = p + "%"
	}
	return patterns
}

// Unit is the unit with the code. Forbidden without the role; NotFound when there
// is no such unit within reach.
func (r Reach) Unit(ctx context.Context, conn database.Conn, code string) (Unit, error) {
	if err := r.Require(); err != nil {
		return Unit{}, err
	}
	folded, _ := identifier.Read(code)
	found, err := UnitsByCode(ctx, conn, code, folded)
	if err != nil {
		return Unit{}, fmt.Errorf("find unit %s: %w", code, err)
	}
	unit, there := found[code]
	if !there {
		unit, there = found[folded]
	}
	if !there || !r.Covers(unit.Path) {
		return Unit{}, errs.New(errs.NotFound, "people.unit_not_found", errs.Args{"code": code})
	}
	return unit, nil
}

// Narrow is the code, as it is stored, of the unit that a list is narrowed to; empty
// where it is narrowed to none. Forbidden and NotFound as Unit: a list that is asked
// for a unit out of reach is no empty one.
func (r Reach) Narrow(ctx context.Context, conn database.Conn, code string) (string, error) {
	if code == "" {
		return "", r.Require()
	}
	unit, err := r.Unit(ctx, conn, code)
	return unit.Code, err
}

// Person is the person with the employee number, who may have left. Forbidden
// without the role; NotFound when there is no such person within reach.
func (r Reach) Person(ctx context.Context, conn database.Conn, employeeNo string) (Person, error) {
	if err := r.Require(); err != nil {
		return Person{}, err
	}
	folded, _ := identifier.Read(employeeNo)
	found, err := ByNumber(ctx, conn, employeeNo, folded)
	if err != nil {
		return Person{}, fmt.Errorf("find person %s: %w", employeeNo, err)
	}
	p, there := found[employeeNo]
	if !there {
		p, there = found[folded]
	}
	return r.seen(p, there)
}

// PersonByID is the person with the id. Forbidden and NotFound as Person.
func (r Reach) PersonByID(ctx context.Context, conn database.Conn, id int64) (Person, error) {
	if err := r.Require(); err != nil {
		return Person{}, err
	}
	p, there, err := staffByID(ctx, conn, id)
	if err != nil {
		return Person{}, fmt.Errorf("find person %d: %w", id, err)
	}
	return r.seen(p, there)
}

// seen is the person, if there is one and within reach.
func (r Reach) seen(p Person, there bool) (Person, error) {
	if !there || !r.Covers(p.UnitPath) {
		return Person{}, errs.New(errs.NotFound, "people.person_not_found", nil)
	}
	return p, nil
}

// Root is Forbidden unless a role is held over the root of the institution, or
// over every root where there are several: for what belongs to no unit.
func (r Reach) Root(ctx context.Context, conn database.Conn) error {
	if err := r.Require(); err != nil {
		return err
	}
	may, err := r.MayChange(ctx, conn, "")
	if err == nil && !may {
		err = errs.New(errs.Forbidden, "people.root_needed", nil)
	}
	return err
}

// Change is what it needs to change something that belongs to the unit with the
// path: a role over it. What belongs to no unit has an empty path and is the whole
// institution's. Forbidden without such a role.
func (r Reach) Change(ctx context.Context, conn database.Conn, ownerPath string) error {
	if ownerPath == "" {
		return r.Root(ctx, conn)
	}
	if err := r.Require(); err != nil {
		return err
	}
	if !r.Covers(ownerPath) {
		return errs.New(errs.Forbidden, "people.other_unit", nil)
	}
	return nil
}

// MayChange reports whether Change refuses nothing.
func (r Reach) MayChange(ctx context.Context, conn database.Conn, ownerPath string) (bool, error) {
	if ownerPath != "" {
		return r.Covers(ownerPath), nil
	}
	if r.None() {
		return false, nil
	}
	roots, err := rootUnits(ctx, conn)
	if err != nil {
		return false, fmt.Errorf("find the root units: %w", err)
	}
	return r.Whole(roots), nil
}

// Whole reports whether a role is held over every root among the units, which is
// over the whole institution.
func (r Reach) Whole(units []Unit) bool {
	return !r.None() && !slices.ContainsFunc(units, func(u Unit) bool { return u.ParentID == nil && !r.Covers(u.Path) })
}
