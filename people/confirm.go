package people

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/errs"
)

// Confirmation says that somebody's password was right when it was asked for.
type Confirmation struct{ of credential }

// HoldTx keeps the password what it is until the transaction ends: for the act that was
// confirmed with it. Invalid, in the words for a wrong one, when it was changed since or
// the person has left.
func (c Confirmation) HoldTx(ctx context.Context, tx database.Tx) error {
	stands, err := standsTx(ctx, tx, c.of)
	if err != nil {
		return fmt.Errorf("hold the password of person %d: %w", c.of.PersonID, err)
	}
	if !stands {
		return errs.New(errs.Invalid, "people.current_password_wrong", nil)
	}
	return nil
}

// ConfirmPassword asks somebody who is signed in for the password again, before
// an act that binds them. Invalid when it is wrong; TooMany after repeated failures,
// which are counted apart from those of signing in, so that no stranger can keep
// somebody from it; Unavailable while too many sign in.
func (s *Service) ConfirmPassword(ctx context.Context, actor Actor, password, address string) (Confirmation, error) {
	c, err := s.credentialOf(ctx, actor.PersonID)
	if err != nil {
		return Confirmation{}, fmt.Errorf("credential of person %d: %w", actor.PersonID, err)
	}
	if err := s.confirm(ctx, actor, c, password, address); err != nil {
		return Confirmation{}, err
	}
	return Confirmation{of: c}, nil
}

func (s *Service) confirm(ctx context.Context, actor Actor, c credential, password, address string) error {
	g := guess{of: c, password: password, address: address, lane: acquainted, throttles: []throttle{confirmationThrottle(actor.PersonID)}}
	end, err := s.try(ctx, g, func(database.Tx) error { return nil })
	if err != nil || end.right {
		return err
	}
	login, err := loginOf(ctx, s.db, actor.PersonID)
	if err != nil {
		return fmt.Errorf("login of person %d: %w", actor.PersonID, err)
	}
	wrong := refusal{subject: "person:" + actor.EmployeeNo, login: login, address: address, reason: "wrong_password_when_signed_in"}
	if err := s.recordWrong(ctx, wrong, end); err != nil {
		return err
	}
	if c.Temporary {
		return errs.New(errs.Invalid, "people.temporary_password_wrong", nil)
	}
	return errs.New(errs.Invalid, "people.current_password_wrong", nil)
}
