package postgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// What the server of a killed program may take: to end, and to begin with it.
const (
	endsWithin   = 20 * time.Second
	beginsWithin = 5 * time.Second
)

// hold takes the folder, which it makes when absent, for this process: two servers
// on one folder lose data. Whoever holds it is alive, because the kernel lets go of
// a lock when its process ends, however that happens.
func (s *Server) hold(ctx context.Context) error {
	if err := s.owner.makeWay(filepath.Dir(s.data.path)); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	if err := os.MkdirAll(s.data.path, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	held, err := os.Open(s.data.path)
	if err != nil {
		return err
	}
	s.held = held
	// A file system that knows no locks leaves it to what waitForPrevious sees.
	err = syscall.Flock(int(held.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = s.inUse()
	} else {
		err = s.waitForPrevious(ctx)
	}
	if err != nil {
		return errors.Join(err, s.release())
	}
	return nil
}

// release lets others have the folder.
func (s *Server) release() error { return s.held.Close() }

func (s *Server) inUse() error {
	who := "another running program"
	if left, alive := previous(s.data.path); alive && left.parent > 1 {
		who = fmt.Sprintf("another running program (process %d)", left.parent)
	}
	return fmt.Errorf("the data folder %s is in use by %s: stop that one first, or name another folder with %s", s.data.path, who, s.named)
}

// waitForPrevious waits for the server of an earlier, killed program to finish its
// shutdown, and refuses when it stays.
func (s *Server) waitForPrevious(ctx context.Context) error {
	began := time.Now()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		left, alive := previous(s.data.path)
		if !alive {
			return nil
		}
		patience := endsWithin
		if left.ready {
			patience = beginsWithin
		}
		if time.Since(began) > patience {
			return fmt.Errorf("the data folder %s is in use by a PostgreSQL (process %d) that no program of ours runs: "+
				"stop it with `kill -INT %d`, or name another folder with %s", s.data.path, left.pid, left.pid, s.named)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// leftBehind says whether the last server had no time to end in order. Its processes
// may then outlive it for a while.
func (s *Server) leftBehind() bool {
	_, err := os.Stat(filepath.Join(s.data.path, "postmaster.pid"))
	return err == nil
}

// leftServer is what a folder says of the server that runs in it.
type leftServer struct {
	pid, parent int  // the parent is 0 where the system does not tell
	ready       bool // it does not shut down
}

func previous(data string) (left leftServer, alive bool) {
	raw, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if err != nil {
		return left, false
	}
	lines := strings.Split(string(raw), "\n")
	left.pid, err = strconv.Atoi(strings.TrimSpace(lines[0]))
	if err != nil || left.pid <= 0 {
		return left, false
	}
	left.ready = len(lines) > 7 && strings.TrimSpace(lines[7]) == "ready"
	// A pid that was taken by another program since is not a server: on Linux
	// its command line tells, which names the folder (anwen.folder in run).
	if cmdline, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", left.pid)); err == nil && !strings.Contains(string(cmdline), data) {
		return left, false
	}
	if status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", left.pid)); err == nil {
		_, after, _ := strings.Cut(string(status), "\nPPid:")
		line, _, _ := strings.Cut(after, "\n")
		left.parent, _ = strconv.Atoi(strings.TrimSpace(line)) // 0 is what we say when it does not tell
	}
	err = syscall.Kill(left.pid, 0)
	return left, err == nil || errors.Is(err, syscall.EPERM)
}
