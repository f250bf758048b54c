package formats

import (
	"fmt"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
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
func JoinLanguages(files map[i18n.Locale][]Question) ([]items.Item, []errs.Fault) {
	list, _, faults := joinLanguages(files)
	if len(faults) > 0 {
		return nil, faults
	}
	return list, nil
}

// joinLanguages is JoinLanguages; the items without a fault are returned beside the
// faults, and the place of each by its name.
func joinLanguages(files map[i18n.Locale][]Question) (list []items.Item, at map[string]errs.Place, faults []errs.Fault) {
	j := joiner{}
	for _, l := range i18n.Locales {
		if questions, ok := files[l]; ok {
			j.languages = append(j.languages, newLanguage(l, questions))
		}
	}
	if len(j.languages) == 0 || len(j.languages[0].questions) == 0 {
		j.faults.Add(errs.Place{}, "quizzes.no_questions", nil)
		return nil, nil, j.faults.List()
	}
	for _, other := range j.languages[1:] {
		j.compareNames(j.languages[0], other)
	}
	at = make(map[string]errs.Place, len(j.languages[0].questions))
	for _, q := range j.languages[0].questions {
		at[q.Name] = q.At
		before := j.faults.Len()
		if it := j.join(q.Name); j.faults.Len() == before {
			list = append(list, it)
		}
	}
	return list, at, j.faults.List()
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
	category := ""
	for _, q := range entries {
		if q.Kind == Category {
			category = q.Text.Source
			continue
		}
		q.Category = category
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
func (j *joiner) join(name string) items.Item {
	base := j.languages[0].byName[name]
	it := key(base)
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
