package records

import (
	"context"

	"anwen/internal/database"
)

// findEvents reads events whose ids are below the given one, the newest first.
func findEvents(ctx context.Context, db database.Conn, q AuditQuery, before int64, limit int) (list []AuditEvent, err error) {
	err = db.WithContext(database.PlanAnew(ctx)).Raw(`WITH page AS (`+q.page()+`)
		SELECT e.id, e.at, coalesce(p.name, '') AS actor, coalesce(p.employee_no, '') AS employee_no, e.action, e.subject,
		       convert_to(e.data::text, 'UTF8') AS data, e.request_id, w.event_id IS NULL AS sealed
		FROM page JOIN audit_events e ON e.id = page.id LEFT JOIN people p ON p.id = e.actor_id LEFT JOIN audit_unsealed w ON w.event_id = e.id
		ORDER BY e.id DESC`,
		map[string]any{"before": before, "action": q.Action, "subject": q.Subject, "limit": limit}).Scan(&list).Error
	return list, err
}

// quizOfEvent is the quiz of which an event e tells that it was corrected or regraded.
const quizOfEvent = `CASE e.action WHEN 'quizzes.correct' THEN CAST(substr(e.subject, length('quiz:') + 1) AS bigint)
	WHEN 'quizzes.regrade' THEN (SELECT r.quiz_id FROM attempts t JOIN quiz_revisions r ON r.id = t.revision_id WHERE t.id = CAST(substr(e.subject, length('attempt:') + 1) AS bigint)) END`

// withoutKeys are those of the events that are of the closed quizzes, without what may
// tell their keys.
func withoutKeys(ctx context.Context, conn database.Conn, events, closed database.Array[int64]) (list []AuditEvent, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT e.id, convert_to((e.data - 'note' - 'grades' || '{"withheld": true}')::text, 'UTF8') AS data
		FROM audit_events e WHERE e.id = ANY (@events) AND `+quizOfEvent+` = ANY (@closed)`, map[string]any{"events": events, "closed": closed}).Scan(&list).Error
	return list, err
}

// page is SQL for the ids of the events. Of a subject they are in the order of an index,
// and so are those of one action: the actions that begin as asked are looked up one by
// one, since there are few, and the newest of each compete.
func (q AuditQuery) page() string {
	switch {
	case q.Subject != "":
		return `SELECT id FROM audit_events WHERE subject = @subject AND id < @before AND starts_with(action, @action) ORDER BY id DESC LIMIT @limit`
	case q.Action == "":
		return `SELECT id FROM audit_events WHERE id < @before ORDER BY id DESC LIMIT @limit`
	}
	return `
		WITH RECURSIVE actions(action) AS (
			(SELECT action COLLATE "C" FROM audit_events WHERE action COLLATE "C" >= @action ORDER BY action COLLATE "C" LIMIT 1)
			UNION ALL SELECT (SELECT e.action COLLATE "C" FROM audit_events e WHERE e.action COLLATE "C" > a.action ORDER BY e.action COLLATE "C" LIMIT 1)
			FROM actions a WHERE starts_with(a.action, @action))
		SELECT e.id FROM actions a CROSS JOIN LATERAL (
			SELECT id FROM audit_events WHERE action COLLATE "C" = a.action AND id < @before ORDER BY id DESC LIMIT @limit) e
		WHERE starts_with(a.action, @action) ORDER BY e.id DESC LIMIT @limit`
}
