package markdownx

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// blankParser leaves the blanks of forms as they are: in 姓名：____，电话：____
// CommonMark takes the lines away and sets what stands between them in bold.
// Three underscores or more beside a character that is not ASCII are a blank.
type blankParser struct{}

func (blankParser) Trigger() []byte { return []byte{'_'} }

func (blankParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	n := 0
	for n < len(line) && line[n] == '_' {
		n++
	}
	after := ' '
	if n < len(line) {
		after = util.ToRune(line, n)
	}
	if n < 3 || before < 0x80 && after < 0x80 {
		return nil
	}
	block.Advance(n)
	return ast.NewTextSegment(segment.WithStop(segment.Start + n))
}
