package complaints

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/date"
	"anwen/people"
)

// Summary counts the complaints of a span of days. Received, the classes, causes
// and unnamed count what was received in the span; met and late what was due in it.
type Summary struct {
	Received      int
	General       int
	Complex       int
	Unnamed       int // without a responsible person
	Met           int
	Late          int
	Open          int // received in the span, neither done nor past the limit
	Unmeasured    int // received in the span; the source does not tell when replies were made
	Answered      int
	Satisfied     int
	Causes        []CauseCount `gorm:"-"` // the most frequent first
	Calendar      string
	CompleteUntil time.Time // of the calendar: later due dates count weekends only
}

// CauseCount is how often a root cause was recorded; "" counts the complaints
// without one.
type CauseCount struct {
	Cause string
	Count int
}

// MostCauses bounds the list of causes.
const MostCauses = 12

// Summarise counts the complaints that the actor's roles reach between two local
// dates of the actor's unit, the second not included, as they stand now.
// Forbidden without such a role.
func (s *Service) Summarise(ctx context.Context, actor people.Actor, from, until time.Time) (Summary, error) {
	reach := actor.Over(readers...)
	if err := reach.Require(); err != nil {
		return Summary{}, err
	}
	zone := people.Zone(actor.Zone)
	sum, err := summarise(ctx, s.db, reach, date.Midnight(from, zone), date.Midnight(until, zone), s.now())
	if err != nil {
		return Summary{}, fmt.Errorf("summarise complaints: %w", err)
	}
	calendar, err := calendarOfUnit(ctx, s.db, actor.UnitID)
	sum.Calendar, sum.CompleteUntil = calendar.Code, calendar.CompleteUntil
	return sum, err
}
