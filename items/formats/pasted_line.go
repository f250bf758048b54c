package formats

import (
	"regexp"
	"strings"

	"anwen/internal/errs"
)

// pastedLine is a line of a pasted text, or a part of one that holds several
// things, with all that it may be. Which of it the line is follows from the lines
// around it (pasted_divide.go).
type pastedLine struct {
	number int    // in the file
	text   string // without the white space around it
	loose  bool   // an empty line stands before it
	role   pastedRole

	page    bool // the number of a page, or a ruled line
	heading *pastedHeading
	label   *pastedLabel
	mark    *pastedNumber
	letter  int // of the option that it begins with, from 1; 0 for none
	hints   pastedHints
}

// pastedRole is what became of a line.
type pastedRole int

// The roles. A line without one would be lost.
const (
	pastedUnread pastedRole = iota
	pastedInHeading
	pastedInBody // stem and options
	pastedInLabel
	pastedInAnswers // of a list of answers
	pastedLeftOut   // said in Dropped
	pastedFaulty
)

var (
	invisible    = strings.NewReplacer("\u200b", "", "\ufeff", "", "\u2060", "", "\u00ad", "", "\u00a0", " ")
	optionWord   = regexp.MustCompile(`^(?:选项|選項)\s*[:：]?\s*([` + upperLetters + `]\s*[.．、:：)）])`)
	markdownMark = regexp.MustCompile(`^(?:#{1,6}\s+|>\s*|[-*•]\s+)+`)
	pageLine     = regexp.MustCompile(`^(?:第\s*\d{1,4}\s*[页頁](?:\s*[,，/]?\s*[共/]\s*\d{1,4}\s*[页頁])?|-\s*\d{1,4}\s*-|\d{1,4}\s*/\s*\d{1,4}|Page \d{1,4}(?: of \d{1,4})?|[-=_*—─|: ]{3,})$`)
)

// mostNumbers is how many lines with a number are read: those of all questions that
// a file may hold, and as many inside their explanations.
const mostNumbers = 2 * MaxQuestions

// pastedLines cuts a text into lines and tells what each may be. It stops with a fault
// where the text has too many numbers.
func (r *pastedReader) pastedLines(text string) []pastedLine {
	var lines []pastedLine
	loose := true
	number, numbers := 0, 0
	for text != "" {
		if numbers > mostNumbers {
			r.faults.Add(r.place(number), "quizzes.too_many_questions", errs.Args{"most": MaxQuestions})
			break
		}
		var raw string
		raw, text, _ = strings.Cut(text, "\n")
		number++
		if raw = latinOption(strings.TrimSpace(invisible.Replace(raw))); raw == "" {
			loose = true
			continue
		}
		parts := cutPasted(bareLine(raw))
		for _, part := range parts {
			l := readPastedLine(part)
			if len(parts) == 1 && l.isWords() {
				l.text = raw
			}
			l.number, l.loose = number, loose
			if l.mark != nil {
				numbers++
			}
			lines = append(lines, l)
			loose = false
		}
	}
	return lines
}

var foreignOption = regexp.MustCompile(`^[АВСΑΒ]\s*[.．、:：)）]`)

// latinOption writes the letter of an option that is one of another script, as those
// who recognise letters in pictures mistake it.
func latinOption(raw string) string {
	if mark := foreignOption.FindString(raw); mark != "" {
		return homoglyphs.Replace(mark) + raw[len(mark):]
	}
	return raw
}

// bareLine is a line without the marks of Markdown around it; words keep theirs.
func bareLine(raw string) string {
	if pageLine.MatchString(raw) {
		return raw
	}
	bare := optionWord.ReplaceAllString(markdownMark.ReplaceAllString(raw, ""), "$1")
	if strings.HasPrefix(bare, "**") {
		bare = strings.TrimSpace(strings.ReplaceAll(bare, "**", ""))
	}
	if bare == "" {
		return raw
	}
	return bare
}

// isWords reports whether the line is none of the things that have a mark.
func (l *pastedLine) isWords() bool {
	return !l.page && l.heading == nil && l.label == nil && l.mark == nil && l.letter == 0
}

// readPastedLine tells what a line may be.
func readPastedLine(text string) pastedLine {
	l := pastedLine{text: text}
	if pageLine.MatchString(text) {
		l.page = true
		return l
	}
	l.heading, l.label = headingOf(text), labelOf(text)
	if l.label == nil {
		if l.letter = letterOf(text); l.letter == 0 {
			l.mark = markOf(text)
		}
	}
	if l.label == nil {
		asked := l.text
		if l.mark != nil {
			asked = l.mark.rest
		}
		l.hints = hintsOf(asked)
		if l.mark != nil && l.mark.kind != "" {
			l.hints |= hintKind
		}
	}
	return l
}
