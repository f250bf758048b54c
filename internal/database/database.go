// Package database opens PostgreSQL through one pgx pool, for GORM and for
// streaming alike, and brings the schema up to the program's version.
package database

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Database is one pool with both faces: GORM for rooms, pgx for COPY and LISTEN.
type Database struct {
	Gorm *gorm.DB
	Pool *pgxpool.Pool
}

// Open connects to the server that url names and checks that it answers.
func Open(ctx context.Context, url string, maxConns int32) (*Database, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	if maxConns > 0 {
		config.MaxConns = maxConns
	}
	config.ConnConfig.RuntimeParams["application_name"] = "anwen"
	config.ConnConfig.RuntimeParams["timezone"] = "UTC"
	config.ConnConfig.Tracer = tracer{}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("reach the database: %w", err)
	}
	// GORM's schema parser complains to this global about fields that are not
	// columns, which row types of plain SQL have on purpose.
	logger.Default = logger.Discard
	plain := &postgres.Dialector{Config: &postgres.Config{Conn: stdlib.OpenDBFromPool(pool)}}
	db, err := gorm.Open(dialect{plain}, &gorm.Config{
		SkipDefaultTransaction: true,
		TranslateError:         false, // constraints are told apart by name: see Violated
		Logger:                 logger.NewSlogLogger(slog.Default(), logger.Config{LogLevel: logger.Silent}),
	})
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return &Database{Gorm: db, Pool: pool}, nil
}

// Close ends every connection.
func (d *Database) Close() { d.Pool.Close() }
