package formats

import (
	"anwen/internal/errs"
	"anwen/quizzes"
)

// Category is no question: it says where in a bank the following ones belong.
const Category quizzes.Kind = "category"

// Question is one entry of a file. A text that the file does not give is empty.
type Question struct {
	At       errs.Place // file and line where it begins
	Name     string
	ID       string   // from a comment [id:…]
	Tags     []string // from comments [tag:…]
	Comments []string // without the slashes
	Dropped  []string // what the file says of it and no item can

	Category   string          // that was named last before it
	Difficulty int             // 1…5, 0 when the file gives none
	Points     *quizzes.Points // nil when the file gives none
	Set        string          // the scenario it belongs to
	Attached   []quizzes.Attachment

	Kind        quizzes.Kind
	Text        quizzes.Text // of a category its path
	MissingWord bool         // the answers stood inside the text, where it now has _____
	Feedback    quizzes.Text // for every answer

	Choices []Choice // single and multiple choice, short answer; what is ordered or dragged
	Numbers []Number // numerical
	Pairs   []Pair   // matching

	Credit      quizzes.Credit
	Fold        quizzes.Fold // of a short answer
	Units       []quizzes.Unit
	UnitPenalty quizzes.Weight
	Gaps        []Question // of a cloze, each without a text of its own
	Share       int        // of a question that is a gap
	Places      []int      // of a drag question: the choice that belongs into each gap
	Rubric      []Criterion
	Markers     int
	Guide       quizzes.Text // for the markers of an essay

	// Of a true/false question: the truth, and what to say to who chose wrong
	// and to who chose right, in the order in which GIFT writes them.
	True      bool
	WhenWrong quizzes.Text
	WhenRight quizzes.Text
}

// Choice is one option or one variant of a short answer.
type Choice struct {
	Line     int
	Right    bool            // written with =
	Weight   *quizzes.Weight // nil when the file gives none
	Text     quizzes.Text
	Feedback quizzes.Text
}

// Worth is the weight, or what = and ~ mean without one.
func (c Choice) Worth() quizzes.Weight { return worth(c.Right, c.Weight) }

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
	Weight   *quizzes.Weight
	Spelling Spelling
	First    quizzes.Decimal // the number, or the lower end
	Second   quizzes.Decimal // the tolerance, or the upper end
	Feedback quizzes.Text
}

// Worth is the weight, or what = and ~ mean without one.
func (n Number) Worth() quizzes.Weight { return worth(n.Right, n.Weight) }

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
	Text     quizzes.Text
	Answer   quizzes.Text
	Feedback quizzes.Text
}

// Criterion is one thing that markers of an essay look for.
type Criterion struct {
	Text   quizzes.Text
	Points quizzes.Points
}

func worth(right bool, weight *quizzes.Weight) quizzes.Weight {
	switch {
	case weight != nil:
		return *weight
	case right:
		return quizzes.Whole
	}
	return 0
}
