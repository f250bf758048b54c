package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// onPrivateDatabase is the environment of a first look: no server is named.
func onPrivateDatabase(t *testing.T) (env map[string]string, data string) {
	t.Helper()
	dir := t.TempDir()
	return map[string]string{"ANWEN_DATA": dir, "LANG": "en_GB.UTF-8"}, filepath.Join(dir, "postgres")
}

// postmaster is the process of the private database, 0 while there is none.
func postmaster(data string) int {
	raw, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if err != nil {
		return 0
	}
	first, _, _ := bytes.Cut(raw, []byte("\n"))
	pid, _ := strconv.Atoi(string(first)) // half written is none
	return pid
}

func kill(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

// status asks a route that reads the database; 0 is no connection.
func status(url string) int {
	answer, err := http.Get(url + "/api/v1/verify/AW-00000-00000-0")
	if err != nil {
		return 0
	}
	answer.Body.Close()
	return answer.StatusCode
}

// until asks every now and then.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !done(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within 30 s", what)
		}
	}
}

func TestServingGoesOnWhenThePrivateDatabaseIsKilled(t *testing.T) {
	env, data := onPrivateDatabase(t)
	url, stop := serving(t, env)
	before := status(url)
	if before != http.StatusOK {
		t.Fatalf("a verification answers %d", before)
	}
	first := postmaster(data)
	kill(t, first)
	until(t, "another database answers", func() bool {
		pid := postmaster(data)
		return pid != 0 && pid != first && status(url) == before
	})
	if code := stop(); code != exitDone {
		t.Errorf("it ended with %d", code)
	}
}

func TestServingEndsWhenThePrivateDatabaseIsLost(t *testing.T) {
	env, data := onPrivateDatabase(t)
	url, stop := serving(t, env)
	if err := os.Rename(data, data+"-moved"); err != nil {
		t.Fatal(err)
	}
	kill(t, postmaster(data+"-moved"))
	until(t, "the program ends", func() bool { return status(url) == 0 })
	if code := stop(); code != exitRefused {
		t.Errorf("it ended with %d", code)
	}
}
