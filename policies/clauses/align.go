package clauses

import "sort"

// unit is what alignment sees of a clause or sentence.
type unit struct {
	key   string // folded words: equal keys say the same
	grams grams
	tag   string // what only equals its own kind may pair with
	label string // number: a tie-breaker
}

// match is a unit of the old text beside one of the new.
type match struct{ old, new int }

const (
	sureLength = 6         // letters from which a unique key is an anchor
	sameLabel  = 0.15      // what a kept number adds to likeness
	maxCells   = 2 << 20   // beyond it a gap is left unaligned rather than slow
	maxWork    = 300 << 20 // likewise pairs of letters when all clauses are compared with all
)

// align pairs units in order: first those whose words are unique and the same in
// both texts and stand in the same order, then, between them, whatever pairing
// has the highest sum of likeness, none of it below least.
func align(a, b []unit, least float64) []match {
	var matches []match
	i, j := 0, 0
	for _, anchor := range append(anchors(a, b), match{len(a), len(b)}) {
		for _, m := range alignGap(a[i:anchor.old], b[j:anchor.new], least) {
			matches = append(matches, match{i + m.old, j + m.new})
		}
		if anchor.old < len(a) {
			matches = append(matches, anchor)
		}
		i, j = anchor.old+1, anchor.new+1
	}
	return matches
}

// anchors is the longest run of unique equal keys that rises in both texts
// (patience: the longest increasing subsequence).
func anchors(a, b []unit) []match {
	count := map[string][2]int{}
	place := map[string]int{}
	for i, u := range a {
		c := count[u.key]
		c[0]++
		count[u.key], place[u.key] = c, i
	}
	for _, u := range b {
		c := count[u.key]
		c[1]++
		count[u.key] = c
	}
	var pairs []match
	for j, u := range b {
		if count[u.key] == [2]int{1, 1} && len([]rune(u.key)) >= sureLength {
			pairs = append(pairs, match{place[u.key], j})
		}
	}
	return rising(pairs)
}

// rising is the longest subsequence whose old places rise.
func rising(pairs []match) []match {
	var tails []int // index in pairs of the smallest end of a run of each length
	before := make([]int, len(pairs))
	for i, p := range pairs {
		k := sort.Search(len(tails), func(k int) bool { return pairs[tails[k]].old >= p.old })
		before[i] = -1
		if k > 0 {
			before[i] = tails[k-1]
		}
		if k == len(tails) {
			tails = append(tails, i)
		} else {
			tails[k] = i
		}
	}
	if len(tails) == 0 {
		return nil
	}
	run := make([]match, len(tails))
	for i, k := tails[len(tails)-1], len(tails)-1; k >= 0; i, k = before[i], k-1 {
		run[k] = pairs[i]
	}
	return run
}

// alignGap maximises the sum of likeness of pairs in order (Needleman and Wunsch
// 1970, without a price for gaps).
func alignGap(a, b []unit, least float64) []match {
	if len(a) == 0 || len(b) == 0 || len(a)*len(b) > maxCells {
		return nil
	}
	wide := len(b) + 1
	score := make([]float64, (len(a)+1)*wide)
	like := make([]float64, len(a)*len(b))
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			best := max(score[(i+1)*wide+j], score[i*wide+j+1])
			if s := affinity(a[i], b[j], least); s > 0 {
				like[i*len(b)+j] = s
				best = max(best, s+score[(i+1)*wide+j+1])
			}
			score[i*wide+j] = best
		}
	}
	var matches []match
	for i, j := 0, 0; i < len(a) && j < len(b); {
		s := like[i*len(b)+j]
		switch {
		case s > 0 && score[i*wide+j] == s+score[(i+1)*wide+j+1]:
			matches = append(matches, match{i, j})
			i, j = i+1, j+1
		case score[i*wide+j] == score[(i+1)*wide+j]:
			i++
		default:
			j++
		}
	}
	return matches
}

// affinity is how well two units go together, 0 when they do not.
func affinity(a, b unit, least float64) float64 {
	if a.tag != b.tag {
		return 0
	}
	bonus := 0.0
	if a.label != "" && a.label == b.label {
		bonus = sameLabel
	}
	if a.key == b.key {
		return 1 + bonus
	}
	// Sizes too far apart cannot be alike enough: no need to count.
	small, large := min(len(a.grams), len(b.grams)), max(len(a.grams), len(b.grams))
	if 2*float64(small)/float64(small+large) < least-bonus {
		return 0
	}
	if s := likeness(a.grams, b.grams) + bonus; s >= least {
		return s
	}
	return 0
}
