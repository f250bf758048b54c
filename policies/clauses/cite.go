package clauses

import (
	"regexp"
	"strconv"
	"strings"
)

// Fate is what became of a clause that somebody cites.
type Fate string

// The fates. Kept: the clause says what it said, under the number that it had.
const (
	Kept       Fate = "kept"
	Renumbered Fate = "renumbered" // the words stand, the number is another
	Reworded   Fate = "changed"    // the clause, or one below it
	Gone       Fate = "removed"
	Divided    Fate = "split"
	Joined     Fate = "merged"
)

// Find returns the clauses that a citation can mean: the one with this address,
// else all with this number, in Chinese or Arabic numerals (第十二条, 第12条, 4.2),
// or with this heading. More than one means that the citation is ambiguous.
func (d Document) Find(citation string) []Clause {
	if c, ok := d.ByAddress(citation); ok {
		return []Clause{c}
	}
	want := citationKey(citation)
	var found []Clause
	for _, c := range d.Clauses {
		if want != "" && (citationKey(c.Number) == want || citationKey(c.Title) == want) {
			found = append(found, c)
		}
	}
	return found
}

var numeral = regexp.MustCompile(`[0-9〇零一二三四五六七八九十百千]+`)

// citationKey is a number or heading without what people write differently.
func citationKey(s string) string {
	s = numeral.ReplaceAllStringFunc(fold(s), func(digits string) string {
		if n, ok := ParseNumeral(digits); ok {
			return strconv.Itoa(n)
		}
		return digits
	})
	return strings.TrimRight(s, ".,:;、。")
}

// FateOf tells what became of the clause with the address in the old text, the
// clauses below it included, and which clauses of the new text hold it now.
func (d Difference) FateOf(address string) (Fate, []Clause) {
	i := d.Old.index(address)
	if i < 0 {
		return Gone, nil
	}
	pair := d.pairOf(i)
	now := make([]Clause, len(pair.New))
	for k, n := range pair.New {
		now[k] = d.New.Clauses[n]
	}
	switch {
	case len(now) == 0:
		if n := d.New.index(address); n >= 0 && d.isNew(n) { // rewritten beyond likeness, under the same number
			return Reworded, []Clause{d.New.Clauses[n]}
		}
		return Gone, nil
	case pair.Change == Split:
		return Divided, now
	case pair.Change == Merged:
		return Joined, now
	case pair.Change == Changed || d.belowDiffers(i, pair.New[0]):
		return Reworded, now
	case pair.Renumbered:
		return Renumbered, now
	}
	return Kept, now
}

func (d Difference) pairOf(old int) Pair {
	for _, p := range d.Pairs {
		for _, i := range p.Old {
			if i == old {
				return p
			}
		}
	}
	return Pair{} // every clause stands in a pair: not reached
}

// isNew reports whether clause n of the new text has no counterpart in the old.
func (d Difference) isNew(n int) bool {
	for _, p := range d.Pairs {
		if p.Change == Added && p.New[0] == n {
			return true
		}
	}
	return false
}

// belowDiffers compares what stands below two clauses, numbers aside.
func (d Difference) belowDiffers(old, new int) bool {
	a, b := d.Old.below(old), d.New.below(new)
	if len(a) != len(b) {
		return true
	}
	for i := range a {
		if fold(a[i].Body()) != fold(b[i].Body()) {
			return true
		}
	}
	return false
}

func (d Document) index(address string) int {
	for i, c := range d.Clauses {
		if c.Address == address {
			return i
		}
	}
	return -1
}

// below are the clauses under clause i.
func (d Document) below(i int) []Clause {
	end := i + 1
	for end < len(d.Clauses) && d.Clauses[end].Level > d.Clauses[i].Level {
		end++
	}
	return d.Clauses[i+1 : end]
}

// Says reports whether the clause with the address in the new text, or one below
// it, says what the old text did not.
func (d Difference) Says(address string) bool {
	first := d.New.index(address)
	if first < 0 {
		return false
	}
	last := first + len(d.New.below(first))
	for _, p := range d.Pairs {
		if p.Change == Same || p.Change == Typographic {
			continue
		}
		for _, i := range p.New {
			if first <= i && i <= last {
				return true
			}
		}
	}
	return false
}
