// Package notices follows PostgreSQL's NOTIFY, so that every instance drops what
// it has cached the moment another one changes it. Triggers send the notices
// (migrations/0008_notices.sql): no writer can forget.
package notices

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Handler is told of each notice of a channel, and to Reset when notices may
// have been missed.
type Handler interface {
	Notice(payload string)
	Reset()
}

// Listener hears the channels that it was made with.
type Listener struct {
	pool     *pgxpool.Pool
	log      *slog.Logger
	handlers map[string]Handler
	healthy  atomic.Bool
}

// New returns a listener for the handlers by channel; Run starts it.
func New(pool *pgxpool.Pool, log *slog.Logger, handlers map[string]Handler) *Listener {
	return &Listener{pool: pool, log: log, handlers: handlers}
}

// Healthy reports whether notices are being heard. A cache that relies on them
// must not answer while they are not.
func (l *Listener) Healthy() bool { return l.healthy.Load() }

// Run hears until ctx ends, and connects again when the connection is lost.
func (l *Listener) Run(ctx context.Context) {
	for ctx.Err() == nil {
		err := l.listen(ctx)
		l.healthy.Store(false)
		if ctx.Err() != nil {
			return
		}
		l.log.Warn("lost the connection for notices; caches are off until it is back", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func (l *Listener) listen(ctx context.Context) error {
	conn, err := l.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	// A connection that LISTENs must not go back to the pool.
	own := conn.Hijack()
	defer own.Close(context.WithoutCancel(ctx))
	for channel := range l.handlers {
		if _, err := own.Exec(ctx, "LISTEN "+pgx.Identifier{channel}.Sanitize()); err != nil {
			return err
		}
	}
	for _, h := range l.handlers {
		h.Reset()
	}
	l.healthy.Store(true)
	for {
		n, err := own.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		l.handlers[n.Channel].Notice(n.Payload)
	}
}
