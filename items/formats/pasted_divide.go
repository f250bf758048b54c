package formats

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"anwen/internal/errs"
)

// pastedReader divides the lines of a text into questions and lists of answers.
type pastedReader struct {
	file   string
	faults errs.Faults
	lines  []pastedLine

	section  pastedSection
	counted  int    // questions since the heading
	kind     string // 题型： said before the question it is about
	current  *pastedBlock
	blocks   []*pastedBlock
	byNumber map[int][]int // places of the questions with a number
	list     struct {      // the last number of a list inside a text
		n     int
		style numberStyle
	}
	titles  []int    // lines before the first question
	pending []string // what stands between questions and belongs to none
	answers pastedAnswers
}

func (r *pastedReader) place(line int) errs.Place { return errs.Place{File: r.file, Line: line} }

func (r *pastedReader) fault(i int, code string, args errs.Args) {
	r.lines[i].role = pastedFaulty
	r.faults.Add(r.place(r.lines[i].number), code, args)
}

// divide goes once through the lines.
func (r *pastedReader) divide() {
	for i := 0; i < len(r.lines); i++ {
		if len(r.blocks) > MaxQuestions {
			r.blocks = r.blocks[:MaxQuestions]
			r.faults.Add(r.place(r.current.line), "quizzes.too_many_questions", errs.Args{"most": MaxQuestions})
			return
		}
		l := &r.lines[i]
		switch {
		case l.page:
			l.role = pastedInHeading
		case l.heading != nil && r.head(i):
		case r.answerTable(&i), r.answerRow(i):
		case l.label != nil && r.label(i):
		case l.mark != nil && r.number(i):
		default:
			r.words(i)
		}
	}
	if len(r.blocks) == 0 {
		for _, i := range r.titles {
			r.strayLine(i)
		}
	}
}

func (r *pastedReader) strayLine(i int) {
	r.fault(i, "quizzes.line_without_question", errs.Args{"text": cut(r.lines[i].text, 40)})
}

// head takes a heading; one of a chapter counts only where a question is over.
func (r *pastedReader) head(i int) bool {
	l := &r.lines[i]
	h := l.heading
	switch {
	case h.kind != "":
		r.section = pastedSection{kind: h.kind, points: h.points}
		r.counted = 0
		r.answers.kind = h.kind
		if h.answers && r.answersFollow(i) {
			r.answers.open = true
		}
	case h.answers:
		if !r.answersFollow(i) {
			return false
		}
		r.answers.open, r.answers.kind = true, ""
	case !r.chapter(i):
		return false
	default:
		r.pending = append(r.pending, cut(l.text, 60))
	}
	l.role = pastedInHeading
	r.current, r.list.n = nil, 0
	return true
}

// chapter reports whether a line that looks like the heading of a chapter is one:
// a question follows, and the text before it is over.
func (r *pastedReader) chapter(i int) bool {
	if b := r.current; b != nil && (!b.complete() || b.telling() && !r.lines[i].loose) {
		return false
	}
	if i+1 == len(r.lines) {
		return false
	}
	next := &r.lines[i+1]
	if next.mark == nil || next.mark.weak {
		return next.heading != nil
	}
	return r.current == nil || next.mark.n == 1 || next.mark.n == r.current.number+1
}

// number takes a line with a number: a question, its answer in a list, or a line of
// the text that is being read.
func (r *pastedReader) number(i int) bool {
	if r.numberedAnswer(i) {
		return true
	}
	m := r.lines[i].mark
	if !r.begins(i) {
		if r.current != nil && !m.weak {
			r.list.n, r.list.style = m.n, m.style
		}
		return false
	}
	r.start(i)
	return true
}

// start begins a question at the line. A number that begins again without a heading
// ends what the heading said of the kind.
func (r *pastedReader) start(i int) {
	l := &r.lines[i]
	b := &pastedBlock{line: l.number, kind: r.kind, dropped: r.pending}
	if l.mark != nil {
		b.number, b.key = l.mark.n, l.mark.key
		if l.mark.kind != "" {
			b.kind = l.mark.kind
		}
		if b.number == 1 && r.counted > 0 {
			r.section.kind = ""
		}
	}
	b.section = r.section
	if r.byNumber == nil {
		r.byNumber = map[int][]int{}
	}
	r.byNumber[b.number] = append(r.byNumber[b.number], len(r.blocks))
	r.current, r.blocks = b, append(r.blocks, b)
	r.counted++
	r.kind, r.pending, r.list.n, r.answers.open = "", nil, 0, false
	if l.mark == nil {
		b.add(l, i)
		return
	}
	l.role = pastedInBody
	b.hints = l.hints
	b.hasOptions = l.hints&hintOptions != 0
	b.body = appendText(nil, l.mark.rest)
}

// label takes a labelled line.
func (r *pastedReader) label(i int) bool {
	l := &r.lines[i]
	lab := l.label
	if lab.field == fieldAnswer {
		if rows, _ := answerRow(lab.value); len(rows) > 0 {
			r.answers.open, r.current = true, nil
			r.addAnswers(i, rows)
			return true
		}
		if lab.value == "" && r.answersFollow(i) {
			r.answers.open, r.answers.kind, r.current = true, "", nil
			l.role = pastedInHeading
			return true
		}
	}
	if lab.field == fieldKind && (r.current == nil || r.current.complete()) {
		r.kind, l.role = lab.value, pastedInHeading
		return true
	}
	if r.current == nil && lab.field == fieldOther {
		r.pending, l.role = append(r.pending, cut(lab.value, 60)), pastedLeftOut
		return true
	}
	if r.current == nil {
		return r.answers.label(l) || r.stray(i)
	}
	if lab.field == fieldAnswer && r.current.labelled && len(r.current.run) > 0 {
		r.splitBefore(i)
	}
	r.current.label(l)
	r.list.n = 0
	if m := markOf(lab.value); m != nil && !m.weak {
		r.list.n, r.list.style = m.n, m.style
	}
	return true
}

func (r *pastedReader) stray(i int) bool {
	r.strayLine(i)
	return true
}

// words takes every other line.
func (r *pastedReader) words(i int) {
	l := &r.lines[i]
	b := r.current
	switch {
	case b == nil && r.startsUnnumbered(i):
		r.start(i)
	case b == nil:
		r.between(i)
	case l.letter == 1 && b.hasOptions && r.splitBefore(i):
		r.current.add(l, i)
	case l.letter == 0 && l.mark == nil && r.startsTruth(i):
		r.start(i)
	default:
		b.add(l, i)
		b.hasOptions = b.hasOptions || b.part == partBody && r.bareOptions(i)
	}
}

var instruction = regexp.MustCompile(`[题題]|选项|選項|答案|分|正确|正確|[√×]|填|打`)

// between takes words that stand in no question: more of the last answer of a list,
// a title, or what a heading says.
func (r *pastedReader) between(i int) {
	l := &r.lines[i]
	switch {
	case r.answers.open && r.answers.more(l):
	case len(r.blocks) == 0 && r.section.kind == "":
		r.titles = append(r.titles, i)
		r.pending = append(r.pending, cut(l.text, 60))
		l.role = pastedLeftOut
	case r.counted == 0 && instruction.MatchString(l.text) && utf8.RuneCountInString(l.text) <= 80 && !strings.ContainsAny(l.text, "？?"):
		l.role = pastedInHeading
	default:
		r.strayLine(i)
	}
}
