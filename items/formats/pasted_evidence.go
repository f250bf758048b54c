package formats

// farAhead is how many lines are looked at for what a question needs.
const farAhead = 60

// evidence is what speaks for a line being the beginning of a question: in itself
// and in the lines up to the next that may begin one.
func (r *pastedReader) evidence(i int) pastedHints {
	found := r.lines[i].hints
	for j := i + 1; j < len(r.lines) && j <= i+farAhead; j++ {
		l := &r.lines[j]
		switch {
		case l.heading != nil && l.heading.kind != "", l.mark != nil && (!l.mark.weak || r.current != nil && l.mark.n == r.current.number+1):
			return found
		case l.label != nil && l.label.field == fieldAnswer:
			return found | hintAnswer
		case l.label != nil && l.label.field == fieldExplanation:
			return found
		case l.letter == 1, r.bareOptions(j):
			return found | hintOptions
		case l.letter == 0:
			found |= l.hints
		}
	}
	return found
}

// bareOptions reports whether options without marks begin at the line: A 甲 above B 乙.
func (r *pastedReader) bareOptions(i int) bool {
	if bareLetter(r.lines[i].text) != 1 || i+1 == len(r.lines) {
		return false
	}
	next := &r.lines[i+1]
	return next.letter == 2 || bareLetter(next.text) == 2
}

// begins decides whether a line with a number begins a question.
func (r *pastedReader) begins(i int) bool {
	m, b, found := r.lines[i].mark, r.current, r.evidence(i)
	strong := found&strongHints != 0
	if b == nil {
		return !m.weak || strong || found&(hintKey|hintGap) != 0
	}
	next := b.number == 0 || m.n == b.number+1
	if m.weak {
		own := !m.share && !b.telling() && r.lines[i].hints&(hintGap|hintKey|hintTruth) != 0
		return next && (own || b.complete() && (strong || found&hintKey != 0))
	}
	listed := r.list.n > 0 && m.n == r.list.n+1 && m.style == r.list.style
	switch {
	case b.telling():
		if strong {
			return next || !listed
		}
		return next && (!listed || found&(hintAsks|hintGap) != 0)
	case b.complete():
		return next || m.n == 1 || m.n > b.number || found != 0
	case listed:
		return false
	case m.n == 1:
		return strong || !r.listAhead(i)
	}
	return next || m.n > b.number && (found != 0 || m.n <= b.number+5) || strong
}

// listAhead reports whether the numbers from this line on are a list inside the
// stem of the question: after them come its options or its answer, or the next
// question.
func (r *pastedReader) listAhead(i int) bool {
	style, want := r.lines[i].mark.style, 2
	for j := i + 1; j < len(r.lines); j++ {
		l := &r.lines[j]
		switch {
		case l.heading != nil && l.heading.kind != "":
			return false
		case l.label != nil, l.letter == 1:
			return true
		case l.mark == nil || l.mark.weak:
		case l.mark.n == want && l.mark.style == style:
			want++
		default:
			return l.mark.n == r.current.number+1
		}
	}
	return false
}
