package search

import "strings"

// Run is a stretch of a snippet; Hit when it is what was looked for.
type Run struct {
	Text string
	Hit  bool
}

const (
	before = 24 // characters shown before the first hit
	shown  = 110
)

// snippet cuts the body around its first hit and marks every hit in it.
func snippet(body, query string) []Run {
	text := []rune(body)
	letters := lettersOf(body, false)
	hit := make([]bool, len(text))
	first := -1
	for _, c := range pieces(query) {
		for i := range letters {
			n := c.stands(letters[i:])
			if n == 0 {
				continue
			}
			from, to := letters[i].from, letters[i+n-1].to
			if first < 0 || from < first {
				first = from
			}
			for k := from; k < to; k++ {
				hit[k] = true
			}
		}
	}
	start := max(first-before, 0)
	end := min(start+shown, len(text))
	var runs []Run
	if start > 0 {
		runs = append(runs, Run{Text: "…"})
	}
	for i := start; i < end; i++ {
		r := text[i]
		if r == '\n' || r == '\t' {
			r = ' '
		}
		if n := len(runs); n > 0 && runs[n-1].Hit == hit[i] && runs[n-1].Text != "…" {
			runs[n-1].Text += string(r)
		} else {
			runs = append(runs, Run{Text: string(r), Hit: hit[i]})
		}
	}
	if end < len(text) {
		runs = append(runs, Run{Text: "…"})
	}
	return runs
}

// stands returns how many letters of a text are the piece that it begins with, 0
// for none. A number in digits is also what Chinese writes for it.
func (p piece) stands(text []letter) int {
	if text[0].digits != "" && !p.isHan && strings.HasPrefix(text[0].digits, p.text(0, len(p.runes))) {
		n := 1
		for n < len(text) && (numeral(text[n].r) && text[n].digits == "") {
			n++
		}
		return n
	}
	if len(text) < len(p.runes) {
		return 0
	}
	for i, l := range p.runes {
		if text[i].r != l.r {
			return 0
		}
	}
	return len(p.runes)
}
