package formats

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"anwen/internal/errs"
	"anwen/items"
)

var (
	aikenOption = regexp.MustCompile(`^([A-Za-z])[.)]\s+(.*)$`)
	aikenAnswer = regexp.MustCompile(`^ANSWER:\s*([A-Za-z])\s*$`)
)

// ReadAiken reads the Aiken format: a question on lines of its own, options A. or
// B), and ANSWER: with one letter.
func ReadAiken(file string, source []byte) ([]Question, []errs.Fault) {
	var faults errs.Faults
	var questions []Question
	text, ok := decode(file, source, &faults)
	if !ok {
		return nil, faults.List()
	}
	q := Question{}
	reset := func() { q = Question{} }
	for i, line := range strings.Split(text, "\n") {
		at := errs.Place{File: file, Line: i + 1}
		line = strings.TrimSpace(line)
		option, answer := aikenOption.FindStringSubmatch(line), aikenAnswer.FindStringSubmatch(line)
		switch {
		case line == "" && len(q.Choices) == 0 && q.Text.Empty():
		case answer != nil:
			right := int(strings.ToUpper(answer[1])[0] - 'A')
			if q.Text.Empty() || right >= len(q.Choices) {
				faults.Add(at, "quizzes.letter_without_option", errs.Args{"letter": strings.ToUpper(answer[1])})
			} else {
				q.Kind, q.Choices[right].Right = items.SingleChoice, true
				questions = append(questions, q)
			}
			reset()
		case option != nil && !q.Text.Empty() && int(strings.ToUpper(option[1])[0]-'A') == len(q.Choices):
			q.Choices = append(q.Choices, Choice{Line: i + 1, Text: items.Text{Format: items.Plain, Source: option[2]}})
		case line == "":
		case len(q.Choices) > 0:
			faults.Add(at, "quizzes.aiken_no_answer", errs.Args{"text": cut(line, 40)})
			reset()
		case q.Text.Empty() && len(questions) >= MaxQuestions:
			faults.Add(at, "quizzes.too_many_questions", errs.Args{"most": MaxQuestions})
			return questions, faults.List()
		case q.Text.Empty():
			q.At, q.Text = at, items.Text{Format: items.Plain, Source: line}
		default:
			q.Text.Source += "\n" + line
		}
	}
	if !q.Text.Empty() {
		faults.Add(q.At, "quizzes.aiken_no_answer", errs.Args{"text": cut(q.Text.Source, 40)})
	}
	if len(questions) == 0 && faults.Len() == 0 {
		faults.Add(errs.Place{File: file}, "quizzes.no_questions", nil)
	}
	return questions, faults.List()
}

// WriteAiken writes single choices with one right option, all that Aiken can say;
// for everything else it returns a fault and writes nothing.
func WriteAiken(questions []Question) ([]byte, []errs.Fault) {
	var b bytes.Buffer
	var faults errs.Faults
	for _, q := range questions {
		if q.Kind == Category {
			continue
		}
		one := aikenQuestion(q)
		if one == "" {
			faults.Add(q.At, "quizzes.not_for_format", errs.Args{"name": q.Name, "format": "Aiken"})
			continue
		}
		b.WriteString(one)
	}
	if faults.Len() > 0 {
		return nil, faults.List()
	}
	return b.Bytes(), nil
}

// aikenQuestion writes the question, "" when reading would not give it back.
func aikenQuestion(q Question) string {
	right := slices.IndexFunc(q.Choices, func(c Choice) bool { return c.Worth() == items.Whole })
	if q.Kind != items.SingleChoice || right < 0 || len(q.Choices) > 26 || !q.Feedback.Empty() {
		return ""
	}
	var b strings.Builder
	b.WriteString(q.Text.Source + "\n")
	for i, c := range q.Choices {
		if !c.Feedback.Empty() || i != right && c.Worth() != 0 {
			return ""
		}
		fmt.Fprintf(&b, "%c. %s\n", 'A'+i, c.Text.Source)
	}
	fmt.Fprintf(&b, "ANSWER: %c\n\n", 'A'+right)
	back, faults := ReadAiken("", []byte(b.String()))
	if len(faults) > 0 || len(back) != 1 || back[0].Text.Source != q.Text.Source || len(back[0].Choices) != len(q.Choices) {
		return ""
	}
	for i, c := range back[0].Choices {
		if c.Text.Source != q.Choices[i].Text.Source {
			return ""
		}
	}
	return b.String()
}
