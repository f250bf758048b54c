package training

import (
	"time"

	"anwen/internal/date"
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

// facts are what decides the state of an assignment.
type facts struct {
	Assigned   bool
	DueOn      *time.Time
	Read       int
	QuizPassed bool
	Completed  bool
}

// stateOf judges an assignment on a day of the person's zone.
func stateOf(a facts, today time.Time) State {
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
	days := date.DaysUntil(today, *dueOn)
	return &days
}
