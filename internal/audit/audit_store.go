package audit

import (
	"context"
	"time"

	"anwen/internal/database"
)

// eventRow is one event of the log.
type eventRow struct {
	ID        int64
	At        time.Time
	ActorID   *int64 // nil: the system itself
	Action    string
	Subject   string
	Data      string `gorm:"type:jsonb"`
	RequestID string
	Written   *string `gorm:"->"` // what the transaction wrote, by the database; nil: nothing that is told
}

// TableName is for GORM.
func (eventRow) TableName() string { return "audit_events" }

// insertEvents appends the events with one statement, in their order. A trigger queues
// each of them for the next seal.
func insertEvents(ctx context.Context, conn database.Conn, rows []eventRow) error {
	if len(rows) == 1 {
		return database.Table[eventRow](conn).Create(ctx, &rows[0])
	}
	// Arrays, because a statement takes 65,535 values at most.
	var at database.Array[time.Time]
	var actors database.Array[*int64]
	var actions, subjects, data, requests database.Array[string]
	for _, r := range rows {
		at, actors, actions = append(at, r.At), append(actors, r.ActorID), append(actions, r.Action)
		subjects, data, requests = append(subjects, r.Subject), append(data, r.Data), append(requests, r.RequestID)
	}
	return conn.WithContext(ctx).Exec(`INSERT INTO audit_events (at, actor_id, action, subject, data, request_id)
		SELECT e.at, e.actor, e.action, e.subject, e.data::jsonb, e.request
		FROM unnest(?::timestamptz[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
		     WITH ORDINALITY AS e(at, actor, action, subject, data, request, n) ORDER BY e.n`,
		at, actors, actions, subjects, data, requests).Error
}

// eachEvent visits the events with the ids, in the order of their ids.
func eachEvent(ctx context.Context, conn database.Conn, ids []int64, visit func(eventRow)) error {
	return database.Rows(ctx, conn, func(row database.Scanner) error {
		var e eventRow
		if err := row.Scan(&e.ID, &e.At, &e.ActorID, &e.Action, &e.Subject, &e.Data, &e.RequestID, &e.Written); err != nil {
			return err
		}
		visit(e)
		return nil
	}, `SELECT id, at, actor_id, action, subject, data::text, request_id, written::text
	    FROM audit_events WHERE id = ANY (?) ORDER BY id`, database.Array[int64](ids))
}
