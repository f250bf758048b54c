package people

import (
	"context"
	"fmt"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
)

// ChangePassword sets a new password after checking the current one, and ends the
// person's other sessions. Invalid when the new one breaks a rule or is the same, or the
// current one is wrong; TooMany after repeated wrong ones; Conflict for the published
// password of a sample sign-in; Unavailable while too many sign in.
func (s *Service) ChangePassword(ctx context.Context, actor Actor, current, next, address string) error {
	c, err := s.credentialOf(ctx, actor.PersonID)
	if err != nil {
		return fmt.Errorf("credential of person %d: %w", actor.PersonID, err)
	}
	if c.Sample {
		return errs.New(errs.Conflict, "people.sample_password", nil)
	}
	login, err := loginOf(ctx, s.db, actor.PersonID)
	if err != nil {
		return fmt.Errorf("login of person %d: %w", actor.PersonID, err)
	}
	if err := checkNewPassword(next, knownOf(actor.Name, actor.EmployeeNo, login, s.institution)...); err != nil {
		return err
	}
	if err := s.confirm(ctx, actor, c, current, address); err != nil {
		return err
	}
	if next == current && c.Temporary {
		return errs.New(errs.Invalid, "people.password_same_temporary", nil)
	} else if next == current {
		return errs.New(errs.Invalid, "people.password_same", nil)
	}
	hash, err := HashPassword(ctx, next)
	if err != nil {
		return err
	}
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		if err := (Confirmation{of: c}).HoldTx(ctx, tx); err != nil {
			return err
		}
		now := s.now()
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
