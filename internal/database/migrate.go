package database

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"anwen/internal/errs"
	"anwen/migrations"
)

// Migrate brings the schema to the program's version under a session lock, so
// that several instances may start at once. A database that is newer than the
// program is refused with errs.Conflict.
func (p *Pool) Migrate(ctx context.Context, log *slog.Logger) error {
	provider, done, err := p.provider()
	if err != nil {
		return err
	}
	defer done()
	if err := refuseNewer(ctx, provider); err != nil {
		return err
	}
	results, err := provider.Up(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	for _, r := range results {
		log.Info("migrated", "file", r.Source.Path, "took", r.Duration)
	}
	return nil
}

// Migration is one numbered step of the schema and whether it is applied.
type Migration struct {
	Number  int64
	File    string
	Applied bool
}

// Status lists every migration that the program knows.
func (p *Pool) Status(ctx context.Context) ([]Migration, error) {
	provider, done, err := p.provider()
	if err != nil {
		return nil, err
	}
	defer done()
	states, err := provider.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("migration status: %w", err)
	}
	list := make([]Migration, len(states))
	for i, s := range states {
		list[i] = Migration{Number: s.Source.Version, File: s.Source.Path, Applied: s.State == goose.StateApplied}
	}
	return list, nil
}

// Current returns nil when the schema is exactly the program's, and otherwise
// errs.Unavailable or, for a newer one, errs.Conflict. It writes nothing.
func (p *Pool) Current(ctx context.Context) error {
	var begun bool
	if err := p.pgx.QueryRow(ctx, `SELECT to_regclass('goose_db_version') IS NOT NULL`).Scan(&begun); err != nil {
		return fmt.Errorf("migration status: %w", err)
	}
	if !begun { // whoever asks goose then makes its table
		return errs.New(errs.Unavailable, "database.pending_migrations", nil)
	}
	provider, done, err := p.provider()
	if err != nil {
		return err
	}
	defer done()
	if err := refuseNewer(ctx, provider); err != nil {
		return err
	}
	pending, err := provider.HasPending(ctx)
	if err != nil {
		return fmt.Errorf("migration status: %w", err)
	}
	if pending {
		return errs.New(errs.Unavailable, "database.pending_migrations", nil)
	}
	return nil
}

func refuseNewer(ctx context.Context, provider *goose.Provider) error {
	there, known, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("migration status: %w", err)
	}
	if there > known {
		return errs.New(errs.Conflict, "database.newer_than_program", errs.Args{"database": there, "program": known})
	}
	return nil
}

func (p *Pool) provider() (*goose.Provider, func(), error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60), lock.WithUnlockTimeout(1, 60))
	if err != nil {
		return nil, nil, err
	}
	db := stdlib.OpenDBFromPool(p.pgx)
	provider, err := goose.NewProvider(goose.DialectPostgres, db, migrations.Files, goose.WithSessionLocker(locker))
	if err != nil {
		return nil, nil, fmt.Errorf("read migrations: %w", err)
	}
	return provider, func() { db.Close() }, nil
}

// Revert takes every migration back, which empties the database: for tests of
// the migrations themselves.
func (p *Pool) Revert(ctx context.Context) error {
	provider, done, err := p.provider()
	if err != nil {
		return err
	}
	defer done()
	_, err = provider.DownTo(ctx, 0)
	return err
}
