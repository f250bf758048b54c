package quizzes

import (
	"math/big"

	"anwen/internal/errs"
)

// Status says how an item went. Blank and not asked earn nothing, as wrong
// does, and are never counted as it.
type Status string

// The statuses of a grade.
const (
	Right   Status = "right"
	Partly  Status = "partly"
	Wrong   Status = "wrong"
	Blank   Status = "blank"     // asked and not answered
	Unasked Status = "not_asked" // not on this learner's paper
)

// Grade is what one response earned.
type Grade struct {
	Earned Points
	Max    Points
	Status Status
}

// NotAsked is the grade of an item that the paper does not hold: nothing
// earned, nothing to be earned.
func NotAsked() Grade { return Grade{Status: Unasked} }

// Grade grades the response to an item that is worth the given points.
//
// One choice earns the weight of the option; several earn the sum of their
// weights, not below nothing nor above everything; a short answer or a number
// earns the best weight among the answers it matches. Part of a point is rounded
// to the nearest thousandth. It returns errs.Invalid when the response names an
// option that the item does not have, names one twice, has the form of another
// kind or is longer than MaxResponseText.
func (it Item) Grade(worth Points, r Response) (Grade, error) {
	matched, err := it.matched(r)
	if err != nil {
		return Grade{}, err
	}
	if r.Blank() {
		return Grade{Max: worth, Status: Blank}, nil
	}
	full := it.full()
	share := min(max(it.sum(matched), 0), full)
	grade := Grade{Max: worth, Status: Partly}
	switch {
	case share == 0:
		grade.Status = Wrong
	case share == full:
		grade.Status, grade.Earned = Right, worth
	default:
		grade.Earned = (worth*Points(share)*2 + Points(full)) / Points(2*full)
	}
	return grade, nil
}

// FeedbackFor returns what the author wrote for the options or answers that the
// response matched; it is part of the answer key and must not leave before the
// attempt is submitted. It returns the errors of Grade.
func (it Item) FeedbackFor(r Response) ([]Texts, error) {
	matched, err := it.matched(r)
	if err != nil {
		return nil, err
	}
	var out []Texts
	for _, i := range matched {
		feedback := it.feedback(i)
		if len(feedback) > 0 {
			out = append(out, feedback)
		}
	}
	return out, nil
}

// matched lists the indexes of the chosen options, or of the one accepted
// answer that counts, after refusing a response that does not fit the item.
func (it Item) matched(r Response) ([]int, error) {
	switch it.Kind {
	case SingleChoice, TrueFalse:
		if r.Choices != nil || r.Text != nil {
			return nil, errs.New(errs.Invalid, "quizzes.wrong_form", nil)
		}
		if r.Choice == nil {
			return nil, nil
		}
		return it.chosen([]int{*r.Choice})
	case MultipleChoice:
		if r.Choice != nil || r.Text != nil {
			return nil, errs.New(errs.Invalid, "quizzes.wrong_form", nil)
		}
		return it.chosen(r.Choices)
	case ShortAnswer, Numerical:
		if r.Choice != nil || r.Choices != nil {
			return nil, errs.New(errs.Invalid, "quizzes.wrong_form", nil)
		}
		if r.Blank() {
			return nil, nil
		}
		if len(*r.Text) > MaxResponseText {
			return nil, errs.New(errs.Invalid, "quizzes.answer_too_long", nil)
		}
		if it.Kind == Numerical {
			return it.best(len(it.Numbers), it.numberMatches(*r.Text)), nil
		}
		return it.best(len(it.Accepted), it.variantMatches(*r.Text)), nil
	}
	return nil, errs.New(errs.Invalid, "quizzes.unknown_kind", errs.Args{"kind": string(it.Kind)})
}

// chosen checks that the options exist and are named once each.
func (it Item) chosen(options []int) ([]int, error) {
	seen := make([]bool, len(it.Options))
	for _, o := range options {
		if o < 0 || o >= len(it.Options) {
			return nil, errs.New(errs.Invalid, "quizzes.unknown_option", errs.Args{"option": o})
		}
		if seen[o] {
			return nil, errs.New(errs.Invalid, "quizzes.repeated_option", errs.Args{"option": o})
		}
		seen[o] = true
	}
	return options, nil
}

// best returns the matching answer of the highest weight, the first of equals,
// so that the order in which an author wrote the answers does not matter.
func (it Item) best(answers int, matches func(int) bool) []int {
	best := -1
	for i := range answers {
		if (best < 0 || it.weight(i) > it.weight(best)) && matches(i) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	return []int{best}
}

func (it Item) variantMatches(typed string) func(int) bool {
	given := fold(typed)
	return func(i int) bool {
		for _, variant := range it.Accepted[i].Text {
			if matchesPattern(foldPattern(variant.Source), given) {
				return true
			}
		}
		return false
	}
}

func (it Item) numberMatches(typed string) func(int) bool {
	given, isNumber := typedDecimal(typed)
	value := given.rat()
	return func(i int) bool {
		n := it.Numbers[i]
		if n.Any {
			return true
		}
		if !isNumber {
			return false
		}
		distance := new(big.Rat).Sub(value, n.Value.rat())
		return distance.Abs(distance).Cmp(n.Tolerance.rat()) <= 0
	}
}

func (it Item) sum(matched []int) Weight {
	var sum Weight
	for _, i := range matched {
		sum += it.weight(i)
	}
	return sum
}

func (it Item) weight(i int) Weight {
	switch it.Kind {
	case ShortAnswer:
		return it.Accepted[i].Weight
	case Numerical:
		return it.Numbers[i].Weight
	}
	return it.Options[i].Weight
}

func (it Item) feedback(i int) Texts {
	switch it.Kind {
	case ShortAnswer:
		return it.Accepted[i].Feedback
	case Numerical:
		return it.Numbers[i].Feedback
	}
	return it.Options[i].Feedback
}
