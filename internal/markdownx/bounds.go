package markdownx

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
)

// The parser's work grows with the square of some texts: marks that wait for
// their other half, tables whose short rows are filled up. These limits are far
// above what people write and keep the worst text of MaxSize under a second.
const (
	maxDepth     = 40        // of blocks and inlines inside one another
	maxMarkers   = 24        // of quotes and lists on one line
	maxWork      = 300 << 20 // marks × bytes of a paragraph, summed up
	maxCells     = 200_000   // of all tables
	maxFootnotes = 3_000
	maxLines     = 60_000
	maxAddresses = 20_000           // www. and ://, which become links by themselves
	maxIndent    = 2 * 2 * maxDepth // columns before a list item
)

// tooCostly estimates the parser's work and returns the line and code of the
// first thing beyond a limit. A paragraph is at most what stands between two
// empty lines, so that the estimate is never too low.
func tooCostly(source []byte) (line int, code string) {
	var work, cells, footnotes, addresses int
	var p paragraph
	number, start := 0, 1
	for rest := source; len(rest) > 0; {
		var row []byte
		row, rest, _ = bytes.Cut(rest, []byte{'\n'})
		number++
		n := markers(row)
		if n > maxMarkers || n > 0 && len(row)-len(bytes.TrimLeft(row, " \t")) > maxIndent {
			return number, "markdown.too_nested_here"
		}
		if number > maxLines {
			return number, "markdown.too_many_lines"
		}
		if len(bytes.TrimSpace(row)) == 0 {
			work, cells = work+p.work(), cells+p.cells()
			p, start = paragraph{}, number+1
			continue
		}
		p.add(row)
		footnotes += bytes.Count(row, []byte("[^"))
		addresses += bytes.Count(row, []byte("www.")) + bytes.Count(row, []byte("://"))
		if work+p.work() > maxWork || footnotes > maxFootnotes || addresses > maxAddresses {
			return start, "markdown.too_many_marks"
		}
		if cells+p.cells() > maxCells {
			return start, "markdown.table_too_large"
		}
	}
	return 0, ""
}

// inRuler marks the bytes of a line such as |---|:-:|, perhaps inside a quote or
// a list.
var inRuler = func() (set [256]bool) {
	for _, c := range []byte("|:->*+.) \t\r0123456789") {
		set[c] = true
	}
	return set
}()

// paragraph counts what stands between two empty lines.
type paragraph struct{ size, marks, lines, columns int }

func (p *paragraph) add(row []byte) {
	p.size += len(row) + 1
	p.lines++
	var last byte
	ruler := true
	pipes := 0
	for _, c := range row {
		switch c {
		case '*', '_', '~', '`':
			if c != last {
				p.marks++
			}
		case '[', ']', '<', '!', '@', '&':
			p.marks++
		case '|':
			pipes++
		}
		ruler = ruler && inRuler[c]
		last = c
	}
	if ruler && pipes > 0 {
		p.columns = max(p.columns, pipes+1)
	}
}

func (p *paragraph) work() int  { return p.marks * p.size }
func (p *paragraph) cells() int { return p.columns * p.lines }

// markers counts the quote and list marks that open a line. A line of one mark
// only is a rule (* * *), which nests nothing.
func markers(row []byte) int {
	row = bytes.TrimSpace(row)
	if len(row) > 0 && len(bytes.Trim(row, string(row[0])+" \t")) == 0 && row[0] != '>' {
		return 0
	}
	n := 0
	for i := 0; i < len(row); i++ {
		switch c := row[i]; {
		case c == ' ' || c == '\t' || c >= '0' && c <= '9':
		case c == '>' || c == '*' || c == '+' || c == '-' || c == '.' || c == ')' || c == ':':
			n++
		default:
			return n
		}
		if c := row[i]; (c == '*' || c == '-' || c == '.') && i+1 < len(row) && row[i+1] == c {
			return n // emphasis, a table's ruler or dots: no list
		}
	}
	return n
}

// tooDeep returns the node where the tree passes maxDepth, or nil.
func tooDeep(root ast.Node) ast.Node {
	depth := 0
	for n := root; n != nil; {
		if depth > maxDepth {
			return n
		}
		if child := n.FirstChild(); child != nil {
			n, depth = child, depth+1
			continue
		}
		for n != nil && n.NextSibling() == nil {
			n, depth = n.Parent(), depth-1
		}
		if n != nil {
			n = n.NextSibling()
		}
	}
	return nil
}
