package clauses

import (
	"strings"
	"unicode"
)

// resemblance is how much two units say the same: by the pairs of letters that they
// share, and for short ones by the letters that they share in order, because a
// word or two are much of a short clause.
func resemblance(a, b unit) float64 {
	switch {
	case a.tag != b.tag:
		return 0
	case a.key == b.key:
		return 1
	}
	small, large := min(len(a.grams), len(b.grams)), max(len(a.grams), len(b.grams))
	if 2*float64(small)/float64(small+large) < alikeLikeness {
		return 0 // sizes too far apart
	}
	s := likeness(a.grams, b.grams)
	if s < alikeLikeness && s >= leastShared && large <= shortClause {
		s = max(s, inOrder(a.key, b.key))
	}
	return s
}

const (
	shortClause = 64   // letters up to which a clause is compared letter by letter
	leastShared = 0.20 // below it two short clauses share no words
	sameLetters = 0.60 // of the longer of two short clauses that are one
	surelySame  = 5    // letters that they must share at least
)

// inOrder is the share of the longer key's letters that both have in order, 0
// when that is too little (longest common subsequence).
func inOrder(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for i := range x {
		diagonal := 0
		for j := range y {
			above := row[j+1]
			if x[i] == y[j] {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	common := row[len(y)]
	share := float64(common) / float64(max(len(x), len(y)))
	if common < surelySame || share < sameLetters {
		return 0
	}
	return share
}

// standsIn reports whether two fifths of a text stand in another in stretches of some
// letters: pairs of Latin letters stand in any long text.
func standsIn(piece, whole string) bool {
	letters := []rune(piece)
	length := 6
	if len(letters) > 0 && unicode.Is(unicode.Han, letters[len(letters)/2]) {
		length = 3
	}
	found, all := 0, 0
	for i := 0; i+length <= len(letters); i++ {
		all++
		if strings.Contains(whole, string(letters[i:i+length])) {
			found++
		}
	}
	return 5*found >= 2*all
}
