package people

import (
	"cmp"
	"slices"

	"anwen/internal/i18n"
)

// MaxListedChanges is how many people an import lists with what changes; the audit log
// has them all.
const MaxListedChanges = 10_000

// PersonChange is what an import changes of one person.
type PersonChange struct {
	EmployeeNo string
	Name       string
	Line       int // of the file
	Kind       ChangeKind
	Fields     []FieldChange
}

// FieldChange is a field of a person before and after, by the heading of its column.
// Before is empty for a new person.
type FieldChange struct {
	Field, Before, After string
}

// ChangeKind says what becomes of a person; the kinds are listed in this order.
type ChangeKind string

// The kinds of change.
const (
	ComesBack ChangeKind = "comes_back" // had left, and has not any more
	Leaves    ChangeKind = "leaves"
	Changes   ChangeKind = "changes"
	IsNew     ChangeKind = "is_new"
)

var changeOrder = map[ChangeKind]int{ComesBack: 0, Leaves: 1, Changes: 2, IsNew: 3}

// verb is what the audit log calls the change.
func (c PersonChange) verb() string {
	if c.Kind == IsNew {
		return "create"
	}
	return "change"
}

// values are the fields before and after, for the audit log.
func (c PersonChange) values(file string) any {
	type fields map[string]string
	before, after := fields{}, make(fields, len(c.Fields))
	for _, f := range c.Fields {
		after[f.Field] = f.After
		if c.Kind != IsNew {
			before[f.Field] = f.Before
		}
	}
	if c.Kind == IsNew {
		return map[string]any{"file": file, "line": c.Line, "after": after}
	}
	return map[string]any{"file": file, "line": c.Line, "before": before, "after": after}
}

// changeOf compares what is stored with what will be; there tells that the person is
// known. It is pure.
func changeOf(before, after staff, there bool) PersonChange {
	c := PersonChange{EmployeeNo: after.EmployeeNo, Name: after.Name, Kind: Changes}
	add := func(field, old, new string) {
		if old != new {
			c.Fields = append(c.Fields, FieldChange{field, old, new})
		}
	}
	add("status", string(before.Status), string(after.Status))
	add("name", before.Name, after.Name)
	add("unit_code", before.UnitCode, after.UnitCode)
	add("position", before.Position, after.Position)
	add("manager_no", before.ManagerNo, after.ManagerNo)
	add("login", before.Login, after.Login)
	add("email", before.Email, after.Email)
	add("zone", before.Zone, after.Zone)
	add("language", before.Language, after.Language)
	switch {
	case !there:
		c.Kind = IsNew
	case before.Status == Left && after.Status != Left:
		c.Kind = ComesBack
	case before.Status != Left && after.Status == Left:
		c.Kind = Leaves
	}
	return c
}

// list puts the changes into the report, in the order of their kinds and of the file.
func (r *ImportReport) list(changes []PersonChange) {
	list := slices.Clone(changes)
	slices.SortStableFunc(list, func(a, b PersonChange) int { return cmp.Compare(changeOrder[a.Kind], changeOrder[b.Kind]) })
	r.Changes = list[:min(len(list), MaxListedChanges)]
	r.ChangesLeftOff = len(list) - len(r.Changes)
}

// name gives the report the names of the units and managers in its changes. A manager
// whom the actor does not reach keeps the number only.
func (r *ImportReport) name(units map[string]Unit, next []staff, known map[string]staff, reach Reach) {
	r.UnitNames, r.PersonNames = map[string]i18n.Texts{}, map[string]string{}
	names := make(map[string]string, len(next))
	for _, n := range next {
		names[n.EmployeeNo] = n.Name
	}
	for _, k := range known {
		if names[k.EmployeeNo] == "" && reach.Covers(k.Path) {
			names[k.EmployeeNo] = k.Name
		}
		if names[k.ManagerNo] == "" && reach.Covers(k.ManagerPath) {
			names[k.ManagerNo] = k.ManagerName
		}
	}
	for _, c := range r.Changes {
		for _, f := range c.Fields {
			for _, code := range [2]string{f.Before, f.After} {
				switch {
				case code == "":
				case f.Field == "unit_code":
					r.UnitNames[code] = units[code].Names
				case f.Field == "manager_no" && names[code] != "":
					r.PersonNames[code] = names[code]
				}
			}
		}
	}
}
