package database

import (
	"context"
	"database/sql/driver"

	"github.com/jackc/pgx/v5/stdlib"
)

// The errors of the driver pass here, whatever reads them: GORM translates those of some
// of its paths only, and a single row keeps its error for whoever scans it.

// telling is a connection that says when it was lost.
type telling struct{ *stdlib.Conn }

// ExecContext is the driver's.
func (c telling) ExecContext(ctx context.Context, sql string, args []driver.NamedValue) (driver.Result, error) {
	result, err := c.Conn.ExecContext(ctx, sql, args)
	return result, told(err)
}

// QueryContext is the driver's; see PlanAnew.
func (c telling) QueryContext(ctx context.Context, sql string, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := c.Conn.QueryContext(ctx, sql, planned(ctx, args))
	if err != nil {
		return nil, told(err)
	}
	if rows, ok := rows.(*stdlib.Rows); ok {
		return tellingRows{rows}, nil
	}
	return rows, nil
}

// BeginTx is the driver's.
func (c telling) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	tx, err := c.Conn.BeginTx(ctx, options)
	if err != nil {
		return nil, told(err)
	}
	return tellingTx{tx}, nil
}

// tellingRows are rows that say when the connection was lost between two of them.
type tellingRows struct{ *stdlib.Rows }

// Next is the driver's; io.EOF is the end of the rows.
func (r tellingRows) Next(into []driver.Value) error { return toldOfRows(r.Rows.Next(into)) }

// tellingTx is a transaction that says when it was lost.
type tellingTx struct{ driver.Tx }

// Commit is the driver's.
func (t tellingTx) Commit() error { return told(t.Tx.Commit()) }

// Rollback is the driver's.
func (t tellingTx) Rollback() error { return told(t.Tx.Rollback()) }
