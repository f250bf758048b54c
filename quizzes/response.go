package quizzes

import (
	"bytes"
	"encoding/json"
	"strings"

	"anwen/internal/errs"
)

// Response is what the learner gave for one position of the paper. Options are
// addressed by their index in the item version, never by where they were shown.
// The zero Response is blank.
type Response struct {
	Choice  *int    // single choice and true/false
	Choices []int   // multiple choice
	Text    *string // short answer and numerical
}

// Limits of a response.
const (
	MaxResponseText    = 10_000 // bytes of one typed answer
	maxResponseEncoded = 6*MaxResponseText + 100
)

// Choose is the response to a single choice or true/false item.
func Choose(option int) Response { return Response{Choice: &option} }

// ChooseAll is the response to a multiple choice item.
func ChooseAll(options ...int) Response { return Response{Choices: options} }

// Write is the response to a short answer or numerical item.
func Write(text string) Response { return Response{Text: &text} }

// Blank reports whether the learner gave nothing: no option, or only spaces.
func (r Response) Blank() bool {
	return r.Choice == nil && len(r.Choices) == 0 && (r.Text == nil || strings.TrimSpace(*r.Text) == "")
}

type storedResponse struct {
	Choice  *int    `json:"choice,omitempty"`
	Choices *[]int  `json:"choices,omitempty"`
	Text    *string `json:"text,omitempty"`
}

// MarshalJSON writes {"choice":2}, {"choices":[0,2]}, {"text":"…"} or {}.
func (r Response) MarshalJSON() ([]byte, error) {
	stored := storedResponse{Choice: r.Choice, Text: r.Text}
	if r.Choices != nil {
		stored.Choices = &r.Choices
	}
	return json.Marshal(stored)
}

// UnmarshalJSON reads what MarshalJSON writes. Anything else, two forms at once
// included, is errs.Invalid.
func (r *Response) UnmarshalJSON(raw []byte) error {
	if len(raw) > maxResponseEncoded {
		return errs.New(errs.Invalid, "quizzes.answer_too_long", nil)
	}
	var stored storedResponse
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&stored); err != nil {
		return errs.New(errs.Invalid, "quizzes.unreadable_answer", nil).Because(err)
	}
	forms := 0
	for _, given := range []bool{stored.Choice != nil, stored.Choices != nil, stored.Text != nil} {
		if given {
			forms++
		}
	}
	if forms > 1 {
		return errs.New(errs.Invalid, "quizzes.unreadable_answer", nil)
	}
	*r = Response{Choice: stored.Choice, Text: stored.Text}
	if stored.Choices != nil {
		r.Choices = *stored.Choices
	}
	return nil
}
