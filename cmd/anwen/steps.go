package main

import (
	"fmt"
	"io"
	"time"
)

// steps prints one line for each step and how long it took, aligned with those
// of scripts/step, which precede them in `make demo`.
type steps struct{ out io.Writer }

func (s steps) do(name string, step func() error) error {
	fmt.Fprintf(s.out, "%-34s", name)
	began := time.Now()
	err := step()
	fmt.Fprintf(s.out, "%7.1f s\n", time.Since(began).Seconds())
	return err
}
