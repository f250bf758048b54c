package complaints

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
)

// Service imports complaint facts, names responsible persons and lists complaints.
type Service struct {
	db  *database.Pool
	now func() time.Time
}

// New returns the room. Seed must have run once on its database.
func New(db *database.Pool, now func() time.Time) *Service { return &Service{db: db, now: now} }

// Seed puts the built-in calendar and rule set into a database that has none. A
// calendar that the institution already keeps is left as it is.
func (s *Service) Seed(ctx context.Context) error {
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		now := s.now()
		if err := seedCalendarTx(ctx, tx, PRC(), now); err != nil {
			return fmt.Errorf("seed the calendar: %w", err)
		}
		if err := seedRulesTx(ctx, tx, HouseRules(), now); err != nil {
			return fmt.Errorf("seed the rule set: %w", err)
		}
		return nil
	})
}

// Calendar reads a calendar with all its days; ok is false when there is none.
func (s *Service) Calendar(ctx context.Context, code string) (c Calendar, ok bool, err error) {
	return loadCalendar(ctx, s.db, code)
}
