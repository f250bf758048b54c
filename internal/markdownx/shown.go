package markdownx

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"anwen/internal/errs"
)

// shown marks the bytes of the source that the tree shows or that are marks with
// words, such as the address of a link.
type shown struct {
	source []byte
	bytes  []bool
}

func (s *shown) mark(start, stop int) {
	for i := max(start, 0); i < min(stop, len(s.bytes)); i++ {
		s.bytes[i] = true
	}
}

// markNext marks the words where they stand next behind a place, if they stand
// there at all.
func (s *shown) markNext(from int, words []byte) int {
	if len(words) == 0 || from < 0 || from > len(s.source) {
		return from
	}
	window := s.source[from:min(len(s.source), from+len(words)+64)]
	if i := bytes.Index(window, words); i >= 0 {
		s.mark(from+i, from+i+len(words))
		return from + i + len(words)
	}
	return from
}

func (s *shown) markLines(n ast.Node) {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		s.mark(line.Start, line.Stop)
	}
}

// markNumbers are the numbers, boxes and labels of notes that open a line: the
// page writes them itself.
var markNumbers = regexp.MustCompile(`^(?:[\s>*+-]*[0-9]{1,9}[.)])*[\s>*+-]*(?:\[[xX]\]\s*)?(?:\[\^[^\]]*\]:\s*)?$|^\[\^[^\]]*\]$`)

// warnOfLost warns of words that stand in the source and would not be shown: the
// parser drops notes and addresses that nothing refers to, cells beyond the head
// of their table, and what stands behind the opening of a code block.
func (r *rendering) warnOfLost(root ast.Node) {
	s := &shown{source: r.source, bytes: make([]bool, len(r.source))}
	used := map[string]bool{}
	walk(root, func(n ast.Node) {
		if link, ok := n.(*ast.Link); ok && link.Reference != nil {
			used[labelOf(link.Reference.Value)] = true
		}
		if image, ok := n.(*ast.Image); ok && image.Reference != nil {
			used[labelOf(image.Reference.Value)] = true
		}
	})
	walk(root, func(n ast.Node) { s.take(n, used) })
	for at := 0; at < len(r.source); {
		end := lineEnd(r.source, at)
		if words := s.missing(at, end); words != "" {
			r.warnings.Add(r.place(r.lines.at(at)), "markdown.not_shown", errs.Args{"words": shorten(words)})
		}
		at = end
	}
}

func labelOf(raw []byte) string {
	return strings.ToLower(strings.Join(strings.Fields(string(raw)), " "))
}

// take marks what a node shows.
func (s *shown) take(n ast.Node, used map[string]bool) {
	switch n := n.(type) {
	case *ast.Text:
		s.mark(n.Segment.Start, n.Segment.Stop)
	case *ast.AutoLink:
		s.markNext(n.Pos(), n.Label(s.source))
	case *ast.Link:
		s.takeLink(n, n.Destination, n.Title, n.Reference)
	case *ast.Image:
		s.takeLink(n, n.Destination, n.Title, n.Reference)
	case *ast.RawHTML: // its first line is named elsewhere
		segment := n.Segments.At(0)
		s.mark(segment.Start, segment.Stop)
	case *ast.HTMLBlock:
		s.takeBlock(n)
	case *ast.CodeBlock:
		s.markLines(n)
	case *ast.FencedCodeBlock:
		s.markLines(n)
		if n.Info != nil && codeInfo.Match(n.Info.Segment.Value(s.source)) {
			s.mark(n.Info.Segment.Start, n.Info.Segment.Stop)
		}
	case *ast.LinkReferenceDefinition:
		if used[labelOf(n.Label)] {
			s.markLines(n)
		}
	case *extast.FootnoteLink:
		if at := n.Pos(); at >= 0 {
			if i := bytes.IndexByte(s.source[at:], ']'); i >= 0 {
				s.mark(at, at+i)
			}
		}
	}
}

// takeBlock marks the lines of an HTML block whose words are kept: not those of
// comments and scripts.
func (s *shown) takeBlock(n *ast.HTMLBlock) {
	kept := squeeze(wordsOfBlock(n, s.source))
	for _, line := range blockLines(n) {
		words := squeeze(rawTag.ReplaceAllString(string(line.Value(s.source)), ""))
		if strings.Contains(kept, words) && !strings.Contains(string(line.Value(s.source)), "<!--") {
			s.mark(line.Start, line.Stop)
		}
	}
}

var rawTag = regexp.MustCompile(`</?[A-Za-z][^<>]*>`)

func squeeze(s string) string { return strings.Join(strings.Fields(html.UnescapeString(s)), "") }

// takeLink marks the address and title behind the words of a link.
func (s *shown) takeLink(n ast.Node, destination, title []byte, reference *ast.ReferenceLink) {
	at := n.Pos()
	walk(n, func(n ast.Node) {
		if t, ok := n.(*ast.Text); ok {
			at = max(at, t.Segment.Stop)
		}
	})
	if reference != nil {
		s.markNext(at, reference.Value)
		return
	}
	s.markNext(s.markNext(at, destination), title)
}

// codeInfo is the name of a language, perhaps what a program that shows the code
// is told.
var codeInfo = regexp.MustCompile(`^[A-Za-z0-9+#._{}=,:"-]+$`)

// missing are the letters and digits of a line that are neither shown nor marks.
func (s *shown) missing(start, end int) string {
	var lost []string
	for i := start; i < end; {
		k := i
		for k < end && s.bytes[k] == s.bytes[i] {
			k++
		}
		if words := strings.TrimSpace(string(s.source[i:k])); !s.bytes[i] && hasWords(words) && (i > start || !markNumbers.MatchString(words)) && !note.MatchString(words) {
			lost = append(lost, words)
		}
		i = k
	}
	return strings.Join(lost, " … ")
}

var note = regexp.MustCompile(`^[^\pL\pN]*\[\^[^\]]*\]:?[^\pL\pN]*$`)

func hasWords(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}
