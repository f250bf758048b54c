package records

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// export is one file of records of type T.
type export[T any] struct {
	subject string // of its audit events
	format  Format
	about   map[string]any // what the file and its audit event say of it
	columns []column[T]
	each    func(tx database.Tx, visit func(T) error) error // every record, in order
}

// begin checks the request and audits that it is about to be answered.
func (s *Service) begin(ctx context.Context, actor people.Actor, subject string, f Format, check func(database.Tx) (map[string]any, error)) error {
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		data, err := check(tx)
		if err != nil {
			return err
		}
		delete(data, "rows")
		data["format"] = f
		return audit.RecordTx(ctx, tx, audit.Event{
			At: s.now(), ActorID: actor.PersonID, Action: "records.export_begun", Subject: subject, Data: data,
		})
	})
}

// writeExport writes the file from one state of the database, audits that it is
// complete, with its number of rows and the SHA-256 of its bytes, and returns the
// number.
func writeExport[T any](ctx context.Context, s *Service, actor people.Actor, e export[T], w io.Writer) (int, error) {
	rows, sum := 0, sha256.New()
	err := s.db.Snapshot(ctx, func(tx database.Tx) error {
		out := bufio.NewWriterSize(io.MultiWriter(w, sum), 64<<10)
		keys, headings, cells := make([]string, len(e.columns)), make([]string, len(e.columns)), make([]any, len(e.columns))
		for i, c := range e.columns {
			keys[i], headings[i] = c.key, c.heading(actor.Locale)
		}
		t, err := newTable(e.format, out, e.about, keys, headings)
		if err != nil {
			return err
		}
		err = e.each(tx, func(record T) error {
			rows++
			for i, c := range e.columns {
				cells[i] = c.cell(record)
			}
			return t.row(cells)
		})
		if err != nil {
			return err
		}
		if err := t.close(rows); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{
			At: s.now(), ActorID: actor.PersonID, Action: "records.export", Subject: e.subject,
			Data: map[string]any{"format": e.format, "about": e.about, "rows": rows, "sha256": hex.EncodeToString(sum.Sum(nil))},
		})
	})
	if err != nil {
		return 0, fmt.Errorf("export %s: %w", e.subject, err)
	}
	return rows, nil
}

// check is Invalid for an unknown format.
func (f Format) check() error {
	switch f {
	case CSV, JSON, XLSX:
		return nil
	}
	var faults errs.Faults
	faults.Add(errs.Place{Field: "format"}, "records.unknown_format", errs.Args{"value": f})
	return faults.Err("records.bad_request")
}
