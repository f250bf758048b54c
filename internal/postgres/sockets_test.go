package postgres_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// parent runs a server in a process of its own.
func parent(t *testing.T, dir string) (process *os.Process, url string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "ANWEN_POSTGRES_TEST_PARENT="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	url, err = bufio.NewReader(out).ReadString('\n')
	if err != nil || strings.HasPrefix(url, "failed") {
		t.Fatalf("the parent did not start: %s %v", url, err)
	}
	return cmd.Process, strings.TrimSpace(url)
}

func socketFolders(t *testing.T, dir string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "anwen-pg-*"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestTheSocketsOfAKilledProgramAreRemoved(t *testing.T) {
	for name, alsoServer := range map[string]bool{"the program is killed": false, "its server too": true} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t)
			other := filepath.Join(dir, "anwen-pg-other")
			if err := os.Mkdir(other, 0o700); err != nil {
				t.Fatal(err)
			}
			program, _ := parent(t, dir)
			if alsoServer {
				program.Signal(syscall.SIGSTOP) // it does not start the server again
				kill(t, postmaster(t, dir))
			}
			if err := program.Kill(); err != nil {
				t.Fatal(err)
			}
			program.Wait()
			if left := socketFolders(t, dir); len(left) != 2 {
				t.Fatalf("the killed program left %v", left)
			}
			s := start(t, dir)
			if now := socketFolders(t, dir); len(now) != 2 {
				t.Errorf("there are %v", now)
			}
			if err := s.Stop(); err != nil {
				t.Fatal(err)
			}
			if now := socketFolders(t, dir); len(now) != 1 || now[0] != other {
				t.Errorf("in the end there are %v", now)
			}
		})
	}
}

// The account of the server may write the note, so it is not believed.
func TestOnlySocketFoldersAreRemoved(t *testing.T) {
	dir := folder(t)
	if err := start(t, dir).Stop(); err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(folder(t), "anwen-pg-1")
	kept := []string{elsewhere, filepath.Join(dir, "mine"), filepath.Join(dir, "anwen-pg-full"), filepath.Join(dir, "anwen-pg-link")}
	for _, path := range kept[:3] {
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(kept[2], "mine"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, kept[3]); err != nil {
		t.Fatal(err)
	}
	for _, path := range append(kept, dir) {
		if err := os.WriteFile(filepath.Join(dir, "pg", "anwen-sockets"), []byte(path), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := start(t, dir).Stop(); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range kept {
		if _, err := os.Lstat(path); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}
