package people

import (
	"context"
	"errors"
	"strings"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/testdb"
)

func TestUnitsAreMadeAfterTheirParents(t *testing.T) {
	known := map[string]Unit{"HQ": {ID: 1, Code: "HQ", Path: "/1/"}}
	for _, c := range []struct{ name, described, sorted, orphans string }{
		{"a root", "A", "A", ""},
		{"below a known unit", "A:HQ", "A", ""},
		{"a child before its parent", "B:A A:HQ", "A B", ""},
		{"a chain from below", "C:B B:A A", "A B C", ""},
		{"a parent that nobody knows", "B:A A:X C:HQ", "C", "B A"},
		{"its own parent", "A:A", "", "A"},
		{"a circle, and what hangs on it", "A:B B:A C:B D:HQ", "D", "A B C"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var described []staffRow
			for _, word := range strings.Fields(c.described) {
				code, parent, _ := strings.Cut(word, ":")
				described = append(described, staffRow{UnitCode: code, ParentUnit: parent})
			}
			sorted, orphans := parentsFirst(described, known)
			if codes(sorted) != c.sorted || codes(orphans) != c.orphans {
				t.Errorf("sorted %q, orphans %q, wanted %q and %q", codes(sorted), codes(orphans), c.sorted, c.orphans)
			}
		})
	}
}

func codes(rows []staffRow) string {
	var list []string
	for _, r := range rows {
		list = append(list, r.UnitCode)
	}
	return strings.Join(list, " ")
}

// What is wrong with a unit is said once, at the cell that says it: not again of each row
// that names it, nor of what stands below it.
func TestAUnitHasOneFaultAtTheCellThatIsWrong(t *testing.T) {
	b := open(t, testdb.Tx(t))
	b.load(t, "1,王芳,wang,HO,总行,,,,", "2,李敏,li,BR,支行,HO,,,", "3,张伟,zhang,OT,他行,HO,,,", "4,赵静,zhao,BR,,,,,")
	branch := Actor{Grants: []Grant{{Role: HR, UnitPath: b.pathOf(t, "BR")}}}
	for name, c := range map[string]struct {
		actor      Actor
		rows, want string
	}{
		"alike and without a name":         {System(), "9,周,,br,,,,,\n10,吴,,br,,,,,", "2:机构编码 unit_alike"},
		"alike, and its parent is unknown": {System(), "9,周,,br,支行,NOWHERE,,,", "2:机构编码 unit_alike"},
		"below one that is alike":          {System(), "9,周,,br,支行,HO,,,\n10,吴,,N1,新行,br,,,", "2:机构编码 unit_alike"},
		"alike out of reach":               {branch, "9,周,,ot,他行,,,,", "2:机构编码 outside_reach"},
		"a parent out of reach":            {branch, "9,周,,N1,新行,OT,,,\n10,吴,,N1,新行,OT,,,", "2:上级机构编码 outside_reach"},
		"a parent that a later row says":   {branch, "9,周,,N1,新行,,,,\n10,吴,,N1,,OT,,,", "3:上级机构编码 outside_reach"},
		"an unknown one in a later row":    {branch, "9,周,,N1,新行,,,,\n10,吴,,N1,,NOWHERE,,,", "3:上级机构编码 unknown_parent_unit"},
		"a unit at the root":               {branch, "9,周,,N1,新行,,,,\n10,吴,,N1,新行,,,,", "2:机构编码 outside_reach"},
		"what stands below":                {branch, "9,周,,N2,再新,N1,,,\n10,吴,,N1,新行,OT,,,", "3:上级机构编码 outside_reach"},
		"a parent that cannot be read":     {branch, "9,周,,N1,新行,,,,\n10,吴,,N1,,O T,,,", "3:上级机构编码 sheet.inner_space"},
		"a person where they are":          {branch, "3,张伟,zhang,OT,,,,,", "2:机构编码 outside_reach"},
		"each row in a unit out of reach":  {branch, "9,周,,OT,,,,,\n10,吴,,OT,,,,,", "2:机构编码 outside_reach; 3:机构编码 outside_reach"},
		"a manager out of reach":           {branch, "9,周,,BR,,,,3,", "2:主管工号 unknown_manager"},
		"a manager out of reach, anew":     {branch, "2,李敏,li,BR,,,,3,", "2:主管工号 unknown_manager"},
		"below a unit within reach":        {branch, "9,周,,N2,再新,N1,,,\n10,吴,,N1,新行,BR,,4,", ""},
	} {
		_, err := b.Import(context.Background(), c.actor, "staff.csv", []byte(staffHeadings+c.rows+"\n"), true)
		got := ""
		if refused := (*errs.Error)(nil); errors.As(err, &refused) {
			got = faultList(refused)
		}
		if got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

// pathOf is that of the unit with the code.
func (b *branch) pathOf(t *testing.T, code string) (path string) {
	t.Helper()
	if err := b.db.Raw(`SELECT path FROM units WHERE code = ?`, code).Scan(&path).Error; err != nil || path == "" {
		t.Fatalf("unit %s: %v", code, err)
	}
	return path
}
