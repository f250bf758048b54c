// Package testdb gives tests a real PostgreSQL: one private server for the test
// process, the migrated schema as a template, and either one rolled-back
// transaction (Tx) or a database of the test's own (New).
package testdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"anwen/internal/database"
	"anwen/internal/postgres"
)

// Quiet is a logger that says nothing.
var Quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

const template = "anwen_template"

var (
	once     sync.Once
	startErr error
	adminURL string
	shared   *database.Pool
	serial   atomic.Int64
)

// Tx returns a pool whose one connection is a transaction that is rolled back when
// the test ends: the default for store and verb tests. After a constraint violation
// outside a nested transaction it is spent; use New for tests that expect one.
func Tx(t testing.TB) *database.Pool {
	t.Helper()
	ensure(t)
	tx := shared.WithContext(context.Background()).Begin()
	if tx.Error != nil {
		t.Fatal(tx.Error)
	}
	t.Cleanup(func() { tx.Rollback() })
	return database.Inside(tx)
}

// New returns a database of the test's own, for concurrency, deferred
// constraints and expected violations.
func New(t testing.TB) *database.Pool {
	t.Helper()
	ensure(t)
	name := fmt.Sprintf("anwen_test_%d_%d", os.Getpid(), serial.Add(1))
	run(t, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", name, template))
	db, err := database.Open(context.Background(), withDatabase(adminURL, name), 24)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		db.Close()
		run(t, "DROP DATABASE "+name+" WITH (FORCE)")
	})
	return db
}

// Empty returns a database without any schema, for tests of migrations.
func Empty(t testing.TB) *database.Pool {
	t.Helper()
	ensure(t)
	name := fmt.Sprintf("anwen_empty_%d_%d", os.Getpid(), serial.Add(1))
	run(t, "CREATE DATABASE "+name)
	db, err := database.Open(context.Background(), withDatabase(adminURL, name), 8)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		db.Close()
		run(t, "DROP DATABASE "+name+" WITH (FORCE)")
	})
	return db
}

func ensure(t testing.TB) {
	t.Helper()
	once.Do(func() { startErr = start() })
	if startErr != nil {
		t.Fatalf("start the test database: %v", startErr)
	}
}

func start() error {
	ctx := context.Background()
	adminURL = os.Getenv("TEST_DATABASE_URL")
	if adminURL == "" {
		dir, err := os.MkdirTemp("", fmt.Sprintf("anwen-testdb-%d-", os.Getpid()))
		if err != nil {
			return err
		}
		if err := os.Chmod(dir, 0o755); err != nil { // the server's account must get in
			return err
		}
		server, err := postgres.Start(ctx, postgres.Options{
			DataDir: filepath.Join(dir, "pg"), NPMRoots: []string{filepath.Join(Root(), "frontend")}, Unsafe: true, Sockets: dir, Log: Quiet,
		})
		if err != nil {
			return err
		}
		adminURL = server.URL() // the server dies with this process; its folder is temporary
		sweep()
	}
	if err := exec(ctx, adminURL, "DROP DATABASE IF EXISTS "+template); err != nil {
		return err
	}
	if err := exec(ctx, adminURL, "CREATE DATABASE "+template); err != nil {
		return err
	}
	db, err := database.Open(ctx, withDatabase(adminURL, template), 4)
	if err != nil {
		return err
	}
	err = db.Migrate(ctx, Quiet)
	db.Close()
	if err != nil {
		return err
	}
	name := fmt.Sprintf("anwen_tx_%d", os.Getpid())
	if err := exec(ctx, adminURL, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", name, template)); err != nil {
		return err
	}
	shared, err = database.Open(ctx, withDatabase(adminURL, name), 16)
	return err
}

// sweep removes the folders of test processes that are gone. A folder's name says
// whose it is: what stands inside tells nothing while a server begins.
func sweep() {
	dirs, err := filepath.Glob(filepath.Join(os.TempDir(), "anwen-testdb-*-*"))
	if err != nil {
		return
	}
	for _, dir := range dirs {
		var pid int
		if _, err := fmt.Sscanf(filepath.Base(dir), "anwen-testdb-%d-", &pid); err != nil {
			continue
		}
		if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
			_ = os.RemoveAll(dir) // leftovers only cost disk
		}
	}
}

// Root is the folder of the module, where frontend/ and ../shared are found.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Dir(filepath.Dir(filepath.Dir(file)))
}

func run(t testing.TB, sql string) {
	t.Helper()
	if err := exec(context.Background(), adminURL, sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

var admin sync.Mutex // CREATE DATABASE … TEMPLATE refuses to run beside itself

func exec(ctx context.Context, url, sql string) error {
	admin.Lock()
	defer admin.Unlock()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, sql)
	return err
}

func withDatabase(url, name string) string {
	if !strings.Contains(url, "://") {
		parts := strings.Fields(url)
		for i, p := range parts {
			if strings.HasPrefix(p, "dbname=") {
				parts[i] = "dbname=" + name
			}
		}
		return strings.Join(parts, " ")
	}
	before, query, _ := strings.Cut(url, "?")
	before = before[:strings.LastIndex(before, "/")+1] + name
	if query != "" {
		before += "?" + query
	}
	return before
}
