package policies

import (
	"time"

	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/internal/i18n"
	"anwen/people"
)

// Service does everything that is done with policies and acknowledgements.
type Service struct {
	db       *database.Pool
	now      func() time.Time
	identity Identity // nil until SetIdentity
}

// New returns the room.
func New(db *database.Pool, now func() time.Time) *Service { return &Service{db: db, now: now} }

// today is the date where the actor is.
func (s *Service) today(actor people.Actor) string {
	return date.Text(new(actor.Today(s.now())))
}

// Texts are one text in several languages.
type Texts = i18n.Texts
