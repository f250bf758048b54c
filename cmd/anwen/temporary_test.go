package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestTemporaryFilesOfAKilledProgramGo(t *testing.T) {
	parent := t.TempDir()
	t.Setenv("TMPDIR", parent)
	killed := filepath.Join(parent, temporaryPrefix+"1")
	for _, folder := range []string{killed, filepath.Join(parent, "multipart-of-another-program")} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "multipart-7"), []byte("narrative"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	first, err := makeTemporary(os.Getenv)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.CreateTemp("", "multipart-")
	if err != nil || filepath.Dir(file.Name()) != first.path {
		t.Fatalf("%s is not in %s, %v", file.Name(), first.path, err)
	}
	if info, err := os.Stat(first.path); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := os.Setenv("TMPDIR", parent); err != nil { // another program's
		t.Fatal(err)
	}
	second, err := makeTemporary(os.Getenv)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{killed: false, file.Name(): true, filepath.Join(parent, "multipart-of-another-program", "multipart-7"): true} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s is there: %v", path, err == nil)
		}
	}
	second.remove()
	first.remove()
	if left, err := filepath.Glob(filepath.Join(parent, "anwen-*")); err != nil || len(left) != 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	if os.Getenv("TMPDIR") != parent {
		t.Errorf("TMPDIR is %s", os.Getenv("TMPDIR"))
	}
}
