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
// many. Several instances may call it at once: one seals, the others return 0. It asks for
// the time once no other can seal, so that seals tell theirs in their order.
func Seal(ctx context.Context, db *database.Pool, now func() time.Time) (int, error) {
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
		next := sealRow{Number: last.Number + 1, EventIDs: ids, Previous: last.Hash, SealedAt: now().Truncate(time.Microsecond), Form: timed}
		sum, found, err := chainTx(ctx, tx, next, last.Form)
		if err != nil {
			return err
		}
		if found != len(ids) {
			return fmt.Errorf("%d of %d queued events are not in the log", len(ids)-found, len(ids))
		}
		taken, next.Hash = len(ids), sum
		return insertSealTx(ctx, tx, next)
	})
	if err != nil {
		return 0, fmt.Errorf("seal the audit log: %w", err)
	}
	return taken, nil
}

// beginning is what the first seal follows: no hash at all, in zeros.
func beginning() []byte { return make([]byte, sha256.Size) }

// The forms of a seal: what its hash covers besides the events and the hash before.
const (
	untimed = 1 // nothing else
	timed   = 2 // its number and when it was made; the first of them, when all before it were made
)

// chainTx hashes what the seal covers: the hash before it, its own number and instant,
// and every event in id order, each field with its length, so that different logs never
// hash the same text. found is how many of the events are in the log; before is the form
// of the seal that it follows.
func chainTx(ctx context.Context, tx database.Tx, seal sealRow, before int16) (sum []byte, found int, err error) {
	h := sha256.New()
	h.Write(seal.Previous)
	if seal.Form == timed {
		writeInts(h, seal.Number, seal.SealedAt.UnixMicro())
		if before == untimed {
			err = eachInstantTx(ctx, tx, seal.Number, func(at time.Time) { writeInts(h, at.UnixMicro()) })
			if err != nil {
				return nil, 0, err
			}
		}
	}
	err = eachEvent(ctx, tx, seal.EventIDs, func(e eventRow) {
		found++
		var actor int64
		if e.ActorID != nil {
			actor = *e.ActorID
		}
		writeInts(h, e.ID, e.At.UnixMicro(), actor)
		for _, s := range []string{e.Action, e.Subject, e.Data, e.RequestID} {
			writeText(h, s)
		}
		if e.Written != nil { // behind a number that no event has as its id
			writeInts(h, -1)
			writeText(h, *e.Written)
		}
	})
	return h.Sum(nil), found, err
}

func writeText(h hash.Hash, s string) {
	writeInts(h, int64(len(s)))
	h.Write([]byte(s))
}

func writeInts(h hash.Hash, values ...int64) {
	var b [8]byte
	for _, v := range values {
		binary.BigEndian.PutUint64(b[:], uint64(v))
		h.Write(b[:])
	}
}
