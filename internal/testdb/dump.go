package testdb

import (
	"bufio"
	"compress/gzip"
	"context"
	"os"
	"strings"
	"testing"

	"anwen/internal/database"
)

// Dump returns a database that holds what a gzipped plain dump of pg_dump says:
// the state of an older release.
func Dump(t testing.TB, file string) *database.Pool {
	t.Helper()
	db := Empty(t)
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	plain, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := restore(context.Background(), db, bufio.NewReaderSize(plain, 1<<20)); err != nil {
		t.Fatal(err)
	}
	return db
}

// restore runs the statements of the dump between its COPY blocks, and the blocks
// as COPY. Lines that begin with a backslash outside a block are for psql.
func restore(ctx context.Context, db *database.Pool, dump *bufio.Reader) error {
	conn, err := db.PGX().Acquire(ctx)
	if err != nil {
		return err
	}
	// The dump sets the session's search path: the connection is not for others.
	pg := conn.Hijack().PgConn()
	defer pg.Close(ctx)
	var statements strings.Builder
	run := func() error {
		_, err := pg.Exec(ctx, statements.String()).ReadAll()
		statements.Reset()
		return err
	}
	for {
		line, end := dump.ReadString('\n')
		switch {
		case strings.HasPrefix(line, "COPY ") && strings.HasSuffix(line, " FROM stdin;\n"):
			if err := run(); err != nil {
				return err
			}
			if _, err := pg.CopyFrom(ctx, strings.NewReader(block(dump)), strings.TrimSuffix(line, ";\n")); err != nil {
				return err
			}
		case !strings.HasPrefix(line, `\`):
			statements.WriteString(line)
		}
		if end != nil {
			return run()
		}
	}
}

// block is what stands until the line that ends a COPY.
func block(dump *bufio.Reader) string {
	var lines strings.Builder
	for {
		line, err := dump.ReadString('\n')
		if line == "\\.\n" || err != nil {
			return lines.String()
		}
		lines.WriteString(line)
	}
}
