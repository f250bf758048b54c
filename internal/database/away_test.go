package database_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"anwen/internal/database"
)

func TestAServerThatIsAwayIsToldFromAFault(t *testing.T) {
	_, unreached := database.Open(context.Background(), "postgres://nobody@127.0.0.1:1/none?connect_timeout=2", 1)
	for _, c := range []struct {
		err  error
		want bool
	}{
		{unreached, true},
		{fmt.Errorf("list: %w", &pgconn.PgError{Code: "57P01"}), true},
		{&pgconn.PgError{Code: "57P03"}, true},
		{&pgconn.PgError{Code: "53100"}, true}, // the disk is full
		{&pgconn.PgError{Code: "53300"}, true}, // all connections are taken
		{&pgconn.PgError{Code: "25006"}, true}, // a standby
		{fmt.Errorf("begin: %w", database.ErrBusy), true},
		{driver.ErrBadConn, true},
		{io.ErrUnexpectedEOF, false},            // of whatever was read: the dialect tells the database's
		{&pgconn.PgError{Code: "57014"}, false}, // cancelled: nobody waits for it
		{&pgconn.PgError{Code: "23505"}, false},
		{errors.New("away"), false},
		{nil, false},
	} {
		if got := database.Away(c.err); got != c.want {
			t.Errorf("%v: %v", c.err, got)
		}
	}
}
