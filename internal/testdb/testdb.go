// Package testdb gives tests a real PostgreSQL: one private server for the test
// process, the migrated schema as a template, and either one rolled-back
// transaction (Tx) or a database of the test's own (New). Tests that begin with the
// same records share them as a template too (Prepare).
package testdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
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

var (
	once     sync.Once
	startErr error
	adminURL string
	serial   atomic.Int64
	migrated = &Prepared{base: "template1", fill: func(t testing.TB, db *database.Pool) {
		if err := db.Migrate(context.Background(), Quiet); err != nil {
			t.Fatal(err)
		}
	}}
)

// Tx returns a pool whose one connection is a transaction that is rolled back when
// the test ends: the default for store and verb tests. After a constraint violation
// outside a nested transaction it is spent; use New for tests that expect one.
func Tx(t testing.TB) *database.Pool { return migrated.Tx(t) }

// New returns a database of the test's own, for concurrency, deferred
// constraints and expected violations.
func New(t testing.TB) *database.Pool { return migrated.New(t) }

// Prepared is a database that is filled once, by the first test that asks.
type Prepared struct {
	base   string
	fill   func(testing.TB, *database.Pool)
	mu     sync.Mutex
	name   string         // of the database that others are copied from; nobody is connected to it
	shared *database.Pool // a copy, for transactions that are rolled back
}

// Prepare is the migrated schema with what fill puts into it.
func Prepare(fill func(testing.TB, *database.Pool)) *Prepared {
	return &Prepared{fill: fill}
}

// Tx is as the function Tx.
func (p *Prepared) Tx(t testing.TB) *database.Pool {
	t.Helper()
	tx := p.together(t).WithContext(context.Background()).Begin()
	if tx.Error != nil {
		t.Fatal(tx.Error)
	}
	t.Cleanup(func() { tx.Rollback() })
	return database.Inside(tx)
}

// New is as the function New.
func (p *Prepared) New(t testing.TB) *database.Pool {
	t.Helper()
	return own(t, p.template(t), 24)
}

// together is the copy that tests share, each in its own transaction.
func (p *Prepared) together(t testing.TB) *database.Pool {
	t.Helper()
	name := p.template(t)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shared == nil {
		p.shared = open(t, create(t, name), 16)
	}
	return p.shared
}

// template is the name of the filled database.
func (p *Prepared) template(t testing.TB) string {
	t.Helper()
	ensure(t)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.name != "" {
		return p.name
	}
	base := p.base
	if base == "" {
		base = migrated.template(t)
	}
	name := create(t, base)
	db := open(t, name, 4)
	defer db.Close()
	p.fill(t, db)
	p.name = name
	return name
}

// own is a copy of the database that goes when the test ends.
func own(t testing.TB, template string, connections int32) *database.Pool {
	t.Helper()
	name := create(t, template)
	db := open(t, name, connections)
	t.Cleanup(func() {
		db.Close()
		run(t, "DROP DATABASE "+name+" WITH (FORCE)")
	})
	return db
}

func create(t testing.TB, template string) (name string) {
	t.Helper()
	name = fmt.Sprintf("anwen_test_%d_%d", os.Getpid(), serial.Add(1))
	run(t, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", name, template))
	return name
}

func open(t testing.TB, name string, connections int32) *database.Pool {
	t.Helper()
	db, err := database.Open(context.Background(), withDatabase(adminURL, name), connections)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// Empty returns a database without any schema, for tests of migrations.
func Empty(t testing.TB) *database.Pool {
	t.Helper()
	ensure(t)
	return own(t, "template1", 8)
}

func ensure(t testing.TB) {
	t.Helper()
	once.Do(func() { startErr = start() })
	if startErr != nil {
		t.Fatalf("start the test database: %v", startErr)
	}
}

func start() error {
	if adminURL = os.Getenv("TEST_DATABASE_URL"); adminURL != "" {
		return nil
	}
	dir, err := os.MkdirTemp("", fmt.Sprintf("anwen-testdb-%d-", os.Getpid()))
	if err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o755); err != nil { // the server's account must get in
		return err
	}
	server, err := postgres.Start(context.Background(), postgres.Options{
		DataDir: filepath.Join(dir, "pg"), NPMRoots: []string{filepath.Join(Root(), "frontend")}, Unsafe: true, Sockets: dir, Log: Quiet,
	})
	if err != nil {
		return err
	}
	adminURL = server.URL() // the server dies with this process; its folder is temporary
	sweep()
	return nil
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
	dir, err := os.Getwd() // of a test: its package's folder
	for err == nil {
		if _, found := os.Stat(filepath.Join(dir, "go.mod")); found == nil || dir == filepath.Dir(dir) {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	panic(err)
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
