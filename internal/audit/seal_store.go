package audit

import (
	"context"
	"slices"
	"time"

	"anwen/internal/database"
)

// sealRow is one seal of the chain.
type sealRow struct {
	Number         int64                 `gorm:"primaryKey;autoIncrement:false"`
	EventIDs       database.Array[int64] `gorm:"type:bigint[]"`
	Previous, Hash []byte
	SealedAt       time.Time
}

// TableName is for GORM.
func (sealRow) TableName() string { return "audit_seals" }

// lockKey is the advisory lock of the sealer: "anwen" in ASCII.
const lockKey = 0x616e77656e

// lockSealerTx reports whether this transaction is the one that may seal.
func lockSealerTx(ctx context.Context, tx database.Tx) (locked bool, err error) {
	err = tx.WithContext(ctx).Raw(`SELECT pg_try_advisory_xact_lock(?)`, int64(lockKey)).Scan(&locked).Error
	return locked, err
}

// takeUnsealedTx takes the ids of the oldest events off the queue, at most so many.
func takeUnsealedTx(ctx context.Context, tx database.Tx, most int) (ids []int64, err error) {
	err = tx.WithContext(ctx).Raw(`DELETE FROM audit_unsealed WHERE event_id IN
		(SELECT event_id FROM audit_unsealed ORDER BY event_id LIMIT ?) RETURNING event_id`, most).Scan(&ids).Error
	slices.Sort(ids)
	return ids, err
}

// lastSealTx is the newest seal without its events; the zero value when there is none.
func lastSealTx(ctx context.Context, tx database.Tx) (sealRow, error) {
	rows, err := database.Table[sealRow](tx).Select("number, hash").Order("number DESC").Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return sealRow{}, err
	}
	return rows[0], nil
}

func insertSealTx(ctx context.Context, tx database.Tx, row sealRow) error {
	return database.Table[sealRow](tx).Create(ctx, &row)
}

// loadSealTx is the seal with the number; the zero value when there is none.
func loadSealTx(ctx context.Context, tx database.Tx, number int64) (s sealRow, err error) {
	err = database.Rows(ctx, tx, func(row database.Scanner) error {
		var id int64
		if err := row.Scan(&s.Number, &s.Previous, &s.Hash, &id); err != nil {
			return err
		}
		s.EventIDs = append(s.EventIDs, id)
		return nil
	}, `SELECT number, previous, hash, unnest(event_ids) FROM audit_seals WHERE number = ?`, number)
	return s, err
}

// countTx counts the seals, the events, and the events that wait for a seal.
func countTx(ctx context.Context, tx database.Tx) (seals, events, unsealed int64, err error) {
	err = tx.WithContext(ctx).Raw(`SELECT (SELECT count(*) FROM audit_seals), (SELECT count(*) FROM audit_events), (SELECT count(*) FROM audit_unsealed)`).
		Row().Scan(&seals, &events, &unsealed)
	return seals, events, unsealed, err
}
