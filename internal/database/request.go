package database

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// request is what the statements under one context have in common.
type request struct {
	patience time.Duration
	changed  atomic.Bool
}

type requestKey struct{}

// WithRequest returns a context for one request of somebody who waits: a connection is
// waited for so long at most, and MayHaveChanged answers.
func WithRequest(ctx context.Context, patience time.Duration) context.Context {
	return context.WithValue(ctx, requestKey{}, &request{patience: patience})
}

func requestOf(ctx context.Context) *request {
	r, _ := ctx.Value(requestKey{}).(*request)
	return r
}

// MayHaveChanged reports whether a statement under the context may have changed the
// database for good: a commit was sent, or a statement that needs none. Without
// WithRequest nobody knows, and it may.
func MayHaveChanged(ctx context.Context) bool {
	r := requestOf(ctx)
	return r == nil || r.changed.Load()
}

// NoteChange tells that somebody else may have changed the database for the context.
func NoteChange(ctx context.Context) {
	if r := requestOf(ctx); r != nil {
		r.changed.Store(true)
	}
}

// note takes note of a statement that changes for good.
func (r *request) note(conn *pgx.Conn, sql string) {
	if r == nil || r.changed.Load() {
		return
	}
	switch verb := firstWord(sql); {
	case strings.EqualFold(verb, "commit"):
		r.changed.Store(true)
	case strings.EqualFold(verb, "select"), strings.EqualFold(verb, "begin"), strings.EqualFold(verb, "rollback"):
	case conn.PgConn().TxStatus() == 'I': // outside a transaction
		r.changed.Store(true)
	}
}

func firstWord(sql string) string {
	sql = strings.TrimLeft(sql, " \t\r\n(")
	if end := strings.IndexAny(sql, " \t\r\n("); end > 0 {
		return sql[:end]
	}
	return sql
}

// patient asks the pool for a connection no longer than the request may wait.
type patient struct{ driver.Connector }

// Connect is as the pool's, or ErrBusy.
func (p patient) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := p.connect(ctx)
	if plain, ok := conn.(*stdlib.Conn); ok {
		return telling{plain}, err
	}
	return conn, err
}

func (p patient) connect(ctx context.Context) (driver.Conn, error) {
	r := requestOf(ctx)
	if r == nil {
		return p.Connector.Connect(ctx)
	}
	waiting, stop := context.WithTimeout(ctx, r.patience)
	defer stop()
	conn, err := p.Connector.Connect(waiting)
	if err != nil && waiting.Err() != nil && ctx.Err() == nil {
		return nil, fmt.Errorf("%w: %w", ErrBusy, err)
	}
	return conn, err
}
