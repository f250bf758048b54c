package search

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
	folded := make([]rune, len(text))
	for i, r := range text {
		folded[i] = fold(r)
	}
	hit := make([]bool, len(text))
	first := -1
	for _, c := range chunks(query) {
		for i := 0; i+len(c.runes) <= len(folded); i++ {
			if !same(folded[i:i+len(c.runes)], c.runes) {
				continue
			}
			if first < 0 || i < first {
				first = i
			}
			for k := range c.runes {
				hit[i+k] = true
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

func same(a, b []rune) bool {
	for i := range b {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
