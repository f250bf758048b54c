package database

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Ready returns nil when the server answers, has the program's schema, and takes what
// is written. The last is tried only after a statement was refused for it, because the
// trial writes.
func (p *Pool) Ready(ctx context.Context) error {
	if err := p.pgx.Ping(ctx); err != nil {
		return err
	}
	if err := p.Current(ctx); err != nil {
		return err
	}
	if !p.refused.Load() {
		return nil
	}
	err := pgx.BeginFunc(ctx, p.pgx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `CREATE TEMPORARY TABLE anwen_trial ON COMMIT DROP AS SELECT 1 AS written`)
		return err
	})
	var pg *pgconn.PgError
	if errors.As(err, &pg) && !Away(err) { // it may not make tables, which tells nothing of its disk
		err = nil
	}
	if err == nil {
		p.refused.Store(false)
	}
	return err
}
