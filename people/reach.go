package people

import (
	"slices"
	"strings"

	"anwen/internal/database"
	"anwen/internal/errs"
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
