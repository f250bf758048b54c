package items

import (
	"slices"

	"anwen/internal/errs"
)

// Credit says what an answer earns that is not wholly right.
type Credit string

// The rules of credit. The zero rule gives each kind its usual part: weights of
// the options, gaps that are filled rightly, things that stand at their place.
const (
	Partial      Credit = ""
	AllOrNothing Credit = "all"
	// Neighbours counts the things that are followed by the one that should
	// follow; only of an ordering item.
	Neighbours Credit = "neighbours"
	// LongestRun counts the longest run of things, not necessarily side by side,
	// that stand in the right order, two at least; only of an ordering item.
	LongestRun Credit = "longest"
)

// ParseCredit reports whether s names a rule of credit.
func ParseCredit(s string) (Credit, bool) {
	c := Credit(s)
	return c, slices.Contains([]Credit{Partial, AllOrNothing, Neighbours, LongestRun}, c)
}

// orderShare is what an order is worth, of the full amount. The options of the
// item stand in their right order, so order[i] == i is what is asked for.
func (it Item) orderShare(r Response) (got, full int64, err error) {
	n := len(it.Options)
	full = int64(n)
	if it.Credit == Neighbours {
		full--
	}
	if len(r.Order) == 0 {
		return 0, full, nil
	}
	if len(r.Order) != n {
		return 0, 0, errs.New(errs.Invalid, "quizzes.incomplete_order", errs.Args{"count": n})
	}
	if _, err := it.chosen(r.Order); err != nil {
		return 0, 0, err
	}
	switch it.Credit {
	case Neighbours:
		for i := range n - 1 {
			if r.Order[i+1] == r.Order[i]+1 {
				got++
			}
		}
	case LongestRun:
		if got = int64(longestRun(r.Order)); got < 2 {
			got = 0
		}
	default:
		for i, o := range r.Order {
			if i == o {
				got++
			}
		}
	}
	return got, full, nil
}

// longestRun is the length of the longest increasing subsequence, by patience
// sorting.
func longestRun(order []int) int {
	var tops []int
	for _, o := range order {
		i, _ := slices.BinarySearch(tops, o)
		if i == len(tops) {
			tops = append(tops, o)
		} else {
			tops[i] = o
		}
	}
	return len(tops)
}
