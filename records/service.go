package records

import (
	"time"

	"anwen/internal/database"
	"anwen/people"
	"anwen/performance"
)

// Service reads records.
type Service struct {
	db     *database.Pool
	now    func() time.Time
	scores *performance.Service
}

// New returns the room.
func New(db *database.Pool, now func() time.Time, scores *performance.Service) *Service {
	return &Service{db: db, now: now, scores: scores}
}

// reporters are the roles that read the records of others.
var reporters = []people.Role{people.HR, people.Auditor}
