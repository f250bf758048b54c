package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"anwen/internal/testdb"
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

// A command that only reads, or changes what must be there already, makes no
// database in a folder whose name was mistyped.
func TestOnlyWhatWritesMakesADatabase(t *testing.T) {
	staff := filepath.Join(t.TempDir(), "staff.csv")
	if err := os.WriteFile(staff, []byte("employee_no,name,login,unit_code,unit_name\nE1,Ada,e1,HO,Head office\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"verify audit", "export course aml out.zip", "migrate status", "staff password E1",
		"staff grant E1 auditor HO", "import people --dry-run " + staff} {
		t.Run(command, func(t *testing.T) {
			env, _ := onPrivateDatabase(t)
			env["ANWEN_DATA"] = filepath.Join(env["ANWEN_DATA"], "typo")
			s := say(t, env, strings.Fields(command)...)
			if s.code != exitRefused || !strings.Contains(s.err, env["ANWEN_DATA"]) || !strings.Contains(s.err, "ANWEN_DATA") {
				t.Errorf("%+v", s)
			}
			if _, err := os.Stat(env["ANWEN_DATA"]); !os.IsNotExist(err) {
				t.Errorf("something was written: %v", err)
			}
		})
	}
}

func TestADatabaseWithoutASchemaIsToldInWords(t *testing.T) {
	env := map[string]string{"ANWEN_DATABASE_URL": testdb.Empty(t).PGX().Config().ConnString(), "LANG": "en_GB.UTF-8"}
	for _, command := range []string{"verify audit", "export course aml out.zip", "staff password E1", "import course --dry-run sample/courses/aml-essentials"} {
		if s := say(t, env, strings.Fields(command)...); s.code != exitRefused || !strings.Contains(s.err, "anwen migrate") {
			t.Errorf("%s: %+v", command, s)
		}
	}
}

func TestAFolderInUseIsToldAtOnce(t *testing.T) {
	env, data := onPrivateDatabase(t)
	_, stop := serving(t, env)
	defer stop()
	for command, remedy := range map[string]string{
		"verify audit": "ANWEN_DATA", "serve --addr 127.0.0.1:0": "ANWEN_DATA", "demo --addr 127.0.0.1:0 --data " + env["ANWEN_DATA"]: "--data",
	} {
		began := time.Now()
		s := say(t, env, strings.Fields(command)...)
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s: it took %v", command, took)
		}
		if s.code != exitRefused || !strings.Contains(s.err, data+" is in use") || !strings.Contains(s.err, remedy) {
			t.Errorf("%s: %+v", command, s)
		}
		if remedy != "--data" && strings.Contains(s.err, "--data") {
			t.Errorf("%s has no flag --data: %s", command, s.err)
		}
	}
}

func TestAFileIsNoDataFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for command, name := range map[string]string{"serve --addr 127.0.0.1:0": "ANWEN_DATA", "verify audit": "ANWEN_DATA", "demo --addr 127.0.0.1:0 --data " + file: "--data"} {
		s := say(t, map[string]string{"ANWEN_DATA": file}, strings.Fields(command)...)
		if s.code != exitRefused || !strings.Contains(s.err, file+" is a file") || !strings.Contains(s.err, name) {
			t.Errorf("%s: %+v", command, s)
		}
	}
}
