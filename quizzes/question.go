package quizzes

import (
	"encoding/json"
	"fmt"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// ReadQuestions reads questions that are asked outside a course, from GIFT in
// each language, as the canonical bytes of their items.
func (s *Service) ReadQuestions(files map[i18n.Locale][]byte) ([][]byte, []errs.Fault) {
	list, faults := s.read(files)
	if len(faults) > 0 {
		return nil, faults
	}
	items := make([][]byte, len(list))
	for i, it := range list {
		switch it.Kind {
		case SingleChoice, MultipleChoice, TrueFalse, ShortAnswer, Numerical:
		default:
			return nil, []errs.Fault{{Code: "quizzes.only_in_a_quiz", Args: errs.Args{"name": it.Name}}}
		}
		raw, err := it.Encode()
		if err != nil {
			return nil, []errs.Fault{{Code: "quizzes.no_text"}}
		}
		items[i] = raw
	}
	return items, nil
}

// JudgeAnswer tells whether a response, as Response marshals, is wholly right.
// Invalid when it does not fit the item.
func (s *Service) JudgeAnswer(item, response []byte) (bool, error) {
	right, _, err := Try(item, response, i18n.Hans)
	return right, err
}

// Try judges a response to an item outside a quiz and says what its author wrote
// about it. Invalid when the response does not fit the item.
func Try(item, response []byte, want i18n.Locale) (right bool, feedbackHTML string, err error) {
	it, err := DecodeItem(item)
	if err != nil {
		return false, "", err
	}
	var r Response
	if err := json.Unmarshal(response, &r); err != nil {
		return false, "", err
	}
	grade, err := it.Grade(Point, r)
	if err != nil {
		return false, "", err
	}
	return grade.Status == Right, it.feedbackHTML(r, want), nil
}

// ShowQuestion is an item as a page asks it, without its key, its options in the
// order that belongs to the seed.
func ShowQuestion(item []byte, position int, seed uint64, want i18n.Locale) (Question, error) {
	it, err := DecodeItem(item)
	if err != nil {
		return Question{}, fmt.Errorf("question %d: %w", position, err)
	}
	html := it.render(want)
	q := Question{Position: position, Kind: it.Kind, Points: it.Points, Locale: html.locale, HTML: html.text}
	if it.Kind == SingleChoice || it.Kind == MultipleChoice {
		for _, i := range permutation(seed, uint64(position), len(it.Options)) {
			q.Options = append(q.Options, ShownHTML{ID: i, HTML: html.options[i]})
		}
	}
	return q, nil
}
