package people

import (
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
)

// Service does everything that is done with staff, units, roles and sessions.
type Service struct {
	db          *database.Pool
	now         func() time.Time
	demo        bool
	institution i18n.Texts
	cache       *sessionCache
	refusals    refusalBudget
}

// New returns the room. In demo mode the published passwords of the sample
// institution are accepted; otherwise they are refused.
func New(db *database.Pool, now func() time.Time, demo bool) *Service {
	return &Service{db: db, now: now, demo: demo, cache: newSessionCache()}
}

// SetInstitution tells the names of the institution, none of which a password may hold.
func (s *Service) SetInstitution(names i18n.Texts) { s.institution = names }
