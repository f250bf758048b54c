package markdownx

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// calloutPattern is the first line of a quotation that is set apart.
var calloutPattern = regexp.MustCompile(`^\s*\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*$`)

// markCallouts turns quotations that begin with a line such as [!NOTE] into
// callouts: a class that the page gives its label and colour.
func (r *rendering) markCallouts(root ast.Node) {
	var quotes []*ast.Blockquote
	walk(root, func(n ast.Node) {
		if q, ok := n.(*ast.Blockquote); ok {
			quotes = append(quotes, q)
		}
	})
	for _, q := range quotes {
		first, ok := q.FirstChild().(*ast.Paragraph)
		if !ok || first.Lines().Len() == 0 {
			continue
		}
		line := first.Lines().At(0)
		m := calloutPattern.FindStringSubmatch(string(line.Value(r.source)))
		if m == nil {
			continue
		}
		q.SetAttributeString("class", []byte("callout callout-"+strings.ToLower(m[1])))
		dropFirstLine(first)
		if !first.HasChildren() {
			q.RemoveChild(q, first)
		}
	}
}

// dropFirstLine takes out what stands before the first break of a line.
func dropFirstLine(p *ast.Paragraph) {
	for child := p.FirstChild(); child != nil; {
		next := child.NextSibling()
		p.RemoveChild(p, child)
		if text, ok := child.(*ast.Text); ok && (text.SoftLineBreak() || text.HardLineBreak()) {
			return
		}
		child = next
	}
}
