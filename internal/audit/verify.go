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
	Faults   []string
}

// Verify recomputes the whole chain and looks for events that are neither sealed nor
// waiting for a seal. What is wrong is in the report, not an error.
func Verify(ctx context.Context, db *database.Pool) (Report, error) {
	var r Report
	err := db.Snapshot(ctx, func(tx database.Tx) error {
		previous := beginning()
		for number := int64(1); ; number++ {
			seal, err := loadSealTx(ctx, tx, number)
			if err != nil {
				return err
			}
			if seal.Number == 0 {
				break
			}
			sum, found, err := chain(ctx, tx, previous, seal.EventIDs)
			if err != nil {
				return err
			}
			switch {
			case !bytes.Equal(seal.Previous, previous):
				r.Faults = append(r.Faults, fmt.Sprintf("seal %d does not follow seal %d", number, number-1))
			case found != len(seal.EventIDs):
				r.Faults = append(r.Faults, fmt.Sprintf("seal %d: %d events are missing", number, len(seal.EventIDs)-found))
			case !bytes.Equal(seal.Hash, sum):
				r.Faults = append(r.Faults, fmt.Sprintf("seal %d: an event was changed", number))
			}
			r.Seals, r.Events, previous = number, r.Events+int64(found), seal.Hash
		}
		r.Head = hex.EncodeToString(previous)
		return uncoveredTx(ctx, tx, &r)
	})
	if err != nil {
		return Report{}, fmt.Errorf("verify the audit log: %w", err)
	}
	return r, nil
}

// uncoveredTx adds the seals that follow a gap and the events that are neither sealed
// nor queued to the faults.
func uncoveredTx(ctx context.Context, tx database.Tx, r *Report) error {
	seals, events, unsealed, err := countTx(ctx, tx)
	if err != nil {
		return err
	}
	r.Unsealed = unsealed
	if seals != r.Seals {
		r.Faults = append(r.Faults, fmt.Sprintf("%d seals follow a gap after seal %d", seals-r.Seals, r.Seals))
	}
	if uncovered := events - r.Events - r.Unsealed; uncovered != 0 {
		r.Faults = append(r.Faults, fmt.Sprintf("%d events are neither sealed nor waiting", uncovered))
	}
	return nil
}
