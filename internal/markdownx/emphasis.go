package markdownx

import (
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// emphasisParser reads `*`. CommonMark asks for a space between punctuation
// inside an emphasis and the word outside; Chinese has no spaces, so that
// **注意：**必须 stays literal. Here a Chinese, Japanese or Korean neighbour
// outside counts as that space. Text without such neighbours is read as before.
type emphasisParser struct{}

func (emphasisParser) Trigger() []byte { return []byte{'*'} }

func (emphasisParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	n := 0
	for n < len(line) && line[n] == '*' {
		n++
	}
	after := ' '
	if n < len(line) {
		after = util.ToRune(line, n)
	}
	// Two stars beside a bracket or mark of Chinese are no product: API**（接口）**.
	opens := flanks(before, after) || n > 1 && wide(after) && util.IsPunctRune(after)
	closes := flanks(after, before) || n > 1 && wide(before) && util.IsPunctRune(before)
	d := parser.NewDelimiter(opens, closes, n, '*', emphasisDelimiters{})
	d.Segment = segment.WithStop(segment.Start + n)
	block.Advance(n)
	pc.PushDelimiter(d)
	return d
}

// flanks reports whether a run of delimiters belongs to the text on its inner
// side: not to a space, and to punctuation only when what stands outside sets
// it apart.
func flanks(outer, inner rune) bool {
	if util.IsSpaceRune(inner) {
		return false
	}
	return !util.IsPunctRune(inner) || util.IsSpaceRune(outer) || util.IsPunctRune(outer) || isCJK(outer)
}

func isCJK(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo)
}

type emphasisDelimiters struct{}

func (emphasisDelimiters) IsDelimiter(b byte) bool { return b == '*' }

func (emphasisDelimiters) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (emphasisDelimiters) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }
