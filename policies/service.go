package policies

import (
	"context"
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
	quizzes  Quizzes  // nil until SetQuizzes
}

// Quizzes is what policies needs of the quizzes room, which stands above it.
type Quizzes interface {
	// MustSit reports whether the person must still sit a quiz that may ask what the
	// files of the course hold, and so may not see what tells its key.
	MustSit(ctx context.Context, conn database.Conn, personID int64, slug string) (bool, error)
}

// New returns the room.
func New(db *database.Pool, now func() time.Time) *Service { return &Service{db: db, now: now} }

// SetQuizzes hands in the quizzes room. Without it no question is closed to anybody. Call
// it while wiring, before the first request.
func (s *Service) SetQuizzes(q Quizzes) { s.quizzes = q }

// today is the date where the actor is.
func (s *Service) today(actor people.Actor) string {
	return date.Text(new(actor.Today(s.now())))
}

// Texts are one text in several languages.
type Texts = i18n.Texts
