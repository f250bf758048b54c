package people

import (
	"time"

	"anwen/internal/database"
)

// Service does everything that is done with staff, units, roles and sessions.
type Service struct {
	db          *database.Pool
	now         func() time.Time
	demo        bool
	institution string
	cache       *sessionCache
	refusals    refusalBudget
}

// New returns the room. In demo mode the published passwords of the sample
// institution are accepted; otherwise they are refused.
func New(db *database.Pool, now func() time.Time, demo bool) *Service {
	return &Service{db: db, now: now, demo: demo, cache: newSessionCache()}
}

// SetInstitution tells the name of the institution, which no password may hold.
func (s *Service) SetInstitution(name string) { s.institution = name }
