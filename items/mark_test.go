package items

import "testing"

func TestMarksSettle(t *testing.T) {
	m := func(earned Points) Mark { return Mark{Earned: earned, Possible: 5000} }
	for _, c := range []struct {
		name     string
		marks    []Mark
		markers  int
		earned   Points
		possible Points
		standing Standing
	}{
		{"nobody", nil, 1, 0, 0, Unmarked},
		{"one of one", []Mark{m(3000)}, 1, 3000, 5000, Settled},
		{"one of two", []Mark{m(3000)}, 2, 0, 0, Unmarked},
		{"two agree", []Mark{m(3000), m(3000)}, 2, 6000, 10000, Settled},
		{"a fifth apart is near enough", []Mark{m(3000), m(4000)}, 2, 7000, 10000, Settled},
		{"more than a fifth apart", []Mark{m(3000), m(4001)}, 2, 0, 0, Disputed},
		{"the order does not matter", []Mark{m(4001), m(3000)}, 2, 0, 0, Disputed},
		{"a third decides", []Mark{m(1000), m(5000), {Earned: 2000, Possible: 5000, Decides: true}}, 2, 2000, 5000, Settled},
	} {
		earned, possible, standing := Settle(c.marks, c.markers)
		if earned != c.earned || possible != c.possible || standing != c.standing {
			t.Errorf("%s: %d of %d, %s", c.name, earned, possible, standing)
		}
	}
}
