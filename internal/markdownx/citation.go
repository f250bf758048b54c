package markdownx

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Citation is a link to a clause of a policy, written as
// [第十二条](policy:COMP-01#第十二条), or to the whole policy without a #.
type Citation struct {
	Policy string // its code
	Clause string // as written; empty: the whole policy
	Line   int    // of the file
}

var citationPattern = regexp.MustCompile(`^policy:([A-Za-z0-9][A-Za-z0-9._-]{0,63})(?:#(.{1,200}))?$`)

// cite turns the destination of a link into the address of the clause's page.
// ok is false when it is no citation, or when the text may hold none.
func (r *rendering) cite(n *ast.Link) bool {
	if !r.opts.Citations {
		return false
	}
	m := citationPattern.FindStringSubmatch(string(unescape(n.Destination)))
	if m == nil {
		return false
	}
	clause := m[2]
	if decoded, err := url.PathUnescape(clause); err == nil {
		clause = decoded
	}
	c := Citation{Policy: m[1], Clause: strings.TrimSpace(clause), Line: r.place(r.lines.of(n)).Line}
	target := "/policies/" + c.Policy
	if c.Clause != "" {
		target += "?clause=" + url.QueryEscape(c.Clause)
	}
	n.Destination = []byte(target)
	r.doc.Citations = append(r.doc.Citations, c)
	return true
}
