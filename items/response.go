package items

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
	Choice  *int       // single choice and true/false
	Choices []int      // multiple choice
	Text    *string    // short answer, numerical and essay
	Gaps    []Response // matching, cloze and drag, by gap; shorter lists leave the rest blank
	Order   []int      // ordering: the options as they were put
}

// Limits of a response.
const (
	MaxResponseText    = 10_000 // bytes of one typed answer
	MaxEssayText       = 60_000 // bytes of an essay
	maxResponseEncoded = 6*MaxEssayText + 100
)

// Choose is the response to a single choice or true/false item.
func Choose(option int) Response { return Response{Choice: &option} }

// ChooseAll is the response to a multiple choice item.
func ChooseAll(options ...int) Response { return Response{Choices: options} }

// Write is the response to a short answer or numerical item.
func Write(text string) Response { return Response{Text: &text} }

// Fill is the response to an item with gaps.
func Fill(gaps ...Response) Response { return Response{Gaps: gaps} }

// Arrange is the response to an ordering item.
func Arrange(options ...int) Response { return Response{Order: options} }

// Blank reports whether the learner gave nothing: no option, only spaces, no gap
// filled, no order.
func (r Response) Blank() bool {
	for _, gap := range r.Gaps {
		if !gap.Blank() {
			return false
		}
	}
	return r.Choice == nil && len(r.Choices) == 0 && len(r.Order) == 0 && (r.Text == nil || strings.TrimSpace(*r.Text) == "")
}

type storedResponse struct {
	Choice  *int         `json:"choice,omitempty"`
	Choices *[]int       `json:"choices,omitempty"`
	Text    *string      `json:"text,omitempty"`
	Gaps    *[]storedGap `json:"gaps,omitempty"`
	Order   *[]int       `json:"order,omitempty"`
}

// storedGap is flat, so that no response nests any deeper.
type storedGap struct {
	Choice  *int    `json:"choice,omitempty"`
	Choices *[]int  `json:"choices,omitempty"`
	Text    *string `json:"text,omitempty"`
}

func storeGap(r Response) storedGap {
	stored := storedGap{Choice: r.Choice, Text: r.Text}
	if r.Choices != nil {
		stored.Choices = &r.Choices
	}
	return stored
}

func (g storedGap) response() Response {
	r := Response{Choice: g.Choice, Text: g.Text}
	if g.Choices != nil {
		r.Choices = *g.Choices
	}
	return r
}

// MarshalJSON writes {"choice":2}, {"choices":[0,2]}, {"text":"…"},
// {"gaps":[{"choice":1},{}]}, {"order":[1,0]} or {}.
func (r Response) MarshalJSON() ([]byte, error) {
	stored := storedResponse{Choice: r.Choice, Text: r.Text}
	if r.Choices != nil {
		stored.Choices = &r.Choices
	}
	if r.Gaps != nil {
		gaps := make([]storedGap, len(r.Gaps))
		for i, gap := range r.Gaps {
			gaps[i] = storeGap(gap)
		}
		stored.Gaps = &gaps
	}
	if r.Order != nil {
		stored.Order = &r.Order
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
	for _, form := range []bool{stored.Choice != nil, stored.Choices != nil, stored.Text != nil, stored.Gaps != nil, stored.Order != nil} {
		if form {
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
	if stored.Gaps != nil {
		if len(*stored.Gaps) > MaxAnswers {
			return errs.New(errs.Invalid, "quizzes.answer_too_long", nil)
		}
		r.Gaps = make([]Response, len(*stored.Gaps))
		for i, gap := range *stored.Gaps {
			r.Gaps[i] = gap.response()
		}
	}
	if stored.Order != nil {
		r.Order = *stored.Order
	}
	return nil
}
