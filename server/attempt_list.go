package server

import (
	"context"
	"time"

	"anwen/quizzes"
)

type attemptLine struct {
	ID          int64      `json:"id"`
	EmployeeNo  string     `json:"employee_no"`
	Name        string     `json:"name"`
	UnitCode    string     `json:"unit_code"`
	Number      int        `json:"number"`
	StartedAt   time.Time  `json:"started_at"`
	DeadlineAt  *time.Time `json:"deadline_at"`
	SubmittedAt *time.Time `json:"submitted_at"`
	ByDeadline  bool       `json:"by_deadline" doc:"The time ran out; what was saved was submitted"`
	Earned      string     `json:"earned" doc:"Decimal"`
	Possible    string     `json:"possible" doc:"Decimal"`
	Percent     *int       `json:"percent"`
	Passed      bool       `json:"passed"`
	Waiting     bool       `json:"waiting" doc:"For the mark of an essay"`
	Regraded    int        `json:"regraded" doc:"How often it was regraded"`
	Extra       bool       `json:"extra" doc:"Begun with an accommodation"`
	Leaves      int        `json:"leaves" doc:"How often the page was left"`
}

func (s *Server) quizAttempts(ctx context.Context, in *struct {
	ID     int64  `path:"id"`
	Find   string `query:"q" maxLength:"100" doc:"An employee number, or a part of a name"`
	Cursor string `query:"cursor" maxLength:"2000"`
}) (*body[page[attemptLine]], error) {
	found, next, err := s.quizzes.Attempts(ctx, actorOf(ctx), in.ID, in.Find, in.Cursor)
	if err != nil {
		return nil, err
	}
	return pageOf(found, next, func(a quizzes.AttemptLine) attemptLine {
		v := attemptLine{ID: a.AttemptID, EmployeeNo: a.EmployeeNo, Name: a.Name, UnitCode: a.UnitCode, Number: a.Number, StartedAt: a.StartedAt, DeadlineAt: a.DeadlineAt,
			SubmittedAt: a.SubmittedAt, ByDeadline: a.ByDeadline, Earned: a.Earned.String(), Possible: a.Possible.String(), Passed: a.Passed,
			Waiting: a.Waiting, Regraded: a.Regraded, Extra: a.Extra, Leaves: a.Leaves}
		if a.SubmittedAt != nil {
			p := percent(a.Earned, a.Possible)
			v.Percent = &p
		}
		return v
	}), nil
}

type attemptEvent struct {
	Kind      string     `json:"kind" enum:"started,opened,answered,left,returned,offline,online,submitted,regraded"`
	At        time.Time  `json:"at" doc:"By the server's clock"`
	ClaimedAt *time.Time `json:"claimed_at" doc:"By the page's own clock"`
	Position  *int       `json:"position" doc:"Of the item that was answered"`
}

func (s *Server) attemptLog(ctx context.Context, in *struct {
	ID int64 `path:"id"`
}) (*body[list[attemptEvent]], error) {
	events, err := s.quizzes.Log(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return listOf(events, func(e quizzes.Event) attemptEvent {
		return attemptEvent{Kind: string(e.Kind), At: e.At, ClaimedAt: e.ClaimedAt, Position: e.Position}
	}), nil
}
