package performance

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"pgregory.net/rapid"
)

// vector is one published table: inputs, what was printed, and to how many places.
type vector struct {
	ID        string
	Input     [][]float64
	Expected  [][]float64
	Tolerance float64
}

func vectors(t *testing.T) map[string]vector {
	t.Helper()
	raw, err := os.ReadFile("../../shared/vectors/vectors.json")
	if os.IsNotExist(err) {
		t.Skip("the published vectors are not beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Vectors []json.RawMessage }
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	found := map[string]vector{}
	for _, one := range file.Vectors {
		var v vector
		if json.Unmarshal(one, &v) == nil { // other topics have other shapes
			found[v.ID] = v
		}
	}
	return found
}

func within(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance {
		t.Errorf("%s: got %.15f, want %.15f", what, got, want)
	}
}

func TestWilsonGivesWhatWasPublished(t *testing.T) {
	all := vectors(t)
	for _, id := range []string{"V01", "V02"} {
		v, ok := all[id]
		if !ok {
			t.Fatalf("vector %s is missing", id)
		}
		for i, in := range v.Input {
			confidence := 0.95
			if len(in) == 3 {
				confidence = in[2]
			}
			lower, upper := wilson(in[0], in[1], quantile(confidence))
			within(t, id+" lower", lower, v.Expected[i][0], v.Tolerance)
			within(t, id+" upper", upper, v.Expected[i][1], v.Tolerance)
		}
	}
}

func TestNewcombeGivesWhatWasPublished(t *testing.T) {
	v, ok := vectors(t)["V04"]
	if !ok {
		t.Fatal("vector V04 is missing")
	}
	for i, in := range v.Input {
		d, lower, upper := Newcombe(int(in[0]), int(in[1]), int(in[2]), int(in[3]), 0.95)
		within(t, "V04 difference", d, v.Expected[i][0], v.Tolerance)
		within(t, "V04 lower", lower, v.Expected[i][1], v.Tolerance)
		within(t, "V04 upper", upper, v.Expected[i][2], v.Tolerance)
	}
}

func TestWilsonAtTheEdges(t *testing.T) {
	for _, c := range []struct {
		name         string
		successes, n int
		lower, upper float64
	}{
		{"no cases say nothing", 0, 0, 0, 1},
		{"none of ten", 0, 10, 0, 0.27753},
		{"all of ten", 10, 10, 0.72247, 1},
		{"17 of 20 satisfied may be 64 to 95 percent", 17, 20, 0.63958, 0.94761},
	} {
		lower, upper := Wilson(c.successes, c.n, 0.95)
		within(t, c.name+", lower", lower, c.lower, 5e-5)
		within(t, c.name+", upper", upper, c.upper, 5e-5)
	}
	if d, lower, upper := Newcombe(1, 2, 0, 0, 0.95); !math.IsNaN(d) || lower != -1 || upper != 1 {
		t.Errorf("a side without cases gives %v (%v to %v)", d, lower, upper)
	}
}

func TestWilsonHoldsForEveryCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 100_000).Draw(t, "n")
		r := rapid.IntRange(0, n).Draw(t, "r")
		lower, upper := Wilson(r, n, 0.95)
		share := float64(r) / float64(n)
		if lower < 0 || upper > 1 || lower > share || share > upper {
			t.Fatalf("%d of %d: %v to %v does not hold %v", r, n, lower, upper, share)
		}
		otherLower, otherUpper := Wilson(n-r, n, 0.95)
		if math.Abs(lower-(1-otherUpper)) > 1e-12 || math.Abs(upper-(1-otherLower)) > 1e-12 {
			t.Fatalf("%d of %d is not the mirror of %d of %d", r, n, n-r, n)
		}
		widerLower, widerUpper := Wilson(r, n, 0.998)
		if widerLower > lower || widerUpper < upper {
			t.Fatalf("%d of %d: more confidence gives a narrower interval", r, n)
		}
	})
}
