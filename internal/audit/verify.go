package audit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"anwen/internal/database"
)

// Report is what Verify found. The log is sound when Faults is empty; Head is
// the hash to write down elsewhere, since a chain proves nothing to somebody
// who may have been handed another one.
type Report struct {
	Seals    int64
	Events   int64 // covered by seals
	Unsealed int64 // waiting for the next seal
	Head     string
	Faults   []string
}

// Verify recomputes the whole chain and looks for events that are in no seal
// and not waiting for one.
func Verify(ctx context.Context, db *database.Pool) (Report, error) {
	var r Report
	err := db.Snapshot(ctx, func(tx database.Tx) error {
		previous := make([]byte, sha256.Size)
		for number := int64(1); ; number++ {
			seal, err := loadTx(tx, number)
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
		return strangersTx(tx, &r)
	})
	if err != nil {
		return Report{}, fmt.Errorf("verify the audit log: %w", err)
	}
	return r, nil
}

type seal struct {
	Number         int64
	EventIDs       []int64
	Previous, Hash []byte
}

func loadTx(tx database.Tx, number int64) (seal, error) {
	var s seal
	rows, err := tx.Raw(`SELECT number, previous, hash, unnest(event_ids) FROM audit_seals WHERE number = ?`, number).Rows()
	if err != nil {
		return s, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&s.Number, &s.Previous, &s.Hash, &id); err != nil {
			return s, err
		}
		s.EventIDs = append(s.EventIDs, id)
	}
	return s, rows.Err()
}

// strangers finds seals beyond a gap and events that no seal covers.
func strangersTx(tx database.Tx, r *Report) error {
	var seals, events int64
	err := database.Rows(tx.Statement.Context, tx, func(row database.Scanner) error {
		return row.Scan(&seals, &events, &r.Unsealed)
	}, `SELECT (SELECT count(*) FROM audit_seals), (SELECT count(*) FROM audit_events), (SELECT count(*) FROM audit_unsealed)`)
	if err != nil {
		return err
	}
	if seals != r.Seals {
		r.Faults = append(r.Faults, fmt.Sprintf("%d seals follow a gap after seal %d", seals-r.Seals, r.Seals))
	}
	if stray := events - r.Events - r.Unsealed; stray != 0 {
		r.Faults = append(r.Faults, fmt.Sprintf("%d events are neither sealed nor waiting", stray))
	}
	return nil
}
