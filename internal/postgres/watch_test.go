package postgres_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"anwen/internal/errs"
	"anwen/internal/postgres"
)

// postmaster is the process that the folder belongs to.
func postmaster(t *testing.T, dir string) int {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "pg", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := bytes.Cut(raw, []byte("\n"))
	pid, err := strconv.Atoi(string(first))
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

func kill(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

// eventually asks until the server answers.
func eventually(t *testing.T, s *postgres.Server, sql string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 25*time.Second)
	defer cancel()
	for {
		var text string
		conn, err := pgx.Connect(ctx, s.URL())
		if err == nil {
			err = conn.QueryRow(ctx, sql).Scan(&text)
			conn.Close(ctx)
		}
		if err == nil {
			return text
		}
		select {
		case lost := <-s.Lost():
			t.Fatalf("the server is lost: %v", lost)
		case <-ctx.Done():
			t.Fatalf("no answer: %v", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func TestAKilledServerIsStartedAgainWithItsData(t *testing.T) {
	dir := folder(t)
	s := start(t, dir)
	defer s.Stop()
	keep(t, s.URL())
	for range 2 {
		before := postmaster(t, dir)
		kill(t, before)
		began := time.Now()
		if got := eventually(t, s, `SELECT word FROM kept`); got != "here" {
			t.Errorf("got %q", got)
		}
		if after := postmaster(t, dir); after == before {
			t.Error("the old server answers")
		}
		t.Logf("it answered again after %v", time.Since(began))
	}
}

func TestAKilledSessionLeavesTheServerRunning(t *testing.T) {
	dir := folder(t)
	s := start(t, dir)
	defer s.Stop()
	keep(t, s.URL())
	before := postmaster(t, dir)
	conn, err := pgx.Connect(context.Background(), s.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	kill(t, int(conn.PgConn().PID()))
	if got := eventually(t, s, `SELECT word FROM kept`); got != "here" {
		t.Errorf("got %q", got)
	}
	if after := postmaster(t, dir); after != before {
		t.Errorf("process %d became %d", before, after)
	}
}

func TestAServerThatCannotStartAgainIsLost(t *testing.T) {
	dir := folder(t)
	s := start(t, dir)
	pid := postmaster(t, dir)
	if err := os.Rename(filepath.Join(dir, "pg"), filepath.Join(dir, "moved")); err != nil {
		t.Fatal(err)
	}
	kill(t, pid)
	select {
	case lost := <-s.Lost():
		if errs.KindOf(lost) != errs.Unavailable || !strings.Contains(lost.Error(), "server.log") {
			t.Errorf("lost: %v", lost)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("nobody says that the server is lost")
	}
	if err := s.Stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
}

func TestAServerThatEndsAgainAndAgainIsLost(t *testing.T) {
	dir := folder(t)
	s := start(t, dir)
	defer s.Stop()
	killed, seen, since := 0, 0, time.Now()
	deadline := time.After(40 * time.Second)
	for {
		select {
		case lost := <-s.Lost():
			if errs.CodeOf(lost) != "postgres.keeps_ending" || killed < 3 {
				t.Errorf("lost after %d times: %v", killed, lost)
			}
			return
		case <-deadline:
			t.Fatalf("killed %d times and still not lost", killed)
		case <-time.After(50 * time.Millisecond):
		}
		raw, err := os.ReadFile(filepath.Join(dir, "pg", "postmaster.pid"))
		if err != nil {
			continue
		}
		first, _, _ := bytes.Cut(raw, []byte("\n"))
		pid, err := strconv.Atoi(string(first))
		if err != nil || !bytes.Contains(raw, []byte("ready")) {
			continue
		}
		if pid != seen {
			seen, since = pid, time.Now()
		}
		// Before it has answered, its end is one more attempt to start it.
		if time.Since(since) > 300*time.Millisecond && syscall.Kill(pid, syscall.SIGKILL) == nil {
			killed++
			for syscall.Kill(pid, 0) == nil { // until it is gone, so that each is killed once
				time.Sleep(5 * time.Millisecond)
			}
		}
	}
}
