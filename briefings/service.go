package briefings

import (
	"time"

	"anwen/internal/database"
	"anwen/policies"
)

// Service does everything that is done with briefings, their plan and their
// study meetings.
type Service struct {
	db       *database.Pool
	now      func() time.Time
	policies *policies.Service
	print    MinutesPrinter
}

// New returns the room; policies keeps what briefings cite; print draws the minutes of a meeting.
func New(db *database.Pool, now func() time.Time, policies *policies.Service, print MinutesPrinter) *Service {
	return &Service{db: db, now: now, policies: policies, print: print}
}
