package formats

import (
	"strings"

	"anwen/internal/errs"
)

// pastedSection is what a heading says of the questions below it.
type pastedSection struct {
	kind   string
	points string
}

// pastedPart says which part of a question the lines are that follow.
type pastedPart int

// The parts.
const (
	partBody pastedPart = iota
	partAnswer
	partExplanation
)

// pastedBlock is the lines of one question.
type pastedBlock struct {
	line     int // in the file
	number   int // 0 for none
	section  pastedSection
	kind     string // said of the question itself
	key      string // before its number
	fields   [fieldOther + 1]string
	dropped  []string
	warnings []errs.Fault

	body, answer, explanation []string
	part                      pastedPart
	labelled                  bool // an answer was said with a label, or in a list
	otherAnswer               string
	hasOptions                bool
	hints                     pastedHints // of its body

	run []int // lines of words that were added last, to be taken back when a question without a number begins there
}

// text is where lines without a mark go on.
func (b *pastedBlock) text() *[]string {
	switch b.part {
	case partAnswer:
		return &b.answer
	case partExplanation:
		return &b.explanation
	}
	return &b.body
}

// telling reports whether the lines explain, or answer at length: they may hold
// lists of their own.
func (b *pastedBlock) telling() bool {
	return b.part == partExplanation || b.part == partAnswer && !isShortKey(strings.Join(b.answer, "\n"))
}

// isShortKey reports whether an answer is letters or a truth, and nothing more.
func isShortKey(answer string) bool {
	answer = strings.TrimSpace(answer)
	return answer == "" || lettersOf(answer) != "" || isTruth(answer)
}

// complete reports whether the question could end here.
func (b *pastedBlock) complete() bool {
	return b.hasOptions || b.labelled || b.hints&hintTruth != 0 || b.key != ""
}

// answered reports whether a key is known already.
func (b *pastedBlock) answered() bool {
	return b.labelled || b.key != "" || b.hints&(hintTruth|hintKey) != 0
}

// add puts a line of words or options into the part that is being read.
func (b *pastedBlock) add(l *pastedLine, i int) {
	if b.part == partAnswer && !b.hasOptions && !b.telling() && (l.letter == 1 || l.hints&hintOptions != 0) {
		b.part = partBody // options may follow the answer
	}
	to := b.text()
	*to = append(*to, l.text)
	l.role = pastedInLabel
	if b.part == partBody {
		l.role = pastedInBody
		if l.letter == 0 {
			b.hints |= l.hints
		}
		b.hasOptions = b.hasOptions || l.letter == 1 || l.hints&hintOptions != 0
	}
	if l.letter > 0 && b.part == partBody {
		b.run = nil
		return
	}
	b.run = append(b.run, i)
}

// takeBack takes the last lines of words out again.
func (b *pastedBlock) takeBack(lines int) {
	to := b.text()
	*to = (*to)[:len(*to)-lines]
	b.run = nil
}

// label takes a labelled line.
func (b *pastedBlock) label(l *pastedLine) {
	l.role = pastedInLabel
	b.run = nil
	value := l.label.value
	switch l.label.field {
	case fieldAnswer:
		if b.labelled && len(b.answer) > 0 {
			b.otherAnswer = value
			if strings.TrimSpace(strings.Join(b.answer, "\n")) == value {
				b.otherAnswer = ""
			}
			b.part = partAnswer
			return
		}
		b.labelled, b.part = true, partAnswer
		b.answer = appendText(nil, value)
	case fieldExplanation:
		b.part = partExplanation
		b.explanation = appendText(b.explanation, value)
	case fieldKind:
		b.kind = value
	case fieldOther:
		b.dropped = append(b.dropped, value)
	default:
		b.fields[l.label.field] = value
	}
}

func appendText(lines []string, text string) []string {
	if text == "" {
		return lines
	}
	return append(lines, text)
}
