package database

import (
	"context"
	"database/sql/driver"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Array passes a Go slice as one PostgreSQL array: GORM would spell a bare
// slice out as ($1,$2,…).
type Array[T any] []T

// Value hands the slice to pgx as it is.
func (a Array[T]) Value() (driver.Value, error) { return []T(a), nil }

// GormDataType keeps GORM from looking for a table of the elements.
func (Array[T]) GormDataType() string { return "array" }

// Table is GORM's typed API on the table of the model T, for a pool or a transaction.
func Table[T any](conn Conn, options ...clause.Expression) gorm.Interface[T] {
	return gorm.G[T](conn.WithContext(context.Background()), options...)
}

// Rows runs the query and gives each row to scan, in order. It is for results
// too large to hold.
func Rows(ctx context.Context, conn Conn, scan func(row Scanner) error, sql string, args ...any) error {
	rows, err := conn.WithContext(ctx).Raw(sql, args...).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Scanner is one row of a result.
type Scanner interface{ Scan(dest ...any) error }
