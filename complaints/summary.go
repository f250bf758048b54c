package complaints

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// Summary is a span of complaints at a glance. Received, classes, causes and
// unnamed count what was received in the span; met and late what was due in it.
type Summary struct {
	Received      int
	General       int
	Complex       int
	Unnamed       int
	Met           int
	Late          int
	Open          int // received in the span, neither done nor past the limit
	Unmeasured    int // the source does not tell when replies were made
	Answered      int
	Satisfied     int
	Causes        []CauseCount `gorm:"-"` // the most frequent first; a query of its own
	Calendar      string
	CompleteUntil time.Time // of the calendar: later due dates count weekends only
}

// CauseCount is how often a root cause was coded; "" is not coded.
type CauseCount struct {
	Cause string
	Count int
}

// MostCauses bounds the list of causes.
const MostCauses = 12

// Summarise counts the complaints that the actor's roles reach between two local
// dates of the actor's zone, the second not included. Forbidden without such a
// role.
func (s *Service) Summarise(ctx context.Context, actor people.Actor, from, until time.Time) (Summary, error) {
	reach := actor.Patterns(readers...)
	if len(reach) == 0 {
		return Summary{}, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	zone := actor.Location()
	span := map[string]any{"reach": database.Array[string](reach), "from": midnight(from, zone), "until": midnight(until, zone),
		"now": s.now(), "satisfied": SatisfiedFrom, "most": MostCauses}
	var sum Summary
	db := s.db.WithContext(ctx)
	err := db.Raw(`
		WITH mine AS (
			SELECT c.*, `+doneAt+` AS done, c.received_at >= @from AND c.received_at < @until AS received, c.due_at >= @from AND c.due_at < @until AS due
			FROM complaints c JOIN units u ON u.id = c.unit_id
			WHERE u.path LIKE ANY (@reach) AND (c.received_at >= @from AND c.received_at < @until OR c.due_at >= @from AND c.due_at < @until)
		)
		SELECT count(*) FILTER (WHERE received) AS received,
		       count(*) FILTER (WHERE received AND class = 'general') AS general,
		       count(*) FILTER (WHERE received AND class = 'complex') AS complex,
		       count(*) FILTER (WHERE received AND r.id IS NULL) AS unnamed,
		       count(*) FILTER (WHERE due AND measured AND done <= due_at) AS met,
		       count(*) FILTER (WHERE due AND measured AND coalesce(done, @now) > due_at) AS late,
		       count(*) FILTER (WHERE received AND measured AND done IS NULL AND due_at >= @now) AS open,
		       count(*) FILTER (WHERE received AND NOT measured) AS unmeasured,
		       count(a.score) FILTER (WHERE received) AS answered,
		       count(*) FILTER (WHERE received AND a.score >= @satisfied) AS satisfied
		FROM mine m LEFT JOIN responsible_persons r ON r.complaint_id = m.id AND r.ended_at IS NULL
		LEFT JOIN satisfaction_answers a ON a.complaint_id = m.id`, span).Scan(&sum).Error
	if err != nil {
		return Summary{}, fmt.Errorf("count complaints: %w", err)
	}
	err = db.Raw(`
		SELECT c.cause, count(*) AS count FROM complaints c JOIN units u ON u.id = c.unit_id
		WHERE u.path LIKE ANY (@reach) AND c.received_at >= @from AND c.received_at < @until
		GROUP BY c.cause ORDER BY count(*) DESC, c.cause LIMIT @most`, span).Scan(&sum.Causes).Error
	if err != nil {
		return Summary{}, fmt.Errorf("count causes: %w", err)
	}
	var calendar struct {
		Code          string
		CompleteUntil time.Time
	}
	err = db.Raw(`SELECT k.code, k.complete_until FROM units u JOIN calendars k ON k.code = u.calendar WHERE u.id = ?`, actor.UnitID).Scan(&calendar).Error
	sum.Calendar, sum.CompleteUntil = calendar.Code, calendar.CompleteUntil
	return sum, err
}
