package clauses

import (
	"cmp"
	"slices"
)

// pairing collects the pairs of a comparison while they are found.
type pairing struct {
	pairs []Pair
	ofOld []int // the pair of each old clause, -1 while it has none
	ofNew []int
}

func newPairing(old, new int) *pairing {
	return &pairing{ofOld: slices.Repeat([]int{-1}, old), ofNew: slices.Repeat([]int{-1}, new)}
}

func (p *pairing) join(i, j int, moved bool) {
	p.ofOld[i], p.ofNew[j] = len(p.pairs), len(p.pairs)
	p.pairs = append(p.pairs, Pair{Old: []int{i}, New: []int{j}, Moved: moved})
}

// joinMoved pairs what is left over on both sides and much alike, the most alike
// first: it stands elsewhere now.
func (p *pairing) joinMoved(a, b []unit) {
	type candidate struct {
		match
		like float64
	}
	var found []candidate
	left, right := missing(p.ofOld), missing(p.ofNew)
	near := len(left)*len(right) <= maxCells
	for _, j := range right {
		for _, i := range left {
			if a[i].key != b[j].key && !near {
				continue
			}
			if s := affinity(a[i], b[j], movedLikeness); s > 0 {
				found = append(found, candidate{match{i, j}, s})
			}
		}
	}
	slices.SortStableFunc(found, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.like, x.like), cmp.Compare(x.new, y.new), cmp.Compare(x.old, y.old))
	})
	for _, c := range found {
		if p.ofOld[c.old] < 0 && p.ofNew[c.new] < 0 {
			p.join(c.old, c.new, true)
		}
	}
}

// joinPieces finds what became of clauses that were split or merged: a clause of
// one side most of whose words stand in a clause of the other, in the part of it
// that its own partner does not account for.
func (p *pairing) joinPieces(a, b []unit) {
	for _, j := range missing(p.ofNew) {
		if i, ok := p.whole(b[j], a, p.ofOld, b, func(q Pair) []int { return q.New }); ok {
			if p.ofOld[i] < 0 {
				p.join(i, j, false)
				continue
			}
			q := &p.pairs[p.ofOld[i]]
			q.New, p.ofNew[j] = sorted(append(q.New, j)), p.ofOld[i]
		}
	}
	for _, i := range missing(p.ofOld) {
		if j, ok := p.whole(a[i], b, p.ofNew, a, func(q Pair) []int { return q.Old }); ok {
			if p.ofNew[j] < 0 {
				p.join(i, j, false)
				continue
			}
			q := &p.pairs[p.ofNew[j]]
			q.Old, p.ofOld[i] = sorted(append(q.Old, i)), p.ofNew[j]
		}
	}
}

// whole finds the clause of the other side that holds most of the piece.
func (p *pairing) whole(piece unit, others []unit, pairOf []int, own []unit, partners func(Pair) []int) (place int, ok bool) {
	if len(piece.grams) < pieceLength {
		return 0, false
	}
	best := pieceLikeness
	for i, other := range others {
		if other.tag != piece.tag || contained(piece.grams, other.grams) < best {
			continue
		}
		rest := other.grams
		if pairOf[i] >= 0 {
			for _, k := range partners(p.pairs[pairOf[i]]) {
				rest = without(rest, own[k].grams)
			}
		}
		if c := contained(piece.grams, rest); c >= best {
			best, place, ok = c, i, true
		}
	}
	return place, ok
}

// ordered lists the pairs in the order of the new text; what was removed stands
// behind the clause that it stood behind.
func (p *pairing) ordered() []Pair {
	type placed struct {
		Pair
		at, then int
	}
	var list []placed
	for _, q := range p.pairs {
		list = append(list, placed{q, q.New[0], -1})
	}
	for _, j := range missing(p.ofNew) {
		list = append(list, placed{Pair{New: []int{j}}, j, -1})
	}
	at := -1
	for i, q := range p.ofOld {
		if q < 0 {
			list = append(list, placed{Pair{Old: []int{i}}, at, i})
		} else if !p.pairs[q].Moved {
			at = max(at, p.pairs[q].New[0])
		}
	}
	slices.SortFunc(list, func(x, y placed) int { return cmp.Or(cmp.Compare(x.at, y.at), cmp.Compare(x.then, y.then)) })
	pairs := make([]Pair, len(list))
	for i, q := range list {
		pairs[i] = q.Pair
	}
	return pairs
}

func missing(pairOf []int) []int {
	var list []int
	for i, q := range pairOf {
		if q < 0 {
			list = append(list, i)
		}
	}
	return list
}

func sorted(list []int) []int {
	slices.Sort(list)
	return list
}
