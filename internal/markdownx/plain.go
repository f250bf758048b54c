package markdownx

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// plain is the text as one reads it, a line per block.
func plain(root ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the visitor never fails
		if entering {
			writeInline(&b, n, source)
			return ast.WalkContinue, nil
		}
		switch {
		case n.Kind() == extast.KindTableCell:
			b.WriteByte('\t')
		case n.Type() == ast.TypeBlock && !strings.HasSuffix(b.String(), "\n"):
			b.WriteByte('\n')
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}

// inlineText is the text inside one node.
func inlineText(root ast.Node, source []byte) string {
	var b strings.Builder
	walk(root, func(n ast.Node) { writeInline(&b, n, source) })
	return b.String()
}

func writeInline(b *strings.Builder, n ast.Node, source []byte) {
	switch n := n.(type) {
	case *ast.Text:
		b.Write(unescape(n.Segment.Value(source)))
		if n.HardLineBreak() {
			b.WriteByte('\n')
		} else if n.SoftLineBreak() {
			b.WriteByte(' ')
		}
	case *ast.String:
		if !n.IsCode() { // markup of our own
			b.Write(n.Value)
		}
	case *ast.AutoLink:
		b.Write(n.Label(source))
	case *ast.CodeBlock:
		writeLines(b, n, source)
	case *ast.FencedCodeBlock:
		writeLines(b, n, source)
	}
}

func writeLines(b *strings.Builder, n ast.Node, source []byte) {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(source))
	}
}

// unescape takes away the backslash before punctuation and resolves entities,
// as the renderer does.
func unescape(raw []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw)))
}
