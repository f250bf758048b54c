package people

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
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

// Client is where a request comes from.
type Client struct {
	Address   string
	UserAgent string
}

// SignIn checks the password and opens a session; the token goes to the browser
// and only its SHA-256 is stored. Unauthenticated when name or password is
// wrong (it does not say which), TooMany after repeated failures.
func (s *Service) SignIn(ctx context.Context, login, password string, from Client) (token string, err error) {
	login = strings.ToLower(strings.TrimSpace(login))
	now := s.now()
	if err := s.checkThrottle(ctx, now, login, from.Address); err != nil {
		return "", err
	}
	c, err := s.credential(ctx, login)
	if err != nil {
		return "", err
	}
	ok, err := s.passwordIs(ctx, c, password)
	if err != nil {
		return "", err
	}
	if !ok {
		if err := s.noteFailure(ctx, now, login, from.Address); err != nil {
			return "", err
		}
		return "", errs.New(errs.Unauthenticated, "people.wrong_credentials", nil)
	}
	raw := make([]byte, 32)
	rand.Read(raw)
	token = base64.RawURLEncoding.EncodeToString(raw)
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		if err := clearThrottleTx(ctx, tx, login); err != nil {
			return err
		}
		id, err := insertSessionTx(ctx, tx, token, c.PersonID, now, from)
		if err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: c.PersonID, Action: "people.sign_in",
			Subject: fmt.Sprintf("session:%d", id)})
	})
	if err != nil {
		return "", fmt.Errorf("open a session: %w", err)
	}
	return token, nil
}

// OpenSession opens a session without asking for a password, for a program that
// plays people on a database of its own, such as a trial of load. No route
// reaches it. It is in the audit log.
func (s *Service) OpenSession(ctx context.Context, personID int64, from Client) (token string, err error) {
	raw := make([]byte, 32)
	rand.Read(raw)
	token = base64.RawURLEncoding.EncodeToString(raw)
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

// usable tells whether the credential may let somebody in at all.
func (c credential) usable(now time.Time, demo bool) bool {
	return c.PersonID != 0 && (demo || !c.Sample) && (!c.Temporary || now.Before(c.ChangedAt.Add(TemporaryLife)))
}

// passwordIs spends the same time when there is no such person.
func (s *Service) passwordIs(ctx context.Context, c credential, password string) (bool, error) {
	if len(password) > maxPasswordLength {
		return false, nil
	}
	if !c.usable(s.now(), s.demo) {
		_, err := HashPassword(ctx, password)
		return false, err
	}
	return verifyPassword(ctx, c.PasswordHash, password)
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

// ChangePassword sets a new password after checking the current one, and ends
// the person's other sessions. Invalid when the new one is too short, too long or
// the same, or the current one is wrong; Conflict for the published password of a
// sample sign-in.
func (s *Service) ChangePassword(ctx context.Context, actor Actor, current, next string) error {
	if err := checkNewPassword(next); err != nil {
		return err
	}
	c, err := s.credentialOf(ctx, actor.PersonID)
	if err != nil {
		return err
	}
	if c.Sample {
		return errs.New(errs.Conflict, "people.sample_password", nil)
	}
	ok, err := s.passwordIs(ctx, c, current)
	if err != nil {
		return err
	}
	if !ok {
		return errs.New(errs.Invalid, "people.current_password_wrong", nil)
	}
	if next == current {
		return errs.New(errs.Invalid, "people.password_same", nil)
	}
	hash, err := HashPassword(ctx, next)
	if err != nil {
		return err
	}
	now := s.now()
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		if err := setPasswordTx(ctx, tx, credential{PersonID: actor.PersonID, PasswordHash: hash, ChangedAt: now}); err != nil {
			return err
		}
		if err := endSessionsTx(ctx, tx, actor.PersonID, actor.SessionID, now); err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "people.change_password",
			Subject: "person:" + actor.EmployeeNo})
	})
	s.cache.dropPerson(actor.PersonID)
	return err
}
