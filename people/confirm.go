package people

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/errs"
)

// ConfirmPassword asks somebody who is signed in for the password again, before
// an act that binds them. Invalid when it is wrong; TooMany after repeated failures,
// which are counted apart from those of signing in, so that no stranger can keep
// somebody from it; Unavailable while too many sign in.
func (s *Service) ConfirmPassword(ctx context.Context, actor Actor, password, address string) error {
	c, err := s.credentialOf(ctx, actor.PersonID)
	if err != nil {
		return fmt.Errorf("credential of person %d: %w", actor.PersonID, err)
	}
	return s.confirm(ctx, actor, c, password, address)
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
	return errs.New(errs.Invalid, "people.current_password_wrong", nil)
}
