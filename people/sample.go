package people

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"anwen/internal/errs"
)

// SetSamplePassword gives a sample sign-in its published password, which is
// accepted only in demo mode. Forbidden outside it.
func (s *Service) SetSamplePassword(ctx context.Context, login, hash string) error {
	if !s.demo {
		return errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	id, err := s.IDOfLogin(ctx, login)
	if err != nil {
		return err
	}
	return s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		return setPasswordTx(tx, id, hash, true, s.now())
	})
}

// IDOfLogin finds who signs in with a name. NotFound when nobody does.
func (s *Service) IDOfLogin(ctx context.Context, login string) (id int64, err error) {
	err = s.db.WithContext(ctx).Raw(`SELECT id FROM people WHERE login = ?`, login).Scan(&id).Error
	if err != nil {
		return 0, fmt.Errorf("find the login %s: %w", login, err)
	}
	if id == 0 {
		return 0, errs.New(errs.NotFound, "people.person_not_found", nil)
	}
	return id, nil
}
