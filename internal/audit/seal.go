package audit

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"time"

	"anwen/internal/database"
)

// batch is the most events that one seal covers, so that a seal stays cheap to check.
const batch = 1000

// Seal chains up to one batch of committed events that have no seal yet and returns how
// many. Several instances may call it at once: one seals, the others return 0.
func Seal(ctx context.Context, db *database.Pool, now time.Time) (int, error) {
	var taken int
	err := db.Transaction(ctx, func(tx database.Tx) error {
		locked, err := lockSealerTx(ctx, tx)
		if err != nil || !locked {
			return err
		}
		ids, err := takeUnsealedTx(ctx, tx, batch)
		if err != nil || len(ids) == 0 {
			return err
		}
		last, err := lastSealTx(ctx, tx)
		if err != nil {
			return err
		}
		if last.Number == 0 {
			last.Hash = beginning()
		}
		sum, found, err := chain(ctx, tx, last.Hash, ids)
		if err != nil {
			return err
		}
		if found != len(ids) {
			return fmt.Errorf("%d of %d queued events are not in the log", len(ids)-found, len(ids))
		}
		taken = len(ids)
		return insertSealTx(ctx, tx, sealRow{Number: last.Number + 1, EventIDs: ids, Previous: last.Hash, Hash: sum, SealedAt: now})
	})
	if err != nil {
		return 0, fmt.Errorf("seal the audit log: %w", err)
	}
	return taken, nil
}

// beginning is what the first seal follows: no hash at all, in zeros.
func beginning() []byte { return make([]byte, sha256.Size) }

// chain hashes the previous hash and every event of the ids in id order, each field with
// its length, so that different logs never hash the same text. found is how many of the
// events are in the log.
func chain(ctx context.Context, conn database.Conn, previous []byte, ids []int64) (sum []byte, found int, err error) {
	h := sha256.New()
	h.Write(previous)
	err = eachEvent(ctx, conn, ids, func(e eventRow) {
		found++
		var actor int64
		if e.ActorID != nil {
			actor = *e.ActorID
		}
		writeInts(h, e.ID, e.At.UnixMicro(), actor)
		for _, s := range []string{e.Action, e.Subject, e.Data, e.RequestID} {
			writeInts(h, int64(len(s)))
			h.Write([]byte(s))
		}
	})
	return h.Sum(nil), found, err
}

func writeInts(h hash.Hash, values ...int64) {
	var b [8]byte
	for _, v := range values {
		binary.BigEndian.PutUint64(b[:], uint64(v))
		h.Write(b[:])
	}
}
