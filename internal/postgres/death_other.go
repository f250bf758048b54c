//go:build !linux

package postgres

import "syscall"

// dieWithParent has no kernel support here; waitForPrevious finds what was left.
func dieWithParent(*syscall.SysProcAttr) {}
