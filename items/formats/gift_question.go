package formats

import (
	"regexp"
	"strings"

	"anwen/items"
)

// giftQuestion reads one question of a block.
type giftQuestion struct {
	reader  *giftReader
	block   *giftBlock
	format  items.Format // of the question text; the other texts inherit it
	emptied bool         // a ~ without an answer was left out
}

// read fills the question from the offset and returns where the next entry of
// the block begins. It reports false after a fault.
func (p *giftQuestion) read(q *Question, from int) (next int, ok bool) {
	text := p.block.text
	from, ok = p.readName(q, from)
	if !ok {
		return len(text), false
	}
	var body string
	p.format, body = readFormat(text[from:], p.format)
	from = len(text) - len(body)

	open := indexUnescaped(text, from, "{}")
	if open < 0 {
		if strings.Contains(text[from:], "｛") && strings.Contains(text[from:], "｝") {
			p.fault(from+strings.Index(text[from:], "｛"), "quizzes.gift_wide_brace")
			return len(text), false
		}
		q.Kind = items.Description
		q.Text = items.Text{Format: p.format, Source: readSource(text[from:], p.format)}
		return len(text), p.hasText(q, from)
	}
	if at := clozeStart.FindStringIndex(text[open:min(open+longestGapHead, len(text))]); at != nil && at[0] == 0 {
		return p.readRawCloze(q, from)
	}
	if text[open] == '}' {
		p.fault(open, "quizzes.gift_stray_brace")
		return len(text), false
	}
	end := indexUnescaped(text, open+1, "{}")
	if end < 0 {
		p.fault(open, "quizzes.gift_answers_open")
		return len(text), false
	}
	if text[end] == '{' {
		p.fault(end, "quizzes.gift_brace_in_answers")
		return len(text), false
	}
	next = len(text)
	if i := strings.Index(text[end+1:], "\n::"); i >= 0 {
		next = end + 1 + i
	}
	after := text[end+1 : next]
	if i := indexUnescaped(after, 0, "{}"); i >= 0 {
		p.fault(end+1+i, "quizzes.gift_second_answers")
		return next, false
	}
	p.readStem(q, text[from:open], after)
	if !p.hasText(q, from) {
		return next, false
	}
	return next, p.readAnswers(q, open+1, end)
}

// longestGapHead is longer than {1:MULTIRESPONSE_HS: and its brothers.
const longestGapHead = 40

// readRawCloze reads a text with gaps as Moodle writes them, {1:SHORTANSWER:=Berlin},
// whose braces nobody escaped.
func (p *giftQuestion) readRawCloze(q *Question, from int) (next int, ok bool) {
	text := p.block.text
	next = len(text)
	if i := strings.Index(text[from:], "\n::"); i >= 0 {
		next = from + i
	}
	raw := strings.TrimSpace(text[from:next])
	if p.format == items.Moodle {
		raw = oneSpace(raw)
	}
	source, gaps, code, args := readCloze(items.Text{Format: p.format, Source: raw})
	if code != "" {
		p.reader.fault(p.block.line(from), code, args)
		return next, false
	}
	q.Kind, q.Gaps, q.Text = items.Cloze, gaps, items.Text{Format: p.format, Source: unescape(source)}
	return next, p.hasText(q, from)
}

func (p *giftQuestion) fault(offset int, code string) {
	p.reader.fault(p.block.line(offset), code, nil)
}

// readName takes ::name:: off the front.
func (p *giftQuestion) readName(q *Question, from int) (int, bool) {
	text := p.block.text
	if !strings.HasPrefix(text[from:], "::") {
		return from, true
	}
	end := indexUnescapedString(text, from+2, "::")
	if end < 0 {
		p.fault(from, "quizzes.gift_name_open")
		return len(text), false
	}
	q.Name = readSource(text[from+2:end], items.Moodle)
	return end + 2, true
}

func (p *giftQuestion) readStem(q *Question, before, after string) {
	q.Text = items.Text{Format: p.format, Source: readSource(before, p.format)}
	rest := readSource(after, p.format)
	if rest == "" {
		return
	}
	q.MissingWord = true
	q.Text.Source = joinGap(q.Text.Source, rest)
}

func (p *giftQuestion) hasText(q *Question, offset int) bool {
	if q.Text.Empty() {
		p.fault(min(offset, len(p.block.text)-1), "quizzes.gift_no_text")
		return false
	}
	return true
}

// readAnswers reads what stands between the braces: text[from:to].
func (p *giftQuestion) readAnswers(q *Question, from, to int) bool {
	answers := p.block.text[:to]
	if i := indexUnescapedString(answers, from, "####"); i >= 0 {
		q.Feedback = readText(answers[i+4:], p.format)
		answers = answers[:i]
	}
	answers = strings.TrimRight(answers, " \t\n")
	from = min(skipSpace(answers, min(from, len(answers))), len(answers))
	switch {
	case from == len(answers):
		q.Kind = items.Essay
		return true
	case answers[from] == '#':
		q.Kind = items.Numerical
		return p.readNumbers(q, answers, from+1)
	case p.readTruth(q, answers[from:]):
		q.Kind = items.TrueFalse
		return true
	}
	return p.readChoices(q, answers, from)
}

var truthWord = regexp.MustCompile(`^\s*(?:([Tt]|[Tt][Rr][Uu][Ee])|[Ff]|[Ff][Aa][Ll][Ss][Ee])\s*$`)

// readTruth reads T, F, TRUE or FALSE with the feedback for a wrong and a right
// answer, and reports whether the answers are that.
func (p *giftQuestion) readTruth(q *Question, answers string) bool {
	word, feedback := cutUnescaped(answers, '#')
	m := truthWord.FindStringSubmatch(word)
	if m == nil {
		return false
	}
	q.True = m[1] != ""
	wrong, right := cutUnescaped(feedback, '#')
	q.WhenWrong, q.WhenRight = p.optionalText(wrong), p.optionalText(right)
	return true
}

// optionalText reads a text, nothing at all when it is empty.
func (p *giftQuestion) optionalText(raw string) items.Text {
	if t := readText(raw, p.format); !t.Empty() {
		return t
	}
	return items.Text{}
}

// cutUnescaped cuts at the first of the character that is not escaped.
func cutUnescaped(s string, c byte) (before, after string) {
	i := indexUnescaped(s, 0, string(c))
	if i < 0 {
		return s, ""
	}
	return s[:i], s[i+1:]
}
