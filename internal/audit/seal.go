package audit

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"slices"
	"time"

	"anwen/internal/database"
)

// batch bounds what one seal covers, so that a seal stays cheap to check.
const batch = 1000

// lockKey is the advisory lock of the sealer: "anwen".
const lockKey = 0x616e77656e

// Seal chains up to one batch of committed, unsealed events and returns how
// many it took. Several instances may call it at once: one seals, the others
// find nothing to do.
func Seal(ctx context.Context, db *database.Pool, now time.Time) (int, error) {
	var taken int
	err := db.Transaction(ctx, func(tx database.Tx) error {
		var mine bool
		if err := tx.Raw(`SELECT pg_try_advisory_xact_lock(?)`, int64(lockKey)).Scan(&mine).Error; err != nil || !mine {
			return err
		}
		var ids []int64
		err := tx.Raw(`DELETE FROM audit_unsealed WHERE event_id IN
			(SELECT event_id FROM audit_unsealed ORDER BY event_id LIMIT ?) RETURNING event_id`, batch).Scan(&ids).Error
		if err != nil || len(ids) == 0 {
			return err
		}
		slices.Sort(ids)
		number, previous, err := lastTx(tx)
		if err != nil {
			return err
		}
		sum, found, err := chain(ctx, tx, previous, ids)
		if err != nil {
			return err
		}
		if found != len(ids) {
			return fmt.Errorf("%d of %d queued events are not in the log", len(ids)-found, len(ids))
		}
		taken = len(ids)
		return tx.Exec(`INSERT INTO audit_seals (number, event_ids, previous, hash, sealed_at) VALUES (?, ?, ?, ?, ?)`,
			number+1, database.Array[int64](ids), previous, sum, now).Error
	})
	if err != nil {
		return 0, fmt.Errorf("seal the audit log: %w", err)
	}
	return taken, nil
}

func lastTx(tx database.Tx) (number int64, hash []byte, err error) {
	var row struct {
		Number int64
		Hash   []byte
	}
	err = tx.Raw(`SELECT number, hash FROM audit_seals ORDER BY number DESC LIMIT 1`).Scan(&row).Error
	if row.Number == 0 {
		row.Hash = make([]byte, sha256.Size)
	}
	return row.Number, row.Hash, err
}

// chain hashes the previous seal and every event of the ids in id order, each
// field with its length, so that no two logs have the same hash.
func chain(ctx context.Context, db database.Conn, previous []byte, ids []int64) (sum []byte, found int, err error) {
	h := sha256.New()
	h.Write(previous)
	err = database.Rows(ctx, db, func(row database.Scanner) error {
		var e struct {
			id, actor                      int64
			at                             time.Time
			action, subject, data, request string
		}
		if err := row.Scan(&e.id, &e.at, &e.actor, &e.action, &e.subject, &e.data, &e.request); err != nil {
			return err
		}
		found++
		writeInts(h, e.id, e.at.UnixMicro(), e.actor)
		for _, s := range []string{e.action, e.subject, e.data, e.request} {
			writeInts(h, int64(len(s)))
			h.Write([]byte(s))
		}
		return nil
	}, `SELECT id, at, coalesce(actor_id, 0), action, subject, data::text, request_id
	    FROM audit_events WHERE id = ANY(?) ORDER BY id`, database.Array[int64](ids))
	return h.Sum(nil), found, err
}

func writeInts(h hash.Hash, values ...int64) {
	var b [8]byte
	for _, v := range values {
		binary.BigEndian.PutUint64(b[:], uint64(v))
		h.Write(b[:])
	}
}
