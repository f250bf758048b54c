package formats

import (
	"strings"

	"anwen/internal/errs"
)

// Numbers that a word processor made are lost when its text is pasted. A question
// without one is known by what follows its stem, or by the key in it.

// startsUnnumbered reports whether a question without a number begins at the line,
// where none is being read.
func (r *pastedReader) startsUnnumbered(i int) bool {
	for j := i; j < len(r.lines) && j <= i+farAhead; j++ {
		l := &r.lines[j]
		switch {
		case j > i && l.letter == 1, j > i && l.label != nil && l.label.field == fieldAnswer && !r.answersFollow(j):
			return true
		case l.letter > 0, l.label != nil, l.page, j > i && (l.heading != nil || l.mark != nil), j > i && l.loose:
			return false
		case l.hints&(hintTruth|hintKey|hintOptions) != 0, l.hints&hintGap != 0 && r.section.kind != "":
			return true
		}
	}
	return false
}

// startsTruth reports whether the next of several true/false statements without
// numbers begins at the line: the one before has its mark, and this one has one too.
func (r *pastedReader) startsTruth(i int) bool {
	b := r.current
	if b.part != partBody || b.hasOptions && !r.lines[i].loose || !b.hasOptions && b.hints&hintTruth == 0 {
		return false
	}
	for j := i; j < len(r.lines) && j <= i+farAhead; j++ {
		l := &r.lines[j]
		if l.letter > 0 || l.label != nil || j > i && (l.mark != nil || l.heading != nil || l.loose) {
			return false
		}
		if l.hints&hintTruth != 0 {
			return true
		}
	}
	return false
}

// explains reports whether the words that were read last go on with an explanation
// or a long answer.
func (b *pastedBlock) explains() bool {
	if b.part == partAnswer {
		return !isShortKey(strings.Join(b.answer[:max(0, len(b.answer)-len(b.run))], "\n"))
	}
	return b.part == partExplanation
}

// splitBefore begins a question without a number in the words that were read last,
// because option A, or another answer, follows them. It reports false when they
// cannot be a stem.
func (r *pastedReader) splitBefore(i int) bool {
	b := r.current
	if len(b.run) == 0 {
		return false
	}
	from, loose := len(b.run)-1, false
	for k := from; k >= 0 && !loose; k-- {
		if r.lines[b.run[k]].loose {
			from, loose = k, true
		}
	}
	const asked = hintKey | hintGap | hintAsks
	keyed := false
	for k := len(b.run) - 1; k >= 0; k-- {
		if r.lines[b.run[k]].hints&asked != 0 {
			keyed = true
			if !loose {
				from = k
			}
		}
	}
	last := &r.lines[b.run[len(b.run)-1]]
	if b.explains() && r.lines[i].letter == 1 && !(loose && keyed) && last.hints&asked == 0 {
		return false
	}
	run := b.run
	b.takeBack(len(run) - from)
	r.start(run[from])
	for _, k := range run[from+1:] {
		r.current.add(&r.lines[k], k)
	}
	if !loose && len(run) > 1 {
		r.current.warnings = append(r.current.warnings, errs.Fault{Place: r.place(r.current.line), Code: "quizzes.begins_unclear"})
	}
	return true
}
