package formats

import (
	"slices"

	"anwen/internal/i18n"
	"anwen/items"
)

// key makes the item without its texts: what all languages must agree on.
func key(q Question) items.Item {
	it := items.Item{
		Name: q.Name, Kind: q.Kind, Points: items.Point, Text: items.Texts{}, Feedback: items.Texts{},
		Set: q.Set, Credit: q.Credit, Filing: items.Filing{Category: q.Category, Tags: q.Tags, Difficulty: q.Difficulty}, Attached: q.Attached,
	}
	var answers []items.Option
	for _, c := range q.Choices {
		answers = append(answers, newOption(c.Worth()))
	}
	switch q.Kind {
	case items.SingleChoice, items.MultipleChoice:
		it.Options = answers
	case items.ShortAnswer:
		it.Accepted, it.Fold = answers, q.Fold
	case items.TrueFalse:
		it.Options = []items.Option{newOption(items.Whole), newOption(0)}
		if !q.True {
			slices.Reverse(it.Options)
		}
	case items.Numerical:
		for _, n := range q.Numbers {
			number := n.item()
			number.Feedback = items.Texts{}
			it.Numbers = append(it.Numbers, number)
		}
		it.Measures, it.MeasurePenalty = q.Measures, q.MeasurePenalty
	case items.Ordering, items.Drag:
		for range q.Choices {
			it.Options = append(it.Options, newOption(0))
		}
		for _, place := range q.Places {
			it.Gaps = append(it.Gaps, items.Gap{Text: items.Texts{}, Feedback: items.Texts{}, Option: place, Share: 1})
		}
	case items.Matching:
		keyPairs(&it, q.Pairs)
	case items.Cloze:
		for _, g := range q.Gaps {
			small := key(g)
			small.Points = 0
			it.Gaps = append(it.Gaps, items.Gap{Text: items.Texts{}, Feedback: items.Texts{}, Item: &small, Share: g.Share})
		}
	case items.Essay:
		it.Markers, it.Guide = max(q.Markers, 1), items.Texts{}
		for _, c := range q.Rubric {
			it.Rubric = append(it.Rubric, items.Criterion{Text: items.Texts{}, Points: c.Points})
		}
	case items.Description:
		it.Points = 0
	}
	if q.Points != nil {
		it.Points = *q.Points
	}
	return it
}

// keyPairs makes a gap for every pair with a prompt and an option for every
// different answer.
func keyPairs(it *items.Item, pairs []Pair) {
	answers := answersOf(pairs)
	for range answers {
		it.Options = append(it.Options, newOption(0))
	}
	for _, p := range pairs {
		if !p.Text.Empty() {
			it.Gaps = append(it.Gaps, items.Gap{Text: items.Texts{}, Feedback: items.Texts{}, Option: slices.Index(answers, p.Answer), Share: 1})
		}
	}
}

// answersOf lists the different answers in the order in which they are first
// named, those that belong to no prompt last.
func answersOf(pairs []Pair) []items.Text {
	var all []items.Text
	for _, prompted := range []bool{true, false} {
		for _, p := range pairs {
			if p.Text.Empty() != prompted && !slices.Contains(all, p.Answer) {
				all = append(all, p.Answer)
			}
		}
	}
	return all
}

func newOption(weight items.Weight) items.Option {
	return items.Option{Weight: weight, Text: items.Texts{}, Feedback: items.Texts{}}
}

// compare returns the message for the first difference of two answer keys.
func compare(a, b items.Item) string {
	sameWeight := func(x, y items.Option) bool { return x.Weight == y.Weight }
	switch {
	case a.Kind != b.Kind:
		return "quizzes.other_kind"
	case len(a.Options) != len(b.Options), len(a.Accepted) != len(b.Accepted), len(a.Numbers) != len(b.Numbers),
		len(a.Gaps) != len(b.Gaps), len(a.Rubric) != len(b.Rubric):
		return "quizzes.other_count"
	case !slices.EqualFunc(a.Options, b.Options, sameWeight), !slices.EqualFunc(a.Accepted, b.Accepted, sameWeight), a.Points != b.Points:
		return "quizzes.other_weights"
	case a.Set != b.Set, a.Credit != b.Credit, a.Fold != b.Fold, a.Markers != b.Markers,
		!slices.Equal(a.Measures, b.Measures), a.MeasurePenalty != b.MeasurePenalty:
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
func addTexts(it *items.Item, l i18n.Locale, q Question) {
	put := func(into items.Texts, text items.Text) {
		if into != nil && !text.Empty() {
			into[l] = text
		}
	}
	put(it.Text, q.Text)
	put(it.Feedback, q.Feedback)
	put(it.Guide, q.Guide)
	for i, c := range q.Choices {
		answers := it.Options
		if q.Kind == items.ShortAnswer {
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
	if q.Kind == items.TrueFalse {
		for i := range it.Options {
			if it.Options[i].Weight == items.Whole {
				put(it.Options[i].Feedback, q.WhenRight)
			} else {
				put(it.Options[i].Feedback, q.WhenWrong)
			}
		}
	}
}
