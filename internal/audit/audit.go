// Package audit keeps the append-only log of changes, exports and looks at the records
// of others. An event is written in the transaction of what it tells of; a sealer chains
// events by hash in batches, so that writers never wait for one another; Verify checks
// the chain.
package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"anwen/internal/database"
)

// Event is one thing that somebody did.
type Event struct {
	At      time.Time
	ActorID int64  // 0: the system itself
	Action  string // room.verb, such as courses.publish
	Subject string // kind:key, such as course:complaint-handling
	Data    any    // details, as JSON; no secrets, and no texts that others wrote
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

// RecordTx appends the event in the caller's transaction. Inside TogetherTx it is
// written together with the others, when do has ended.
func RecordTx(ctx context.Context, tx database.Tx, e Event) error {
	if together, ok := ctx.Value(togetherKey{}).(*[]Event); ok {
		*together = append(*together, e)
		return nil
	}
	return write(ctx, tx, []Event{e})
}

// RecordAllTx appends many events, in their order, in the caller's transaction.
func RecordAllTx(ctx context.Context, tx database.Tx, events []Event) error {
	if together, ok := ctx.Value(togetherKey{}).(*[]Event); ok {
		*together = append(*together, events...)
		return nil
	}
	for part := range slices.Chunk(events, perStatement) {
		if err := write(ctx, tx, part); err != nil {
			return err
		}
	}
	return nil
}

// perStatement is how many events one statement writes at most.
const perStatement = 10_000

// Record appends an event that belongs to no transaction, because nothing was changed:
// a look at somebody's record.
func Record(ctx context.Context, pool *database.Pool, e Event) error {
	return write(ctx, pool, []Event{e})
}

type togetherKey struct{}

// TogetherTx runs do and then writes the events that it recorded, in their order
// and with as few statements as they need. do must use the context that it is given.
func TogetherTx(ctx context.Context, tx database.Tx, do func(context.Context) error) error {
	var events []Event
	if err := do(context.WithValue(ctx, togetherKey{}, &events)); err != nil {
		return err
	}
	return RecordAllTx(ctx, tx, events)
}

func write(ctx context.Context, conn database.Conn, events []Event) error {
	rows := make([]eventRow, len(events))
	for i, e := range events {
		rows[i] = eventRow{At: e.At, Action: e.Action, Subject: e.Subject, Data: "{}", RequestID: RequestID(ctx)}
		if e.ActorID != 0 {
			rows[i].ActorID = &e.ActorID
		}
		if e.Data != nil {
			data, err := json.Marshal(e.Data)
			if err != nil {
				return fmt.Errorf("audit %s: %w", e.Action, err)
			}
			rows[i].Data = string(data)
		}
	}
	if err := insertEvents(ctx, conn, rows); err != nil {
		return fmt.Errorf("audit %s: %w", events[0].Action, err)
	}
	return nil
}
