package items

import (
	"encoding/json"
	"fmt"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// Plan says how papers of a quiz are made and which attempts count, as it is stored
// with the revision of the quiz.
type Plan struct {
	WaitHours    int       `json:"wait_hours,omitempty"`
	Keep         Keep      `json:"keep,omitempty"`
	Review       Review    `json:"review,omitempty"`
	Feedback     Review    `json:"feedback,omitempty"` // of authors; "" as Review
	ShuffleItems bool      `json:"shuffle_items,omitempty"`
	KeepOptions  bool      `json:"keep_options,omitempty"`
	Practice     bool      `json:"practice,omitempty"` // learners may practise
	Sections     []Section `json:"sections,omitempty"`
}

// Section is a part of the paper: fixed items, or a draw.
type Section struct {
	Titles i18n.Texts `json:"titles,omitempty"`
	Draw   *Draw      `json:"draw,omitempty"`
	// The items by name and the line that names them, until they are found in the
	// quiz's files.
	Items []string `json:"-"`
	Line  int      `json:"-"`
}

// Draw takes items at random from a bank.
type Draw struct {
	BankID    int64    `json:"bank_id"`
	Category  string   `json:"category,omitempty"`
	Tags      []string `json:"tags,omitempty"`
	From      int      `json:"from,omitempty"` // difficulty
	To        int      `json:"to,omitempty"`
	Count     int      `json:"count,omitempty"`     // questions, or
	Scenarios int      `json:"scenarios,omitempty"` // whole scenarios,
	Size      int      `json:"size,omitempty"`      // each of so many questions
	Points    Points   `json:"points,omitempty"`    // 0: the item's own; below 0 on a draw that may not be published
	BankCode  string   `json:"bank,omitempty"`
}

// Keep says which attempt counts.
type Keep string

// The attempts that may count.
const (
	Best    Keep = "best"
	Last    Keep = "last"
	First   Keep = "first"
	Average Keep = "average"
)

// Review says when a learner sees how each question went. The score itself is
// always shown: a pass completes the course, and that shows.
type Review string

// The moments of review.
const (
	AfterSubmission Review = "submitted"
	AfterPassing    Review = "passed"
	AfterClosing    Review = "closed" // when nobody can answer the quiz any more
	NeverReviewed   Review = "never"
)

// Shows reports whether the moment has come.
func (r Review) Shows(passed, closed bool) bool {
	return r != NeverReviewed && (r != AfterPassing || passed) && (r != AfterClosing || closed)
}

// Placed is an item of the quiz files on the paper: its index and its section,
// counted from 1.
type Placed struct{ Item, Section int }

// LayOut lists the fixed items of the paper in their order: all of the files, or
// those that the sections name.
func (p Plan) LayOut(list []Item) (fixed []Placed, faults []errs.Fault) {
	fault := func(line int, code string, args errs.Args) {
		faults = append(faults, errs.Fault{Place: errs.Place{File: "course.md", Line: line}, Code: code, Args: args})
	}
	if len(p.Sections) == 0 {
		for i := range list {
			fixed = append(fixed, Placed{i, 1})
		}
		return fixed, nil
	}
	byName := make(map[string]int, len(list))
	for i, it := range list {
		byName[it.Name] = i
	}
	taken := map[string]bool{}
	for n, s := range p.Sections {
		for _, name := range s.Items {
			i, ok := byName[name]
			switch {
			case !ok:
				fault(s.Line, "quizzes.section_unknown_item", errs.Args{"section": n + 1, "name": name})
			case taken[name]:
				fault(s.Line, "quizzes.item_twice", errs.Args{"name": name})
			default:
				taken[name] = true
				fixed = append(fixed, Placed{i, n + 1})
			}
		}
	}
	return fixed, faults
}

// Encode returns the plan as it is stored with the revision of a quiz.
func (p Plan) Encode() (string, error) {
	raw, err := json.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("encode the plan: %w", err)
	}
	return string(raw), nil
}

// Pool is what a draw may take from.
type Pool struct {
	Section   int
	Count     int
	Available map[string]bool // item ids, or names of scenarios
}

// TooSmall lists the sections that some learner's paper might not fill: draws are
// made smallest pool first, and whatever the earlier ones take of it, each must
// have enough left.
func TooSmall(pools []Pool) []errs.Fault {
	var faults []errs.Fault
	for _, p := range pools {
		sure := len(p.Available)
		for _, earlier := range pools {
			if !before(earlier, p) {
				continue
			}
			shared := 0
			for id := range earlier.Available {
				if p.Available[id] {
					shared++
				}
			}
			sure -= min(shared, earlier.Count)
		}
		if sure < p.Count {
			faults = append(faults, errs.Fault{Place: errs.Place{File: "course.md"}, Code: "quizzes.not_enough_items",
				Args: errs.Args{"section": p.Section, "wanted": p.Count, "available": max(sure, 0)}})
		}
	}
	return faults
}

// before is the order of draws: smaller pools first, then the order of sections.
func before(a, b Pool) bool {
	if len(a.Available) != len(b.Available) {
		return len(a.Available) < len(b.Available)
	}
	return a.Section < b.Section
}

// Passed tells whether the attempts pass together, in their order, under the
// rule of which one counts. A paper on which nothing could be earned counts as
// nothing.
func (k Keep) Passed(scores []Score, passMark int) bool {
	if len(scores) == 0 {
		return false
	}
	switch k {
	case Last:
		return scores[len(scores)-1].Passed
	case First:
		return scores[0].Passed
	case Average:
		// Σ earned/possible ÷ n ≥ mark/100, without fractions: in millionths, each
		// rounded down, so that nobody passes by rounding.
		var sum int64
		for _, s := range scores {
			if s.Possible > 0 {
				sum += int64(s.Earned) * 1_000_000 / int64(s.Possible)
			}
		}
		return sum*100 >= int64(passMark)*int64(len(scores))*1_000_000
	}
	for _, s := range scores {
		if s.Passed {
			return true
		}
	}
	return false
}
