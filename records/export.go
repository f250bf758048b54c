package records

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/people"
)

// ExportCertifications writes every record of the query, whatever its page, and
// returns how many. Forbidden without the HR or Auditor role; NotFound for a unit
// that is not reached; Invalid for a bad query or an unknown format; none of these
// comes after the first byte. Two events are audited: that the
// export began, before anything leaves, and that it ended, with its rows and the
// SHA-256 of its bytes.
func (s *Service) ExportCertifications(ctx context.Context, actor people.Actor, q CertQuery, f Format, w io.Writer) (int, error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	q.After, q.Limit = "", 0
	subject := "records:certifications"
	var checked search
	err := s.begin(ctx, actor, subject, f, func(tx database.Tx) (about map[string]any, err error) {
		checked, err = s.prepareTx(ctx, tx, actor, q)
		return checked.audited(0), err
	})
	if err != nil {
		return 0, err
	}
	columns := certificationColumns(actor.Locale, f)
	about := map[string]any{"as_of": checked.asOf, "unit": q.UnitCode, "course": q.Course, "state": q.State, "search": q.Search}
	return s.stream(ctx, actor, subject, f, w, about, names(columns), func(tx database.Tx, add func([]any) error) error {
		cells, rows := make([]any, len(columns)), 0
		err := eachCertificationTx(ctx, tx, checked, checked.sql(), func(c *Certification) error {
			rows++
			for i, column := range columns {
				cells[i] = column.of(c)
			}
			return add(cells)
		})
		if err != nil {
			return err
		}
		expected, err := countCertificationsTx(ctx, tx, checked)
		if err == nil && expected != rows {
			err = fmt.Errorf("the export holds %d records, the query has %d", rows, expected)
		}
		return err
	})
}

// begin checks the request and audits that it is about to be answered.
func (s *Service) begin(ctx context.Context, actor people.Actor, subject string, f Format, prepare func(database.Tx) (map[string]any, error)) error {
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		data, err := prepare(tx)
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

// stream writes a table whose rows fill adds, all of one moment, and audits
// that it is complete.
func (s *Service) stream(ctx context.Context, actor people.Actor, subject string, f Format, w io.Writer,
	about map[string]any, keys []string, fill func(tx database.Tx, add func([]any) error) error) (int, error) {
	rows, sum := 0, sha256.New()
	err := s.db.Snapshot(ctx, func(tx database.Tx) error {
		out := bufio.NewWriterSize(io.MultiWriter(w, sum), 64<<10)
		t, err := newTable(f, out, about, keys, headings(actor.Locale, keys))
		if err != nil {
			return err
		}
		err = fill(tx, func(cells []any) error {
			rows++
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
			At: s.now(), ActorID: actor.PersonID, Action: "records.export", Subject: subject,
			Data: map[string]any{"format": f, "about": about, "rows": rows, "sha256": hex.EncodeToString(sum.Sum(nil))},
		})
	})
	if err != nil {
		return 0, fmt.Errorf("export %s: %w", subject, err)
	}
	return rows, nil
}

func (f Format) check() error {
	switch f {
	case CSV, JSON, XLSX:
		return nil
	}
	var faults errs.Faults
	faults.Add(errs.Place{Field: "format"}, "records.unknown_format", errs.Args{"value": f})
	return faults.Err("records.bad_request")
}

// column is a cell of a certification record.
type column struct {
	key string
	of  func(*Certification) any
}

func names(columns []column) []string {
	keys := make([]string, len(columns))
	for i, c := range columns {
		keys[i] = c.key
	}
	return keys
}

func headings(l i18n.Locale, keys []string) []string {
	texts := make([]string, len(keys))
	for i, k := range keys {
		texts[i] = i18n.Text(l, "records.column_"+k, nil)
	}
	return texts
}

// certificationColumns are the cells in their order. People read the state in
// their own language; programs, which take JSON, get the word of the API.
func certificationColumns(l i18n.Locale, f Format) []column {
	word := make(map[State]string, len(States))
	for _, s := range States {
		if word[s] = string(s); f != JSON {
			word[s] = i18n.Text(l, "records.state_"+string(s), nil)
		}
	}
	return []column{
		{"employee_no", func(c *Certification) any { return c.EmployeeNo }},
		{"name", func(c *Certification) any { return c.Name }},
		{"unit", func(c *Certification) any { return c.UnitCode }},
		{"unit_name", func(c *Certification) any { return c.UnitName }},
		{"position", func(c *Certification) any { return c.Position }},
		{"course", func(c *Certification) any { return c.CourseSlug }},
		{"course_title", func(c *Certification) any { return c.CourseTitle }},
		{"revision", func(c *Certification) any { return whole(c.Revision) }},
		{"cycle", func(c *Certification) any { return c.Cycle }},
		{"assigned_on", func(c *Certification) any { return c.AssignedOn }},
		{"due_on", func(c *Certification) any { return text(c.DueOn) }},
		{"completed_on", func(c *Certification) any { return text(c.CompletedOn) }},
		{"completed_at", func(c *Certification) any {
			if c.CompletedAt == nil {
				return nil
			}
			return *c.CompletedAt
		}},
		{"completed_in", func(c *Certification) any { return text(c.CompletedIn) }},
		{"serial", func(c *Certification) any { return text(c.Serial) }},
		{"issued_on", func(c *Certification) any { return text(c.IssuedOn) }},
		{"valid_until", func(c *Certification) any { return text(c.ValidUntil) }},
		{"revoked_on", func(c *Certification) any { return text(c.RevokedOn) }},
		{"state", func(c *Certification) any { return word[c.State] }},
		{"earned", func(c *Certification) any { return points(c.Earned) }},
		{"possible", func(c *Certification) any { return points(c.Possible) }},
	}
}

// text is the cell of a text that may be missing.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// whole is the cell of a number that may be missing.
func whole(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}

// points is the cell of points that may be missing, exactly: 3.9.
func points(p *items.Points) any {
	if p == nil {
		return nil
	}
	return json.Number(p.String())
}
