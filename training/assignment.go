package training

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"anwen/internal/audit"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// State is how far a person is with a course.
type State string

// The states. None is a course that was neither assigned nor opened.
const (
	None       State = "none"
	NotStarted State = "not_started"
	InProgress State = "in_progress"
	Completed  State = "completed"
	Overdue    State = "overdue"
)

// Reason says why a person has an assignment.
type Reason string

// The reasons.
const (
	ForUnit   Reason = "unit"
	ForPerson Reason = "person"
	BySelf    Reason = "self"
)

// AssignInput names a course and either a unit, with everything below it, or one
// person.
type AssignInput struct {
	Slug       string
	UnitCode   string
	EmployeeNo string
	DueOn      *time.Time // a date, at midnight UTC; nil: no due date
	DryRun     bool
}

// Assignee is a person who gains an assignment.
type Assignee struct {
	EmployeeNo string
	Name       string
	UnitNames  map[i18n.Locale]string
}

// AssignReport says what assigning did, or would do.
type AssignReport struct {
	Assigned        int // who gain an assignment
	AlreadyAssigned int // whose earlier one is still open, and stays as it is
	DryRun          bool
	Sample          []Assignee // the first of those who gain one
}

// Assign asks a unit's staff or one person to complete a course. Who has an open
// assignment keeps it; who completed the last one begins the next cycle; who
// opened the course without being asked is asked now. Forbidden unless the actor
// is compliance officer or HR over the unit; Invalid for bad input; NotFound for
// an unknown course, unit or person.
func (s *Service) Assign(ctx context.Context, actor people.Actor, in AssignInput) (AssignReport, error) {
	if !actor.Has(people.Compliance, people.HR) {
		return AssignReport{}, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	if err := in.check(dateIn(s.now(), actor.Location())); err != nil {
		return AssignReport{}, err
	}
	courseID, err := s.courses.CourseID(ctx, in.Slug)
	if err != nil {
		return AssignReport{}, err
	}
	scope, err := s.scopeOf(ctx, actor, in)
	if err != nil {
		return AssignReport{}, err
	}
	report := AssignReport{DryRun: in.DryRun}
	err = s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if err := scope.foreseeTx(ctx, tx, courseID, &report); err != nil || in.DryRun || report.Assigned == 0 {
			return err
		}
		if report.Assigned, err = scope.assignTx(ctx, tx, courseID, in.DueOn, actor.PersonID, s.now()); err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{
			At: s.now(), ActorID: actor.PersonID, Action: "courses.assign", Subject: "course:" + in.Slug,
			Data: map[string]any{"unit": in.UnitCode, "person": in.EmployeeNo, "due_on": dateText(in.DueOn), "assigned": report.Assigned},
		})
	})
	if err != nil {
		return AssignReport{}, fmt.Errorf("assign course %s: %w", in.Slug, err)
	}
	return report, nil
}

func (in AssignInput) check(today time.Time) error {
	var faults errs.Faults
	if (in.UnitCode == "") == (in.EmployeeNo == "") {
		faults.Add(errs.Place{Field: "body.unit_code"}, "training.unit_or_person", nil)
	}
	if in.DueOn != nil && in.DueOn.Before(today) {
		faults.Add(errs.Place{Field: "body.due_on"}, "training.due_in_the_past", errs.Args{"due_on": dateText(in.DueOn)})
	}
	return faults.Err("training.assignment_refused")
}

// standing is what decides the state of an assignment.
type standing struct {
	Assigned   bool
	DueOn      *time.Time
	Read       int
	QuizPassed bool
	Completed  bool
}

// stateOf judges an assignment on a day of the person's zone.
func stateOf(a standing, today time.Time) State {
	switch {
	case !a.Assigned:
		return None
	case a.Completed:
		return Completed
	case a.DueOn != nil && a.DueOn.Before(today):
		return Overdue
	case a.Read > 0 || a.QuizPassed:
		return InProgress
	}
	return NotStarted
}

// daysLeft is the number of days until the due date, negative when it is past.
func daysLeft(dueOn *time.Time, today time.Time) *int {
	if dueOn == nil {
		return nil
	}
	days := int(dueOn.Sub(today) / (24 * time.Hour))
	return &days
}

// dateIn is the date of an instant in a zone, at midnight UTC.
func dateIn(at time.Time, zone *time.Location) time.Time {
	y, m, d := at.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func dateText(day *time.Time) string {
	if day == nil {
		return ""
	}
	return day.Format(time.DateOnly)
}
