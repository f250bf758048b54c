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
	Form           int16
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
	rows, err := database.Table[sealRow](tx).Select("number, hash, form").Order("number DESC").Limit(1).Find(ctx)
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
		if err := row.Scan(&s.Number, &s.Previous, &s.Hash, &s.SealedAt, &s.Form, &id); err != nil {
			return err
		}
		s.EventIDs = append(s.EventIDs, id)
		return nil
	}, `SELECT number, previous, hash, sealed_at, form, unnest(event_ids) FROM audit_seals WHERE number = ?`, number)
	return s, err
}

// eachInstantTx visits when the seals before the number were made, in their order.
func eachInstantTx(ctx context.Context, tx database.Tx, number int64, visit func(time.Time)) error {
	return database.Rows(ctx, tx, func(row database.Scanner) error {
		var at time.Time
		if err := row.Scan(&at); err != nil {
			return err
		}
		visit(at)
		return nil
	}, `SELECT sealed_at FROM audit_seals WHERE number < ? ORDER BY number`, number)
}

// countTx counts the seals and the events that wait for one.
func countTx(ctx context.Context, tx database.Tx) (seals, unsealed int64, err error) {
	err = tx.WithContext(ctx).Raw(`SELECT (SELECT count(*) FROM audit_seals), (SELECT count(*) FROM audit_unsealed)`).
		Row().Scan(&seals, &unsealed)
	return seals, unsealed, err
}

// strayTx are what does not stand in exactly one place: a seal of the chain, which has
// so many, or the queue. Each is how many and the first id; none is (0, 0).
func strayTx(ctx context.Context, tx database.Tx, seals int64) (s strays, err error) {
	err = tx.WithContext(ctx).Raw(`
		WITH sealed AS (SELECT unnest(event_ids) AS id FROM audit_seals WHERE number <= @seals),
		nowhere AS (SELECT e.id FROM audit_events e WHERE NOT EXISTS (SELECT FROM sealed s WHERE s.id = e.id) AND NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.event_id = e.id)),
		twice AS (SELECT id FROM sealed GROUP BY id HAVING count(*) > 1),
		again AS (SELECT u.event_id AS id FROM audit_unsealed u WHERE EXISTS (SELECT FROM sealed s WHERE s.id = u.event_id)),
		unknown AS (SELECT u.event_id AS id FROM audit_unsealed u WHERE NOT EXISTS (SELECT FROM audit_events e WHERE e.id = u.event_id)),
		queued AS (SELECT e.id FROM audit_unsealed u JOIN audit_events e ON e.id = u.event_id WHERE u.xmin <> e.xmin
			AND e.xmin <> (SELECT p.xmin FROM audit_events p WHERE p.id < e.id ORDER BY p.id DESC LIMIT 1))
		SELECT (SELECT count(*) FROM nowhere) AS nowhere, (SELECT coalesce(min(id), 0) FROM nowhere) AS nowhere_first,
		       (SELECT count(*) FROM twice) AS twice, (SELECT coalesce(min(id), 0) FROM twice) AS twice_first,
		       (SELECT count(*) FROM again) AS again, (SELECT coalesce(min(id), 0) FROM again) AS again_first,
		       (SELECT count(*) FROM unknown) AS unknown, (SELECT coalesce(min(id), 0) FROM unknown) AS unknown_first,
		       (SELECT count(*) FROM queued) AS queued, (SELECT coalesce(min(id), 0) FROM queued) AS queued_first`,
		map[string]any{"seals": seals}).Scan(&s).Error
	return s, err
}

// strays are counts of events, and the first of each.
type strays struct {
	Nowhere, NowhereFirst int64 // neither sealed nor waiting
	Twice, TwiceFirst     int64 // in two seals
	Again, AgainFirst     int64 // sealed, and waiting as well
	Unknown, UnknownFirst int64 // waiting, and not in the log
	Queued, QueuedFirst   int64 // put into the queue by another transaction than the one that wrote it
}
