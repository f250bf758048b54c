package formats

import (
	"anwen/internal/errs"
	"anwen/quizzes"
)

// Kinds that a file may hold and a quiz does not use. A category is no question:
// it says where in a bank the following ones belong.
const (
	Matching    quizzes.Kind = "matching"
	Essay       quizzes.Kind = "essay"
	Description quizzes.Kind = "description"
	Category    quizzes.Kind = "category"
)

// Question is one entry of a file. A text that the file does not give is empty.
type Question struct {
	At       errs.Place // file and line where it begins
	Name     string
	ID       string   // from a comment [id:…]
	Tags     []string // from comments [tag:…]
	Comments []string // without the slashes

	Kind        quizzes.Kind
	Text        quizzes.Text // of a category its path
	MissingWord bool         // the answers stood inside the text, where it now has _____
	Feedback    quizzes.Text // for every answer

	Choices []Choice // single and multiple choice, short answer
	Numbers []Number // numerical
	Pairs   []Pair   // matching

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

// Pair is one line of a matching question.
type Pair struct {
	Line     int
	Text     quizzes.Text
	Answer   string
	Feedback quizzes.Text
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
