package records

import (
	"context"
	"fmt"
	"strings"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
)

// place is the unit of the person p, if it is within reach, with the first instant that
// no longer counts there, and the local date on which validity is judged. It is looked up
// person by person, so that the order of the people stays.
func (q checkedQuery) place() string {
	before, day := `CAST(@instant AS timestamptz) + interval '1 microsecond'`, `day_in(CAST(@instant AS timestamptz), zone)`
	if q.AsOf != "" {
		before, day = `midnight(CAST(@day AS date) + 1, zone)`, `CAST(@day AS date)`
	}
	return `(SELECT code, zone, ` + picked("names", q.actor.Locale) + ` AS name, ` + before + ` AS before, ` + day + ` AS day
		FROM units WHERE id = p.unit_id AND path LIKE ANY (@reach) OFFSET 0) u`
}

// revisions are those of the courses asked for, with their titles; newest marks the
// one whose title a record without a completion shows.
func (q checkedQuery) revisions() string {
	return `revisions AS MATERIALIZED (
		SELECT r.id, r.course_id, r.number, c.slug, ` + picked("r.titles", q.actor.Locale) + ` AS title,
			r.number = max(r.number) OVER (PARTITION BY r.course_id) AS newest
		FROM course_revisions r JOIN courses c ON c.id = r.course_id` + q.only(` WHERE c.slug = @course`) + `)`
}

// only is the condition when the query names a course.
func (q checkedQuery) only(condition string) string {
	if q.Course == "" {
		return ""
	}
	return condition
}

// people are those whose records the query asks for, in the order of the list, and where they are.
// The fence, OFFSET 0, keeps the planner to an order that an index has: what it
// thinks of how many records have a state is a guess, and with a wrong one it reads all
// records of everybody and sorts them.
func (q checkedQuery) people() string {
	where := []string{"true"}
	if q.Search != "" {
		where = append(where, people.Sought("p"))
	}
	if q.after != nil {
		where = append(where, `p.employee_no >= @after`)
	}
	if few := q.few(); few != "" {
		where = append(where, `p.id IN (`+few+`)`)
	}
	if q.UnitCode != "" {
		where = append(where, `p.unit_id IN (SELECT id FROM units WHERE path LIKE `+people.BelowUnit+`)`)
	}
	return `(SELECT p.id, p.employee_no, p.name, p.status, p.position, p.unit_id FROM people p
		WHERE ` + strings.Join(where, " AND ") + ` ORDER BY p.employee_no OFFSET 0) p CROSS JOIN LATERAL ` + q.place()
}

// few are the people among whom those with such a record are, when an index knows them
// and the page might else be sought among everybody: those who were assigned the course,
// or whose certificate was revoked, or, of a course, has ended anywhere.
func (q checkedQuery) few() string {
	const ofCourse = `certification_id = (SELECT n.id FROM certifications n JOIN courses c ON c.id = n.course_id WHERE c.slug = @course)`
	switch {
	case q.State == Revoked:
		return `SELECT k.person_id FROM certificate_revocations v JOIN certificates k ON k.id = v.certificate_id` + q.only(` WHERE k.`+ofCourse)
	case q.Course != "" && q.State == Expired:
		return `SELECT person_id FROM certificates WHERE ` + ofCourse + ` AND valid_until < coalesce(CAST(nullif(@day, '') AS date), CAST(@instant AS timestamptz)::date + 2)`
	case q.Course != "":
		return `SELECT person_id FROM assignments WHERE course_id = (SELECT id FROM courses WHERE slug = @course)`
	}
	return ""
}

// records are the records of the person p, one row per assignment, in their order: the
// tables that decide which there are. extra is further joins, which add columns and
// neither add nor remove a row. What belongs to a person stands together in an index and
// is read once for all of their records: the fences keep the planner from looking it up
// record by record.
func (q checkedQuery) records(columns, extra string) string {
	where := []string{`a.person_id = p.id`, `a.assigned_at < u.before`}
	if q.after != nil {
		where = append(where, `(p.employee_no, a.id) > (@after, @last)`)
	}
	if q.State != "" {
		where = append(where, stateOn(`u.day`)+` = @state`)
	}
	return `(SELECT ` + columns + `
		FROM assignments a
		LEFT JOIN (SELECT id, assignment_id, completed_at, unit_id, revision_id FROM completions WHERE person_id = p.id OFFSET 0) d
			ON d.assignment_id = a.id AND d.completed_at < ` + q.beforeThere() + `
		LEFT JOIN (SELECT id, completion_id, serial, issued_at, issued_on, valid_until FROM certificates WHERE person_id = p.id OFFSET 0) k
			ON k.completion_id = d.id AND k.issued_at < ` + q.beforeThere() + `
		LEFT JOIN certificate_revocations v ON v.certificate_id = k.id AND v.revoked_at < u.before` + extra + `
		WHERE ` + strings.Join(where, " AND ") + q.only(` AND a.course_id = (SELECT id FROM courses WHERE slug = @course)`) + ` ORDER BY a.id OFFSET 0) c`
}

// beforeThere is the first instant that no longer counts for the completion d: that of
// the unit in which it was made, whose zone gave completion and certificate their date,
// wherever the person works now.
func (q checkedQuery) beforeThere() string {
	if q.AsOf == "" {
		return `u.before`
	}
	return `CASE WHEN d.unit_id = p.unit_id THEN u.before ELSE (SELECT midnight(CAST(@day AS date) + 1, zone) FROM units WHERE id = d.unit_id) END`
}

// there is a column of the unit in which the completion d was made, which for most is
// that of the person now.
func there(column string) string {
	return `CASE WHEN d.unit_id = p.unit_id THEN u.` + column + ` ELSE (SELECT ` + column + ` FROM units WHERE id = d.unit_id) END`
}

// stateOn is the State of a record on a day, that of the person's place.
func stateOn(day string) string {
	return `CASE WHEN k.id IS NULL THEN 'none' WHEN v.certificate_id IS NOT NULL THEN 'revoked'
	WHEN k.valid_until < ` + day + ` THEN 'expired' ELSE 'valid' END`
}

// certificationFields are the columns of the query, each with where its value goes.
var certificationFields = []struct {
	sql  string
	into func(*Certification) any
}{
	{`a.id`, func(c *Certification) any { return &c.AssignmentID }},
	{`p.employee_no`, func(c *Certification) any { return &c.EmployeeNo }},
	{`p.name`, func(c *Certification) any { return &c.Name }},
	{`p.status`, func(c *Certification) any { return &c.Status }},
	{`u.code`, func(c *Certification) any { return &c.UnitCode }},
	{`u.name`, func(c *Certification) any { return &c.UnitName }},
	{`p.position`, func(c *Certification) any { return &c.Position }},
	{`coalesce(r.slug, n.slug)`, func(c *Certification) any { return &c.CourseSlug }},
	{`coalesce(r.title, n.title)`, func(c *Certification) any { return &c.CourseTitle }},
	{`r.number`, func(c *Certification) any { return &c.Revision }},
	{`a.cycle`, func(c *Certification) any { return &c.Cycle }},
	{`day_in(a.assigned_at, u.zone)::text`, func(c *Certification) any { return &c.AssignedOn }},
	{`coalesce(a.due_on::text, '')`, func(c *Certification) any { return &c.DueOn }},
	{`d.completed_at`, func(c *Certification) any { return &c.CompletedAt }},
	{`coalesce(day_in(d.completed_at, ` + there("zone") + `)::text, '')`, func(c *Certification) any { return &c.CompletedOn }},
	{`coalesce(` + there("code") + `, '')`, func(c *Certification) any { return &c.CompletedIn }},
	{`coalesce(k.serial, '')`, func(c *Certification) any { return &c.Serial }},
	{`coalesce(k.issued_on::text, '')`, func(c *Certification) any { return &c.IssuedOn }},
	{`coalesce(k.valid_until::text, '')`, func(c *Certification) any { return &c.ValidUntil }},
	{`coalesce(day_in(v.revoked_at, u.zone)::text, '')`, func(c *Certification) any { return &c.RevokedOn }},
	{stateOn(`u.day`), func(c *Certification) any { return &c.State }},
	{`b.earned`, func(c *Certification) any { return &c.Earned }},
	{`b.possible`, func(c *Certification) any { return &c.Possible }},
}

// sql lists the records in their order.
func (q checkedQuery) sql() string {
	columns, names := make([]string, len(certificationFields)), make([]string, len(certificationFields))
	for i, f := range certificationFields {
		names[i] = fmt.Sprintf("c.f%d", i)
		columns[i] = f.sql + fmt.Sprintf(" AS f%d", i)
	}
	return `WITH ` + q.revisions() + `
		SELECT ` + strings.Join(names, ", ") + `
		FROM ` + q.people() + ` CROSS JOIN LATERAL ` + q.records(strings.Join(columns, ", "), `
		LEFT JOIN revisions r ON r.id = d.revision_id
		JOIN revisions n ON n.course_id = a.course_id AND n.newest
		LEFT JOIN (
			SELECT DISTINCT ON (t.assignment_id) t.assignment_id, coalesce(g.earned, s.earned) AS earned, coalesce(g.possible, s.possible) AS possible
			FROM attempts t JOIN submissions s ON s.attempt_id = t.id
			LEFT JOIN LATERAL (
				SELECT earned, possible FROM regrades g WHERE g.attempt_id = t.id AND g.graded_at < u.before ORDER BY number DESC LIMIT 1) g ON true
			WHERE t.person_id = p.id AND NOT t.practice AND s.submitted_at < u.before
			ORDER BY t.assignment_id, coalesce(g.earned, s.earned)::numeric / nullif(coalesce(g.possible, s.possible), 0) DESC NULLS LAST, s.submitted_at
		) b ON b.assignment_id = a.id`) + `
		ORDER BY p.employee_no, c.f0`
}

// countSQL counts the records that sql lists, without the joins that only add columns.
func (q checkedQuery) countSQL() string {
	return `SELECT count(*) FROM ` + q.people() + ` CROSS JOIN LATERAL ` + q.records("a.id", "")
}

func (q checkedQuery) args() map[string]any {
	args := map[string]any{
		"reach": q.actor.Over(reporters...).Patterns(),
		"unit":  q.UnitCode, "course": q.Course, "state": string(q.State), "search": database.LikeLiteral(q.Search), "sought": q.Search,
		"day": q.AsOf, "instant": q.AsOfInstant, "limit": q.Limit + 1,
	}
	if q.after != nil {
		args["after"], args["last"] = q.after.employeeNo, q.after.assignmentID
	}
	return args
}

func readCertificationsTx(ctx context.Context, tx database.Tx, q checkedQuery) ([]Certification, error) {
	list := make([]Certification, 0, q.Limit+1)
	err := eachCertificationTx(ctx, tx, q, q.sql()+` LIMIT @limit`, func(c *Certification) error {
		list = append(list, *c)
		return nil
	})
	return list, err
}

// eachCertificationTx visits the records as they arrive; visit must not keep the
// record, which is overwritten by the next.
func eachCertificationTx(ctx context.Context, tx database.Tx, q checkedQuery, sql string, visit func(*Certification) error) error {
	var c Certification
	into := make([]any, len(certificationFields))
	for i, f := range certificationFields {
		into[i] = f.into(&c)
	}
	err := database.Rows(database.PlanAnew(ctx), tx, func(row database.Scanner) error {
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

func countCertificationsTx(ctx context.Context, tx database.Tx, q checkedQuery) (int, error) {
	var n int
	if err := tx.WithContext(database.PlanAnew(ctx)).Raw(q.countSQL(), q.args()).Scan(&n).Error; err != nil {
		return 0, fmt.Errorf("count certification records as of %s: %w", q.asOf, err)
	}
	return n, nil
}

// picked is SQL for the text of a jsonb of texts that i18n.Texts.Pick would pick. The
// export asks once per unit and per revision, instead of decoding two texts per record.
func picked(column string, want i18n.Locale) string {
	order := i18n.Preference(want)
	parts := make([]string, len(order))
	for i, l := range order {
		parts[i] = fmt.Sprintf(`nullif(%s ->> '%s', '')`, column, l)
	}
	return `coalesce(` + strings.Join(parts, `, `) + `, '')`
}
