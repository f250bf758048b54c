package items

import (
	"encoding/json"
	"fmt"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// Try judges a response to an item outside a quiz and says what its author wrote
// about it. Invalid when the response does not fit the item.
func Try(item, response []byte, want i18n.Locale) (right bool, feedbackHTML string, err error) {
	it, err := Decode(item)
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
	return grade.Status == Right, it.FeedbackHTML(r, want), nil
}

// ShowQuestion is an item as a page asks it, without its key, its options in the
// order that belongs to the seed.
func ShowQuestion(item []byte, position int, seed uint64, want i18n.Locale) (Question, error) {
	it, err := Decode(item)
	if err != nil {
		return Question{}, fmt.Errorf("question %d: %w", position, err)
	}
	html := it.Render(want)
	q := Question{Position: position, Kind: it.Kind, Points: it.Points, Locale: html.Locale, HTML: html.HTML}
	if it.Kind == SingleChoice || it.Kind == MultipleChoice {
		for _, i := range permutation(seed, uint64(position), len(it.Options)) {
			q.Options = append(q.Options, ShownHTML{ID: i, HTML: html.Options[i]})
		}
	}
	return q, nil
}

// EncodeAll returns the canonical bytes of questions, as a room keeps those that it
// asks outside a quiz.
func EncodeAll(list []Item) ([][]byte, error) {
	questions := make([][]byte, len(list))
	for i, it := range list {
		var err error
		if questions[i], err = it.Encode(); err != nil {
			return nil, err
		}
	}
	return questions, nil
}

// MaxAsked is how many questions a text outside a quiz may ask: a version of a policy,
// a briefing.
const MaxAsked = 20

// Judgement is how somebody's answers to the questions of a page went, as the room
// that asked them keeps it.
type Judgement struct {
	Responses []byte // JSON list of what was answered
	Right     []bool // by question
	Correct   int    // how many are right
}

// Judge judges an answer to each of the questions outside a quiz. Invalid, with the
// code missing, when there are not as many answers as questions, and when an answer
// does not fit its question.
func Judge(questions [][]byte, answers []json.RawMessage, missing string) (Judgement, error) {
	if len(answers) != len(questions) {
		return Judgement{}, errs.New(errs.Invalid, missing, errs.Args{"count": len(questions)})
	}
	j := Judgement{Right: make([]bool, len(questions))}
	for i, question := range questions {
		var err error
		if j.Right[i], _, err = Try(question, answers[i], i18n.Hans); err != nil {
			return Judgement{}, err
		}
		if j.Right[i] {
			j.Correct++
		}
	}
	var err error
	j.Responses, err = json.Marshal(answers)
	return j, err
}
