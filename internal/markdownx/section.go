package markdownx

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"

	"anwen/internal/errs"
)

// Section is what stands under one level-2 heading.
type Section struct {
	Heading string
	Line    int // of the heading
	Body    []byte
	// BodyLine is the line that Body starts at, for Options.FirstLine.
	BodyLine int
}

// Sections splits a text at its level-2 headings; before is what stands above
// the first one. Headings inside code, quotes and lists do not split.
func Sections(source []byte, opts Options) (before []byte, list []Section, faults []errs.Fault) {
	source = bytes.TrimPrefix(source, []byte("\ufeff"))
	r := &rendering{opts: opts, source: source, lines: newLines(source)}
	if !r.withinBounds() {
		return nil, nil, r.faults.List()
	}
	starts := []int{}
	for n := r.parse().FirstChild(); n != nil; n = n.NextSibling() {
		h, ok := n.(*ast.Heading)
		if !ok || h.Level != 2 || h.Lines().Len() == 0 {
			continue
		}
		start := lineStart(source, h.Lines().At(0).Start)
		end := lineEnd(source, h.Lines().At(h.Lines().Len()-1).Start)
		if !bytes.HasPrefix(bytes.TrimLeft(source[start:], " "), []byte("#")) {
			end = lineEnd(source, end) // the underline of the older heading style
		}
		starts = append(starts, start)
		list = append(list, Section{
			Heading: strings.TrimSpace(inlineText(h, source)), Line: r.place(r.lines.at(start)).Line,
			Body: source[end:], BodyLine: r.place(r.lines.at(end)).Line,
		})
	}
	for i := range list {
		if i+1 < len(starts) {
			list[i].Body = list[i].Body[:starts[i+1]-(len(source)-len(list[i].Body))]
		}
	}
	if len(starts) == 0 {
		return source, nil, nil
	}
	return source[:starts[0]], list, nil
}

func lineStart(source []byte, at int) int { return bytes.LastIndexByte(source[:at], '\n') + 1 }

func lineEnd(source []byte, at int) int {
	if i := bytes.IndexByte(source[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(source)
}
