package items

import (
	"slices"
	"strings"
	"unicode/utf8"

	"anwen/internal/errs"
	"anwen/internal/identifier"
)

// Kind says how an item is answered and graded.
type Kind string

// The kinds of item.
const (
	SingleChoice   Kind = "single_choice"
	MultipleChoice Kind = "multiple_choice"
	TrueFalse      Kind = "true_false"
	ShortAnswer    Kind = "short_answer"
	Numerical      Kind = "numerical"
	Matching       Kind = "matching"    // an option for every prompt
	Ordering       Kind = "ordering"    // options to be put into their order
	Cloze          Kind = "cloze"       // gaps in a text, each a small item
	Drag           Kind = "drag"        // gaps in a text, filled with the options
	Essay          Kind = "essay"       // marked by people
	Description    Kind = "description" // nothing is asked; the case of a set
)

// Item is one question with its answer key. Which of Options, Accepted, Numbers
// and Gaps is filled follows from the kind.
type Item struct {
	Name string // names the item for ever within its bank; a change makes a version
	Kind Kind
	Text Texts
	// Set is the name of the scenario that the item belongs to, "" for none: the
	// items of a set are asked together, after the description of its case.
	Set string

	// Options of a choice, addressed by index; of an ordering item in their right
	// order. Of a true/false item index 0 is "true" and 1 is "false" and they carry
	// no text: the client has the words.
	Options []Option
	// Accepted holds the variants of a short answer. Every language's variants
	// count for every learner; `*` stands for any text and `\*` for an asterisk.
	Accepted []Option
	Fold     Fold // how a short answer is compared
	// Numbers holds the answers of a numerical item, in the first of the units.
	Numbers        []Number
	Measures       []Measure
	MeasurePenalty Weight // what a missing or unknown unit costs; 0: units are optional
	Gaps           []Gap

	Credit Credit // what an answer earns that is not wholly right

	Rubric  []Criterion // of an essay
	Markers int         // how many people mark an essay
	Guide   Texts       // for the markers of an essay, never for the learner

	Feedback Texts  // shown after submission whatever was answered
	Points   Points // what a quiz gives for it unless it says otherwise

	Filing                // where the bank keeps it; not part of the version
	Attached []Attachment // pictures that came with it, until they are bound
}

// Filing says where a bank keeps an item. It may change without a new version.
type Filing struct {
	Category   string // path such as 投诉/时限, "" for none
	Tags       []string
	Difficulty int // 1 easy … 5 hard, 0 not said
}

// MaxDifficulty is the hardest.
const MaxDifficulty = 5

// Asks reports whether there is anything to answer.
func (it Item) Asks() bool { return it.Kind != Description }

// Option is one thing to choose, or one accepted variant of a short answer.
type Option struct {
	Text     Texts
	Weight   Weight
	Feedback Texts
}

// Number is one accepted answer of a numerical item: every number no further
// from Value than Tolerance, or any response at all.
type Number struct {
	Any       bool
	Value     Decimal
	Tolerance Decimal
	Weight    Weight
	Feedback  Texts
}

// Limits of an item. MaxAnswers keeps a hostile file from becoming a million
// options; no real question has as many.
const (
	MaxName    = 200     // characters, also of a category
	MaxTag     = 80      // characters
	MaxText    = 100_000 // characters of one text
	MaxAnswers = 500
)

// weightSlack is how far the weights of the right options may miss 100%: three
// times 33.3% is meant as the whole.
const weightSlack = Whole / 1000

// Check notes at the place whatever keeps the item out of a quiz.
func (it Item) Check(at errs.Place, faults *errs.Faults) {
	if !identifier.Shows(it.Name) {
		faults.Add(at, "quizzes.no_name", nil)
	}
	if n := utf8.RuneCountInString(it.Name); n > MaxName {
		faults.Add(at, "quizzes.long_name", errs.Args{"most": MaxName})
	}
	if text, _ := it.Text.Pick(""); text.Empty() {
		faults.Add(at, "quizzes.no_text", nil)
	}
	if (it.Points <= 0 && it.Asks()) || it.Points < 0 || it.Points > MaxPoints {
		faults.Add(at, "quizzes.bad_points", errs.Args{"most": MaxPoints.String()})
	}
	if n := utf8.RuneCountInString(it.Set); n > MaxName {
		faults.Add(at, "quizzes.long_name", errs.Args{"most": MaxName})
	}
	if utf8.RuneCountInString(it.Category) > MaxName || slices.ContainsFunc(it.Tags, func(t string) bool { return utf8.RuneCountInString(t) > MaxTag }) {
		faults.Add(at, "quizzes.long_filing", errs.Args{"category": MaxName, "tag": MaxTag})
	}
	for _, texts := range it.texts() {
		for _, text := range texts {
			if utf8.RuneCountInString(text.Source) > MaxText {
				faults.Add(at, "quizzes.long_text", errs.Args{"most": MaxText})
				return
			}
		}
	}
	it.checkAnswers(at, faults)
}

// checkAnswers notes what is wrong with the answer key.
func (it Item) checkAnswers(at errs.Place, faults *errs.Faults) {
	weights := it.weights()
	if len(weights) > MaxAnswers {
		faults.Add(at, "quizzes.too_many_answers", errs.Args{"most": MaxAnswers})
		return
	}
	for _, w := range weights {
		if w > Whole || w < -Whole {
			faults.Add(at, "quizzes.bad_weight", errs.Args{"weight": w.String()})
			return
		}
	}
	it.checkKey(at, weights, faults)
}

// checkKey refuses an answer key with which nobody could be fully right.
func (it Item) checkKey(at errs.Place, weights []Weight, faults *errs.Faults) {
	switch it.Kind {
	case SingleChoice, MultipleChoice:
		it.checkOptions(at, 2, faults)
		if len(weights) < 2 {
			return
		}
	case Matching, Drag:
		it.checkOptions(at, 1, faults)
		it.checkGaps(at, faults)
		return
	case Cloze:
		it.checkGaps(at, faults)
		return
	case Ordering:
		it.checkOptions(at, 2, faults)
		return
	case Essay:
		it.checkEssay(at, faults)
		return
	case Description:
		return
	case TrueFalse:
		if len(weights) != 2 {
			faults.Add(at, "quizzes.too_few_options", nil)
			return
		}
	case ShortAnswer:
	case Numerical:
		it.checkMeasures(at, faults)
		for _, n := range it.Numbers {
			if !n.valid() {
				faults.Add(at, "quizzes.bad_number", errs.Args{"number": string(n.Value) + ":" + string(n.Tolerance)})
			}
		}
	default:
		faults.Add(at, "quizzes.unknown_kind", errs.Args{"kind": string(it.Kind)})
		return
	}
	if it.Kind == MultipleChoice {
		if full := it.full(); full < Whole-weightSlack || full > Whole+weightSlack {
			faults.Add(at, "quizzes.weights_not_whole", errs.Args{"sum": full.String()})
		}
		return
	}
	for _, w := range weights {
		if w == Whole {
			return
		}
	}
	faults.Add(at, "quizzes.no_right_answer", nil)
}

func (it Item) checkOptions(at errs.Place, least int, faults *errs.Faults) {
	if len(it.Options) < least {
		faults.Add(at, "quizzes.too_few_options", nil)
		return
	}
	for i, o := range it.Options {
		if text, _ := o.Text.Pick(""); text.Empty() {
			faults.Add(at, "quizzes.empty_option", errs.Args{"option": i + 1})
		}
	}
}

// valid reports whether the answer holds canonical numbers and a tolerance that
// is not negative.
func (n Number) valid() bool {
	value, okValue := ParseDecimal(string(n.Value))
	tolerance, okTolerance := ParseDecimal(string(n.Tolerance))
	return n.Any || okValue && okTolerance && value == n.Value && tolerance == n.Tolerance &&
		!strings.HasPrefix(string(tolerance), "-")
}

// weights lists the weights of the answer key, whatever the kind.
func (it Item) weights() []Weight {
	var all []Weight
	for _, o := range it.Options {
		all = append(all, o.Weight)
	}
	for _, a := range it.Accepted {
		all = append(all, a.Weight)
	}
	for _, n := range it.Numbers {
		all = append(all, n.Weight)
	}
	return all
}

// full is the weight that earns all points: 100%, and for several choices the
// sum of what can be gained, so that three times 33.33333% is everything.
func (it Item) full() Weight {
	if it.Kind != MultipleChoice {
		return Whole
	}
	var sum Weight
	for _, o := range it.Options {
		sum += max(o.Weight, 0)
	}
	return sum
}
