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
}

// TableName is for GORM.
func (eventRow) TableName() string { return "audit_events" }

// insertEvents appends the events with one statement, in their order. A trigger queues
// each of them for the next seal.
func insertEvents(ctx context.Context, conn database.Conn, rows []eventRow) error {
	return database.Table[eventRow](conn).CreateInBatches(ctx, &rows, len(rows))
}

// eachEvent visits the events with the ids, in the order of their ids.
func eachEvent(ctx context.Context, conn database.Conn, ids []int64, visit func(eventRow)) error {
	return database.Rows(ctx, conn, func(row database.Scanner) error {
		var e eventRow
		if err := row.Scan(&e.ID, &e.At, &e.ActorID, &e.Action, &e.Subject, &e.Data, &e.RequestID); err != nil {
			return err
		}
		visit(e)
		return nil
	}, `SELECT id, at, actor_id, action, subject, data::text, request_id
	    FROM audit_events WHERE id = ANY (?) ORDER BY id`, database.Array[int64](ids))
}
