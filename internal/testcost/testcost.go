// Package testcost holds work to a cost that grows with its size and not with the
// square of it. It counts processor time and compares two sizes in one run, so that
// a busy machine fails no test. For tests only.
package testcost

import (
	"syscall"
	"testing"
	"time"
)

const (
	quarter = 4
	// mostGrowth is between what four times the size costs when the cost is in
	// proportion (4) and when it is a square (16).
	mostGrowth = 10
	// cheap is a cost that no square hides behind.
	cheap   = 250 * time.Millisecond
	repeats = 3
)

// Linear fails the test when do(size) costs far more than four times do(size/4).
// The test is not to run beside others of its process.
func Linear(t *testing.T, size int, do func(size int)) {
	t.Helper()
	var large, small time.Duration
	for range repeats {
		if large = cpu(func() { do(size) }); large < cheap {
			return
		}
		if small = cpu(func() { do(size / quarter) }); large < mostGrowth*small {
			return
		}
	}
	t.Errorf("a size of %d costs %v of processor time, a quarter of it %v", size, large, small)
}

// cpu is the processor time that the process spends on its own code during do.
func cpu(do func()) time.Duration {
	before := user()
	do()
	return user() - before
}

func user() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano())
}
