package clauses

import "slices"

// grams is the sorted multiset of the neighbouring pairs of letters in a folded
// text, each pair packed into one number; a single letter is its own pair.
type grams []uint64

func gramsOf(folded string) grams {
	runes := []rune(folded)
	if len(runes) == 1 {
		return grams{uint64(runes[0])}
	}
	g := make(grams, 0, len(runes))
	for i := 1; i < len(runes); i++ {
		g = append(g, uint64(runes[i-1])<<32|uint64(runes[i]))
	}
	slices.Sort(g)
	return g
}

// shared counts the pairs that both hold.
func shared(a, b grams) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			n, i, j = n+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return n
}

// without takes b's pairs out of a.
func without(a, b grams) grams {
	rest, j := make(grams, 0, len(a)), 0
	for _, g := range a {
		for j < len(b) && b[j] < g {
			j++
		}
		if j < len(b) && b[j] == g {
			j++
			continue
		}
		rest = append(rest, g)
	}
	return rest
}

// likeness is Dice's coefficient of the two multisets (Dice 1945): 1 for the
// same, 0 for nothing in common.
func likeness(a, b grams) float64 {
	if len(a)+len(b) == 0 {
		return 1
	}
	return 2 * float64(shared(a, b)) / float64(len(a)+len(b))
}

// contained is the part of a that stands in b.
func contained(a, b grams) float64 {
	if len(a) == 0 {
		return 0
	}
	return float64(shared(a, b)) / float64(len(a))
}
