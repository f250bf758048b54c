package clauses

import (
	"context"
	"slices"
	"strings"

	"anwen/internal/han"
)

// Change is what became of a clause.
type Change string

// The changes. Typographic: only spaces, widths, letter case or Markdown's signs
// differ. A renumbered or moved clause may be Same.
const (
	Same        Change = "same"
	Typographic Change = "typographic"
	Changed     Change = "changed"
	Added       Change = "added"
	Removed     Change = "removed"
	Split       Change = "split"  // one old clause became several
	Merged      Change = "merged" // several old clauses became one
)

// Pair is a clause of the old text beside its clause of the new one. Old and New
// are places in the documents; more than one on a side when a clause was split
// or merged, none when it was added or removed.
type Pair struct {
	Change     Change
	Renumbered bool
	Moved      bool // stands elsewhere among its neighbours
	Old, New   []int
	Runs       []Run // the old and the new text of the pair, in one
}

// Difference is how the new text differs from the old, clause by clause in the
// order of the new one; what was removed stands where it stood.
type Difference struct {
	Old, New Document
	Pairs    []Pair
}

// What decides about pairs, set on the dated versions of public laws and company
// policies: clauses that share alikeLikeness are one wherever they stand; below
// clauseLikeness two clauses are two, not one that changed.
const (
	clauseLikeness = 0.38
	alikeLikeness  = 0.60
	pieceLikeness  = 0.66 // of a piece of a split or merged clause, by containment
	pieceLength    = 12   // letters from which a clause may be such a piece
)

// What is compared while somebody waits is no longer than this: the work grows with the
// product of the clauses of both texts.
const (
	maxCompared = 260 << 10 // bytes of a text
	maxClauses  = 2000      // of a text
)

// TooLong reports whether one of the texts is too long to be compared while somebody waits.
func TooLong(texts ...string) bool {
	return slices.ContainsFunc(texts, func(text string) bool {
		return len(text) > maxCompared || len(Parse(text).Clauses) > maxClauses
	})
}

// Compare tells how the text new differs from the text old. It takes any two
// texts and never fails.
func Compare(old, new string) Difference {
	d, _ := CompareWithin(context.Background(), old, new) // nobody ends this one
	return d
}

// CompareWithin is Compare until the context ends, whose error it returns.
func CompareWithin(ctx context.Context, old, new string) (Difference, error) {
	d := Difference{Old: Parse(old), New: Parse(new)}
	a, b := unitsOf(d.Old), unitsOf(d.New)
	pairs := newPairing(ctx, len(a), len(b))
	for _, m := range anchors(a, b) {
		pairs.join(m.old, m.new)
	}
	pairs.joinAlike(a, b)
	pairs.joinBetween(a, b)
	pairs.joinPieces(a, b)
	pairs.markMoved()
	for _, p := range pairs.ordered() {
		if err := ctx.Err(); err != nil {
			return Difference{}, err
		}
		d.Pairs = append(d.Pairs, d.judge(p))
	}
	return d, ctx.Err()
}

func unitsOf(d Document) []unit {
	list := make([]unit, len(d.Clauses))
	for i, c := range d.Clauses {
		key := han.Simplify(fold(c.Body())) // the other script says the same
		list[i] = unit{key: key, grams: gramsOf(key), label: ordinalText(c.Ordinal), tag: "text"}
		switch {
		case c.heads():
			list[i].tag = "head"
		case c.Kind == Preamble:
			list[i].tag = "preamble"
		}
	}
	return list
}

// judge names the change of a pair and lays both texts into one another.
func (d Difference) judge(p Pair) Pair {
	old, new := texts(d.Old, p.Old), texts(d.New, p.New)
	switch {
	case len(p.Old) == 0:
		p.Change, p.Runs = Added, []Run{{Insert, new}}
		return p
	case len(p.New) == 0:
		p.Change, p.Runs = Removed, []Run{{Delete, old}}
		return p
	case len(p.New) > 1:
		p.Change = Split
	case len(p.Old) > 1:
		p.Change = Merged
	default:
		was, is := d.Old.Clauses[p.Old[0]], d.New.Clauses[p.New[0]]
		p.Renumbered = !slices.Equal(was.Ordinal, is.Ordinal)
		switch {
		case fold(was.Body()) != fold(is.Body()):
			p.Change = Changed
		case strings.TrimSpace(was.Body()) == strings.TrimSpace(is.Body()):
			p.Change = Same
		default:
			p.Change = Typographic
		}
	}
	if len(p.Old) == 1 && len(p.New) == 1 {
		p.Runs = compareClause(d.Old.Clauses[p.Old[0]], d.New.Clauses[p.New[0]])
	} else {
		p.Runs = compareText(old, new)
	}
	return p
}

// compareClause keeps the number out of the words: another number is another
// number as a whole.
func compareClause(old, new Clause) []Run {
	var out runs
	was, is := old.Text[:old.body], new.Text[:new.body]
	if i, j := strings.Index(was, old.Number), strings.Index(is, new.Number); unspaced(old.Number) != unspaced(new.Number) && old.Number != "" && new.Number != "" && i >= 0 && j >= 0 {
		out.addAll(compareWords(was[:i], is[:j]))
		out.add(Delete, old.Number)
		out.add(Insert, new.Number)
		out.addAll(compareWords(was[i+len(old.Number):], is[j+len(new.Number):]))
	} else {
		out.addAll(compareWords(was, is))
	}
	out.addAll(compareText(old.Body(), new.Body()))
	return out.list
}

func texts(d Document, places []int) string {
	var b strings.Builder
	for _, i := range places {
		b.WriteString(d.Clauses[i].Text)
	}
	return b.String()
}

// OldText puts the old text together again from the runs of the pairs alone.
func (d Difference) OldText() string {
	return rebuild(d.Old, d.Pairs, func(p Pair) []int { return p.Old }, Insert)
}

// NewText puts the new text together again from the runs of the pairs alone.
func (d Difference) NewText() string {
	return rebuild(d.New, d.Pairs, func(p Pair) []int { return p.New }, Delete)
}

func rebuild(doc Document, pairs []Pair, places func(Pair) []int, foreign Op) string {
	parts := make([]string, len(doc.Clauses))
	for _, p := range pairs {
		var b strings.Builder
		for _, r := range p.Runs {
			if r.Op != foreign {
				b.WriteString(r.Text)
			}
		}
		text := b.String()
		for _, i := range places(p) {
			n := min(len(doc.Clauses[i].Text), len(text))
			parts[i], text = text[:n], text[n:]
		}
	}
	return strings.Join(parts, "")
}

// Summary counts the pairs of each change, and those renumbered and moved.
func (d Difference) Summary() map[string]int {
	count := map[string]int{"same": 0, "typographic": 0, "changed": 0, "added": 0, "removed": 0, "split": 0, "merged": 0, "renumbered": 0, "moved": 0}
	for _, p := range d.Pairs {
		count[string(p.Change)]++
		if p.Renumbered {
			count["renumbered"]++
		}
		if p.Moved {
			count["moved"]++
		}
	}
	return count
}
