package formats

import (
	"fmt"
	"slices"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/quizzes"
)

// JoinLanguages makes the items of a quiz from the same questions in one or more
// languages. Questions belong together by name; names, order, kinds, numbers of
// options, weights and numerical answers must agree, and each difference is a
// fault at the line of the language that differs from the first one present
// (Simplified, Traditional, English).
//
// A question without a name is called after its place, q01, q02 and so on, and a
// name that occurs again gets its count: "Origin (2)". Categories are left out: a
// quiz belongs to a course and not to a bank. Items are returned only when there
// is no fault.
func JoinLanguages(files map[i18n.Locale][]Question) ([]quizzes.Item, []errs.Fault) {
	j := joiner{}
	for _, l := range i18n.Locales {
		if questions, ok := files[l]; ok {
			j.languages = append(j.languages, newLanguage(l, questions))
		}
	}
	if len(j.languages) == 0 || len(j.languages[0].questions) == 0 {
		j.faults.Add(errs.Place{}, "quizzes.no_questions", nil)
		return nil, j.faults.List()
	}
	for _, other := range j.languages[1:] {
		j.compareNames(j.languages[0], other)
	}
	var items []quizzes.Item
	for _, q := range j.languages[0].questions {
		items = append(items, j.join(q.Name))
	}
	if j.faults.Len() > 0 {
		return nil, j.faults.List()
	}
	return items, nil
}

// language holds the questions of one file, each with a name of its own.
type language struct {
	locale    i18n.Locale
	file      string
	questions []Question
	byName    map[string]Question
	repeats   map[string]int // how often a name that repeats has been counted up
}

func newLanguage(locale i18n.Locale, entries []Question) language {
	l := language{locale: locale, file: string(locale), byName: make(map[string]Question), repeats: make(map[string]int)}
	for _, q := range entries {
		if q.Kind == Category {
			continue
		}
		if q.At.File == "" {
			q.At.File = string(locale)
		}
		l.file = q.At.File
		if q.Name == "" {
			q.Name = fmt.Sprintf("q%02d", len(l.questions)+1)
		}
		q.Name = l.freeName(q.Name)
		l.questions = append(l.questions, q)
		l.byName[q.Name] = q
	}
	return l
}

func (l language) freeName(name string) string {
	free := name
	for {
		if _, taken := l.byName[free]; !taken {
			return free
		}
		l.repeats[name]++
		free = fmt.Sprintf("%s (%d)", name, l.repeats[name]+1)
	}
}

type joiner struct {
	languages []language
	faults    errs.Faults
}

// compareNames notes names that one file has and the other lacks, or else the
// first place where the order differs.
func (j *joiner) compareNames(base, other language) {
	same := len(base.questions) == len(other.questions)
	for _, q := range base.questions {
		if _, ok := other.byName[q.Name]; !ok {
			same = false
			j.faults.Add(errs.Place{File: other.file}, "quizzes.missing_in_language", errs.Args{"name": q.Name, "other": q.At.String()})
		}
	}
	for _, q := range other.questions {
		if _, ok := base.byName[q.Name]; !ok {
			same = false
			j.faults.Add(q.At, "quizzes.only_in_language", errs.Args{"name": q.Name, "other": base.file})
		}
	}
	if !same {
		return
	}
	for i, q := range other.questions {
		if want := base.questions[i]; q.Name != want.Name {
			j.faults.Add(q.At, "quizzes.other_order", errs.Args{"name": q.Name, "expected": want.Name, "other": base.file})
			return
		}
	}
}

// join makes one item from the question of that name in every language.
func (j *joiner) join(name string) quizzes.Item {
	base := j.languages[0].byName[name]
	it := key(base)
	if code, ok := refused[base.Kind]; ok {
		j.faults.Add(base.At, code, nil)
		return it
	}
	before := j.faults.Len()
	for _, l := range j.languages {
		q, ok := l.byName[name]
		if !ok {
			continue // noted by compareNames
		}
		if difference := compare(it, key(q)); difference != "" {
			j.faults.Add(q.At, difference, errs.Args{"name": name, "other": base.At.String()})
			continue
		}
		addTexts(&it, l.locale, q)
	}
	if j.faults.Len() == before {
		it.Check(base.At, &j.faults)
	}
	return it
}

// refused names the message for each kind that a quiz does not use.
var refused = map[quizzes.Kind]string{
	Matching:    "quizzes.matching_not_used",
	Essay:       "quizzes.essay_not_used",
	Description: "quizzes.description_not_used",
}

// key makes the item without its texts: what all languages must agree on.
func key(q Question) quizzes.Item {
	it := quizzes.Item{Name: q.Name, Kind: q.Kind, Points: quizzes.Point, Text: quizzes.Texts{}, Feedback: quizzes.Texts{}}
	var answers []quizzes.Option
	for _, c := range q.Choices {
		answers = append(answers, newOption(c.Worth()))
	}
	switch q.Kind {
	case quizzes.SingleChoice, quizzes.MultipleChoice:
		it.Options = answers
	case quizzes.ShortAnswer:
		it.Accepted = answers
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
	}
	return it
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
	case len(a.Options) != len(b.Options), len(a.Accepted) != len(b.Accepted), len(a.Numbers) != len(b.Numbers):
		return "quizzes.other_count"
	case !slices.EqualFunc(a.Options, b.Options, sameWeight), !slices.EqualFunc(a.Accepted, b.Accepted, sameWeight):
		return "quizzes.other_weights"
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
	return ""
}

// addTexts puts the words of one language into the item.
func addTexts(it *quizzes.Item, l i18n.Locale, q Question) {
	put := func(into quizzes.Texts, text quizzes.Text) {
		if !text.Empty() {
			into[l] = text
		}
	}
	put(it.Text, q.Text)
	put(it.Feedback, q.Feedback)
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
