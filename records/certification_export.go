package records

import (
	"context"
	"fmt"
	"io"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
)

// ExportCertifications writes every record of the query, whatever its page, and
// returns how many. Two events are audited: before anything is written, that the
// export began; at its end, that it is complete, with its rows and the SHA-256 of its
// bytes. Forbidden without the HR or Auditor role; NotFound for a unit that is not
// reached; Invalid for a bad query or an unknown format. After the first byte there is
// no refusal.
func (s *Service) ExportCertifications(ctx context.Context, actor people.Actor, q CertificationQuery, f Format, w io.Writer) (int, error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	q.After, q.Limit = "", 0
	const subject = "records:certifications"
	var checked checkedQuery
	err := s.begin(ctx, actor, subject, f, func(tx database.Tx) (data map[string]any, err error) {
		checked, err = s.checkTx(ctx, tx, actor, q)
		return checked.audited(0), err
	})
	if err != nil {
		return 0, err
	}
	return writeExport(ctx, s, actor, export[*Certification]{
		subject: subject, format: f, columns: certificationColumns(actor.Locale, f),
		about: map[string]any{"as_of": checked.asOf, "unit": q.UnitCode, "course": q.Course, "state": q.State, "search": q.Search},
		each: func(tx database.Tx, visit func(*Certification) error) error {
			rows := 0
			err := eachCertificationTx(ctx, tx, checked, checked.sql(), func(c *Certification) error {
				rows++
				return visit(c)
			})
			if err != nil {
				return err
			}
			expected, err := countCertificationsTx(ctx, tx, checked)
			if err == nil && expected != rows {
				err = fmt.Errorf("the export holds %d records, the query has %d", rows, expected)
			}
			return err
		},
	}, w)
}

// certificationColumns are the columns of the export. People read the state in their
// own language; programs, which take JSON, get the API's word for it.
func certificationColumns(l i18n.Locale, f Format) []column[*Certification] {
	word := make(map[State]string, len(States))
	for _, s := range States {
		if word[s] = string(s); f != JSON {
			word[s] = i18n.Text(l, "records.state_"+string(s), nil)
		}
	}
	return []column[*Certification]{
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
		{"completed_at", func(c *Certification) any { return instant(c.CompletedAt) }},
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
