package records

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"anwen/internal/cursor"
	"anwen/people"
	"anwen/quizzes"
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
	Action  string // start of the action, such as courses.
	Subject string // the whole subject, such as course:complaint-handling
	After   string // cursor of the page before
	Limit   int    // 1 to people.MaxPage; 0: 50
}

// auditList names the list in its cursors.
const auditList = "audit"

// AuditEvents lists the log, the newest first. Of the corrections and regrades of a quiz
// whose key is closed to the actor it leaves out what may tell it: the note, and the
// digest of the grades, which few tries find again. Events belong to no unit: Forbidden
// without the Administrator or Auditor role over the root of the institution; Invalid
// for a cursor that is not of this list.
func (s *Service) AuditEvents(ctx context.Context, actor people.Actor, q AuditQuery) (list []AuditEvent, next string, err error) {
	if err := actor.Over(people.Administrator, people.Auditor).Root(ctx, s.db); err != nil {
		return nil, "", err
	}
	limit := q.Limit
	if limit <= 0 || limit > people.MaxPage {
		limit = 50
	}
	before := int64(1<<63 - 1)
	if _, err := cursor.Read(q.After, auditList, &before); err != nil {
		return nil, "", err
	}
	list, err = findEvents(ctx, s.db, q, before, limit+1)
	if err != nil {
		return nil, "", fmt.Errorf("list audit events: %w", err)
	}
	if len(list) > limit {
		list = list[:limit]
		next = cursor.After(auditList, list[limit-1].ID)
	}
	return list, next, s.withhold(ctx, actor, list)
}

// withhold takes from the events what may tell the actor the key of a quiz that is closed
// to them.
func (s *Service) withhold(ctx context.Context, actor people.Actor, list []AuditEvent) error {
	var told []int64
	for _, e := range list {
		if e.Action == "quizzes.correct" || e.Action == "quizzes.regrade" {
			told = append(told, e.ID)
		}
	}
	if len(told) == 0 {
		return nil
	}
	closed, err := quizzes.ClosedQuizzes(ctx, s.db, actor.PersonID)
	if err != nil || len(closed) == 0 {
		return err
	}
	without, err := withoutKeys(ctx, s.db, told, closed)
	if err != nil {
		return fmt.Errorf("what the audit log may tell person %d: %w", actor.PersonID, err)
	}
	for _, w := range without {
		list[slices.IndexFunc(list, func(e AuditEvent) bool { return e.ID == w.ID })].Data = w.Data
	}
	return nil
}
