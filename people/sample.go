package people

import (
	"context"

	"anwen/internal/database"
	"anwen/internal/errs"
)

// SetSamplePassword gives a sample sign-in its published password, which is
// accepted only in demo mode. Forbidden outside it; NotFound when nobody signs in
// with the name; Conflict when that person has left.
func (s *Service) SetSamplePassword(ctx context.Context, login, hash string) error {
	if !s.demo {
		return errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	id, err := s.IDOfLogin(ctx, login)
	if err != nil {
		return err
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		return setPasswordTx(ctx, tx, credential{PersonID: id, PasswordHash: hash, Sample: true, ChangedAt: s.now()})
	})
}
