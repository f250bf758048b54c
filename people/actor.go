package people

import (
	"cmp"
	"net/netip"
	"sync"
	"time"

	"anwen/internal/date"
	"anwen/internal/i18n"
)

// Actor is who asks: every verb of every room takes one. It is a value, made
// from a session or, for the program's own work, by System.
type Actor struct {
	PersonID   int64
	SessionID  int64
	EmployeeNo string
	Login      string
	Name       string
	UnitID     int64
	UnitPath   string
	Position   string
	Locale     i18n.Locale
	Zone       string // IANA name; of the unit: every local date of the person is in it
	OwnZone    string // of the person, who is shown instants in it; empty: the unit's
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

// By is the actor as a column such as granted_by holds it: nil for the program
// itself.
func (a Actor) By() *int64 {
	if a.PersonID == 0 {
		return nil
	}
	return &a.PersonID
}

// Has reports whether the actor holds any of the roles, for whatever unit.
func (a Actor) Has(roles ...Role) bool { return !a.Over(roles...).None() }

// Today is the local date of the instant where the actor's unit is; an unknown zone
// falls back to UTC.
func (a Actor) Today(now time.Time) time.Time { return date.In(now, Zone(a.Zone)) }

// Clock is the zone that the actor is shown instants in.
func (a Actor) Clock() *time.Location { return Zone(cmp.Or(a.OwnZone, a.Zone)) }

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
