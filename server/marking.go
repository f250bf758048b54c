package server

import (
	"context"
	"time"

	"anwen/internal/errs"
	"anwen/items"
	"anwen/quizzes"
)

type markable struct {
	AttemptID   int64         `json:"attempt_id"`
	Position    int           `json:"position"`
	SubmittedAt time.Time     `json:"submitted_at"`
	Question    question      `json:"question"`
	Answer      string        `json:"answer"`
	Guide       *string       `json:"guide_html"`
	Markers     int           `json:"markers"`
	Standing    string        `json:"standing" enum:"unmarked,disputed,settled"`
	Marked      bool          `json:"marked" doc:"By the caller"`
	Others      []givenPoints `json:"others" doc:"What others gave, once it is disputed" nullable:"false"`
}

type givenPoints struct {
	Earned   string `json:"earned"`
	Possible string `json:"possible"`
}

func (s *Server) waitingEssays(ctx context.Context, in *struct {
	ID int64 `path:"id"`
}) (*body[list[markable]], error) {
	found, err := s.quizzes.WaitingEssays(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return listOf(found, func(m quizzes.Markable) markable {
		return markable{AttemptID: m.AttemptID, Position: m.Position, SubmittedAt: m.SubmittedAt, Question: viewQuestion(m.Question), Answer: m.Answer,
			Guide: optional(m.GuideHTML), Markers: m.Markers, Standing: string(m.Standing), Marked: m.Mine != nil,
			Others: views(m.Others, func(o items.Mark) givenPoints { return givenPoints{o.Earned.String(), o.Possible.String()} })}
	}), nil
}

type markInput struct {
	ID       int64 `path:"id"`
	Position int   `path:"item" minimum:"1" maximum:"10000"`
	Body     struct {
		Criteria []string `json:"criteria" maxLength:"20" minItems:"1" maxItems:"50" nullable:"false" doc:"Points for each criterion, decimal; one number where there is no rubric"`
		Comment  string   `json:"comment,omitempty" maxLength:"4000"`
		Decides  bool     `json:"decides,omitempty" doc:"Settles what two markers saw differently"`
	}
}

type markStanding struct {
	Standing string `json:"standing" enum:"unmarked,disputed,settled"`
}

func (s *Server) markEssay(ctx context.Context, in *markInput) (*body[markStanding], error) {
	m := quizzes.NewMark{AttemptID: in.ID, Position: in.Position, Comment: in.Body.Comment, Decides: in.Body.Decides}
	for _, text := range in.Body.Criteria {
		points, ok := items.ParsePoints(text)
		if !ok {
			return nil, errs.New(errs.Invalid, "quizzes.bad_mark", errs.Args{"most": items.MaxPoints.String()})
		}
		m.Criteria = append(m.Criteria, points)
	}
	standing, err := s.quizzes.MarkEssay(ctx, actorOf(ctx), m)
	return &body[markStanding]{Body: markStanding{string(standing)}}, err
}
