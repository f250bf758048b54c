package server

import (
	"encoding/json"

	"anwen/internal/i18n"
	"anwen/items"
)

type question struct {
	Position   int           `json:"position"`
	Kind       string        `json:"kind" enum:"single_choice,multiple_choice,true_false,short_answer,numerical,matching,ordering,cloze,drag,essay,description"`
	HTML       string        `json:"html" doc:"<span data-gap=n> stands where gap n is"`
	Locale     string        `json:"locale"`
	Points     string        `json:"points" doc:"Decimal"`
	Case       int           `json:"case" doc:"Position of the description of the scenario that it belongs to; 0 for none"`
	Section    string        `json:"section" doc:"Title of the part of the paper, empty without one"`
	Options    []shownOption `json:"options" doc:"In the order to show them; null when nothing is chosen"`
	Gaps       []shownGap    `json:"gaps" doc:"Prompts to match, or what stands in the text" nullable:"false"`
	Units      []string      `json:"units" doc:"That a number may carry" nullable:"false"`
	UnitCounts bool          `json:"unit_counts" doc:"A missing unit costs something"`
	Criteria   []criterion   `json:"criteria" doc:"What an essay is marked by" nullable:"false"`
}

type shownOption struct {
	ID   int    `json:"id"`
	HTML string `json:"html"`
}

type shownGap struct {
	Kind    string        `json:"kind" doc:"Of the small item of a cloze; empty where the item's options go"`
	HTML    string        `json:"html" doc:"The prompt of a matching item"`
	Options []shownOption `json:"options" nullable:"false"`
}

type criterion struct {
	HTML   string `json:"html"`
	Points string `json:"points"`
}

func viewQuestion(q items.Question) question {
	option := func(o items.ShownHTML) shownOption { return shownOption(o) }
	v := question{Position: q.Position, Kind: string(q.Kind), HTML: q.HTML, Locale: string(q.Locale), Points: q.Points.String(),
		Case: q.Case, Section: q.Section, Units: append([]string{}, q.Measures...), UnitCounts: q.MeasureCounts,
		Gaps: views(q.Gaps, func(g items.GapHTML) shownGap {
			return shownGap{Kind: string(g.Kind), HTML: g.HTML, Options: views(g.Options, option)}
		}),
		Criteria: views(q.Criteria, func(c items.CriterionHTML) criterion { return criterion{c.HTML, c.Points.String()} }),
	}
	if q.Options != nil {
		v.Options = views(q.Options, option)
	}
	return v
}

// AnswerDTO is a response: one of the five fields, or none for a cleared answer.
type AnswerDTO struct {
	AnswerPart
	Gaps  *[]AnswerPart `json:"gaps,omitempty" maxItems:"500" nullable:"false" doc:"By gap; an empty one is blank"`
	Order *[]int        `json:"order,omitempty" maxItems:"500" nullable:"false" doc:"The options as they were put"`
}

// AnswerPart is the response to one gap.
type AnswerPart struct {
	Choice  *int    `json:"choice,omitempty" minimum:"0"`
	Choices *[]int  `json:"choices,omitempty" maxItems:"500" nullable:"false"`
	Text    *string `json:"text,omitempty" maxLength:"60000"`
}

func (a AnswerPart) response() items.Response {
	r := items.Response{Choice: a.Choice, Text: a.Text}
	if a.Choices != nil {
		r.Choices = *a.Choices
	}
	return r
}

func (a AnswerDTO) response() items.Response {
	r := a.AnswerPart.response()
	if a.Gaps != nil {
		r.Gaps = views(*a.Gaps, AnswerPart.response)
	}
	if a.Order != nil {
		r.Order = *a.Order
	}
	return r
}

func viewPart(r items.Response) AnswerPart {
	v := AnswerPart{Choice: r.Choice, Text: r.Text}
	if r.Choices != nil {
		v.Choices = &r.Choices
	}
	return v
}

func viewResponse(r items.Response) AnswerDTO {
	v := AnswerDTO{AnswerPart: viewPart(r)}
	if r.Gaps != nil {
		gaps := views(r.Gaps, viewPart)
		v.Gaps = &gaps
	}
	if r.Order != nil {
		v.Order = &r.Order
	}
	return v
}

// askedOf presents items that are asked outside a quiz. Options are shuffled for each
// reader, always in the same way; 0 is every reader.
func askedOf(list [][]byte, reader int64, l i18n.Locale) ([]question, error) {
	asked := make([]question, len(list))
	for i, item := range list {
		q, err := items.ShowQuestion(item, i+1, reader, l)
		if err != nil {
			return nil, err
		}
		asked[i] = viewQuestion(q)
	}
	return asked, nil
}

// responsesOf converts answers to the form that the rooms take.
func responsesOf(answers []AnswerDTO) ([]json.RawMessage, error) {
	raw := make([]json.RawMessage, len(answers))
	for i, answer := range answers {
		var err error
		if raw[i], err = json.Marshal(answer.response()); err != nil {
			return nil, err
		}
	}
	return raw, nil
}
