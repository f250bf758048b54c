// Package database opens PostgreSQL through one pgx pool, for GORM and for
// streaming alike, and brings the schema up to the program's version.
//
// A room holds a Pool. What composes inside a transaction receives a Tx, and
// neither can be had from the other: a second connection that is asked for inside
// a transaction empties the pool when many come at once, and then everybody waits
// for everybody. transactions_test.go at the root of the module reads the source
// for it.
package database

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// handle is GORM's; the name keeps it from being taken out of a Pool or a Tx.
type handle = gorm.DB

// Pool is the connections of one database: what a room is made with.
type Pool struct {
	*handle
	pgx     *pgxpool.Pool
	refused atomic.Bool // see dialect
}

// Conn is what a query needs that runs as well inside a transaction as outside.
type Conn interface {
	WithContext(ctx context.Context) *gorm.DB
}

// Open connects to the server that url names and checks that it answers.
func Open(ctx context.Context, url string, maxConns int32) (*Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	if maxConns > 0 {
		config.MaxConns = maxConns
	}
	config.ConnConfig.RuntimeParams["application_name"] = "anwen"
	config.ConnConfig.RuntimeParams["timezone"] = "UTC"
	config.ConnConfig.RuntimeParams["jit"] = "off"                           // compiling takes longer than most queries
	config.ConnConfig.RuntimeParams["max_parallel_workers_per_gather"] = "0" // one question takes one core, and leaves the others to others
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
	opened := &Pool{pgx: pool}
	conns := sql.OpenDB(patient{stdlib.GetPoolConnector(pool)})
	conns.SetMaxIdleConns(0) // the pool keeps them
	plain := &postgres.Dialector{Config: &postgres.Config{Conn: conns}}
	opened.handle, err = gorm.Open(dialect{plain, &opened.refused}, &gorm.Config{
		SkipDefaultTransaction: true,
		TranslateError:         true, // by dialect; constraints are told apart by name: see Violated
		Logger:                 logger.NewSlogLogger(slog.Default(), logger.Config{LogLevel: logger.Silent}),
	})
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return opened, nil
}

// PGX is the pool as pgx sees it: for COPY, LISTEN and the health of connections.
func (p *Pool) PGX() *pgxpool.Pool { return p.pgx }

// Close ends every connection.
func (p *Pool) Close() { p.pgx.Close() }
