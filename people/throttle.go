package people

import (
	"context"
	"time"

	"gorm.io/gorm"

	"anwen/internal/errs"
)

// The login throttle counts failures in the database, so that several instances
// share it: per login name, and more generously per address, which a whole
// branch may share.
const (
	throttleWindow   = 15 * time.Minute
	failuresPerLogin = 5
	failuresPerPlace = 100
)

func placeKey(address string) string { return "address " + address }

func (s *Service) checkThrottle(ctx context.Context, now time.Time, login, address string) error {
	var lock struct{ Until *time.Time }
	err := s.db.WithContext(ctx).Raw(`SELECT max(locked_until) AS until FROM login_throttles WHERE login IN (?, ?) AND locked_until > ?`,
		login, placeKey(address), now).Scan(&lock).Error
	if err != nil || lock.Until == nil {
		return err
	}
	return errs.New(errs.TooMany, "people.too_many_attempts", errs.Args{"minutes": int(lock.Until.Sub(now).Minutes()) + 1})
}

func (s *Service) noteFailure(ctx context.Context, now time.Time, login, address string) error {
	for _, k := range []struct {
		key   string
		limit int
	}{{login, failuresPerLogin}, {placeKey(address), failuresPerPlace}} {
		err := s.db.WithContext(ctx).Exec(`
			INSERT INTO login_throttles AS t (login, failures, window_ends) VALUES (?, 1, ?)
			ON CONFLICT (login) DO UPDATE SET
				failures     = CASE WHEN t.window_ends > ? THEN t.failures + 1 ELSE 1 END,
				window_ends  = CASE WHEN t.window_ends > ? THEN t.window_ends ELSE excluded.window_ends END,
				locked_until = CASE WHEN t.window_ends > ? AND t.failures + 1 >= ? THEN excluded.window_ends END`,
			clip(k.key, 200), now.Add(throttleWindow), now, now, now, k.limit).Error
		if err != nil {
			return err
		}
	}
	return nil
}

func clearThrottleTx(tx *gorm.DB, login string) error {
	return tx.Exec(`DELETE FROM login_throttles WHERE login = ?`, login).Error
}
