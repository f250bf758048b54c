package formats

import (
	"strings"

	"anwen/internal/errs"
	"anwen/items"
)

// readNumbers reads the answers of a numerical question, after its #.
func (p *giftQuestion) readNumbers(q *Question, answers string, from int) bool {
	all, ok := p.split(answers, from)
	if !ok {
		return false
	}
	if len(all) == 0 {
		p.fault(from-1, "quizzes.gift_empty_answer")
		return false
	}
	for _, a := range all {
		number := Number{Line: p.block.line(a.offset), Right: a.mark != '~', Weight: a.weight}
		text, feedback := cutUnescaped(a.text, '#')
		text = strings.TrimSpace(unescape(text))
		number.Feedback = p.optionalText(feedback)
		if !number.read(text) {
			p.reader.fault(number.Line, "quizzes.bad_number", errs.Args{"number": text})
			return false
		}
		q.Numbers = append(q.Numbers, number)
	}
	return true
}

// read reads 1822, 1822:5, 3.141..3.142, or nothing and *, which stand for
// whatever else was answered.
func (n *Number) read(text string) bool {
	if text == "*" || text == "" && !n.Right {
		n.Spelling = Otherwise
		return true
	}
	var first, second string
	if low, high, ok := strings.Cut(text, ".."); ok {
		n.Spelling, first, second = FromTo, low, high
	} else if value, tolerance, ok := strings.Cut(text, ":"); ok {
		n.Spelling, first, second = Around, value, tolerance
	} else {
		n.Spelling, first, second = Exactly, text, "0"
	}
	var ok1, ok2 bool
	n.First, ok1 = items.ParseDecimal(strings.TrimSpace(first))
	n.Second, ok2 = items.ParseDecimal(strings.TrimSpace(second))
	if !ok1 || !ok2 {
		return false
	}
	if n.Spelling == FromTo {
		_, _, ok := items.Between(n.First, n.Second)
		return ok
	}
	return !strings.HasPrefix(string(n.Second), "-")
}

// item turns the answer into the form of an item: a value and how far from it.
func (n Number) item() items.Number {
	out := items.Number{Weight: n.Worth()}
	switch n.Spelling {
	case Otherwise:
		out.Any = true
	case FromTo:
		out.Value, out.Tolerance, _ = items.Between(n.First, n.Second)
	default:
		out.Value, out.Tolerance = n.First, n.Second
	}
	return out
}
