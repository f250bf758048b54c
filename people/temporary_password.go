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

// Issued is a temporary password and the login that it belongs to.
type Issued struct{ Login, Password string }

// IssuePassword gives a person a temporary password and returns it: it is shown
// once and stored only as a hash. Its holder can do nothing but change it. The
// person's sessions end. Forbidden without the role of administrator, for the actor's
// own person, who changes the password by knowing it, and when the person holds a role
// over units that the actor's does not cover, so that nobody rises by another's
// password; NotFound when the person is not within its reach; Conflict when the person
// has left; Unavailable while too many sign in.
func (s *Service) IssuePassword(ctx context.Context, actor Actor, personID int64) (Issued, error) {
	if _, err := mayIssue(ctx, s.db, actor, personID); err != nil {
		return Issued{}, err
	}
	issued := Issued{Password: temporaryPassword()}
	hash, err := HashPassword(ctx, issued.Password)
	if err != nil {
		return Issued{}, err
	}
	if issued.Login, err = s.give(ctx, actor, personID, hash); err != nil {
		return Issued{}, fmt.Errorf("issue a password to person %d: %w", personID, err)
	}
	return issued, nil
}

// give makes the hash the person's temporary password, and returns the person's login.
// Whether the actor may is asked again once nobody else can give the person a role or
// another password.
func (s *Service) give(ctx context.Context, actor Actor, personID int64, hash string) (login string, err error) {
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		if err := lockPersonTx(ctx, tx, personID); err != nil {
			return err
		}
		person, err := mayIssue(ctx, tx, actor, personID)
		if err != nil {
			return err
		}
		if login, err = loginOf(ctx, tx, personID); err != nil {
			return err
		}
		now := s.now()
		if err := setPasswordTx(ctx, tx, credential{PersonID: personID, PasswordHash: hash, Temporary: true, ChangedAt: now}); err != nil {
			return err
		}
		if err := clearThrottlesTx(ctx, tx, personID); err != nil {
			return err
		}
		if err := forgetDevicesTx(ctx, tx, personID); err != nil {
			return err
		}
		if err := endSessionsTx(ctx, tx, personID, 0, now); err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "people.issue_password", Subject: "person:" + person.EmployeeNo})
	})
	s.cache.dropPerson(personID)
	return login, err
}

// mayIssue returns the person, when the actor may give out a password. Forbidden,
// NotFound and Conflict as IssuePassword.
func mayIssue(ctx context.Context, conn database.Conn, actor Actor, personID int64) (Person, error) {
	reach := actor.Over(Administrator)
	person, err := reach.PersonByID(ctx, conn, personID)
	if err != nil {
		return Person{}, err
	}
	if personID == actor.PersonID {
		return Person{}, errs.New(errs.Forbidden, "people.own_password", nil)
	}
	held, err := rolesOf(ctx, conn, personID)
	if err != nil {
		return Person{}, fmt.Errorf("roles of person %d: %w", personID, err)
	}
	for _, h := range held {
		if !reach.Covers(h.UnitPath) {
			return Person{}, errs.New(errs.Forbidden, "people.password_beyond_reach", nil)
		}
	}
	if person.Status == Left {
		return Person{}, errs.New(errs.Conflict, "people.has_left", nil)
	}
	return person, nil
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
