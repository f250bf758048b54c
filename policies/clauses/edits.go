package clauses

import "strings"

// shortest is a shortest edit between two token lists, found greedily by the
// number of edits (Myers 1986); beyond maxEdits the middle is one replacement.
func shortest(a, b []string) []Run {
	var out runs
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	out.add(Equal, strings.Join(a[:head], ""))
	out.addAll(middle(a[head:len(a)-tail], b[head:len(b)-tail]))
	out.add(Equal, strings.Join(a[len(a)-tail:], ""))
	return out.list
}

func middle(a, b []string) []Run {
	var out runs
	if len(a) == 0 || len(b) == 0 {
		out.add(Delete, strings.Join(a, ""))
		out.add(Insert, strings.Join(b, ""))
		return out.list
	}
	trace := furthest(a, b)
	if trace == nil {
		return []Run{{Delete, strings.Join(a, "")}, {Insert, strings.Join(b, "")}}
	}
	// Back from the end, one edit at a time.
	type step struct {
		op         Op
		start, end int // in a, or in b for an insertion
	}
	var steps []step
	x, y := len(a), len(b)
	for d := len(trace) - 1; d > 0; d-- {
		k, v := x-y, trace[d-1]
		down := k == -d || k != d && v.at(k-1) < v.at(k+1)
		prior := k - 1
		if down {
			prior = k + 1
		}
		px := v.at(prior)
		py := px - prior
		sx, sy := px, py // where the diagonal behind the edit begins
		if down {
			sy++
		} else {
			sx++
		}
		if x > sx {
			steps = append(steps, step{Equal, sx, x})
		}
		if down {
			steps = append(steps, step{Insert, py, sy})
		} else {
			steps = append(steps, step{Delete, px, sx})
		}
		x, y = px, py
	}
	if x > 0 {
		steps = append(steps, step{Equal, 0, x})
	}
	for i := len(steps) - 1; i >= 0; i-- {
		s := steps[i]
		from := a
		if s.op == Insert {
			from = b
		}
		out.add(s.op, strings.Join(from[s.start:s.end], ""))
	}
	return out.list
}

// frontier is how far in a each diagonal has come with so many edits.
type frontier struct {
	reach []int
	edits int
}

// nowhere is a diagonal that cannot be reached without leaving the texts.
const nowhere = -1 << 40

func (f frontier) at(k int) int {
	if k < -f.edits || k > f.edits {
		return nowhere
	}
	return f.reach[k+f.edits]
}

// furthest returns the frontiers up to the number of edits that suffices, or nil
// when that is more than maxEdits.
func furthest(a, b []string) []frontier {
	var trace []frontier
	for d := 0; d <= min(len(a)+len(b), maxEdits); d++ {
		f := frontier{reach: make([]int, 2*d+1), edits: d}
		for k := -d; k <= d; k += 2 {
			x := 0
			if d > 0 {
				v := trace[d-1]
				if k == -d || k != d && v.at(k-1) < v.at(k+1) {
					x = v.at(k + 1)
				} else {
					x = v.at(k-1) + 1
				}
			}
			if x < 0 || x > len(a) || x-k < 0 || x-k > len(b) {
				f.reach[k+d] = nowhere
				continue
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			f.reach[k+d] = x
			if x == len(a) && x-k == len(b) {
				return append(trace, f)
			}
		}
		trace = append(trace, f)
	}
	return nil
}
