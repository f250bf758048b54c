package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

const (
	temporaryPrefix = "anwen-temp-"
	unnamedPrefix   = "anwen-unnamed-" // while it is not locked yet
)

// temporary is the folder in which this process, and every library in it, keeps its
// temporary files: nobody else reads it, and it is removed when the process ends. What a
// killed one left is removed by the next.
type temporary struct {
	path   string
	lock   *os.File // the kernel lets go of it when the process ends, however that happens
	before string   // TMPDIR
}

// makeTemporary makes the folder and removes those that nobody holds any more.
func makeTemporary(getenv func(string) string) (*temporary, error) {
	parent := os.TempDir()
	sweepTemporary(parent)
	unnamed, err := os.MkdirTemp(parent, unnamedPrefix)
	if err != nil {
		return nil, fmt.Errorf("make the folder of temporary files: %w", err)
	}
	lock, err := os.Open(unnamed)
	if err != nil {
		return nil, errors.Join(err, os.Remove(unnamed))
	}
	path := filepath.Join(parent, temporaryPrefix+strings.TrimPrefix(filepath.Base(unnamed), unnamedPrefix))
	// A file system that knows no locks has nothing to sweep by: see held.
	_ = syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err := os.Rename(unnamed, path); err != nil {
		return nil, errors.Join(err, lock.Close(), os.Remove(unnamed))
	}
	t := &temporary{path: path, lock: lock, before: getenv("TMPDIR")}
	return t, os.Setenv("TMPDIR", path)
}

// remove is the end of the folder.
func (t *temporary) remove() {
	if err := errors.Join(os.Setenv("TMPDIR", t.before), os.RemoveAll(t.path), t.lock.Close()); err != nil {
		slog.Warn("the folder of temporary files was not removed", "error", err)
	}
}

// sweepTemporary removes the folders of processes that are gone.
func sweepTemporary(parent string) {
	left, err := filepath.Glob(filepath.Join(parent, temporaryPrefix+"*"))
	if err != nil {
		return // the pattern is ours and is none
	}
	for _, path := range left {
		info, err := os.Lstat(path)
		if err != nil || !info.IsDir() || held(path) {
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			slog.Warn("temporary files of an earlier process were not removed", "folder", path, "error", err)
		}
	}
}

// held tells whether a process has the folder, or may have.
func held(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return true
	}
	defer f.Close()
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil
}
