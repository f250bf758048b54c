package formats

import (
	"slices"

	"anwen/internal/i18n"
	"anwen/quizzes"
)

// key makes the item without its texts: what all languages must agree on.
func key(q Question) quizzes.Item {
	it := quizzes.Item{
		Name: q.Name, Kind: q.Kind, Points: quizzes.Point, Text: quizzes.Texts{}, Feedback: quizzes.Texts{},
		Set: q.Set, Credit: q.Credit, Filing: quizzes.Filing{Category: q.Category, Tags: q.Tags, Difficulty: q.Difficulty}, Attached: q.Attached,
	}
	var answers []quizzes.Option
	for _, c := range q.Choices {
		answers = append(answers, newOption(c.Worth()))
	}
	switch q.Kind {
	case quizzes.SingleChoice, quizzes.MultipleChoice:
		it.Options = answers
	case quizzes.ShortAnswer:
		it.Accepted, it.Fold = answers, q.Fold
	case quizzes.TrueFalse:
		it.Options = []quizzes.Option{newOption(quizzes.Whole), newOption(0)}
		if !q.True {
			slices.Reverse(it.Options)
		}
	case quizzes.Numerical:
		for _, n := range q.Numbers {
			number := n.item()
			number.Feedback = quizzes.Texts{}
			it.Numbers = append(it.Numbers, number)
		}
		it.Units, it.UnitPenalty = q.Units, q.UnitPenalty
	case quizzes.Ordering, quizzes.Drag:
		for range q.Choices {
			it.Options = append(it.Options, newOption(0))
		}
		for _, place := range q.Places {
			it.Gaps = append(it.Gaps, quizzes.Gap{Text: quizzes.Texts{}, Feedback: quizzes.Texts{}, Option: place, Share: 1})
		}
	case quizzes.Matching:
		keyPairs(&it, q.Pairs)
	case quizzes.Cloze:
		for _, g := range q.Gaps {
			small := key(g)
			small.Points = 0
			it.Gaps = append(it.Gaps, quizzes.Gap{Text: quizzes.Texts{}, Feedback: quizzes.Texts{}, Item: &small, Share: g.Share})
		}
	case quizzes.Essay:
		it.Markers, it.Guide = max(q.Markers, 1), quizzes.Texts{}
		for _, c := range q.Rubric {
			it.Rubric = append(it.Rubric, quizzes.Criterion{Text: quizzes.Texts{}, Points: c.Points})
		}
	case quizzes.Description:
		it.Points = 0
	}
	if q.Points != nil {
		it.Points = *q.Points
	}
	return it
}

// keyPairs makes a gap for every pair with a prompt and an option for every
// different answer.
func keyPairs(it *quizzes.Item, pairs []Pair) {
	answers := answersOf(pairs)
	for range answers {
		it.Options = append(it.Options, newOption(0))
	}
	for _, p := range pairs {
		if !p.Text.Empty() {
			it.Gaps = append(it.Gaps, quizzes.Gap{Text: quizzes.Texts{}, Feedback: quizzes.Texts{}, Option: slices.Index(answers, p.Answer), Share: 1})
		}
	}
}

// answersOf lists the different answers in the order in which they are first
// named, those that belong to no prompt last.
func answersOf(pairs []Pair) []quizzes.Text {
	var all []quizzes.Text
	for _, prompted := range []bool{true, false} {
		for _, p := range pairs {
			if p.Text.Empty() != prompted && !slices.Contains(all, p.Answer) {
				all = append(all, p.Answer)
			}
		}
	}
	return all
}

func newOption(weight quizzes.Weight) quizzes.Option {
	return quizzes.Option{Weight: weight, Text: quizzes.Texts{}, Feedback: quizzes.Texts{}}
}

// compare returns the message for the first difference of two answer keys.
func compare(a, b quizzes.Item) string {
	sameWeight := func(x, y quizzes.Option) bool { return x.Weight == y.Weight }
	switch {
	case a.Kind != b.Kind:
		return "quizzes.other_kind"
	case len(a.Options) != len(b.Options), len(a.Accepted) != len(b.Accepted), len(a.Numbers) != len(b.Numbers),
		len(a.Gaps) != len(b.Gaps), len(a.Rubric) != len(b.Rubric):
		return "quizzes.other_count"
	case !slices.EqualFunc(a.Options, b.Options, sameWeight), !slices.EqualFunc(a.Accepted, b.Accepted, sameWeight), a.Points != b.Points:
		return "quizzes.other_weights"
	case a.Set != b.Set, a.Credit != b.Credit, a.Fold != b.Fold, a.Markers != b.Markers,
		!slices.Equal(a.Units, b.Units), a.UnitPenalty != b.UnitPenalty:
		return "quizzes.other_rules"
	}
	for i, x := range a.Numbers {
		y := b.Numbers[i]
		if x.Any != y.Any || x.Value != y.Value || x.Tolerance != y.Tolerance {
			return "quizzes.other_number"
		}
		if x.Weight != y.Weight {
			return "quizzes.other_weights"
		}
	}
	for i, x := range a.Gaps {
		y := b.Gaps[i]
		if x.Option != y.Option || x.Share != y.Share {
			return "quizzes.other_weights"
		}
		if x.Item != nil {
			if difference := compare(*x.Item, *y.Item); difference != "" {
				return difference
			}
		}
	}
	for i, x := range a.Rubric {
		if x.Points != b.Rubric[i].Points {
			return "quizzes.other_weights"
		}
	}
	return ""
}

// addTexts puts the words of one language into the item.
func addTexts(it *quizzes.Item, l i18n.Locale, q Question) {
	put := func(into quizzes.Texts, text quizzes.Text) {
		if into != nil && !text.Empty() {
			into[l] = text
		}
	}
	put(it.Text, q.Text)
	put(it.Feedback, q.Feedback)
	put(it.Guide, q.Guide)
	for i, c := range q.Choices {
		answers := it.Options
		if q.Kind == quizzes.ShortAnswer {
			answers = it.Accepted
		}
		put(answers[i].Text, c.Text)
		put(answers[i].Feedback, c.Feedback)
	}
	for i, n := range q.Numbers {
		put(it.Numbers[i].Feedback, n.Feedback)
	}
	for i, c := range q.Rubric {
		put(it.Rubric[i].Text, c.Text)
	}
	for i, g := range q.Gaps {
		addTexts(it.Gaps[i].Item, l, g)
	}
	for i, text := range answersOf(q.Pairs) {
		put(it.Options[i].Text, text)
	}
	gap := 0
	for _, p := range q.Pairs {
		if !p.Text.Empty() {
			put(it.Gaps[gap].Text, p.Text)
			put(it.Gaps[gap].Feedback, p.Feedback)
			gap++
		}
	}
	if q.Kind == quizzes.TrueFalse {
		for i := range it.Options {
			if it.Options[i].Weight == quizzes.Whole {
				put(it.Options[i].Feedback, q.WhenRight)
			} else {
				put(it.Options[i].Feedback, q.WhenWrong)
			}
		}
	}
}
