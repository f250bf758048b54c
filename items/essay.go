package items

import (
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// Criterion is one thing that markers of an essay look for. The points of the
// criteria say how they weigh beside one another; the item says what they are
// worth together.
type Criterion struct {
	Text   Texts
	Points Points
}

// Limits of an essay.
const (
	MaxCriteria = 50
	MaxMarkers  = 2
)

func (it Item) checkEssay(at errs.Place, faults *errs.Faults) {
	if it.Markers < 1 || it.Markers > MaxMarkers {
		faults.Add(at, "quizzes.bad_markers", errs.Args{"most": MaxMarkers})
	}
	if len(it.Rubric) > MaxCriteria {
		faults.Add(at, "quizzes.too_many_criteria", errs.Args{"most": MaxCriteria})
		return
	}
	for i, c := range it.Rubric {
		if text, _ := c.Text.Pick(""); text.Empty() || c.Points <= 0 || c.Points > MaxPoints {
			faults.Add(at, "quizzes.bad_criterion", errs.Args{"criterion": i + 1})
		}
	}
}

// Marked is the grade of an essay of which the markers gave the share of
// earned points in possible ones. It is what Grade is for the other kinds.
// Invalid when the share is below nothing or above everything.
func Marked(worth, earned, possible Points) (Grade, error) {
	if possible <= 0 || earned < 0 || earned > possible {
		return Grade{}, errs.New(errs.Invalid, "quizzes.bad_mark", errs.Args{"most": possible.String()})
	}
	return graded(worth, int64(earned), int64(possible)), nil
}

// AddUp adds up the points of the criteria, or of the essay where the item has no
// rubric. Invalid when there are not as many as the rubric asks for, and for points
// that it does not allow.
func (it Item) AddUp(criteria []Points, worth Points) (earned, possible Points, err error) {
	most := []Points{worth}
	if len(it.Rubric) > 0 {
		most = most[:0]
		for _, c := range it.Rubric {
			most = append(most, c.Points)
		}
	}
	if len(criteria) != len(most) {
		return 0, 0, errs.New(errs.Invalid, "quizzes.mark_each", errs.Args{"count": len(most)})
	}
	for i, p := range criteria {
		if p < 0 || p > most[i] {
			return 0, 0, errs.New(errs.Invalid, "quizzes.bad_mark", errs.Args{"most": most[i].String()})
		}
		earned += p
		possible += most[i]
	}
	return earned, possible, nil
}

// GuideHTML is what the markers of an essay are told, in the wanted language.
func (it Item) GuideHTML(want i18n.Locale) string {
	text, _ := it.Guide.Pick(want)
	return text.InlineHTML()
}
