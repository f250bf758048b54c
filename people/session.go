package people

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
)

// How long a session lives: at most a working day and the night after, and two
// hours without a request.
const (
	SessionLife = 16 * time.Hour
	SessionIdle = 2 * time.Hour
	seenEvery   = 5 * time.Minute // seen_at is written no more often than this
)

// Session is one sign-in of a person, as the person sees it.
type Session struct {
	ID        int64
	CreatedAt time.Time
	SeenAt    time.Time
	UserAgent string
	Address   string
	Current   bool `gorm:"-"`
}

// OpenSession opens a session without asking for a password, for a program that
// plays people on a database of its own, such as a trial of load. No route
// reaches it. It is in the audit log. Unauthenticated when the person has left.
func (s *Service) OpenSession(ctx context.Context, personID int64, from Client) (token string, err error) {
	token = newToken()
	now := s.now()
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		id, err := insertSessionTx(ctx, tx, token, personID, now, from)
		if err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, Action: "people.open_session", Subject: fmt.Sprintf("session:%d", id)})
	})
	if err != nil {
		return "", fmt.Errorf("open a session for person %d: %w", personID, err)
	}
	return token, nil
}

// Authenticate returns who the token belongs to. Unauthenticated when there is
// no such session, it is over, or its person has left.
func (s *Service) Authenticate(ctx context.Context, token string) (Actor, error) {
	hash := sha256.Sum256([]byte(token))
	now := s.now()
	if actor, ok := s.cache.get(hash, now); ok {
		return actor, nil
	}
	generation := s.cache.generation()
	actor, times, err := s.loadSession(ctx, hash, now)
	if err != nil {
		return Actor{}, err
	}
	if now.Sub(times.seen) > seenEvery {
		if err := s.touchSession(ctx, actor.SessionID, now); err != nil {
			return Actor{}, err
		}
	}
	s.cache.put(hash, actor, times.expires, now, generation)
	return actor, nil
}

// SignOut ends the actor's own session. NotFound when it has ended already.
func (s *Service) SignOut(ctx context.Context, actor Actor) error {
	return s.RevokeSession(ctx, actor, actor.SessionID)
}

// RevokeSession ends one of the actor's sessions. NotFound when it is not the
// actor's or has ended already.
func (s *Service) RevokeSession(ctx context.Context, actor Actor, id int64) error {
	now := s.now()
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		ended, err := endSessionTx(ctx, tx, id, actor.PersonID, now)
		if err != nil {
			return err
		}
		if !ended {
			return errs.New(errs.NotFound, "people.session_not_found", nil)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "people.end_session",
			Subject: fmt.Sprintf("session:%d", id)})
	})
	s.cache.dropPerson(actor.PersonID)
	return err
}

// Sessions lists the actor's open sessions, the newest first.
func (s *Service) Sessions(ctx context.Context, actor Actor) ([]Session, error) {
	list, err := sessionsOf(ctx, s.db, actor.PersonID, s.now())
	if err != nil {
		return nil, fmt.Errorf("sessions of person %d: %w", actor.PersonID, err)
	}
	for i := range list {
		list[i].Current = list[i].ID == actor.SessionID
	}
	return list, nil
}
