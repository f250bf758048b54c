package quizzes

import (
	"encoding/json"
	"fmt"

	"anwen/courses"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// Plan is how a quiz is sat, as it is stored with the quiz's revision.
type Plan struct {
	WaitHours    int              `json:"wait_hours,omitempty"`
	Keep         Keep             `json:"keep,omitempty"`
	Review       Review           `json:"review,omitempty"`
	Feedback     Review           `json:"feedback,omitempty"` // of authors; "" as Review
	ShuffleItems bool             `json:"shuffle_items,omitempty"`
	KeepOptions  bool             `json:"keep_options,omitempty"`
	Practice     bool             `json:"practice,omitempty"` // learners may practise
	Sections     []PlannedSection `json:"sections,omitempty"`
}

// PlannedSection is a part of the paper: fixed items, or a draw.
type PlannedSection struct {
	Titles map[i18n.Locale]string `json:"titles,omitempty"`
	Draw   *Draw                  `json:"draw,omitempty"`
}

// Draw takes items at random from a bank.
type Draw struct {
	BankID     int64    `json:"bank_id"`
	Category   string   `json:"category,omitempty"`
	Tags       []string `json:"tags,omitempty"`
	From       int      `json:"from,omitempty"` // difficulty
	To         int      `json:"to,omitempty"`
	Count      int      `json:"count,omitempty"`     // questions, or
	Scenarios  int      `json:"scenarios,omitempty"` // whole scenarios,
	Size       int      `json:"size,omitempty"`      // each of so many questions
	Points     Points   `json:"points,omitempty"`    // 0: the item's own
	BankCode   string   `json:"bank,omitempty"`
	unreadable bool
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
	AfterClosing    Review = "closed" // when nobody can sit the quiz any more
	NeverReviewed   Review = "never"
)

// shows reports whether the moment has come.
func (r Review) shows(passed, closed bool) bool {
	return r != NeverReviewed && (r != AfterPassing || passed) && (r != AfterClosing || closed)
}

// planOf turns the plan of the course's folder into the stored one. Banks are
// named by their codes until they are looked up.
func planOf(p courses.QuizPlan) Plan {
	plan := Plan{WaitHours: p.WaitHours, Keep: Keep(p.Keep), Review: Review(p.Review), Feedback: Review(p.Feedback), ShuffleItems: p.ShuffleItems, KeepOptions: p.KeepOptions, Practice: p.Practice}
	for _, s := range p.Sections {
		section := PlannedSection{Titles: s.Titles}
		if s.Draw != nil {
			points, ok := ParsePoints(s.Draw.Points)
			section.Draw = &Draw{Category: s.Draw.Category, Tags: s.Draw.Tags, From: s.Draw.Difficulty[0], To: s.Draw.Difficulty[1], Count: s.Draw.Count, Scenarios: s.Draw.Scenarios,
				Points: points, BankCode: s.Draw.Bank, unreadable: s.Draw.Points != "" && (!ok || points == 0)}
		}
		plan.Sections = append(plan.Sections, section)
	}
	return plan
}

// placed is an item of the quiz files on the paper: its index and its section,
// counted from 1.
type placed struct{ item, section int }

// layOut lists the fixed items of the paper in their order: all of the files, or
// those that the sections name.
func layOut(p courses.QuizPlan, items []Item) (fixed []placed, faults []errs.Fault) {
	fault := func(line int, code string, args errs.Args) {
		faults = append(faults, errs.Fault{Place: errs.Place{File: "course.md", Line: line}, Code: code, Args: args})
	}
	if len(p.Sections) == 0 {
		for i := range items {
			fixed = append(fixed, placed{i, 1})
		}
		return fixed, nil
	}
	byName := make(map[string]int, len(items))
	for i, it := range items {
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
				fixed = append(fixed, placed{i, n + 1})
			}
		}
	}
	return fixed, faults
}

func (p Plan) encode() (string, error) {
	raw, err := json.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("encode the plan: %w", err)
	}
	return string(raw), nil
}

// pool is what a draw may take from.
type pool struct {
	section   int
	count     int
	available map[string]bool // item ids, or names of scenarios
}

// tooSmall lists the sections that some learner's paper might not fill: draws are
// made smallest pool first, and whatever the earlier ones take of it, each must
// have enough left.
func tooSmall(pools []pool) []errs.Fault {
	var faults []errs.Fault
	for _, p := range pools {
		sure := len(p.available)
		for _, earlier := range pools {
			if !before(earlier, p) {
				continue
			}
			shared := 0
			for id := range earlier.available {
				if p.available[id] {
					shared++
				}
			}
			sure -= min(shared, earlier.count)
		}
		if sure < p.count {
			faults = append(faults, errs.Fault{Place: errs.Place{File: "course.md"}, Code: "quizzes.not_enough_items",
				Args: errs.Args{"section": p.section, "wanted": p.count, "available": max(sure, 0)}})
		}
	}
	return faults
}

// before is the order of draws: smaller pools first, then the order of sections.
func before(a, b pool) bool {
	if len(a.available) != len(b.available) {
		return len(a.available) < len(b.available)
	}
	return a.section < b.section
}

// keptPassed tells whether the attempts pass together, in their order, under the
// rule of which one counts. A paper on which nothing could be earned counts as
// nothing.
func (k Keep) keptPassed(scores []Score, passMark int) bool {
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
