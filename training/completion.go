package training

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/i18n"
)

// Completion is the fact that a person completed a course in a cycle, with what
// a certificate says about the course.
type Completion struct {
	ID           int64
	AssignmentID int64
	PersonID     int64
	CourseID     int64
	RevisionID   int64
	Cycle        int
	UnitID       int64 // of the person, then
	CompletedAt  time.Time

	Slug        string
	Titles      i18n.Texts
	ValidMonths *int // nil: the certificate does not expire

	credits bool // some course accepts this one as equivalent
}

// QuizPass tells that an attempt passed the quiz of an assignment's course.
type QuizPass struct {
	AssignmentID int64
	AttemptID    int64
	At           time.Time
	Later        bool // known only afterwards: the time had run out, people marked it, or a wrong key was corrected
}

// Outcome is what passing a quiz led to.
type Outcome struct {
	Completed   bool
	Certificate string // serial; "" when there is none, or the course was completed before
}

// completeTx writes the completion of a locked assignment when every lesson of
// the current revision is read and its quiz, if there is one, is passed, and
// tells the listener.
func (s *Service) completeTx(ctx context.Context, tx database.Tx, a lockedAssignment, at time.Time) (Outcome, error) {
	c, done, err := insertCompletionTx(ctx, tx, a.ID, at)
	if err != nil || !done {
		return Outcome{}, err
	}
	if c.credits {
		if err := s.creditTx(ctx, tx, c, at); err != nil {
			return Outcome{}, err
		}
	}
	outcome := Outcome{Completed: true}
	if s.listener != nil {
		if outcome.Certificate, err = s.listener.CourseCompletedTx(ctx, tx, c); err != nil {
			return Outcome{}, fmt.Errorf("after completion %d: %w", c.ID, err)
		}
	}
	return outcome, audit.RecordTx(ctx, tx, audit.Event{
		At: at, ActorID: c.PersonID, Action: "courses.complete", Subject: "course:" + c.Slug,
		Data: map[string]any{"assignment": c.AssignmentID, "cycle": c.Cycle, "revision": c.RevisionID},
	})
}
