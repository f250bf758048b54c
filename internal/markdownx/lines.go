package markdownx

import (
	"sort"

	"github.com/yuin/goldmark/ast"
)

// lines holds where each line ends, so that a place is found without reading
// the text again.
type lines []int

func newLines(source []byte) lines {
	var ends lines
	for i, c := range source {
		if c == '\n' {
			ends = append(ends, i)
		}
	}
	return ends
}

// at is the 1-based line of a byte.
func (l lines) at(offset int) int { return 1 + sort.SearchInts(l, offset) }

// of is the line where the node starts, as near as the parser knows.
func (l lines) of(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if at := n.Pos(); at >= 0 {
			return l.at(at)
		}
		if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
			return l.at(n.Lines().At(0).Start)
		}
	}
	return 1
}
