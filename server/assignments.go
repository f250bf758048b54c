package server

import (
	"context"
	"fmt"
	"time"

	"anwen/training"
)

type assignment struct {
	AssignmentID int64         `json:"assignment_id"`
	Course       CourseSummary `json:"course"`
	Cycle        int           `json:"cycle"`
	Reason       string        `json:"reason" enum:"unit,person,self"`
	AssignedAt   time.Time     `json:"assigned_at"`
	DueOn        *string       `json:"due_on" format:"date"`
	DaysLeft     *int          `json:"days_left" doc:"Negative when overdue"`
	State        string        `json:"state" enum:"not_started,in_progress,completed,overdue"`
	LessonsRead  int           `json:"lessons_read"`
	LessonsTotal int           `json:"lessons_total"`
	HasQuiz      bool          `json:"has_quiz"`
	QuizPassed   bool          `json:"quiz_passed"`
	CompletedAt  *time.Time    `json:"completed_at"`
	CreditedFrom string        `json:"credited_from" doc:"Slug of the course whose completion stands for this one"`
	Certificate  *string       `json:"certificate_serial"`
}

func viewAssignment(m training.Assignment, serial string) assignment {
	return assignment{
		AssignmentID: m.AssignmentID, Course: CourseSummary{Slug: m.Slug, Title: m.Title, Summary: m.Summary, Category: m.Category, Minutes: m.Minutes},
		Cycle: m.Cycle, Reason: string(m.Reason), AssignedAt: m.AssignedAt, DueOn: day(m.DueOn), DaysLeft: m.DaysLeft, State: string(m.State),
		LessonsRead: m.LessonsRead, LessonsTotal: m.LessonsTotal, HasQuiz: m.HasQuiz, QuizPassed: m.QuizPassed,
		CompletedAt: m.CompletedAt, CreditedFrom: m.CreditedFrom, Certificate: optional(serial),
	}
}

func (s *Server) myAssignments(ctx context.Context, _ *struct{}) (*body[list[assignment]], error) {
	actor := actorOf(ctx)
	rows, err := s.training.MyAssignments(ctx, actor)
	if err != nil {
		return nil, err
	}
	issued, err := s.certificates.Mine(ctx, actor)
	if err != nil {
		return nil, err
	}
	serials := map[string]string{}
	for _, c := range issued {
		serials[fmt.Sprint(c.CourseSlug, " ", c.Cycle)] = c.Serial
	}
	return listOf(rows, func(m training.Assignment) assignment {
		return viewAssignment(m, serials[fmt.Sprint(m.Slug, " ", m.Cycle)])
	}), nil
}

type assignInput struct {
	BySlug
	Body struct {
		UnitCode   string `json:"unit_code,omitempty" maxLength:"100"`
		EmployeeNo string `json:"employee_no,omitempty" maxLength:"100"`
		DueOn      string `json:"due_on,omitempty" maxLength:"10" doc:"A date; none: no due date"`
		DryRun     bool   `json:"dry_run,omitempty"`
	}
}

type assigned struct {
	Assigned        int        `json:"assigned"`
	AlreadyAssigned int        `json:"already_assigned"`
	DryRun          bool       `json:"dry_run"`
	Sample          []assignee `json:"sample" nullable:"false"`
}

type assignee struct {
	EmployeeNo string `json:"employee_no"`
	Name       string `json:"name"`
	UnitName   string `json:"unit_name"`
}

func (s *Server) assign(ctx context.Context, in *assignInput) (*body[assigned], error) {
	due, err := parseDay(in.Body.DueOn, "body.due_on")
	if err != nil {
		return nil, err
	}
	actor := actorOf(ctx)
	r, err := s.training.Assign(ctx, actor, training.AssignInput{Slug: in.Slug, UnitCode: in.Body.UnitCode,
		EmployeeNo: in.Body.EmployeeNo, DueOn: due, DryRun: in.Body.DryRun})
	if err != nil {
		return nil, err
	}
	return &body[assigned]{Body: assigned{Assigned: r.Assigned, AlreadyAssigned: r.AlreadyAssigned, DryRun: r.DryRun,
		Sample: views(r.Sample, func(a training.Assignee) assignee {
			name := a.UnitNames.In(actor.Locale)
			return assignee{EmployeeNo: a.EmployeeNo, Name: a.Name, UnitName: name}
		})}}, nil
}
