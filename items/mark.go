package items

// Mark is what one marker gave for one essay.
type Mark struct {
	MarkerID int64
	Earned   Points
	Possible Points
	Decides  bool // settles what two markers saw differently
}

// Standing says how far the marking of an essay is.
type Standing string

// The standings.
const (
	Unmarked Standing = "unmarked" // more markers are needed
	Disputed Standing = "disputed" // two markers are too far apart, and a third decides
	Settled  Standing = "settled"
)

// Two markers are too far apart when their shares differ by more than a fifth of
// the whole.
const (
	apartOver   = 1
	apartAmong  = 5
	bothMarkers = 2
)

// Settle joins the marks of an essay, the newest of each marker, for which so many
// markers are asked. It returns the earned and possible points that Marked grades:
// only the deciding mark, or else the sum of the marks, whose share is their mean.
func Settle(marks []Mark, markers int) (earned, possible Points, standing Standing) {
	for _, m := range marks {
		if m.Decides {
			return m.Earned, m.Possible, Settled
		}
	}
	if len(marks) < markers {
		return 0, 0, Unmarked
	}
	if markers == bothMarkers {
		a, b := marks[0], marks[1]
		// |e1/p1 − e2/p2| > 1/5 in whole numbers.
		apart := int64(a.Earned)*int64(b.Possible) - int64(b.Earned)*int64(a.Possible)
		if max(apart, -apart)*apartAmong > apartOver*int64(a.Possible)*int64(b.Possible) {
			return 0, 0, Disputed
		}
	}
	for _, m := range marks[:markers] {
		earned += m.Earned
		possible += m.Possible
	}
	return earned, possible, Settled
}
