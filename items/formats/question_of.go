package formats

import (
	"anwen/internal/i18n"
	"anwen/items"
)

// QuestionOf is the item as a file of one language says it: the inverse of what
// JoinLanguages makes of one file. Texts that the language does not have are empty.
func QuestionOf(it items.Item, l i18n.Locale) Question {
	points := it.Points
	q := Question{
		Name: it.Name, Kind: it.Kind, Text: it.Text[l], Feedback: it.Feedback[l], Points: &points, Set: it.Set,
		Category: it.Category, Tags: it.Tags, Difficulty: it.Difficulty, Credit: it.Credit, Fold: it.Fold,
		Measures: it.Measures, MeasurePenalty: it.MeasurePenalty, Markers: it.Markers, Guide: it.Guide[l], Attached: it.Attached,
	}
	options := it.Options
	if it.Kind == items.ShortAnswer {
		options = it.Accepted
	}
	switch it.Kind {
	case items.TrueFalse:
		right, wrong := 0, 1
		if q.True = it.Options[0].Weight == items.Whole; !q.True {
			right, wrong = 1, 0
		}
		q.WhenRight, q.WhenWrong = it.Options[right].Feedback[l], it.Options[wrong].Feedback[l]
	case items.Matching:
		q.Pairs = pairsOf(it, l)
	default:
		for _, o := range options {
			weight := o.Weight
			q.Choices = append(q.Choices, Choice{Right: weight == items.Whole, Weight: &weight, Text: o.Text[l], Feedback: o.Feedback[l]})
		}
	}
	for _, n := range it.Numbers {
		q.Numbers = append(q.Numbers, numberOf(n, l))
	}
	for _, g := range it.Gaps {
		switch it.Kind {
		case items.Cloze:
			gap := QuestionOf(*g.Item, l)
			gap.Share = g.Share
			q.Gaps = append(q.Gaps, gap)
		case items.Drag:
			q.Places = append(q.Places, g.Option)
		}
	}
	for _, c := range it.Rubric {
		q.Rubric = append(q.Rubric, Criterion{c.Text[l], c.Points})
	}
	return q
}

func numberOf(n items.Number, l i18n.Locale) Number {
	weight := n.Weight
	out := Number{Right: weight == items.Whole, Weight: &weight, Spelling: Around, First: n.Value, Second: n.Tolerance, Feedback: n.Feedback[l]}
	if n.Any {
		out.Spelling = Otherwise
	}
	return out
}

// pairsOf lists the prompts with their answers, and then the answers that belong
// to none.
func pairsOf(it items.Item, l i18n.Locale) []Pair {
	var pairs []Pair
	used := make([]bool, len(it.Options))
	for _, g := range it.Gaps {
		used[g.Option] = true
		pairs = append(pairs, Pair{Text: g.Text[l], Answer: it.Options[g.Option].Text[l], Feedback: g.Feedback[l]})
	}
	for i, o := range it.Options {
		if !used[i] {
			pairs = append(pairs, Pair{Answer: o.Text[l]})
		}
	}
	return pairs
}
