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

// waitForPrevious waits for a server of an earlier, killed process to finish
// its shutdown, and refuses when it stays: two servers on one folder lose data.
func waitForPrevious(ctx context.Context, data string) error {
	patience := time.NewTimer(20 * time.Second)
	defer patience.Stop()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		pid, alive := previous(data)
		if !alive {
			return nil
		}
		select {
		case <-patience.C:
			return fmt.Errorf("the database folder %s is in use by process %d; stop that one first or choose another folder with --data", data, pid)
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

func previous(data string) (pid int, alive bool) {
	raw, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if err != nil {
		return 0, false
	}
	first, _, _ := strings.Cut(string(raw), "\n")
	pid, err = strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 0 {
		return 0, false
	}
	// A pid that was taken by another program since is not a server: on Linux
	// its command line tells, which names the folder (anwen.folder in run).
	if cmdline, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err == nil && !strings.Contains(string(cmdline), data) {
		return 0, false
	}
	err = syscall.Kill(pid, 0)
	return pid, err == nil || errors.Is(err, syscall.EPERM)
}
