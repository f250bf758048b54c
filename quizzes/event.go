package quizzes

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/people"
)

// EventKind is what happened around an attempt.
type EventKind string

// The events that a page reports. That somebody left the page says so and nothing
// about why.
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

// RecordEvents keeps what the actor's page reports of the own attempt; beyond
// MaxEvents it keeps nothing more. NotFound when the attempt is not the actor's.
func (s *Service) RecordEvents(ctx context.Context, actor people.Actor, attemptID int64, events []Event) error {
	open, err := s.openPaper(ctx, attemptID)
	if err != nil {
		return err
	}
	if open.personID != actor.PersonID {
		return attemptNotFound()
	}
	kinds, claimed := make(database.Array[string], len(events)), make(database.Array[*time.Time], len(events))
	for i, e := range events {
		kinds[i], claimed[i] = string(e.Kind), e.ClaimedAt
	}
	err = s.db.WithContext(ctx).Exec(`INSERT INTO attempt_events (attempt_id, kind, claimed_at, at)
		SELECT @attempt, e.kind, e.claimed_at, @now
		FROM unnest(CAST(@kinds AS text[]), CAST(@claimed AS timestamptz[])) WITH ORDINALITY AS e(kind, claimed_at, n)
		WHERE (SELECT count(*) FROM attempt_events WHERE attempt_id = @attempt) + e.n <= @most ORDER BY e.n`,
		map[string]any{"attempt": attemptID, "kinds": kinds, "claimed": claimed, "now": s.now(), "most": MaxEvents}).Error
	if err != nil {
		return fmt.Errorf("record events of attempt %d: %w", attemptID, err)
	}
	return nil
}

func (s *Service) events(ctx context.Context, attemptID int64) ([]Event, error) {
	var events []Event
	err := s.db.WithContext(ctx).Raw(`
		SELECT 'started' AS kind, started_at AS at, NULL::timestamptz AS claimed_at, NULL::integer AS position, 0 AS n FROM attempts WHERE id = @id
		UNION ALL SELECT 'answered', saved_at, claimed_at, position, id FROM answers WHERE attempt_id = @id
		UNION ALL SELECT kind, at, claimed_at, NULL, id FROM attempt_events WHERE attempt_id = @id
		UNION ALL SELECT 'submitted', submitted_at, NULL, NULL, 9e18 FROM submissions WHERE attempt_id = @id
		UNION ALL SELECT 'regraded', graded_at, NULL, NULL, 9e18 FROM regrades WHERE attempt_id = @id
		ORDER BY at, n LIMIT 10000`, map[string]any{"id": attemptID}).Scan(&events).Error
	if err != nil {
		return nil, fmt.Errorf("log of attempt %d: %w", attemptID, err)
	}
	return events, nil
}
