package formats

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"anwen/internal/errs"
	"anwen/items"
)

// Cloze is the way Moodle writes gaps into a text: {2:SHORTANSWER:=Berlin#Yes~%50%Bonn}
// is a gap of share 2. A backslash takes the meaning of } # ~ / " and itself.
const clozeEscapable = `\}{#~/"=`

var clozeStart = regexp.MustCompile(`\{(\d{0,4}):([A-Z_]+):`)

var clozeKinds = map[string]items.Kind{
	"SHORTANSWER": items.ShortAnswer, "SA": items.ShortAnswer, "MW": items.ShortAnswer,
	"SHORTANSWER_C": items.ShortAnswer, "SAC": items.ShortAnswer, "MWC": items.ShortAnswer,
	"NUMERICAL": items.Numerical, "NM": items.Numerical,
	"MULTICHOICE": items.SingleChoice, "MC": items.SingleChoice,
	"MULTICHOICE_V": items.SingleChoice, "MCV": items.SingleChoice,
	"MULTICHOICE_H": items.SingleChoice, "MCH": items.SingleChoice,
	"MULTICHOICE_S": items.SingleChoice, "MCS": items.SingleChoice,
	"MULTICHOICE_VS": items.SingleChoice, "MCVS": items.SingleChoice,
	"MULTICHOICE_HS": items.SingleChoice, "MCHS": items.SingleChoice,
	"MULTIRESPONSE": items.MultipleChoice, "MR": items.MultipleChoice,
	"MULTIRESPONSE_H": items.MultipleChoice, "MRH": items.MultipleChoice,
	"MULTIRESPONSE_S": items.MultipleChoice, "MRS": items.MultipleChoice,
	"MULTIRESPONSE_HS": items.MultipleChoice, "MRHS": items.MultipleChoice,
}

// readCloze replaces the gaps of a text by marks that count them and returns the
// small question of each. Without a code it reports why it could not.
func readCloze(text items.Text) (source string, gaps []Question, code string, args errs.Args) {
	rest := text.Source
	var out strings.Builder
	for {
		start := clozeStart.FindStringSubmatchIndex(rest)
		if start == nil {
			break
		}
		answers := rest[start[1]:]
		end := indexClozeEnd(answers)
		word := rest[start[4]:start[5]]
		kind, known := clozeKinds[word]
		if end < 0 || !known {
			return "", nil, "quizzes.bad_gap", errs.Args{"gap": len(gaps) + 1, "text": cut(rest[start[0]:], 60)}
		}
		gap := Question{Kind: kind, Share: 1}
		if digits := rest[start[2]:start[3]]; digits != "" {
			gap.Share, _ = strconv.Atoi(digits) // four digits at most
		}
		if kind == items.ShortAnswer {
			gap.Fold = items.FoldScript
			if strings.HasSuffix(word, "C") {
				gap.Fold = items.FoldNothing
			}
		}
		if !gap.readClozeAnswers(answers[:end], text.Format) {
			return "", nil, "quizzes.bad_gap", errs.Args{"gap": len(gaps) + 1, "text": cut(rest[start[0]:], 60)}
		}
		gaps = append(gaps, gap)
		fmt.Fprintf(&out, "%s[[%d]]", rest[:start[0]], len(gaps))
		if len(gaps) > maxAnswers {
			return "", nil, "quizzes.too_many_answers", errs.Args{"most": maxAnswers}
		}
		rest = answers[end+1:]
	}
	out.WriteString(rest)
	return out.String(), gaps, "", nil
}

func indexClozeEnd(s string) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '}':
			return i
		}
	}
	return -1
}

// splitCloze cuts at each separator that no backslash stands before.
func splitCloze(s string, separator byte) []string {
	var parts []string
	from := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case separator:
			parts = append(parts, s[from:i])
			from = i + 1
		}
	}
	return append(parts, s[from:])
}

func unescapeCloze(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte(clozeEscapable, s[i+1]) >= 0 {
			i++
		}
		b.WriteByte(s[i])
	}
	return strings.TrimSpace(b.String())
}

func escapeCloze(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if strings.IndexByte(clozeEscapable, s[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// readClozeAnswers reads =right#feedback~%50%half~wrong.
func (q *Question) readClozeAnswers(answers string, format items.Format) bool {
	for i, raw := range splitCloze(answers, '~') {
		raw = strings.TrimSpace(raw)
		if raw == "" && i == 0 {
			continue
		}
		text, feedback := raw, ""
		if parts := splitCloze(raw, '#'); len(parts) > 1 {
			text, feedback = parts[0], strings.Join(parts[1:], "#")
		}
		right := strings.HasPrefix(text, "=")
		text = strings.TrimPrefix(text, "=")
		var weight *items.Weight
		if m := weightMark.FindStringSubmatchIndex(text); m != nil {
			w, ok := items.ParseWeight(text[m[2]:m[3]])
			if !ok {
				return false
			}
			weight, text = &w, text[m[1]:]
		}
		said := items.Text{}
		if feedback = unescapeCloze(feedback); feedback != "" {
			said = items.Text{Format: format, Source: feedback}
		}
		text = unescapeCloze(text)
		if q.Kind == items.Numerical {
			number := Number{Right: right, Weight: weight, Feedback: said}
			if !number.read(text) {
				return false
			}
			q.Numbers = append(q.Numbers, number)
			continue
		}
		if text == "" {
			return false
		}
		q.Choices = append(q.Choices, Choice{Right: right, Weight: weight, Text: items.Text{Format: format, Source: text}, Feedback: said})
	}
	if q.Kind == items.MultipleChoice {
		q.shareWhole()
	}
	return len(q.Choices)+len(q.Numbers) > 0
}

// shareWhole gives each of several options that are wholly right its equal part:
// nobody can earn the whole more than once.
func (q *Question) shareWhole() {
	whole := 0
	for _, c := range q.Choices {
		if c.Worth() == items.Whole {
			whole++
		} else if c.Worth() > 0 {
			return // the author has shared it out
		}
	}
	if whole < 2 {
		return
	}
	part := items.Whole / items.Weight(whole)
	for i, c := range q.Choices {
		if c.Worth() == items.Whole {
			q.Choices[i].Weight = &part
		}
	}
}

// writeCloze puts the gaps back into the text.
func writeCloze(q Question) string {
	return placeMark.ReplaceAllStringFunc(q.Text.Source, func(mark string) string {
		n, _ := strconv.Atoi(mark[2 : len(mark)-2])
		if n < 1 || n > len(q.Gaps) {
			return mark
		}
		return clozeGap(q.Gaps[n-1])
	})
}

func clozeGap(q Question) string {
	word := map[items.Kind]string{
		items.ShortAnswer: "SHORTANSWER", items.Numerical: "NUMERICAL",
		items.SingleChoice: "MULTICHOICE", items.MultipleChoice: "MULTIRESPONSE",
	}[q.Kind]
	if q.Kind == items.ShortAnswer && q.Fold == items.FoldNothing {
		word += "_C"
	}
	var parts []string
	for _, c := range q.Choices {
		parts = append(parts, clozeAnswer(c.Worth(), escapeCloze(c.Text.Source), c.Feedback))
	}
	for _, n := range q.Numbers {
		parts = append(parts, clozeAnswer(n.Worth(), n.write(), n.Feedback))
	}
	return fmt.Sprintf("{%d:%s:%s}", q.Share, word, strings.Join(parts, "~"))
}

func clozeAnswer(weight items.Weight, text string, feedback items.Text) string {
	mark := "%" + weight.String() + "%"
	if weight == items.Whole && !strings.HasPrefix(text, "%") {
		mark = "="
	}
	if feedback.Empty() {
		return mark + text
	}
	return mark + text + "#" + escapeCloze(feedback.Source)
}

// cut shortens a text for a message.
func cut(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
