package formats

import (
	"anwen/internal/errs"
	"anwen/items"
)

// Category is no question: it says where in a bank the following ones belong.
const Category items.Kind = "category"

// Question is one entry of a file. A text that the file does not give is empty.
type Question struct {
	At       errs.Place // file and line where it begins
	Name     string
	ID       string       // from a comment [id:…]
	Tags     []string     // from comments [tag:…]
	Comments []string     // without the slashes
	Dropped  []string     // what the file says of it and no item can
	Warnings []errs.Fault // what was settled without the author's word, to be looked at

	Category   string        // that was named last before it
	Difficulty int           // 1…5, 0 when the file gives none
	Points     *items.Points // nil when the file gives none
	Set        string        // the scenario it belongs to
	Attached   []items.Attachment

	Kind        items.Kind
	Called      string     // what the text calls the kind; empty where it does not say
	Text        items.Text // of a category its path
	MissingWord bool       // the answers stood inside the text, where it now has _____
	Feedback    items.Text // for every answer

	Choices []Choice // single and multiple choice, short answer; what is ordered or dragged
	Numbers []Number // numerical
	Pairs   []Pair   // matching

	Credit         items.Credit
	Fold           items.Fold // of a short answer
	Measures       []items.Measure
	MeasurePenalty items.Weight
	Gaps           []Question // of a cloze, each without a text of its own
	Share          int        // of a question that is a gap
	Places         []int      // of a drag question: the choice that belongs into each gap
	Rubric         []Criterion
	Markers        int
	Guide          items.Text // for the markers of an essay

	// Of a true/false question: the truth, and what to say to who chose wrong
	// and to who chose right, in the order in which GIFT writes them.
	True      bool
	WhenWrong items.Text
	WhenRight items.Text
}

// Choice is one option or one variant of a short answer.
type Choice struct {
	Line     int
	Right    bool          // written with =
	Weight   *items.Weight // nil when the file gives none
	Text     items.Text
	Feedback items.Text
}

// Worth is the weight, or what = and ~ mean without one.
func (c Choice) Worth() items.Weight { return worth(c.Right, c.Weight) }

// Spelling says how a numerical answer was written.
type Spelling string

// The spellings of a numerical answer.
const (
	Exactly   Spelling = "1822"
	Around    Spelling = "1822:5"
	FromTo    Spelling = "3.141..3.142"
	Otherwise Spelling = "*" // whatever else was answered
)

// Number is one answer of a numerical question.
type Number struct {
	Line     int
	Right    bool
	Weight   *items.Weight
	Spelling Spelling
	First    items.Decimal // the number, or the lower end
	Second   items.Decimal // the tolerance, or the upper end
	Feedback items.Text
}

// Worth is the weight, or what = and ~ mean without one.
func (n Number) Worth() items.Weight { return worth(n.Right, n.Weight) }

// Answer is the number and how far from it is still right, "*" and nothing for
// whatever else was answered.
func (n Number) Answer() (value, tolerance string) {
	it := n.item()
	if it.Any {
		return "*", ""
	}
	return string(it.Value), string(it.Tolerance)
}

// Pair is one line of a matching question. Without a text it is an answer that
// belongs to nothing.
type Pair struct {
	Line     int
	Text     items.Text
	Answer   items.Text
	Feedback items.Text
}

// Criterion is one thing that markers of an essay look for.
type Criterion struct {
	Text   items.Text
	Points items.Points
}

func worth(right bool, weight *items.Weight) items.Weight {
	switch {
	case weight != nil:
		return *weight
	case right:
		return items.Whole
	}
	return 0
}
