package records

import (
	"context"

	"anwen/internal/database"
)

// A record and the event that tells of it are joined whole: an event without its record
// is one that was removed, a record without its event one that was put in.
const (
	removed = `'the audit log tells of it, and it is not there'`
	putIn   = `'it is there, and the audit log does not tell of it'`
	altered = `'it is not what the audit log tells'`
)

// otherInstant is the condition that a record was not made when its event t tells. Both
// have one instant; in databases of earlier releases the event's is a moment later, when
// the same transaction asked for the time again.
func otherInstant(made string) string { return made + ` NOT BETWEEN t.at - interval '5 s' AND t.at` }

func countEvidenceTx(ctx context.Context, tx database.Tx, query string, checked *int64) error {
	return tx.WithContext(ctx).Raw(query).Row().Scan(checked)
}

// eachDifferenceTx gives every difference that the query finds to visit.
func eachDifferenceTx(ctx context.Context, tx database.Tx, query string, visit func(subject, what string)) error {
	return database.Rows(ctx, tx, func(row database.Scanner) error {
		var subject, what string
		if err := row.Scan(&subject, &what); err != nil {
			return err
		}
		visit(subject, what)
		return nil
	}, query)
}

const countCourseFiles = `SELECT (SELECT count(*) FROM blobs) + (SELECT count(*) FROM course_revisions)`

var courseFileDifferences = []string{
	`SELECT 'file ' || encode(sha256, 'hex'), 'its bytes do not have its hash' FROM blobs WHERE sha256(bytes) <> sha256`,
	`SELECT 'file ' || f.name || ' of course revision ' || f.revision_id, 'its bytes are not there' FROM course_files f
		WHERE NOT EXISTS (SELECT FROM blobs b WHERE b.sha256 = f.sha256) OR NOT EXISTS (SELECT FROM course_revisions r WHERE r.id = f.revision_id)`,
	`WITH told AS (SELECT subject, (data->>'revision')::integer AS number, data->>'sha256' AS sha256, at FROM audit_events WHERE action = 'courses.publish'),
	stored AS (SELECT 'course:' || k.slug AS subject, r.number, encode(r.sha256, 'hex') AS sha256, r.published_at AS at FROM course_revisions r JOIN courses k ON k.id = r.course_id)
	SELECT coalesce(s.subject, t.subject) || ' revision ' || coalesce(s.number, t.number), CASE WHEN s.subject IS NULL THEN ` + removed + ` WHEN t.subject IS NULL THEN ` + putIn + ` ELSE ` + altered + ` END
	FROM stored s FULL JOIN told t ON t.subject = s.subject AND t.number = s.number
	WHERE s.subject IS NULL OR t.subject IS NULL OR s.sha256 <> t.sha256
	ORDER BY 1`,
}

const countNamings = `SELECT (SELECT count(*) FROM responsible_persons) + (SELECT count(*) FROM satisfaction_answers)`

var complaintDifferences = []string{
	`SELECT 'complaint ' || coalesce(n.complaint_id, w.complaint_id), 'who is responsible is not who was named last'
	FROM (SELECT DISTINCT ON (complaint_id) complaint_id, person_id FROM responsible_persons ORDER BY complaint_id, id DESC) n
	FULL JOIN responsible_now w ON w.complaint_id = n.complaint_id WHERE n.person_id IS DISTINCT FROM w.person_id ORDER BY coalesce(n.complaint_id, w.complaint_id)`,
	`SELECT 'complaint ' || coalesce(n.complaint_id, w.complaint_id), 'the satisfaction is not what was answered last'
	FROM (SELECT DISTINCT ON (complaint_id) complaint_id, score, answered_on FROM satisfaction_answers ORDER BY complaint_id, id DESC) n
	FULL JOIN satisfaction_now w ON w.complaint_id = n.complaint_id WHERE (n.score, n.answered_on) IS DISTINCT FROM (w.score, w.answered_on)
	ORDER BY coalesce(n.complaint_id, w.complaint_id)`,
	`WITH told AS (SELECT subject, data->>'employee_no' AS employee_no, at FROM audit_events WHERE action = 'complaints.name_responsible')
	SELECT t.subject, 'the audit log tells that ' || t.employee_no || ' was named, and nobody was then' FROM told t
	WHERE NOT EXISTS (SELECT FROM responsible_persons p JOIN complaints c ON c.id = p.complaint_id JOIN people n ON n.id = p.person_id
		WHERE 'complaint:' || c.reference = t.subject AND n.employee_no = t.employee_no AND NOT (` + otherInstant("p.named_at") + `)) ORDER BY t.at`,
}
