package quizzes

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/people"
)

// EventKind is what happened around an attempt.
type EventKind string

// The events that a page reports. Left says that the page was hidden and nothing
// about the reason.
const (
	Left     EventKind = "left"     // the page was hidden
	Returned EventKind = "returned" // and shown again
	Offline  EventKind = "offline"
	Online   EventKind = "online"
	Opened   EventKind = "opened" // the attempt was opened on a page
)

// The events that follow from what is stored.
const (
	Started   EventKind = "started"
	Answered  EventKind = "answered"
	Submitted EventKind = "submitted"
	Regraded  EventKind = "regraded"
)

// MaxEvents bounds what pages report of one attempt.
const MaxEvents = 2000

// Event is one line of an attempt's log.
type Event struct {
	Kind      EventKind
	At        time.Time  // by the server's clock
	ClaimedAt *time.Time // by the learner's own
	Position  *int       // of an answer
}

// RecordEvents keeps what the actor's page reports of the own attempt; after
// MaxEvents it keeps nothing more. NotFound when the attempt
// does not exist or is not the actor's.
func (s *Service) RecordEvents(ctx context.Context, actor people.Actor, attemptID int64, events []Event) error {
	open, err := s.openPaper(ctx, attemptID)
	if err != nil {
		return err
	}
	if open.personID != actor.PersonID {
		return attemptNotFound()
	}
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		now := s.now()
		kept, err := insertEventsTx(ctx, tx, attemptID, events, now)
		if err != nil || kept == 0 {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "quizzes.report", Subject: fmt.Sprintf("attempt:%d", attemptID),
			Data: map[string]any{"events": kept}})
	})
	if err != nil {
		return fmt.Errorf("record events of attempt %d: %w", attemptID, err)
	}
	return nil
}
