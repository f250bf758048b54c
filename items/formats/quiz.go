package formats

import (
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
)

// ReadQuiz reads the items of one quiz from its GIFT files, one per language; faults
// name them quiz.<locale>.gift.
func ReadQuiz(files map[i18n.Locale][]byte) ([]items.Item, []errs.Fault) {
	questions := make(map[i18n.Locale][]Question, len(files))
	var faults []errs.Fault
	for _, locale := range i18n.Locales {
		raw, there := files[locale]
		if !there {
			continue
		}
		list, found := ReadGIFT("quiz."+string(locale)+".gift", raw)
		questions[locale] = list
		faults = append(faults, found...)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return JoinLanguages(questions)
}

// ReadQuestions reads, as ReadQuiz does, questions that are asked outside a quiz:
// they are answered with one line or by choosing, and judged at once.
func ReadQuestions(files map[i18n.Locale][]byte) ([]items.Item, []errs.Fault) {
	list, faults := ReadQuiz(files)
	for _, it := range list {
		switch it.Kind {
		case items.SingleChoice, items.MultipleChoice, items.TrueFalse, items.ShortAnswer, items.Numerical:
		default:
			return nil, []errs.Fault{{Code: "quizzes.only_in_a_quiz", Args: errs.Args{"name": it.Name}}}
		}
	}
	return list, faults
}
