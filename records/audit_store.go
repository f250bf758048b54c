package records

import (
	"context"

	"anwen/internal/database"
)

// findEvents reads events whose ids are below the given one, the newest first.
func findEvents(ctx context.Context, db database.Conn, q AuditQuery, before int64, limit int) (list []AuditEvent, err error) {
	err = db.WithContext(ctx).Raw(`
		SELECT e.id, e.at, coalesce(p.name, '') AS actor, coalesce(p.employee_no, '') AS employee_no, e.action, e.subject,
		       convert_to(e.data::text, 'UTF8') AS data, e.request_id, w.event_id IS NULL AS sealed
		FROM audit_events e LEFT JOIN people p ON p.id = e.actor_id LEFT JOIN audit_unsealed w ON w.event_id = e.id
		WHERE e.id < @before AND (@action = '' OR starts_with(e.action, @action)) AND (@subject = '' OR e.subject = @subject)
		ORDER BY e.id DESC LIMIT @limit`,
		map[string]any{"before": before, "action": q.Action, "subject": q.Subject, "limit": limit}).Scan(&list).Error
	return list, err
}
