package database

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// Away reports whether err says that the server could not be reached, or that it was
// stopping or starting: the same request may succeed in a moment, and nothing was done.
func Away(err error) bool {
	var connect *pgconn.ConnectError
	var pg *pgconn.PgError
	switch {
	case errors.As(err, &connect), pgconn.SafeToRetry(err):
		return true
	case errors.As(err, &pg):
		return strings.HasPrefix(pg.Code, "57P") // operator intervention: shutdown, crash, start
	}
	return false
}
