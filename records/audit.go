package records

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"anwen/internal/errs"
	"anwen/people"
)

// AuditEvent is one event of the audit log, with the name of who did it.
type AuditEvent struct {
	ID         int64
	At         time.Time
	Actor      string // empty: the system itself
	EmployeeNo string
	Action     string
	Subject    string
	Data       json.RawMessage
	RequestID  string
	Sealed     bool // in the hash chain
}

// AuditQuery narrows and pages the audit log.
type AuditQuery struct {
	Action  string // start of the action: courses.
	Subject string // exactly: course:complaint-handling
	After   string // cursor of the page before
	Limit   int    // 1 to people.MaxPage; 0: 50
}

// AuditEvents lists the log, the newest first. Events are the institution's, so
// it is Forbidden to whoever is not administrator or auditor of its root.
func (s *Service) AuditEvents(ctx context.Context, actor people.Actor, q AuditQuery) (list []AuditEvent, next string, err error) {
	var roots []string
	if err := s.db.WithContext(ctx).Raw(`SELECT path FROM units WHERE parent_id IS NULL`).Scan(&roots).Error; err != nil {
		return nil, "", err
	}
	for _, root := range roots {
		if !actor.Covers(root, people.Administrator, people.Auditor) {
			return nil, "", errs.New(errs.Forbidden, "people.forbidden", nil)
		}
	}
	limit := q.Limit
	if limit <= 0 || limit > people.MaxPage {
		limit = 50
	}
	before := int64(1<<63 - 1)
	if q.After != "" {
		if before, err = strconv.ParseInt(q.After, 10, 64); err != nil {
			return nil, "", errs.New(errs.Invalid, "api.unknown_cursor", nil)
		}
	}
	err = s.db.WithContext(ctx).Raw(`
		SELECT e.id, e.at, coalesce(p.name, '') AS actor, coalesce(p.employee_no, '') AS employee_no, e.action, e.subject,
		       convert_to(e.data::text, 'UTF8') AS data, e.request_id, w.event_id IS NULL AS sealed
		FROM audit_events e LEFT JOIN people p ON p.id = e.actor_id LEFT JOIN audit_unsealed w ON w.event_id = e.id
		WHERE e.id < @before AND (@action = '' OR starts_with(e.action, @action)) AND (@subject = '' OR e.subject = @subject)
		ORDER BY e.id DESC LIMIT @limit`,
		map[string]any{"before": before, "action": q.Action, "subject": q.Subject, "limit": limit + 1}).Scan(&list).Error
	if err != nil {
		return nil, "", fmt.Errorf("list audit events: %w", err)
	}
	if len(list) > limit {
		list = list[:limit]
		next = strconv.FormatInt(list[limit-1].ID, 10)
	}
	return list, next, nil
}
