package server

import (
	"context"
	"strconv"
	"time"

	"anwen/items"
	"anwen/quizzes"
)

type attempt struct {
	ID         int64                `json:"id"`
	QuizID     int64                `json:"quiz_id"`
	Course     courseRef            `json:"course"`
	Number     int                  `json:"number"`
	Practice   bool                 `json:"practice" doc:"Counts for nothing"`
	StartedAt  time.Time            `json:"started_at"`
	DeadlineAt *time.Time           `json:"deadline_at"`
	ServerNow  time.Time            `json:"server_now" doc:"The clock that the deadline is judged by"`
	Submitted  bool                 `json:"submitted"`
	PassMark   int                  `json:"pass_mark" doc:"Percent of the points"`
	Items      []question           `json:"items" nullable:"false"`
	Answers    map[string]AnswerDTO `json:"answers" doc:"The newest response by position" nullable:"false"`
	Revisions  map[string]int       `json:"revisions" doc:"How often each position was answered" nullable:"false"`
	Result     *result              `json:"result"`
}

type courseRef struct {
	Slug  string `json:"slug"`
	Title string `json:"title"`
}

type result struct {
	AttemptID   int64        `json:"attempt_id"`
	SubmittedAt time.Time    `json:"submitted_at"`
	ByDeadline  bool         `json:"by_deadline" doc:"The time ran out; what was saved was submitted"`
	Earned      string       `json:"earned" doc:"Decimal"`
	Possible    string       `json:"possible" doc:"Decimal"`
	Percent     int          `json:"percent"`
	Passed      bool         `json:"passed"`
	Completed   bool         `json:"completed" doc:"The course is completed"`
	Waiting     int          `json:"waiting" doc:"Essays that are not marked yet"`
	Certificate *string      `json:"certificate_serial"`
	Items       []itemResult `json:"items" nullable:"false"`
	Hidden      string       `json:"hidden" enum:",passed,closed,never" doc:"Why items are not shown: until it is passed, until the quiz closes, or never; empty when they are"`
	NoFeedback  string       `json:"feedback_hidden" enum:",passed,closed,never" doc:"Why items have no feedback, likewise"`
}

type itemResult struct {
	Position int     `json:"position"`
	Status   string  `json:"status" enum:"right,partly,wrong,blank,waiting,stated"`
	Earned   string  `json:"earned"`
	Possible string  `json:"possible"`
	Feedback *string `json:"feedback_html"`
}

// startInput has an optional body.
type startInput struct {
	ID   int64 `path:"id"`
	Body *struct {
		Password string `json:"password,omitempty" maxLength:"100" doc:"Of the quiz"`
	}
}

func (s *Server) startAttempt(ctx context.Context, in *startInput) (*body[attempt], error) {
	password := ""
	if in.Body != nil {
		password = in.Body.Password
	}
	a, err := s.quizzes.Start(ctx, actorOf(ctx), in.ID, password)
	if err != nil {
		return nil, err
	}
	return s.viewAttempt(ctx, a)
}

func (s *Server) practise(ctx context.Context, in *struct {
	ID int64 `path:"id"`
}) (*body[attempt], error) {
	a, err := s.quizzes.Practise(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return s.viewAttempt(ctx, a)
}

func (s *Server) attempt(ctx context.Context, in *struct {
	ID int64 `path:"id"`
}) (*body[attempt], error) {
	a, err := s.quizzes.Attempt(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return s.viewAttempt(ctx, a)
}

func (s *Server) viewAttempt(ctx context.Context, a quizzes.Attempt) (*body[attempt], error) {
	v := attempt{
		ID: a.ID, QuizID: a.QuizID, Course: courseRef{Slug: a.CourseSlug, Title: a.CourseTitle}, Number: a.Number, Practice: a.Practice,
		StartedAt: a.StartedAt, DeadlineAt: a.DeadlineAt, ServerNow: s.now(), Submitted: a.Result != nil,
		PassMark: a.PassMark, Answers: map[string]AnswerDTO{}, Revisions: map[string]int{},
		Items: views(a.Questions, viewQuestion),
	}
	for position, r := range a.Answers {
		v.Answers[strconv.Itoa(position)] = viewResponse(r)
		v.Revisions[strconv.Itoa(position)] = a.Revisions[position]
	}
	if a.Result != nil {
		r, err := s.viewResult(ctx, *a.Result)
		if err != nil {
			return nil, err
		}
		v.Result = &r
	}
	return &body[attempt]{Body: v}, nil
}

type saved struct {
	Position int       `json:"position"`
	Revision int       `json:"revision"`
	SavedAt  time.Time `json:"saved_at"`
}

// givenAnswer is an answer with what the page reports about it.
type givenAnswer struct {
	AnswerDTO
	After     *int       `json:"after,omitempty" minimum:"0" doc:"The revision that the page has seen; without it the answer goes on top of whatever is there"`
	ClaimedAt *time.Time `json:"claimed_at,omitempty" doc:"When it was given by the page's clock; shown, never trusted"`
}

func (s *Server) saveAnswer(ctx context.Context, in *struct {
	ID       int64 `path:"id"`
	Position int   `path:"item" minimum:"1" maximum:"10000"`
	Body     givenAnswer
}) (*body[saved], error) {
	done, err := s.quizzes.SaveAnswer(ctx, actorOf(ctx), in.ID, in.Position,
		quizzes.AnswerInput{Response: in.Body.response(), After: in.Body.After, ClaimedAt: in.Body.ClaimedAt})
	if err != nil {
		return nil, err
	}
	return &body[saved]{Body: saved{Position: in.Position, Revision: done.Revision, SavedAt: done.At}}, nil
}

func (s *Server) submit(ctx context.Context, in *struct {
	ID int64 `path:"id"`
}) (*body[result], error) {
	r, err := s.quizzes.Submit(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	v, err := s.viewResult(ctx, r)
	return &body[result]{Body: v}, err
}

func (s *Server) viewResult(ctx context.Context, r quizzes.Result) (result, error) {
	v := result{
		AttemptID: r.AttemptID, SubmittedAt: r.SubmittedAt, ByDeadline: r.ByDeadline,
		Earned: r.Earned.String(), Possible: r.Possible.String(), Percent: percent(r.Earned, r.Possible),
		Passed: r.Passed, Waiting: r.Waiting, Hidden: string(r.Hidden), NoFeedback: string(r.HiddenFeedback),
		Items: views(r.Items, func(i quizzes.ItemResult) itemResult {
			return itemResult{Position: i.Position, Status: string(i.Grade.Status), Earned: i.Grade.Earned.String(),
				Possible: i.Grade.Max.String(), Feedback: optional(i.Feedback)}
		}),
	}
	if !r.Passed {
		return v, nil
	}
	if r.Certificate != "" {
		v.Completed, v.Certificate = true, &r.Certificate
		return v, nil
	}
	serial, err := s.certificates.SerialOf(ctx, actorOf(ctx), r.CourseSlug)
	v.Completed, v.Certificate = r.Completed || serial != "", optional(serial)
	return v, err
}

// percent rounds down, so that 79.9 does not pass as 80. Without points it is 0.
func percent(earned, possible items.Points) int {
	if possible == 0 {
		return 0
	}
	return int(int64(earned) * 100 / int64(possible))
}
