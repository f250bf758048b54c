package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"anwen/internal/postgres"
)

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// folder is a temporary folder that the server's account can get into.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "anwen-postgres-test-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func options(dir string) postgres.Options {
	return postgres.Options{DataDir: filepath.Join(dir, "pg"), Named: "--data", Log: quiet, Sockets: dir}
}

func start(t *testing.T, dir string) *postgres.Server {
	t.Helper()
	s, err := postgres.Start(context.Background(), options(dir))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func query(t *testing.T, url, sql string) string {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var text string
	if err := conn.QueryRow(context.Background(), sql).Scan(&text); err != nil {
		t.Fatal(err)
	}
	return text
}

// keep makes something worth finding again.
func keep(t *testing.T, url string) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(context.Background(), `CREATE TABLE kept AS SELECT 'here' AS word`); err != nil {
		t.Fatal(err)
	}
}

func TestItListensOnNoNetworkPort(t *testing.T) {
	s := start(t, folder(t))
	defer s.Stop()
	if got := query(t, s.URL(), `SHOW listen_addresses`); got != "" {
		t.Fatalf("it listens on %q", got)
	}
}

func TestDataOutlivesAStopAndAStart(t *testing.T) {
	dir := folder(t)
	s := start(t, dir)
	keep(t, s.URL())
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	s = start(t, dir)
	defer s.Stop()
	if got := query(t, s.URL(), `SELECT word FROM kept`); got != "here" {
		t.Fatalf("got %q", got)
	}
}

// TestMain lets the test program run again as a parent that gets killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("ANWEN_POSTGRES_TEST_PARENT"); dir != "" {
		s, err := postgres.Start(context.Background(), options(dir))
		if err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		fmt.Println(s.URL())
		select {}
	}
	os.Exit(m.Run())
}

func TestItEndsWithAKilledParentAndTheFolderIsFree(t *testing.T) {
	dir := folder(t)
	program, url := parent(t, dir)
	keep(t, url)
	if err := program.Kill(); err != nil {
		t.Fatal(err)
	}
	program.Wait()

	began := time.Now()
	s := start(t, dir) // waits for the orphan to shut down
	defer s.Stop()
	if got := query(t, s.URL(), `SELECT word FROM kept`); got != "here" {
		t.Fatalf("got %q", got)
	}
	t.Logf("the folder was free after %v", time.Since(began))
}

func TestASecondServerOnTheSameFolderIsRefusedAtOnce(t *testing.T) {
	dir := folder(t)
	s := start(t, dir)
	defer s.Stop()
	began := time.Now()
	_, err := postgres.Start(context.Background(), options(dir))
	if err == nil || !strings.Contains(err.Error(), "in use by another running program (process "+strconv.Itoa(os.Getpid())+")") || !strings.Contains(err.Error(), "--data") {
		t.Errorf("got %v", err)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
}

// Two that begin at once on a new folder: one makes the cluster, the other leaves it alone.
func TestOneOfTwoThatBeginAtOnceIsRefused(t *testing.T) {
	dir := folder(t)
	results := make(chan error, 2)
	for range 2 {
		go func() {
			s, err := postgres.Start(context.Background(), options(dir))
			if err == nil {
				t.Cleanup(func() { s.Stop() })
			}
			results <- err
		}()
	}
	first, second := <-results, <-results
	if (first == nil) == (second == nil) {
		t.Fatalf("got %v and %v", first, second)
	}
	if err := errors.Join(first, second); !strings.Contains(err.Error(), "in use by another running program") {
		t.Errorf("got %v", err)
	}
}

// A server that nobody of ours runs does not end by itself: there is no use in waiting long.
func TestAServerThatSomebodyElseRunsIsNamed(t *testing.T) {
	dir := folder(t)
	s := start(t, dir)
	defer s.Stop()
	if err := postgres.LetGo(s); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	_, err := postgres.Start(context.Background(), options(dir))
	if err == nil || !strings.Contains(err.Error(), "kill -INT "+strconv.Itoa(postmaster(t, dir))) {
		t.Errorf("got %v", err)
	}
	if took := time.Since(began); took > 12*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestNothingIsMadeWhenADatabaseMustBeThere(t *testing.T) {
	dir := filepath.Join(folder(t), "typo")
	o := options(dir)
	o.Existing = true
	if _, err := postgres.Start(context.Background(), o); err == nil || !strings.Contains(err.Error(), "no database in the folder "+dir) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("something was made: %v", err)
	}
}
