package markdownx

import (
	"strings"
	"testing"

	"anwen/internal/testcost"
)

// Every text below is built to exhaust a Markdown parser; each must be refused
// or rendered within a second, at the largest size that is let in and beyond.
func TestTextsBuiltToExhaustTheProgramEndWithinASecond(t *testing.T) {
	fill := func(unit string, size int) string { return strings.Repeat(unit, size/len(unit)+1)[:size] }
	backticks := func(size int) string {
		var b strings.Builder
		for n := 1; b.Len() < size; n++ {
			b.WriteString("a" + strings.Repeat("`", n))
		}
		return b.String()[:size]
	}
	texts := map[string]string{
		"ten megabytes of [":        fill("[", 10<<20),
		"two megabytes of [":        fill("[", MaxSize),
		"links in links":            fill("[a](", MaxSize),
		"images in images":          fill("![", MaxSize),
		"quotes in quotes":          fill(">", 100_000),
		"quotes in quotes, spaced":  fill("> ", 100_000),
		"lists in lists":            fill("- ", 100_000) + "a",
		"numbers in numbers":        fill("1. ", 100_000) + "a",
		"indented lists":            indented(1200),
		"emphasis half closed":      fill("*a_ ", MaxSize),
		"emphasis opened":           fill("*a **a ", MaxSize),
		"one star each":             fill("* a", MaxSize),
		"backticks of every length": backticks(MaxSize),
		"comments opened":           fill("<!--", MaxSize),
		"tags opened":               fill("<a ", MaxSize),
		"declarations opened":       fill("<!A ", MaxSize),
		"processing opened":         fill("<?", MaxSize),
		"entities":                  fill("&a", MaxSize),
		"autolinks":                 fill("www.a.b ", MaxSize),
		"autolinks in brackets":     fill("(www.a.b", MaxSize),
		"addresses":                 fill("a@a.", MaxSize),
		"http":                      fill("http://a.b/(", MaxSize),
		"wide tables":               fill("|a", 100_000) + "\n" + fill("|-", 100_000) + "\n" + fill("|\n", 1<<20),
		"many small tables":         fill("|a|\n|-|\n|\n\n", MaxSize),
		"narrow and endless tables": "|a|b|c|d|e|f|\n|-|-|-|-|-|-|\n" + fill("|\n", MaxSize-100),
		"footnotes":                 fill("[^1]: a\n\n[^1] ", MaxSize),
		"definitions":               fill("[a]: b\n\n", MaxSize),
		"many raw tags":             fill("<b>\n\n", MaxSize),
		"many headings":             fill("# a\n", MaxSize),
		"many empty headings":       fill("#\n", MaxSize),
		"definition lists":          fill("a\n: b\n\n", MaxSize),
		"definitions in one":        fill(": a\n", MaxSize),
		"tasks":                     fill("- [ ] a\n", MaxSize),
		"backslashes":               fill("\\", MaxSize),
		"strikes":                   fill("~~a ~", MaxSize),
		"lazy quotes":               fill("> a\n", MaxSize/2) + fill("a\n", MaxSize/2),
		"one long word":             fill("a", MaxSize),
		"Chinese without a break":   fill("投诉处理", MaxSize/12*12),
		"rules":                     fill("---\n", MaxSize),
		"tabs":                      fill("\t", MaxSize),
		"empty list items":          fill("-\n", MaxSize),
		"brackets in paragraphs":    fill(fill("[a", 1500)+"\n\n", MaxSize),
		"stars in paragraphs":       fill(fill("*a_ ", 1500)+"\n\n", MaxSize),
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			testcost.Linear(t, len(text), func(size int) { Render([]byte(text[:size]), Options{}) })
		})
	}
}

func indented(depth int) string {
	var b strings.Builder
	for n := range depth {
		b.WriteString(strings.Repeat("  ", n) + "- a\n")
	}
	return b.String()
}
