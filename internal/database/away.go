package database

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// ErrBusy says that no connection was free for as long as a request may wait.
var ErrBusy = errors.New("no connection of the database is free")

// errLost says that the connection ended before the answer came.
var errLost = errors.New("the connection to the database was lost")

// Away reports whether err says that the server cannot be worked with for the moment:
// it could not be reached, it is stopping or starting, its connections are all taken,
// its disk is full or it only lets read. The same request may succeed in a while.
func Away(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return strings.HasPrefix(pg.Code, "57P") || unwritable(pg.Code) // shutdown, crash, start
	}
	return Unsent(err) || errors.Is(err, errLost)
}

// Unsent reports whether err says that a statement never came to the server, which so
// knows nothing of it.
func Unsent(err error) bool {
	var connect *pgconn.ConnectError
	return errors.Is(err, ErrBusy) || errors.Is(err, driver.ErrBadConn) || errors.As(err, &connect) || pgconn.SafeToRetry(err)
}

// unwritable is whether the code tells of a server that takes nothing more: out of
// disk, memory or connections, a failing disk, or a standby.
func unwritable(code string) bool {
	return strings.HasPrefix(code, "53") || code == "58030" || code == "25006"
}

// told is err with what the driver leaves unsaid: that a connection broke off. Errors of
// reading a request look alike, so it is asked where errors of the driver pass: telling.
func told(err error) error {
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: %w", errLost, err)
	}
	return toldOfRows(err)
}

// toldOfRows is told, where io.EOF is nothing but the end of the rows.
func toldOfRows(err error) error {
	var network *net.OpError
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &network) && !network.Timeout() {
		return fmt.Errorf("%w: %w", errLost, err)
	}
	return err
}
