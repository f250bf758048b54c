package records

import (
	"context"
	"fmt"
	"strings"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// places are the units of the search with the first instant that is no longer
// known there, and the local date that validity is judged by: computed once per
// unit, not once per record.
func (q search) places() string {
	before, day := `CAST(@instant AS timestamptz) + interval '1 microsecond'`, `(CAST(@instant AS timestamptz) AT TIME ZONE zone)::date`
	if q.AsOf != "" {
		before, day = `CAST(CAST(@day AS date) + 1 AS timestamp) AT TIME ZONE zone`, `CAST(@day AS date)`
	}
	where := `path LIKE ANY (@reach)`
	if q.UnitCode != "" {
		where += ` AND path LIKE (SELECT path || '%' FROM units WHERE code = @unit)`
	}
	return `places AS MATERIALIZED (
		SELECT id, code, zone, ` + picked("names", q.actor.Locale) + ` AS name, ` + before + ` AS before, ` + day + ` AS day
		FROM units WHERE ` + where + `)`
}

// revisions are those of the courses asked for, with their titles; newest marks
// the one that names a course nobody completed yet.
func (q search) revisions() string {
	return `revisions AS MATERIALIZED (
		SELECT r.id, r.course_id, r.number, c.slug, ` + picked("r.titles", q.actor.Locale) + ` AS title,
			r.number = max(r.number) OVER (PARTITION BY r.course_id) AS newest
		FROM course_revisions r JOIN courses c ON c.id = r.course_id` + q.only(` WHERE c.slug = @course`) + `)`
}

func (q search) only(condition string) string {
	if q.Course == "" {
		return ""
	}
	return condition
}

// base joins what decides which records there are: one row per assignment.
// extra is further joins, for what only adorns a record.
func (q search) base(extra string) string {
	where := []string{`a.assigned_at < u.before`}
	if q.Search != "" {
		where = append(where, `(p.name LIKE '%' || @search || '%' OR p.employee_no LIKE @search || '%')`)
	}
	if q.after > 0 {
		// The first condition is weaker than the second, and an index can serve it.
		last := `FROM assignments a JOIN people p ON p.id = a.person_id WHERE a.id = @after)`
		where = append(where, `p.employee_no >= (SELECT p.employee_no `+last, `(p.employee_no, a.id) > (SELECT p.employee_no, a.id `+last)
	}
	if q.State != "" {
		where = append(where, stateOf+` = @state`, found[q.State])
	}
	return `
		FROM people p
		JOIN places u ON u.id = p.unit_id
		JOIN assignments a ON a.person_id = p.id` + q.only(` AND a.course_id = (SELECT id FROM courses WHERE slug = @course)`) + `
		LEFT JOIN completions d ON d.assignment_id = a.id AND d.completed_at < u.before
		LEFT JOIN certificates k ON k.completion_id = d.id AND k.issued_at < u.before
		LEFT JOIN certificate_revocations v ON v.certificate_id = k.id AND v.revoked_at < u.before` + extra + `
		WHERE ` + strings.Join(where, " AND ")
}

// found is a weaker condition than stateOf that an index can serve; it must never
// exclude a matching row.
var found = map[State]string{
	Valid:   `k.id IS NOT NULL AND v.certificate_id IS NULL`,
	Expired: `k.valid_until < CAST(@latest AS date)`,
	Revoked: `v.certificate_id IS NOT NULL`,
	None:    `k.id IS NULL`,
}

const stateOf = `CASE WHEN k.id IS NULL THEN 'none' WHEN v.certificate_id IS NOT NULL THEN 'revoked'
	WHEN k.valid_until < u.day THEN 'expired' ELSE 'valid' END`

// sql lists the records in their order.
func (q search) sql() string {
	return `WITH ` + q.places() + `, ` + q.revisions() + `
		SELECT a.id AS assignment_id, p.employee_no, p.name, p.status, u.code AS unit_code, u.name AS unit_name, p.position,
			coalesce(r.slug, n.slug) AS course_slug, coalesce(r.title, n.title) AS course_title, r.number AS revision, a.cycle,
			(a.assigned_at AT TIME ZONE u.zone)::date::text AS assigned_on, coalesce(a.due_on::text, '') AS due_on,
			d.completed_at, coalesce((d.completed_at AT TIME ZONE u.zone)::date::text, '') AS completed_on,
			coalesce(w.code, '') AS completed_in,
			coalesce(k.serial, '') AS serial, coalesce(k.issued_on::text, '') AS issued_on,
			coalesce(k.valid_until::text, '') AS valid_until,
			coalesce((v.revoked_at AT TIME ZONE u.zone)::date::text, '') AS revoked_on,
			` + stateOf + ` AS state, b.earned, b.possible` +
		q.base(`
		LEFT JOIN units w ON w.id = d.unit_id
		LEFT JOIN revisions r ON r.id = d.revision_id
		JOIN revisions n ON n.course_id = a.course_id AND n.newest
		LEFT JOIN LATERAL (
			SELECT coalesce(g.earned, s.earned) AS earned, coalesce(g.possible, s.possible) AS possible
			FROM attempts t JOIN submissions s ON s.attempt_id = t.id
			LEFT JOIN LATERAL (
				SELECT earned, possible FROM regrades g WHERE g.attempt_id = t.id AND g.graded_at < u.before ORDER BY number DESC LIMIT 1) g ON true
			WHERE t.assignment_id = a.id AND s.submitted_at < u.before
			ORDER BY coalesce(g.earned, s.earned)::numeric / nullif(coalesce(g.possible, s.possible), 0) DESC NULLS LAST, s.submitted_at LIMIT 1) b ON true`) + `
		ORDER BY p.employee_no, a.id`
}

// counted is how many records sql must give, found without what only adorns them.
func (q search) counted() string {
	return `WITH ` + q.places() + ` SELECT count(*)` + q.base("")
}

func (q search) args() map[string]any {
	latest := q.AsOf
	if latest == "" {
		latest = q.AsOfInstant.UTC().Add(14 * time.Hour).Format(time.DateOnly) // as far as any zone has come
	}
	return map[string]any{
		"reach": database.Array[string](q.actor.Patterns(people.HR, people.Auditor)),
		"unit":  q.UnitCode, "course": q.Course, "state": string(q.State), "search": database.LikeLiteral(q.Search),
		"after": q.after, "day": q.AsOf, "latest": latest, "instant": q.AsOfInstant, "limit": q.Limit + 1,
	}
}

func readCertificationsTx(ctx context.Context, tx database.Tx, q search) ([]Certification, error) {
	list := make([]Certification, 0, q.Limit+1)
	err := eachCertificationTx(ctx, tx, q, q.sql()+` LIMIT @limit`, func(c *Certification) error {
		list = append(list, *c)
		return nil
	})
	return list, err
}

// eachCertification visits the rows as they arrive; the record is only good
// until visit returns.
func eachCertificationTx(ctx context.Context, tx database.Tx, q search, sql string, visit func(*Certification) error) error {
	var c Certification
	into := []any{
		&c.AssignmentID, &c.EmployeeNo, &c.Name, &c.Status, &c.UnitCode, &c.UnitName, &c.Position,
		&c.CourseSlug, &c.CourseTitle, &c.Revision, &c.Cycle, &c.AssignedOn, &c.DueOn,
		&c.CompletedAt, &c.CompletedOn, &c.CompletedIn, &c.Serial, &c.IssuedOn, &c.ValidUntil, &c.RevokedOn,
		&c.State, &c.Earned, &c.Possible,
	}
	err := database.Rows(ctx, tx, func(row database.Scanner) error {
		if err := row.Scan(into...); err != nil {
			return err
		}
		return visit(&c)
	}, sql, q.args())
	if err != nil {
		return fmt.Errorf("certification records as of %s: %w", q.asOf, err)
	}
	return nil
}

func countCertificationsTx(ctx context.Context, tx database.Tx, q search) (int, error) {
	var n int
	if err := tx.WithContext(ctx).Raw(q.counted(), q.args()).Scan(&n).Error; err != nil {
		return 0, fmt.Errorf("count certification records as of %s: %w", q.asOf, err)
	}
	return n, nil
}

// picked is SQL for the text of a jsonb of texts in the locale or the nearest
// there is, in the order of i18n.Texts.Pick.
func picked(column string, want i18n.Locale) string {
	order := []i18n.Locale{i18n.Hans, i18n.Hant, i18n.English}
	switch want {
	case i18n.Hant:
		order = []i18n.Locale{i18n.Hant, i18n.Hans, i18n.English}
	case i18n.English:
		order = []i18n.Locale{i18n.English, i18n.Hans, i18n.Hant}
	}
	parts := make([]string, len(order))
	for i, l := range order {
		parts[i] = fmt.Sprintf(`nullif(%s ->> '%s', '')`, column, l)
	}
	return `coalesce(` + strings.Join(parts, `, `) + `, '')`
}

// reached is the path of a unit, which it refuses as not found when the actor
// holds none of the roles over it.
func reachedTx(ctx context.Context, tx database.Tx, actor people.Actor, code string, roles ...people.Role) (path string, err error) {
	if err := tx.WithContext(ctx).Raw(`SELECT path FROM units WHERE code = ?`, code).Scan(&path).Error; err != nil {
		return "", fmt.Errorf("find unit %s: %w", code, err)
	}
	if path == "" || !actor.Covers(path, roles...) {
		return "", errs.New(errs.NotFound, "people.unit_not_found", errs.Args{"code": code})
	}
	return path, nil
}
