package training

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// Reason says why a person has an assignment.
type Reason string

// The reasons.
const (
	ForUnit   Reason = "unit"
	ForPerson Reason = "person"
	BySelf    Reason = "self"
)

// Assignment is the actor's latest cycle of a course.
type Assignment struct {
	AssignmentID int64
	CourseID     int64
	Slug         string
	Title        string
	Summary      string
	Category     string
	Minutes      int
	Cycle        int
	Reason       Reason
	AssignedAt   time.Time
	DueOn        *time.Time // a date, at midnight UTC
	DaysLeft     *int       // negative when overdue; nil without a due date
	State        State
	LessonsRead  int
	LessonsTotal int
	HasQuiz      bool
	QuizPassed   bool
	CompletedAt  *time.Time
	CreditedFrom string // slug of the course whose completion was credited
}

// AssignInput names a course and either a unit, with everything below it, or one
// person.
type AssignInput struct {
	Slug       string
	UnitCode   string
	EmployeeNo string
	DueOn      *time.Time // a date, at midnight UTC; nil: no due date
	DryRun     bool
}

// Assignee is a person who gets an assignment.
type Assignee struct {
	EmployeeNo string
	Name       string
	UnitNames  i18n.Texts
}

// AssignReport says what assigning did, or would do.
type AssignReport struct {
	Assigned        int // people who get an assignment
	AlreadyAssigned int // people whose earlier one is still open; it stays as it is
	DryRun          bool
	Sample          []Assignee // the first of those who get one
}

// Assign asks a unit's staff or one person to complete a course. Anyone with an
// open assignment keeps it; anyone who completed the last one begins the next
// cycle; anyone who opened the course without being asked is asked now. Forbidden
// without the role Compliance or HR; Invalid with a fault per field; NotFound for
// an unknown course, and for a unit or a person outside the actor's reach.
func (s *Service) Assign(ctx context.Context, actor people.Actor, in AssignInput) (AssignReport, error) {
	reach := actor.Over(people.Compliance, people.HR)
	if err := reach.Require(); err != nil {
		return AssignReport{}, err
	}
	if err := in.check(actor.Today(s.now())); err != nil {
		return AssignReport{}, err
	}
	courseID, err := s.courses.CourseID(ctx, in.Slug)
	if err != nil {
		return AssignReport{}, err
	}
	scope, err := s.scopeOf(ctx, reach, in)
	if err != nil {
		return AssignReport{}, err
	}
	report := AssignReport{DryRun: in.DryRun}
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		if err := lockAssigningTx(ctx, tx, courseID); err != nil {
			return err
		}
		if err := scope.foreseeTx(ctx, tx, courseID, &report); err != nil || in.DryRun || report.Assigned == 0 {
			return err
		}
		all, now := report.Assigned+report.AlreadyAssigned, s.now()
		if report.Assigned, err = scope.assignTx(ctx, tx, courseID, in.DueOn, actor, now); err != nil {
			return err
		}
		report.AlreadyAssigned = all - report.Assigned
		return audit.RecordTx(ctx, tx, audit.Event{
			At: now, ActorID: actor.PersonID, Action: "courses.assign", Subject: "course:" + in.Slug,
			Data: map[string]any{"unit": in.UnitCode, "person": in.EmployeeNo, "due_on": date.Text(in.DueOn), "assigned": report.Assigned},
		})
	})
	if err != nil {
		return AssignReport{}, fmt.Errorf("assign course %s: %w", in.Slug, err)
	}
	return report, nil
}

// scopeOf finds the unit or the person. NotFound for what is out of reach and for a
// person who has left.
func (s *Service) scopeOf(ctx context.Context, reach people.Reach, in AssignInput) (scope, error) {
	if in.UnitCode != "" {
		unit, err := reach.Unit(ctx, s.db, in.UnitCode)
		return scope{arg: unit.Below(), reason: ForUnit}, err
	}
	person, err := reach.Person(ctx, s.db, in.EmployeeNo)
	if err == nil && person.Status == people.Left {
		err = errs.New(errs.NotFound, "people.person_not_found", nil)
	}
	return scope{arg: person.ID, reason: ForPerson}, err
}

func (in AssignInput) check(today time.Time) error {
	var faults errs.Faults
	if (in.UnitCode == "") == (in.EmployeeNo == "") {
		faults.Add(errs.Place{Field: "body.unit_code"}, "training.unit_or_person", nil)
	}
	if in.DueOn != nil && in.DueOn.Before(today) {
		faults.Add(errs.Place{Field: "body.due_on"}, "training.due_in_the_past", errs.Args{"due_on": date.Text(in.DueOn)})
	}
	return faults.Err("training.assignment_refused")
}

// MyAssignments returns the actor's latest cycle of each course: the overdue first,
// then by due date, then those without one, then the completed. It refuses nobody.
func (s *Service) MyAssignments(ctx context.Context, actor people.Actor) ([]Assignment, error) {
	rows, err := overview(ctx, s.db, actor, "")
	if err != nil {
		return nil, err
	}
	today := actor.Today(s.now())
	list := []Assignment{}
	for _, r := range rows {
		if m := r.assignment(actor.Locale, today); m.State != None {
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, byUrgency)
	return list, nil
}

func byUrgency(a, b Assignment) int {
	rank := func(m Assignment) int {
		switch {
		case m.State == Completed:
			return 2
		case m.DueOn == nil:
			return 1
		}
		return 0
	}
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	if a.State != Completed && a.DueOn != nil {
		if d := a.DueOn.Compare(*b.DueOn); d != 0 {
			return d
		}
	}
	if a.State == Completed && a.CompletedAt != nil && b.CompletedAt != nil {
		return b.CompletedAt.Compare(*a.CompletedAt)
	}
	return strings.Compare(a.Title, b.Title)
}
