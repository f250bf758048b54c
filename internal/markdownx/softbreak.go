package markdownx

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/text/width"
)

// joinHan takes the line break out where Chinese was wrapped in the source: a
// break is a space between words of Latin letters, and nothing between two wide
// characters or a wide one and a number, whatever emphasis begins or ends there.
func joinHan(root ast.Node, source []byte) {
	var before *ast.Text
	walk(root, func(n ast.Node) {
		if n.Type() == ast.TypeBlock {
			before = nil
			return
		}
		text, ok := n.(*ast.Text)
		if !ok {
			return
		}
		value := text.Segment.Value(source)
		if before != nil && before.SoftLineBreak() {
			first, _ := utf8.DecodeRune(value)
			last, _ := utf8.DecodeLastRune(before.Segment.Value(source))
			if wide(first) && (wide(last) || unicode.IsDigit(last)) || wide(last) && unicode.IsDigit(first) {
				before.SetSoftLineBreak(false)
			}
		}
		if len(value) > 0 {
			before = text
		}
	})
}

func wide(r rune) bool {
	kind := width.LookupRune(r).Kind()
	return kind == width.EastAsianWide || kind == width.EastAsianFullwidth
}
