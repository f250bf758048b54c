package clauses

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// longText is a text of so many clauses, no two alike.
func longText(n int, word string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Article %d The %s number %d is kept for %d years by unit %d.\n\n", i+1, word, i*7919, i%13, i*31)
	}
	return b.String()
}

func TestATextIsTooLongByItsClausesOrItsBytes(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		long bool
	}{"short": {longText(1000, "record"), false}, "clauses": {longText(2001, "a"), true}, "bytes": {strings.Repeat("word ", 60_000), true}} {
		if TooLong("x", c.text) != c.long {
			t.Errorf("%s: too long is %v", name, !c.long)
		}
	}
}

func TestAComparisonEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	began := time.Now()
	if _, err := CompareWithin(ctx, longText(1500, "record"), longText(1500, "entry")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("it went on for %s", took)
	}
}
