package clauses

import (
	"cmp"
	"context"
	"slices"
)

// pairing collects the pairs of a comparison while they are found.
type pairing struct {
	ended func() bool // nobody waits any more: what is found is thrown away
	pairs []Pair
	ofOld []int // the pair of each old clause, -1 while it has none
	ofNew []int
}

func newPairing(ctx context.Context, old, new int) *pairing {
	return &pairing{ended: func() bool { return ctx.Err() != nil }, ofOld: slices.Repeat([]int{-1}, old), ofNew: slices.Repeat([]int{-1}, new)}
}

func (p *pairing) join(i, j int) {
	p.ofOld[i], p.ofNew[j] = len(p.pairs), len(p.pairs)
	p.pairs = append(p.pairs, Pair{Old: []int{i}, New: []int{j}})
}

// joinAlike pairs what is much alike, the most alike first, wherever it stands.
// Of equal likenesses the one that keeps its number comes first, then the one
// that stands at the same height of its text.
func (p *pairing) joinAlike(a, b []unit) {
	type candidate struct {
		match
		like  float64
		label bool
		apart float64
	}
	var found []candidate
	left, right := missing(p.ofOld), missing(p.ofNew)
	near := affordable(a, b, left, right)
	for _, j := range right {
		if p.ended() {
			return
		}
		for _, i := range left {
			if a[i].key != b[j].key && !near {
				continue
			}
			if s := resemblance(a[i], b[j]); s >= alikeLikeness {
				apart := float64(i)/float64(len(a)) - float64(j)/float64(len(b))
				found = append(found, candidate{match{i, j}, s, a[i].label != "" && a[i].label == b[j].label, max(apart, -apart)})
			}
		}
	}
	slices.SortFunc(found, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.like, x.like), -compareBool(x.label, y.label), cmp.Compare(x.apart, y.apart), cmp.Compare(x.new, y.new), cmp.Compare(x.old, y.old))
	})
	for _, c := range found {
		if p.ofOld[c.old] < 0 && p.ofNew[c.new] < 0 {
			p.join(c.old, c.new)
		}
	}
}

func compareBool(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return 1
	}
	return -1
}

// affordable reports whether all may be compared with all.
func affordable(a, b []unit, left, right []int) bool {
	work := 0
	for _, i := range left {
		work += len(a[i].grams) * len(right)
	}
	for _, j := range right {
		work += len(b[j].grams) * len(left)
	}
	return work <= maxWork
}

// joinBetween pairs what is less alike, where it stands in the same order between
// the same neighbours.
func (p *pairing) joinBetween(a, b []unit) {
	i, j := 0, 0
	for _, m := range append(rising(p.matches()), match{len(a), len(b)}) {
		if p.ended() {
			return
		}
		left, right := between(p.ofOld, i, m.old), between(p.ofNew, j, m.new)
		for _, found := range alignGap(at(a, left), at(b, right), clauseLikeness) {
			p.join(left[found.old], right[found.new])
		}
		i, j = m.old+1, m.new+1
	}
}

func at(units []unit, places []int) []unit {
	list := make([]unit, len(places))
	for k, i := range places {
		list[k] = units[i]
	}
	return list
}

// between are the places from one to another that have no pair yet.
func between(pairOf []int, from, to int) []int {
	var list []int
	for i := from; i < to; i++ {
		if pairOf[i] < 0 {
			list = append(list, i)
		}
	}
	return list
}

// matches are the first places of the pairs in the order of the new text.
func (p *pairing) matches() []match {
	list := make([]match, len(p.pairs))
	for k, q := range p.pairs {
		list[k] = match{q.Old[0], q.New[0]}
	}
	slices.SortFunc(list, func(x, y match) int { return cmp.Compare(x.new, y.new) })
	return list
}

// markMoved marks the pairs that do not keep their order among the others.
func (p *pairing) markMoved() {
	kept := map[match]bool{}
	for _, m := range rising(p.matches()) {
		kept[m] = true
	}
	for k := range p.pairs {
		q := &p.pairs[k]
		q.Moved = len(q.Old) == 1 && len(q.New) == 1 && !kept[match{q.Old[0], q.New[0]}]
	}
}

// joinPieces finds what became of clauses that were split or merged: a clause of
// one side most of whose words stand in a clause of the other, in the part of it
// that its own partner does not account for.
func (p *pairing) joinPieces(a, b []unit) {
	for _, j := range missing(p.ofNew) {
		if p.ended() {
			return
		}
		if i, ok := p.whole(b[j], a, p.ofOld, b, func(q Pair) []int { return q.New }); ok {
			if p.ofOld[i] < 0 {
				p.join(i, j)
				continue
			}
			q := &p.pairs[p.ofOld[i]]
			q.New, p.ofNew[j] = sorted(append(q.New, j)), p.ofOld[i]
		}
	}
	for _, i := range missing(p.ofOld) {
		if p.ended() {
			return
		}
		if j, ok := p.whole(a[i], b, p.ofNew, a, func(q Pair) []int { return q.Old }); ok {
			if p.ofNew[j] < 0 {
				p.join(i, j)
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
		if c := contained(piece.grams, rest); c >= best && standsIn(piece.key, other.key) {
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
