package items

import (
	"bytes"
	"encoding/json"
	"fmt"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// Paper is what one attempt asks, frozen when it starts. Its JSON is how it is stored.
type Paper struct {
	Seed      int64      `json:"seed"`      // decides the order of the options
	PassMark  int        `json:"pass_mark"` // percent of the points
	Positions []Position `json:"positions"`
}

// Position is one question of a paper. Positions are counted from 1.
type Position struct {
	ItemVersion int64  `json:"item_version"`
	Points      Points `json:"points"`
	Section     int    `json:"section,omitempty"` // of the plan, counted from 1; 0 on papers from before plans had sections
	Shuffled    bool   `json:"shuffled"`          // whether the options are shown in the order of the seed
}

// Asked is the learner's view of an item: nothing of the answer key.
type Asked struct {
	Position      int
	Kind          Kind
	Points        Points
	Locale        i18n.Locale // the language found, which may not be the one wanted
	Text          Text
	Options       []Shown // in the order to show them
	Gaps          []AskedGap
	Measures      []string // that a numerical answer may carry
	MeasureCounts bool     // whether a missing unit costs something
}

// AskedGap is the learner's view of a gap.
type AskedGap struct {
	Kind    Kind // of the small item of a cloze; "" where the item's options go
	Text    Text // the prompt of a matching item
	Options []Shown
}

// Shown is an option as the learner sees it. ID goes into the Response; it says
// where the option is shown and therefore nothing about where it belongs.
// True/false options have no text: 0 is true and 1 is false.
type Shown struct {
	ID    int
	index int // in the item version
	Text  Text
}

// Score is the outcome of a paper.
type Score struct {
	Earned   Points
	Possible Points
	Passed   bool
	Waiting  int // essays that are not marked yet; until then nobody has failed
}

// At returns the position with the number, counted from 1.
func (p Paper) At(number int) (Position, bool) {
	if number < 1 || number > len(p.Positions) {
		return Position{}, false
	}
	return p.Positions[number-1], true
}

// Ask returns the learner's view of the item at the position. It returns
// errs.NotFound when the paper has no such position.
func (p Paper) Ask(number int, it Item, want i18n.Locale) (Asked, error) {
	position, ok := p.At(number)
	if !ok {
		return Asked{}, errs.New(errs.NotFound, "quizzes.unknown_position", errs.Args{"position": number})
	}
	asked := Asked{Position: number, Kind: it.Kind, Points: position.Points}
	asked.Text, asked.Locale = it.Text.Pick(want)
	orders := p.orders(number, it)
	asked.Options = show(it.Options, orders.options, want)
	for i, g := range it.Gaps {
		gap := AskedGap{}
		gap.Text, _ = g.Text.Pick(want)
		if g.Item != nil {
			gap.Kind, gap.Options = g.Item.Kind, show(g.Item.Options, orders.gaps[i], want)
		}
		asked.Gaps = append(asked.Gaps, gap)
	}
	for _, u := range it.Measures {
		asked.Measures = append(asked.Measures, u.Name)
	}
	asked.MeasureCounts = it.MeasurePenalty > 0
	return asked, nil
}

func show(options []Option, order []int, want i18n.Locale) []Shown {
	var shown []Shown
	for place, i := range order {
		text, _ := options[i].Text.Pick(want)
		shown = append(shown, Shown{ID: place, index: i, Text: text})
	}
	return shown
}

// Grade grades the answers by position. A position without an answer is blank.
// It returns errs.Invalid for an answer to a position that the paper does not
// have and for what Item.Grade refuses; a missing item version is internal.
func (p Paper) Grade(versions map[int64]Item, answers map[int]Response) ([]Grade, error) {
	for number := range answers {
		if _, ok := p.At(number); !ok {
			return nil, errs.New(errs.Invalid, "quizzes.unknown_position", errs.Args{"position": number})
		}
	}
	grades := make([]Grade, len(p.Positions))
	for i, position := range p.Positions {
		it, ok := versions[position.ItemVersion]
		if !ok {
			return nil, fmt.Errorf("grade position %d: item version %d is missing", i+1, position.ItemVersion)
		}
		grade, err := it.Grade(position.Points, answers[i+1])
		if err != nil {
			return nil, err
		}
		grades[i] = grade
	}
	return grades, nil
}

// GradeOf returns the grade of an item version: NotAsked when the paper does
// not hold it.
func (p Paper) GradeOf(grades []Grade, itemVersion int64) Grade {
	for i, position := range p.Positions {
		if position.ItemVersion == itemVersion && i < len(grades) {
			return grades[i]
		}
	}
	return NotAsked()
}

// Score adds the grades up and compares them with the pass mark in whole
// numbers. A paper on which nothing could be earned is not passed.
func (p Paper) Score(grades []Grade) Score {
	var s Score
	for _, g := range grades {
		s.Earned += g.Earned
		s.Possible += g.Max
		if g.Status == Waiting {
			s.Waiting++
		}
	}
	s.Passed = s.Possible > 0 && int64(s.Earned)*100 >= int64(p.PassMark)*int64(s.Possible)
	return s
}

// WithoutEssays leaves out what waits to be marked: nobody marks practice. Of a paper with
// nothing else it leaves all as it is.
func (p Paper) WithoutEssays(grades []Grade, score Score) ([]Grade, Score) {
	rest := append([]Grade{}, grades...)
	for i, g := range rest {
		if g.Status == Waiting {
			rest[i] = Grade{Status: Stated}
		}
	}
	if left := p.Score(rest); left.Possible > 0 {
		return rest, left
	}
	return grades, score
}

// UnmarshalJSON reads the paper as it is stored with the attempt, and refuses what
// it does not know: a part of a paper is never left out in silence.
func (p *Paper) UnmarshalJSON(raw []byte) error {
	type stored Paper
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode((*stored)(p)); err != nil {
		return fmt.Errorf("decode paper: %w", err)
	}
	return nil
}
