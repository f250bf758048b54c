package people

import (
	"net/netip"
	"strings"
	"sync"
	"time"

	"anwen/internal/i18n"
)

// Actor is who asks: every verb of every room takes one. It is a value, made
// from a session or, for the program's own work, by System.
type Actor struct {
	PersonID   int64
	SessionID  int64
	EmployeeNo string
	Name       string
	UnitID     int64
	UnitPath   string
	Position   string
	Locale     i18n.Locale
	Zone       string // IANA name; the person's, or the unit's
	Grants     []Grant
	From       netip.Addr // where the request came from; not valid for the program's own work
	// MustChangePassword: signed in with a temporary password, and let through
	// to nothing but its change.
	MustChangePassword bool
}

// Grant is a role over an org unit and everything below it.
type Grant struct {
	Role     Role   `json:"role"`
	UnitID   int64  `json:"unit_id"`
	UnitPath string `json:"unit_path"`
}

// System is the actor of the program's own work: it may do everything and has
// no person, so that its audit events carry no actor.
func System() Actor {
	grants := make([]Grant, len(Roles))
	for i, r := range Roles {
		grants[i] = Grant{Role: r, UnitPath: "/"}
	}
	return Actor{Name: "system", UnitPath: "/", Locale: i18n.English, Zone: "Asia/Shanghai", Grants: grants}
}

// Has reports whether the actor holds any of the roles, for whatever unit.
func (a Actor) Has(roles ...Role) bool { return len(a.Reach(roles...)) > 0 }

// Covers reports whether the actor holds one of the roles over the unit with
// the given path.
func (a Actor) Covers(unitPath string, roles ...Role) bool {
	for _, reach := range a.Reach(roles...) {
		if strings.HasPrefix(unitPath, reach) {
			return true
		}
	}
	return false
}

// Reach lists the paths of the units that the actor holds one of the roles
// over. An Employee reaches no unit: only the own records.
func (a Actor) Reach(roles ...Role) []string {
	var paths []string
	for _, g := range a.Grants {
		for _, r := range roles {
			if g.Role == r {
				paths = append(paths, g.UnitPath)
				break
			}
		}
	}
	return paths
}

// Patterns is Reach as LIKE patterns, for `path LIKE ANY (?)` with
// database.Array[string].
func (a Actor) Patterns(roles ...Role) []string {
	patterns := a.Reach(roles...)
	for i, p := range patterns {
		patterns[i] = p + "%"
	}
	return patterns
}

// Location is the actor's time zone; an unknown name falls back to UTC.
func (a Actor) Location() *time.Location { return Zone(a.Zone) }

var zones sync.Map // IANA name → *time.Location; the names come from units and people

// Zone is the time zone of the name, UTC for an unknown one. The zone file is read
// once.
func Zone(name string) *time.Location {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	zones.Store(name, zone)
	return zone
}
