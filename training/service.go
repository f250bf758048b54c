package training

import (
	"context"
	"time"

	"anwen/courses"
	"anwen/internal/database"
)

// CompletionListener is told of every completion in its transaction, so that a
// certificate exists exactly when the completion does. It returns the serial of the
// certificate, "" for none; its error takes the completion back.
type CompletionListener interface {
	CourseCompletedTx(ctx context.Context, tx database.Tx, c Completion) (certificate string, err error)
}

// Service does everything that is done with assignments, progress and completions.
type Service struct {
	db       *database.Pool
	now      func() time.Time
	courses  *courses.Service
	listener CompletionListener
}

// New returns the room; without a listener nobody is told of completions.
func New(db *database.Pool, now func() time.Time, courses *courses.Service, listener CompletionListener) *Service {
	return &Service{db: db, now: now, courses: courses, listener: listener}
}
