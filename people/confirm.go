package people

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/errs"
)

// ConfirmPassword asks somebody who is signed in for the password again, before
// an act that binds them. Invalid when it is wrong, TooMany after repeated
// failures, which count like those of signing in.
func (s *Service) ConfirmPassword(ctx context.Context, actor Actor, password, address string) error {
	login, err := loginOf(ctx, s.db, actor.PersonID)
	if err != nil {
		return fmt.Errorf("login of person %d: %w", actor.PersonID, err)
	}
	now := s.now()
	if err := s.checkThrottle(ctx, now, login, address); err != nil {
		return err
	}
	c, err := s.credentialOf(ctx, actor.PersonID)
	if err != nil {
		return err
	}
	ok, err := s.passwordIs(ctx, c, password)
	if err != nil {
		return err
	}
	if !ok {
		if err := s.noteFailure(ctx, now, login, address); err != nil {
			return err
		}
		return errs.New(errs.Invalid, "people.current_password_wrong", nil)
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error { return clearThrottleTx(ctx, tx, login) })
}
