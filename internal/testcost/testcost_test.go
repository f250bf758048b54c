package testcost

import "testing"

var sink int

func spin(steps int) {
	for n := range steps {
		sink += n ^ sink>>3
	}
}

func TestWorkInProportionPassesAndASquareDoesNot(t *testing.T) {
	t.Run("in proportion", func(t *testing.T) { Linear(t, 400_000, func(n int) { spin(n * 2000) }) })
	square := &testing.T{}
	done := make(chan struct{})
	go func() { // a failed test's goroutine may end early
		defer close(done)
		Linear(square, 24_000, func(n int) { spin(n * n) })
	}()
	<-done
	if !square.Failed() {
		t.Error("a cost that grows with the square was not noticed")
	}
}
