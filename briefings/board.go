package briefings

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/errs"
	"anwen/people"
)

// Board is a year of briefings at a glance: one is due every month.
type Board struct {
	Year    int
	Staff   int // people who work within the actor's reach today
	Held    int // months with a briefing
	Due     int // months of the year that have begun
	Months  []Month
	Uncited []CitedPolicy // versions in force that no briefing cites, the oldest first
}

// MonthState is whether a month has its briefing.
type MonthState string

// The states of a month. The running month is not missing yet.
const (
	Held    MonthState = "held"
	Missing MonthState = "missing"
	Running MonthState = "running"
	Ahead   MonthState = "ahead"
)

// Month is one month of the board.
type Month struct {
	Month       string
	State       MonthState
	Title       string
	Revision    int
	PublishedAt *time.Time
	Readers     int  // staff who read any revision
	Met         bool // minutes of its meeting are published
	Open        int  // actions of its plan that are neither done nor dropped
	Overdue     int  // of these, past their due date
}

// Board shows a year; readers are counted within the actor's reach. A briefing
// always has its three sections, so a month is held or missing. Forbidden without
// the role Compliance, HR or Auditor; Invalid for a year outside 2000 to 2200.
func (s *Service) Board(ctx context.Context, actor people.Actor, year int) (Board, error) {
	reach := actor.Over(overseers...)
	if err := reach.Require(); err != nil {
		return Board{}, err
	}
	if year < 2000 || year > 2200 {
		return Board{}, errs.New(errs.Invalid, "briefings.bad_year", errs.Args{"value": year})
	}
	staff, readers, err := boardReaders(ctx, s.db, reach, year)
	if err != nil {
		return Board{}, fmt.Errorf("board of %d: %w", year, err)
	}
	held, err := boardRevisions(ctx, s.db, year)
	if err != nil {
		return Board{}, fmt.Errorf("board of %d: %w", year, err)
	}
	instant := s.now()
	today := actor.Today(instant)
	followed, err := boardFollowUp(ctx, s.db, year, instant)
	if err != nil {
		return Board{}, fmt.Errorf("board of %d: %w", year, err)
	}
	b := Board{Year: year, Staff: staff}
	now := today.Format("2006-01")
	for m := 1; m <= 12; m++ {
		month := Month{Month: fmt.Sprintf("%d-%02d", year, m)}
		month.Readers = readers[month.Month]
		f := followed[month.Month]
		month.Met, month.Open, month.Overdue = f.Met, f.Open, f.Overdue
		if month.Month <= now {
			b.Due++
		}
		switch r, published := held[month.Month]; {
		case published:
			month.State, month.Title, month.Revision, month.PublishedAt = Held, r.Titles.In(actor.Locale), r.Revision, &r.PublishedAt
			b.Held++
		case month.Month < now:
			month.State = Missing
		case month.Month == now:
			month.State = Running
		default:
			month.State = Ahead
		}
		b.Months = append(b.Months, month)
	}
	if b.Uncited, err = uncited(ctx, s.db, actor.Locale, today); err != nil {
		return Board{}, fmt.Errorf("policies that no briefing cites: %w", err)
	}
	return b, nil
}
