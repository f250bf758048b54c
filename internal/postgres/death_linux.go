package postgres

import "syscall"

// dieWithParent asks the kernel for a fast shutdown of the child when we end.
func dieWithParent(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGINT }
