package formats

import (
	"strings"

	"anwen/internal/errs"
)

// pastedAnswer is the answer to a question, by its number, in a list of answers.
type pastedAnswer struct {
	number      int
	value       string
	explanation []string
}

// pastedAnswers are lists of answers that stand apart from their questions.
type pastedAnswers struct {
	open bool         // the lines that follow are answers
	kind string       // that the heading above them says
	last *pastedBlock // that got the last answer; a block of its own when no question did
	next int          // where, among the questions, the next answer is expected
}

// addAnswers hands the answers of a line to their questions: forward from the last
// one that got its answer, so that numbers may begin again.
func (r *pastedReader) addAnswers(i int, rows []pastedAnswer) {
	r.lines[i].role = pastedInAnswers
	for _, row := range rows {
		b := &pastedBlock{}
		if at := r.questionOf(row.number); at >= 0 {
			b, r.answers.next = r.blocks[at], at+1
		} else {
			r.faults.Add(r.place(r.lines[i].number), "quizzes.answer_without_question", errs.Args{"number": row.number})
		}
		b.give(row)
		r.answers.last = b
	}
	r.current, r.list.n, r.answers.open = nil, 0, true
}

// give puts an answer of a list into the question.
func (b *pastedBlock) give(a pastedAnswer) {
	b.explanation = append(b.explanation, a.explanation...)
	switch {
	case a.value == "":
	case len(b.answer) == 0:
		b.labelled, b.answer = true, []string{a.value}
	case strings.TrimSpace(strings.Join(b.answer, "\n")) != a.value:
		b.otherAnswer = a.value
	}
}

// questionOf is the place of the question with the number that the next answer
// belongs to, -1 without one.
func (r *pastedReader) questionOf(number int) int {
	for _, fits := range []func(i int, b *pastedBlock) bool{
		func(i int, b *pastedBlock) bool { return i >= r.answers.next && !b.labelled },
		func(_ int, b *pastedBlock) bool { return !b.labelled },
		func(int, *pastedBlock) bool { return true },
	} {
		for _, i := range r.byNumber[number] {
			if b := r.blocks[i]; fits(i, b) && sameKind(r.answers.kind, b.section.kind) {
				return i
			}
		}
	}
	return -1
}

// more takes a line that goes on with the last answer.
func (a *pastedAnswers) more(l *pastedLine) bool {
	b := a.last
	if b == nil {
		return false
	}
	if len(b.explanation) > 0 || isShortKey(strings.Join(b.answer, "\n")) {
		b.explanation = append(b.explanation, l.text)
	} else {
		b.answer = append(b.answer, l.text)
	}
	l.role = pastedInAnswers
	return true
}

// label takes 解析： after an answer of the list.
func (a *pastedAnswers) label(l *pastedLine) bool {
	if !a.open || a.last == nil {
		return false
	}
	l.role = pastedInAnswers
	switch {
	case l.label.field == fieldAnswer && len(a.last.answer) == 0:
		a.last.give(pastedAnswer{value: l.label.value})
	case l.label.field == fieldExplanation:
		a.last.explanation = appendText(a.last.explanation, l.label.value)
	default:
		a.last.explanation = append(a.last.explanation, l.text)
	}
	return true
}

// answersFollow reports whether a list of answers comes after the line, and not the
// answer to one question.
func (r *pastedReader) answersFollow(i int) bool {
	j := i + 1
	for j < len(r.lines) && (r.lines[j].page || r.lines[j].heading != nil && r.lines[j].heading.kind != "") {
		j++
	}
	if j == len(r.lines) {
		return false
	}
	l := &r.lines[j]
	if rows, _ := answerRow(l.text); len(rows) > 0 || tableNumbers.MatchString(l.text) {
		return true
	}
	if l.mark == nil || l.mark.weak || r.evidence(j)&hintOptions != 0 {
		return false
	}
	if lab := labelOf(l.mark.rest); lab != nil && lab.field <= fieldExplanation {
		return true
	}
	letters, _ := cutLetters(l.mark.rest)
	truth, _ := cutTruth(l.mark.rest)
	return letters != "" || truth != "" || j > i+1 && r.waiting(l.mark.n) || r.unanswered() > 1 && r.waiting(l.mark.n)
}

func (r *pastedReader) unanswered() int {
	n := 0
	for _, b := range r.blocks {
		if !b.answered() {
			n++
		}
	}
	return n
}

// waiting reports whether a question of the number has no answer yet.
func (r *pastedReader) waiting(number int) bool {
	for _, i := range r.byNumber[number] {
		if b := r.blocks[i]; !b.answered() && sameKind(r.answers.kind, b.section.kind) {
			return true
		}
	}
	return false
}

// sameKind reports whether two words mean one kind; no word fits every kind.
func sameKind(a, b string) bool {
	if a == "" || b == "" {
		return true
	}
	x, _ := kindOfWord(a)
	y, _ := kindOfWord(b)
	return x == y
}

// answerRow takes a line of answers: 1.A 2.B or 1-5 ABCDA.
func (r *pastedReader) answerRow(i int) bool {
	l := &r.lines[i]
	if l.label != nil || l.letter > 0 {
		return false
	}
	rows, wrong := answerRow(l.text)
	if wrong != "" && (r.answers.open || r.current == nil || r.current.complete()) {
		r.fault(i, "quizzes.answers_unlike_range", errs.Args{"text": cut(wrong, 40)})
		return true
	}
	if len(rows) == 0 {
		return false
	}
	if b := r.current; len(rows) == 1 && b != nil {
		if b.telling() && rows[0].number == r.list.n+1 || l.mark == nil || l.mark.weak && !b.complete() {
			return false
		}
	}
	r.addAnswers(i, rows)
	return true
}

// numberedAnswer takes 3.【答案】B, and what stands after a number in a list of
// answers.
func (r *pastedReader) numberedAnswer(i int) bool {
	m := r.lines[i].mark
	if r.evidence(i)&hintOptions != 0 || !r.waiting(m.n) {
		return false
	}
	row := pastedAnswer{number: m.n}
	switch lab := labelOf(m.rest); {
	case lab != nil && lab.field == fieldAnswer && lab.value != "":
		row.value = lab.value
	case lab != nil && lab.field == fieldExplanation && r.answers.open:
		row.explanation = appendText(nil, lab.value)
	case lab == nil && r.answers.open && !m.weak:
		row.value = m.rest
	default:
		return false
	}
	r.addAnswers(i, []pastedAnswer{row})
	return true
}
