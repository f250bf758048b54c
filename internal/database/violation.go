package database

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
)

// Violated reports whether err is the violation of the named constraint.
func Violated(err error, constraint string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.ConstraintName == constraint
}
