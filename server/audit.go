package server

import (
	"context"
	"encoding/json"
	"time"

	"anwen/records"
)

type auditEvent struct {
	ID        int64           `json:"id"`
	At        time.Time       `json:"at"`
	Actor     *auditActor     `json:"actor" doc:"Null: the system itself"`
	Action    string          `json:"action"`
	Subject   string          `json:"subject"`
	Data      json.RawMessage `json:"data"`
	RequestID string          `json:"request_id"`
	Sealed    bool            `json:"sealed" doc:"In the hash chain"`
}

type auditActor struct {
	Name       string `json:"name"`
	EmployeeNo string `json:"employee_no"`
}

func (s *Server) auditEvents(ctx context.Context, in *struct {
	Action  string `query:"action" maxLength:"100" doc:"Start of the action"`
	Subject string `query:"subject" maxLength:"200"`
	Cursor  string `query:"cursor" maxLength:"2000"`
	Limit   int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}) (*body[page[auditEvent]], error) {
	rows, next, err := s.records.AuditEvents(ctx, actorOf(ctx), records.AuditQuery{Action: in.Action, Subject: in.Subject, After: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return pageOf(rows, next, func(e records.AuditEvent) auditEvent {
		v := auditEvent{ID: e.ID, At: e.At, Action: e.Action, Subject: e.Subject, Data: e.Data, RequestID: e.RequestID, Sealed: e.Sealed}
		if e.EmployeeNo != "" {
			v.Actor = &auditActor{Name: e.Actor, EmployeeNo: e.EmployeeNo}
		}
		return v
	}), nil
}
