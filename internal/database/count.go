package database

import (
	"context"
	"strings"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
)

// Counter counts the SQL statements that run under a context, so that tests can
// hold a request to its budget. BEGIN and COMMIT are counted apart.
type Counter struct {
	statements, transactions atomic.Int64
}

type counterKey struct{}

// WithCounter returns a context whose statements are counted.
func WithCounter(ctx context.Context) (context.Context, *Counter) {
	c := new(Counter)
	return context.WithValue(ctx, counterKey{}, c), c
}

// Statements is the number of statements so far, BEGIN and COMMIT left out.
func (c *Counter) Statements() int64 { return c.statements.Load() }

// Transactions is the number of BEGINs so far.
func (c *Counter) Transactions() int64 { return c.transactions.Load() }

type tracer struct{}

func (tracer) TraceQueryStart(ctx context.Context, conn *pgx.Conn, q pgx.TraceQueryStartData) context.Context {
	requestOf(ctx).note(conn, q.SQL)
	c, ok := ctx.Value(counterKey{}).(*Counter)
	if !ok {
		return ctx
	}
	switch word, _, _ := strings.Cut(strings.ToLower(q.SQL), " "); word {
	case "begin":
		c.transactions.Add(1)
	case "commit", "rollback":
	default:
		c.statements.Add(1)
	}
	return ctx
}

func (tracer) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}
