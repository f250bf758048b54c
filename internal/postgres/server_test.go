package postgres_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
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

func start(t *testing.T, dir string) *postgres.Server {
	t.Helper()
	s, err := postgres.Start(context.Background(), postgres.Options{DataDir: filepath.Join(dir, "pg"), Log: quiet, Sockets: dir})
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
		s, err := postgres.Start(context.Background(), postgres.Options{DataDir: filepath.Join(dir, "pg"), Log: quiet, Sockets: dir})
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
	parent := exec.Command(os.Args[0])
	parent.Env = append(os.Environ(), "ANWEN_POSTGRES_TEST_PARENT="+dir)
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	url, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || strings.HasPrefix(url, "failed") {
		t.Fatalf("the parent did not start: %s %v", url, err)
	}
	keep(t, strings.TrimSpace(url))
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	parent.Wait()

	began := time.Now()
	s := start(t, dir) // waits for the orphan to shut down
	defer s.Stop()
	if got := query(t, s.URL(), `SELECT word FROM kept`); got != "here" {
		t.Fatalf("got %q", got)
	}
	t.Logf("the folder was free after %v", time.Since(began))
}

func TestASecondServerOnTheSameFolderIsRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("waits 20 s for the first server to go")
	}
	dir := folder(t)
	s := start(t, dir)
	defer s.Stop()
	ctx, cancel := context.WithTimeout(context.Background(), 40*time.Second)
	defer cancel()
	_, err := postgres.Start(ctx, postgres.Options{DataDir: filepath.Join(dir, "pg"), Log: quiet, Sockets: dir})
	if err == nil || !strings.Contains(err.Error(), "in use") {
		t.Fatalf("got %v", err)
	}
}
