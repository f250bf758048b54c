package errs

import (
	"fmt"
	"strings"
	"testing"
)

func linesOf(list []Fault) string {
	var lines []string
	for _, f := range list {
		lines = append(lines, fmt.Sprint(f.Line, f.Code))
	}
	return strings.Join(lines, " ")
}

func TestFaultsByLineKeepTheFirstLinesWhateverFindsThem(t *testing.T) {
	f := ByLine()
	for _, line := range []int{7, 3, 7, 1, 3} {
		f.Add(Place{Line: line}, string(rune('a'+f.Len())), nil)
	}
	if got := linesOf(f.List()); got != "1d 3b 3e 7a 7c" {
		t.Errorf("got %s", got)
	}
	for line := 1000; line < 1000+2*MaxFaults; line++ {
		f.Add(Place{Line: line}, "late", nil)
	}
	f.Add(Place{Line: 2}, "early", nil)
	list := f.List()
	if f.Len() != 6+2*MaxFaults || Count(list) != f.Len() || len(list) != MaxFaults+1 || list[1].Code != "early" || list[MaxFaults-1].Line != 1000+MaxFaults-7 {
		t.Errorf("%d faults, %d counted, %d listed: %v … %v", f.Len(), Count(list), len(list), list[1], list[MaxFaults-1])
	}
	err := f.Err("x").(*Error)
	if Count(err.Faults) != f.Len() || err.Args["count"] != f.Len() {
		t.Errorf("the error tells of %d: %v", Count(err.Faults), err.Args)
	}
}

func TestListsOfFaultsAreAddedWithWhatTheyWereCutBy(t *testing.T) {
	var many Faults
	for line := range 3 * MaxFaults {
		many.Add(Place{Line: line + 10}, "x", nil)
	}
	all := ByLine()
	all.AddList(many.List())
	all.AddList([]Fault{{Place: Place{Line: 1}, Code: "first"}})
	if list := all.List(); all.Len() != 3*MaxFaults+1 || Count(list) != all.Len() || list[0].Code != "first" {
		t.Errorf("%d faults, %d counted: %v", all.Len(), Count(list), list[0])
	}
}
