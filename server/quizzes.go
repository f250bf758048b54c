package server

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"anwen/internal/i18n"
	"anwen/quizzes"
)

type attempt struct {
	ID         int64                `json:"id"`
	QuizID     int64                `json:"quiz_id"`
	Course     courseRef            `json:"course"`
	Number     int                  `json:"number"`
	StartedAt  time.Time            `json:"started_at"`
	DeadlineAt *time.Time           `json:"deadline_at"`
	ServerNow  time.Time            `json:"server_now" doc:"The clock that the deadline is judged by"`
	Submitted  bool                 `json:"submitted"`
	PassMark   int                  `json:"pass_mark" doc:"Percent of the points"`
	Items      []question           `json:"items" nullable:"false"`
	Answers    map[string]answerDTO `json:"answers" doc:"The newest response by position" nullable:"false"`
	Result     *result              `json:"result"`
}

type courseRef struct {
	Slug  string `json:"slug"`
	Title string `json:"title"`
}

type question struct {
	Position int           `json:"position"`
	Kind     string        `json:"kind" enum:"single_choice,multiple_choice,true_false,short_answer,numerical"`
	HTML     string        `json:"html"`
	Locale   string        `json:"locale"`
	Points   string        `json:"points" doc:"Decimal"`
	Options  []shownOption `json:"options" doc:"In the order to show them; null when nothing is chosen"`
}

type shownOption struct {
	ID   int    `json:"id"`
	HTML string `json:"html"`
}

func viewQuestion(q quizzes.Question) question {
	v := question{Position: q.Position, Kind: string(q.Kind), HTML: q.HTML, Locale: string(q.Locale), Points: q.Points.String()}
	if q.Options != nil {
		v.Options = views(q.Options, func(o quizzes.ShownHTML) shownOption { return shownOption(o) })
	}
	return v
}

// answerDTO is a response: one of the three, or none for a cleared answer.
type answerDTO struct {
	Choice  *int    `json:"choice,omitempty" minimum:"0"`
	Choices *[]int  `json:"choices,omitempty" maxItems:"500" nullable:"false"`
	Text    *string `json:"text,omitempty" maxLength:"10000"`
}

func (a answerDTO) response() quizzes.Response {
	r := quizzes.Response{Choice: a.Choice, Text: a.Text}
	if a.Choices != nil {
		r.Choices = *a.Choices
	}
	return r
}

func viewResponse(r quizzes.Response) answerDTO {
	v := answerDTO{Choice: r.Choice, Text: r.Text}
	if r.Choices != nil {
		v.Choices = &r.Choices
	}
	return v
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
	Certificate *string      `json:"certificate_serial"`
	Items       []itemResult `json:"items" nullable:"false"`
}

type itemResult struct {
	Position int     `json:"position"`
	Status   string  `json:"status" enum:"right,partly,wrong,blank"`
	Earned   string  `json:"earned"`
	Possible string  `json:"possible"`
	Feedback *string `json:"feedback_html"`
}

func (s *Server) startAttempt(ctx context.Context, in *struct {
	ID int64 `path:"id"`
}) (*body[attempt], error) {
	a, err := s.quizzes.Start(ctx, actorOf(ctx), in.ID)
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
		ID: a.ID, QuizID: a.QuizID, Course: courseRef{Slug: a.CourseSlug, Title: a.CourseTitle}, Number: a.Number,
		StartedAt: a.StartedAt, DeadlineAt: a.DeadlineAt, ServerNow: time.Now(), Submitted: a.Result != nil,
		PassMark: a.PassMark, Answers: map[string]answerDTO{},
		Items: views(a.Questions, viewQuestion),
	}
	for position, r := range a.Answers {
		v.Answers[strconv.Itoa(position)] = viewResponse(r)
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
	SavedAt  time.Time `json:"saved_at"`
}

func (s *Server) saveAnswer(ctx context.Context, in *struct {
	ID       int64 `path:"id"`
	Position int   `path:"item" minimum:"1" maximum:"10000"`
	Body     answerDTO
}) (*body[saved], error) {
	at, err := s.quizzes.SaveAnswer(ctx, actorOf(ctx), in.ID, in.Position, in.Body.response())
	if err != nil {
		return nil, err
	}
	return &body[saved]{Body: saved{Position: in.Position, SavedAt: at}}, nil
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
		Earned: r.Earned.String(), Possible: r.Possible.String(), Percent: int(int64(r.Earned) * 100 / int64(r.Possible)),
		Passed: r.Passed,
		Items: views(r.Items, func(i quizzes.ItemResult) itemResult {
			return itemResult{Position: i.Position, Status: string(i.Grade.Status), Earned: i.Grade.Earned.String(),
				Possible: i.Grade.Max.String(), Feedback: optional(i.Feedback)}
		}),
	}
	if !r.Passed {
		return v, nil
	}
	serial, err := s.certificates.SerialOf(ctx, actorOf(ctx), r.CourseSlug)
	v.Completed, v.Certificate = r.Completed || serial != "", optional(serial)
	return v, err
}

// askedOf shows items outside a quiz. The order of the options is the reader's
// own and stays the same.
func askedOf(items [][]byte, person int64, l i18n.Locale) ([]question, error) {
	asked := make([]question, len(items))
	for i, item := range items {
		q, err := quizzes.ShowQuestion(item, i+1, uint64(person), l)
		if err != nil {
			return nil, err
		}
		asked[i] = viewQuestion(q)
	}
	return asked, nil
}

// responsesOf are answers as the rooms take them.
func responsesOf(answers []answerDTO) ([]json.RawMessage, error) {
	raw := make([]json.RawMessage, len(answers))
	for i, answer := range answers {
		var err error
		if raw[i], err = json.Marshal(answer.response()); err != nil {
			return nil, err
		}
	}
	return raw, nil
}
