package people

import (
	"context"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
)

// throttleRow is a row of login_throttles: a login name, or a place.
type throttleRow struct {
	Login       string `gorm:"primaryKey"`
	Failures    int
	WindowEnds  time.Time
	LockedUntil *time.Time
}

// TableName is for GORM.
func (throttleRow) TableName() string { return "login_throttles" }

func (s *Service) checkThrottle(ctx context.Context, now time.Time, login, address string) error {
	locks, err := database.Table[throttleRow](s.db).Where("login IN ? AND locked_until > ?", []string{login, placeKey(address)}, now).
		Order("locked_until DESC").Limit(1).Find(ctx)
	if err != nil || len(locks) == 0 {
		return err
	}
	return errs.New(errs.TooMany, "people.too_many_attempts", errs.Args{"minutes": int(locks[0].LockedUntil.Sub(now).Minutes()) + 1})
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

func clearThrottleTx(ctx context.Context, tx database.Tx, login string) error {
	_, err := database.Table[throttleRow](tx).Where("login = ?", login).Delete(ctx)
	return err
}
