package people

import (
	"context"
	"strconv"
	"time"

	"anwen/internal/database"
)

// throttleRow is a row of throttles.
type throttleRow struct {
	Kind       throttleKind `gorm:"primaryKey"`
	Key        string       `gorm:"primaryKey"`
	Tries      int
	WindowEnds time.Time
}

// TableName is for GORM.
func (throttleRow) TableName() string { return "throttles" }

// countTryTx returns how many tries there were with this one, and 0 when it was one too
// many and is not counted. Whoever counts at the same time waits for the transaction.
func countTryTx(ctx context.Context, tx database.Tx, t throttle, now time.Time) (tries int, err error) {
	err = tx.WithContext(ctx).Raw(`
		INSERT INTO throttles AS t (kind, key, tries, window_ends) VALUES (@kind, @key, 1, @ends)
		ON CONFLICT (kind, key) DO UPDATE SET
			tries       = CASE WHEN t.window_ends > @now THEN t.tries + 1 ELSE 1 END,
			window_ends = CASE WHEN t.window_ends > @now THEN t.window_ends ELSE excluded.window_ends END
		WHERE t.window_ends <= @now OR t.tries < @limit
		RETURNING tries`, map[string]any{"kind": string(t.kind), "key": t.key, "now": now, "ends": now.Add(throttleWindow), "limit": t.limit}).Scan(&tries).Error
	return tries, err
}

// lockedUntil is when each of the throttles has a try again; the zero time when it has now.
func lockedUntil(ctx context.Context, conn database.Conn, throttles []throttle, now time.Time) (until time.Time, err error) {
	for _, t := range throttles {
		locks, err := database.Table[throttleRow](conn).Where("kind = ? AND key = ? AND tries >= ? AND window_ends > ?", string(t.kind), t.key, t.limit, now).Find(ctx)
		if err != nil {
			return until, err
		}
		if len(locks) > 0 && locks[0].WindowEnds.After(until) {
			until = locks[0].WindowEnds
		}
	}
	return until, nil
}

// releaseTriesTx takes one try back of each; a right password forgets the wrong ones
// before it too, except those of others at the same address.
func releaseTriesTx(ctx context.Context, tx database.Tx, throttles []throttle, right bool) error {
	for _, t := range throttles {
		sql := `UPDATE throttles SET tries = tries - 1 WHERE kind = ? AND key = ? AND tries > 0`
		if right && t.kind != ofAddress {
			sql = `DELETE FROM throttles WHERE kind = ? AND key = ?`
		}
		if err := tx.WithContext(ctx).Exec(sql, string(t.kind), t.key).Error; err != nil {
			return err
		}
	}
	return nil
}

// clearThrottlesTx forgets the wrong tries at the person's password, except those from
// devices, which nobody else can have made.
func clearThrottlesTx(ctx context.Context, tx database.Tx, personID int64) error {
	_, err := database.Table[throttleRow](tx).Where("kind IN ? AND key = ?", []string{string(ofPerson), string(ofConfirmation)}, strconv.FormatInt(personID, 10)).Delete(ctx)
	return err
}

func deleteThrottles(ctx context.Context, conn database.Conn, now time.Time) error {
	_, err := database.Table[throttleRow](conn).Where("window_ends <= ?", now).Delete(ctx)
	return err
}
