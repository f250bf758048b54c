package items

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// Try judges a reader's response to an item outside a quiz and says what its author
// wrote about it. Invalid when the response does not fit the item.
func Try(item []byte, reader int64, response []byte, want i18n.Locale) (right bool, feedbackHTML string, err error) {
	it, r, right, err := try(item, reader, response)
	if err != nil {
		return false, "", err
	}
	return right, it.FeedbackHTML(r, want), nil
}

// try is Try, and returns the response as it is kept.
func try(item []byte, reader int64, response []byte) (it Item, kept Response, right bool, err error) {
	if it, err = Decode(item); err != nil {
		return it, kept, false, err
	}
	var r Response
	if err = json.Unmarshal(response, &r); err != nil {
		return it, kept, false, err
	}
	order, err := it.ordersOutside(reader)
	if err != nil {
		return it, kept, false, err
	}
	kept = order.stored(it, r)
	grade, err := it.Grade(Point, kept)
	return it, kept, grade.Status == Right, err
}

// ShowQuestion is an item as a page asks a reader, without its key. Options are in an
// order of the reader's and named by their place in it, as in a quiz, so that neither
// tells which was written first. Reader 0 is whoever reads a page that is one for all.
func ShowQuestion(item []byte, position int, reader int64, want i18n.Locale) (Question, error) {
	it, err := Decode(item)
	if err != nil {
		return Question{}, fmt.Errorf("question %d: %w", position, err)
	}
	html := it.Render(want)
	q := Question{Position: position, Kind: it.Kind, Points: it.Points, Locale: html.Locale, HTML: html.HTML}
	if it.Kind == SingleChoice || it.Kind == MultipleChoice {
		order, err := it.ordersOutside(reader)
		if err != nil {
			return Question{}, fmt.Errorf("question %d: %w", position, err)
		}
		for place, i := range order.options {
			q.Options = append(q.Options, ShownHTML{ID: place, HTML: html.Options[i]})
		}
	}
	return q, nil
}

// ordersOutside are the orders in which a reader sees the item outside a quiz. They
// follow from the whole item, its key among it, so that nobody computes them who does
// not know the key.
func (it Item) ordersOutside(reader int64) (orders, error) {
	raw, err := it.Encode()
	if err != nil {
		return orders{}, err
	}
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(raw, uint64(reader)))
	return ordersOf(it, int64(binary.BigEndian.Uint64(sum[:8])), 1, true), nil
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
	Responses []byte // JSON list of what was answered; options by their index in the item
	Right     []bool // by question
	Correct   int    // how many are right
}

// Judge judges a reader's answer to each of the questions outside a quiz. Invalid, with the
// code missing, when there are not as many answers as questions, and when an answer
// does not fit its question.
func Judge(questions [][]byte, reader int64, answers []json.RawMessage, missing string) (Judgement, error) {
	if len(answers) != len(questions) {
		return Judgement{}, errs.New(errs.Invalid, missing, errs.Args{"count": len(questions)})
	}
	j := Judgement{Right: make([]bool, len(questions))}
	kept := make([]Response, len(questions))
	for i, question := range questions {
		var err error
		if _, kept[i], j.Right[i], err = try(question, reader, answers[i]); err != nil {
			return Judgement{}, err
		}
		if j.Right[i] {
			j.Correct++
		}
	}
	var err error
	j.Responses, err = json.Marshal(kept)
	return j, err
}
