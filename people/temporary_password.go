package people

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
)

// TemporaryLife is how long a temporary password lets its person in.
const TemporaryLife = 72 * time.Hour

// Temporary passwords are read out over the telephone: no letter looks like
// another. Sixteen of 32 are 80 bits, and with the dashes as long as a password must be.
const (
	temporaryAlphabet = "abcdefghijkmnpqrstuvwxyz23456789"
	temporaryLength   = 16
)

// IssuePassword gives a person a temporary password and returns it: it is shown
// once and stored only as a hash. Its holder can do nothing but change it. The
// person's sessions end. Forbidden without the role of administrator, for the actor's
// own person, who changes the password by knowing it, and when the person holds a role
// over units that the actor's does not cover, so that nobody rises by another's
// password; NotFound when the person is not within its reach; Conflict when the person
// has left; Unavailable while too many sign in.
func (s *Service) IssuePassword(ctx context.Context, actor Actor, personID int64) (string, error) {
	reach := actor.Over(Administrator)
	person, err := reach.PersonByID(ctx, s.db, personID)
	if err != nil {
		return "", err
	}
	if personID == actor.PersonID {
		return "", errs.New(errs.Forbidden, "people.own_password", nil)
	}
	held, err := s.RolesOf(ctx, actor, personID)
	if err != nil {
		return "", err
	}
	for _, h := range held {
		if !reach.Covers(h.UnitPath) {
			return "", errs.New(errs.Forbidden, "people.password_beyond_reach", nil)
		}
	}
	password := temporaryPassword()
	hash, err := HashPassword(ctx, password)
	if err != nil {
		return "", err
	}
	now := s.now()
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		works, err := isEmployed(ctx, tx, personID)
		if err != nil {
			return err
		}
		if !works {
			return errs.New(errs.Conflict, "people.has_left", nil)
		}
		if err := setPasswordTx(ctx, tx, credential{PersonID: personID, PasswordHash: hash, Temporary: true, ChangedAt: now}); err != nil {
			return err
		}
		if err := clearThrottlesTx(ctx, tx, personID); err != nil {
			return err
		}
		if err := endSessionsTx(ctx, tx, personID, 0, now); err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "people.issue_password", Subject: "person:" + person.EmployeeNo})
	})
	if err != nil {
		return "", fmt.Errorf("issue a password to %s: %w", person.EmployeeNo, err)
	}
	s.cache.dropPerson(personID)
	return password, nil
}

// temporaryPassword is drawn from 80 random bits, in groups of four.
func temporaryPassword() string {
	raw := make([]byte, temporaryLength)
	rand.Read(raw)
	out := make([]byte, 0, temporaryLength+3)
	for i, b := range raw {
		if i > 0 && i%4 == 0 {
			out = append(out, '-')
		}
		out = append(out, temporaryAlphabet[int(b)%len(temporaryAlphabet)])
	}
	return string(out)
}
