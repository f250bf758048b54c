package audit

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"

	"anwen/internal/database"
)

// Report is what Verify found. The log is sound when Faults is empty. Head is the hash
// of the newest seal: keep it outside the database, since whoever can replace the whole
// chain can make another one that is sound.
type Report struct {
	Seals    int64
	Events   int64 // covered by seals
	Unsealed int64 // waiting for the next seal
	Head     string
	HeadAt   int64 // number of the seal with the head that was asked for; 0: none was asked for, or it is of an empty chain
	Faults   []string
}

// Head is the hash of a seal as it was written down once. It reports false for a text
// that is none.
func Head(text string) (head []byte, ok bool) {
	head, err := hex.DecodeString(text)
	return head, err == nil && len(head) == len(beginning())
}

// Verify recomputes the whole chain, and looks for events that do not stand in exactly
// one place: a seal, or the queue for the next one. A head, unless it is nil, must be
// in the chain. What is wrong is in the report, not an error.
func Verify(ctx context.Context, db *database.Pool, head []byte) (Report, error) {
	var r Report
	err := db.Snapshot(ctx, func(tx database.Tx) error {
		last, found := sealRow{Hash: beginning()}, head == nil || bytes.Equal(head, beginning())
		for number := int64(1); ; number++ {
			seal, err := loadSealTx(ctx, tx, number)
			if err != nil {
				return err
			}
			if seal.Number == 0 {
				break
			}
			if err := r.checkTx(ctx, tx, seal, last); err != nil {
				return err
			}
			if bytes.Equal(seal.Hash, head) {
				r.HeadAt, found = number, true
			}
			r.Seals, last = number, seal
		}
		r.Head = hex.EncodeToString(last.Hash)
		if !found {
			r.fault("the head %x is not in the chain: seals that were there when it was written down were removed or made anew", head)
		}
		return r.restTx(ctx, tx)
	})
	if err != nil {
		return Report{}, fmt.Errorf("verify the audit log: %w", err)
	}
	return r, nil
}

func (r *Report) fault(text string, args ...any) {
	r.Faults = append(r.Faults, fmt.Sprintf(text, args...))
}

// checkTx compares a seal with what it covers and with the one before it.
func (r *Report) checkTx(ctx context.Context, tx database.Tx, seal, last sealRow) error {
	expected := seal
	expected.Previous = last.Hash
	sum, found, err := chainTx(ctx, tx, expected, last.Form)
	if err != nil {
		return err
	}
	switch {
	case !bytes.Equal(seal.Previous, last.Hash):
		r.fault("seal %d does not follow seal %d", seal.Number, last.Number)
	case seal.Form < last.Form:
		r.fault("seal %d has the form %d, and the one before it %d", seal.Number, seal.Form, last.Form)
	case found != len(seal.EventIDs):
		r.fault("seal %d: %d events are missing", seal.Number, len(seal.EventIDs)-found)
	case !bytes.Equal(seal.Hash, sum):
		r.fault("seal %d: an event was changed, or when the seal was made", seal.Number)
	}
	r.Events += int64(found)
	return nil
}

// restTx adds the seals that follow a gap, and events that are sealed nowhere or more
// than once.
func (r *Report) restTx(ctx context.Context, tx database.Tx) error {
	seals, unsealed, err := countTx(ctx, tx)
	if err != nil {
		return err
	}
	r.Unsealed = unsealed
	if seals != r.Seals {
		r.fault("%d seals follow a gap after seal %d", seals-r.Seals, r.Seals)
	}
	if seals == 0 && unsealed > 0 {
		r.fault("the chain is empty, and %d events wait for their seal: either no server has run yet, or the chain was removed", unsealed)
	}
	s, err := strayTx(ctx, tx, r.Seals)
	if err != nil {
		return err
	}
	for _, kind := range []struct {
		count, first int64
		text         string
	}{
		{s.Nowhere, s.NowhereFirst, "are neither sealed nor waiting"},
		{s.Twice, s.TwiceFirst, "are in two seals"},
		{s.Again, s.AgainFirst, "are sealed and wait once more"},
		{s.Unknown, s.UnknownFirst, "wait and are not in the log"},
		{s.Queued, s.QueuedFirst, "wait anew: a seal that held them was removed"},
	} {
		if kind.count > 0 {
			r.fault("%d events %s, the first is %d", kind.count, kind.text, kind.first)
		}
	}
	return nil
}
