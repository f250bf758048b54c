package formats

import (
	"regexp"
	"strings"

	"anwen/internal/errs"
	"anwen/items"
)

// giftAnswer is one answer as it stands in the file.
type giftAnswer struct {
	offset int
	mark   byte // '=', '~' or 0 for an answer without either
	weight *items.Weight
	text   string // without mark and weight, feedback included
}

// split cuts the answers at each unescaped = and ~.
func (p *giftQuestion) split(answers string, from int) ([]giftAnswer, bool) {
	var all []giftAnswer
	current := giftAnswer{offset: from}
	for {
		begin := current.offset
		if current.mark != 0 {
			begin++
		}
		end := indexUnescaped(answers, begin, "=~")
		last := end < 0
		if last {
			end = len(answers)
		}
		current.text = answers[begin:end]
		empty := strings.TrimSpace(current.text) == ""
		if empty && current.mark == '~' {
			p.emptied = true // as in {~one~=two}, which Moodle reads without it
		} else if current.mark != 0 || !empty {
			if !p.readWeight(&current) {
				return nil, false
			}
			all = append(all, current)
		}
		if len(all) > maxAnswers {
			p.reader.fault(p.block.line(begin), "quizzes.too_many_answers", errs.Args{"most": maxAnswers})
			return nil, false
		}
		if last {
			return all, true
		}
		current = giftAnswer{offset: end, mark: answers[end]}
	}
}

var weightMark = regexp.MustCompile(`^\s*%\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*%`)

// readWeight takes %50% off the front. A percent sign that is not this is text.
func (p *giftQuestion) readWeight(a *giftAnswer) bool {
	m := weightMark.FindStringSubmatchIndex(a.text)
	if m == nil {
		return true
	}
	number := a.text[m[2]:m[3]]
	w, ok := items.ParseWeight(number)
	if !ok {
		p.reader.fault(p.block.line(a.offset), "quizzes.bad_weight", errs.Args{"weight": number})
		return false
	}
	a.weight, a.text = &w, a.text[m[1]:]
	return true
}

// readChoices reads single and multiple choice, short answer and matching.
func (p *giftQuestion) readChoices(q *Question, answers string, from int) bool {
	all, ok := p.split(answers, from)
	if !ok {
		return false
	}
	if len(all) == 0 {
		p.fault(from, "quizzes.gift_empty_answer")
		return false
	}
	equals, tildes, pairs := 0, 0, 0
	if p.emptied { // it was a choice all the same
		tildes = 1
		q.Warnings = append(q.Warnings, errs.Fault{Place: q.At, Code: "quizzes.empty_answer_left_out"})
	}
	for _, a := range all {
		switch a.mark {
		case '=':
			equals++
		case '~':
			tildes++
		}
		if text, _ := cutUnescaped(a.text, '#'); strings.Contains(text, "->") {
			pairs++
		}
	}
	if all[0].mark == 0 && len(all) > 1 {
		p.fault(all[0].offset, "quizzes.gift_text_before_answers")
		return false
	}
	switch {
	case tildes == 0 && pairs > 0 && equals > 0 && q.Kind == "":
		q.Kind = items.Matching
		return p.readPairs(q, all)
	case tildes == 0:
		q.Kind = items.ShortAnswer
	case equals > 0:
		q.Kind = items.SingleChoice
	default:
		q.Kind = items.MultipleChoice
	}
	for _, a := range all {
		choice := Choice{Line: p.block.line(a.offset), Right: a.mark != '~', Weight: a.weight}
		text, feedback := cutChoice(a.text)
		choice.Text, choice.Feedback = readText(text, p.format), p.optionalText(feedback)
		if q.Kind == items.ShortAnswer && wildcard(choice.Text.Source) {
			q.Warnings = append(q.Warnings, errs.Fault{Place: errs.Place{File: p.reader.file, Line: choice.Line}, Code: "quizzes.wildcard", Args: errs.Args{"answer": cut(choice.Text.Source, 40)}})
		}
		if choice.Text.Empty() {
			p.fault(a.offset, "quizzes.gift_empty_answer")
			return false
		}
		q.Choices = append(q.Choices, choice)
	}
	return true
}

// wildcard reports whether a star in an answer stands for any words, as Moodle has it.
func wildcard(answer string) bool {
	return len(answer) > 1 && (strings.HasPrefix(answer, "*") || strings.HasSuffix(answer, "*") && !strings.HasSuffix(answer, `\*`))
}

// cutChoice cuts the feedback off an option. A # at the very beginning is part
// of the option, as in =#ff0000.
func cutChoice(raw string) (text, feedback string) {
	i := indexUnescaped(raw, 0, "#")
	if i == 0 && strings.TrimSpace(raw[1:]) != "" {
		i = indexUnescaped(raw, 1, "#")
	}
	if i < 0 {
		return raw, ""
	}
	return raw[:i], raw[i+1:]
}

func (p *giftQuestion) readPairs(q *Question, all []giftAnswer) bool {
	for _, a := range all {
		text, feedback := cutUnescaped(a.text, '#')
		question, answer, ok := strings.Cut(text, "->")
		if !ok || strings.TrimSpace(answer) == "" {
			p.fault(a.offset, "quizzes.gift_half_pair")
			return false
		}
		q.Pairs = append(q.Pairs, Pair{
			Line: p.block.line(a.offset), Text: readText(strings.ReplaceAll(question, writtenArrow, "->"), p.format),
			Answer: readText(answer, items.Moodle), Feedback: p.optionalText(feedback),
		})
	}
	return true
}
