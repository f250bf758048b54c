package briefings

import (
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/policies"
)

// Service does everything that is done with briefings, their plan and their
// study meetings.
type Service struct {
	db          *database.Pool
	now         func() time.Time
	policies    *policies.Service
	institution i18n.Texts
}

// New returns the room; policies keeps what briefings cite, and minutes are printed
// under the name of the institution.
func New(db *database.Pool, now func() time.Time, policies *policies.Service, institution i18n.Texts) *Service {
	return &Service{db: db, now: now, policies: policies, institution: institution}
}
