// Package audit keeps the append-only log of changes, exports and views of
// others' records. An event is written in the transaction of what it tells of;
// a sealer chains events by hash in batches, so that writers never wait for one
// another; Verify proves the chain.
package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"anwen/internal/database"
)

// Event is one thing that somebody did.
type Event struct {
	At      time.Time
	ActorID int64  // 0: the system itself
	Action  string // room.verb: courses.publish
	Subject string // kind:key: course:complaint-handling
	Data    any    // what matters about it, as JSON; no secrets, no texts of others
}

type requestKey struct{}

// WithRequest returns a context whose events carry the id of the request.
func WithRequest(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey{}, id)
}

// RequestID returns the id of the request that ctx belongs to, or "".
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

// RecordTx appends the event in the caller's transaction; inside TogetherTx, with
// the others at its end.
func RecordTx(ctx context.Context, tx database.Tx, e Event) error {
	if together, ok := ctx.Value(togetherKey{}).(*[]Event); ok {
		*together = append(*together, e)
		return nil
	}
	return write(ctx, tx, []Event{e})
}

// Record appends the event by itself, after an act that changes nothing but must
// be known, as a look at somebody's record.
func Record(ctx context.Context, pool *database.Pool, e Event) error {
	return write(ctx, pool, []Event{e})
}

type togetherKey struct{}

// TogetherTx runs do and then writes the events that it recorded, in their order
// and with one statement. do must use the context that it is given.
func TogetherTx(ctx context.Context, tx database.Tx, do func(context.Context) error) error {
	var events []Event
	if err := do(context.WithValue(ctx, togetherKey{}, &events)); err != nil || len(events) == 0 {
		return err
	}
	return write(ctx, tx, events)
}

func write(ctx context.Context, conn database.Conn, events []Event) error {
	var values []any
	for _, e := range events {
		data, err := json.Marshal(e.Data)
		if err != nil {
			return fmt.Errorf("audit %s: %w", e.Action, err)
		}
		if e.Data == nil {
			data = []byte("{}")
		}
		var actor *int64
		if e.ActorID != 0 {
			actor = &e.ActorID
		}
		values = append(values, e.At, actor, e.Action, e.Subject, string(data), RequestID(ctx))
	}
	rows := strings.Repeat(", (?, ?, ?, ?, ?::jsonb, ?)", len(events))[2:]
	err := conn.WithContext(ctx).Exec(`INSERT INTO audit_events (at, actor_id, action, subject, data, request_id) VALUES `+rows, values...).Error
	if err != nil {
		return fmt.Errorf("audit %s: %w", events[0].Action, err)
	}
	return nil
}
