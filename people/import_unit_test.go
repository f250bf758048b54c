package people

import (
	"strings"
	"testing"
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
