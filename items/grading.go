package items

import (
	"math/big"
	"math/bits"

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
	Waiting Status = "waiting"   // an essay that is not marked yet
	Stated  Status = "stated"    // a text without a question
)

// Grade is what one response earned. Its JSON is how it is stored.
type Grade struct {
	Earned Points `json:"earned"`
	Max    Points `json:"max"`
	Status Status `json:"status"`
}

// NotAsked is the grade of an item that the paper does not hold: nothing
// earned, nothing to be earned.
func NotAsked() Grade { return Grade{Status: Unasked} }

// Grade grades the response to an item that is worth the given points.
//
// One choice earns the weight of the option; several earn the sum of their
// weights, not below nothing nor above everything; a short answer or a number
// earns the best weight among the answers it matches; gaps earn what each of
// them is worth beside the others; an order earns what its rule counts. An essay
// waits for its markers. Part of a point is rounded to the nearest thousandth,
// once. It returns errs.Invalid when the response names an option that the item
// does not have, names one twice, has the form of another kind or is longer than
// MaxResponseText.
func (it Item) Grade(worth Points, r Response) (Grade, error) {
	share, full, err := it.share(r)
	switch {
	case err != nil:
		return Grade{}, err
	case it.Kind == Description:
		return Grade{Max: worth, Status: Stated}, nil
	case r.Blank():
		return Grade{Max: worth, Status: Blank}, nil
	case it.Kind == Essay:
		return Grade{Max: worth, Status: Waiting}, nil
	case it.Credit == AllOrNothing && (share < full || it.choseWrong(r)):
		share = 0
	}
	return graded(worth, share, full), nil
}

// choseWrong reports whether an option was chosen that earns nothing: where all is
// asked for, more than all is wrong.
func (it Item) choseWrong(r Response) bool {
	for _, o := range r.Choices {
		if it.Options[o].Weight <= 0 {
			return true
		}
	}
	return false
}

// graded is the grade for a share of the full amount.
func graded(worth Points, share, full int64) Grade {
	grade := Grade{Max: worth, Status: Partly}
	switch share {
	case 0:
		grade.Status = Wrong
	case full:
		grade.Status, grade.Earned = Right, worth
	default:
		// In 128 bits: a million points times the shares of hundreds of gaps.
		high, low := bits.Mul64(2*uint64(worth), uint64(share))
		low, carry := bits.Add64(low, uint64(full), 0)
		earned, _ := bits.Div64(high+carry, low, 2*uint64(full))
		grade.Earned = Points(earned)
	}
	return grade
}

// share is what the response is worth of the full amount, in units of the kind's
// own, after refusing a response that does not fit the item.
func (it Item) share(r Response) (share, full int64, err error) {
	switch it.Kind {
	case Matching, Cloze, Drag:
		if r.Choice != nil || r.Choices != nil || r.Text != nil || r.Order != nil || len(r.Gaps) > len(it.Gaps) {
			return 0, 0, errs.New(errs.Invalid, "quizzes.wrong_form", nil)
		}
		return it.fillShare(r)
	case Ordering:
		if r.Choice != nil || r.Choices != nil || r.Text != nil || r.Gaps != nil {
			return 0, 0, errs.New(errs.Invalid, "quizzes.wrong_form", nil)
		}
		return it.orderShare(r)
	}
	matched, err := it.matched(r)
	if err != nil {
		return 0, 0, err
	}
	whole := it.full()
	got := min(max(it.sum(matched), 0), whole)
	if it.Kind == Numerical && len(matched) > 0 && !it.Numbers[matched[0]].Any && it.missesMeasure(*r.Text) {
		got = max(got-it.MeasurePenalty, 0)
	}
	return int64(got), int64(whole), nil
}

// FeedbackFor returns what the author wrote for the options or answers that the
// response matched; it is part of the answer key and must not leave before the
// attempt is submitted. It returns errs.Invalid for a response that Grade refuses.
func (it Item) FeedbackFor(r Response) ([]Texts, error) {
	var out []Texts
	for i, g := range it.Gaps {
		if i >= len(r.Gaps) || r.Gaps[i].Blank() {
			continue
		}
		if g.Item == nil {
			if len(g.Feedback) > 0 {
				out = append(out, g.Feedback)
			}
			continue
		}
		of, err := g.Item.FeedbackFor(r.Gaps[i])
		if err != nil {
			return nil, err
		}
		out = append(out, of...)
	}
	if len(it.Gaps) > 0 || it.Kind == Ordering {
		return out, nil
	}
	matched, err := it.matched(r)
	if err != nil {
		return nil, err
	}
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
	if r.Gaps != nil || r.Order != nil {
		return nil, errs.New(errs.Invalid, "quizzes.wrong_form", nil)
	}
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
	case ShortAnswer, Numerical, Essay:
		if r.Choice != nil || r.Choices != nil {
			return nil, errs.New(errs.Invalid, "quizzes.wrong_form", nil)
		}
		if r.Blank() {
			return nil, nil
		}
		return it.written(*r.Text)
	case Description:
		if !r.Blank() {
			return nil, errs.New(errs.Invalid, "quizzes.nothing_asked", nil)
		}
		return nil, nil
	}
	return nil, errs.New(errs.Invalid, "quizzes.unknown_kind", errs.Args{"kind": string(it.Kind)})
}

// written lists the one accepted answer that the text matches; none of an essay.
func (it Item) written(text string) ([]int, error) {
	most := MaxResponseText
	if it.Kind == Essay {
		most = MaxEssayText
	}
	switch {
	case len(text) > most:
		return nil, errs.New(errs.Invalid, "quizzes.answer_too_long", nil)
	case it.Kind == Essay:
		return nil, nil
	case it.Kind == Numerical:
		return it.best(len(it.Numbers), it.numberMatches(text)), nil
	}
	return it.best(len(it.Accepted), it.variantMatches(text)), nil
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
	answer := fold(typed, it.Fold)
	return func(i int) bool {
		for _, variant := range it.Accepted[i].Text {
			if matchesPattern(foldPattern(variant.Source, it.Fold), answer) {
				return true
			}
		}
		return false
	}
}

func (it Item) numberMatches(typed string) func(int) bool {
	value, known, isNumber := it.quantity(typed)
	if !isNumber && !known && it.MeasurePenalty > 0 {
		var d Decimal
		d, isNumber = numberOf(typed)
		value = d.rat()
	}
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
