package typeset

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// toUnicode says which character each code of the subset stands for, so that a
// reader can search and copy.
func (s *subset) toUnicode() []byte {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	const most = 100 // entries of one block, by the specification of CMaps
	for from := 0; from < len(s.cells); from += most {
		block := s.cells[from:min(from+most, len(s.cells))]
		fmt.Fprintf(&b, "%d beginbfchar\n", len(block))
		for i, c := range block {
			fmt.Fprintf(&b, "<%04X> <", firstCode+from+i)
			copied := c.copied
			if copied == "" {
				copied = string(c.char)
			}
			for _, unit := range utf16.Encode([]rune(copied)) {
				fmt.Fprintf(&b, "%04X", unit)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	return []byte(b.String())
}

var errPDF = errors.New("the PDF is not built as expected")

// withToUnicode puts a CMap in the place of the one that fpdf writes, which
// takes every code for its own character, and moves the offsets behind it.
func withToUnicode(pdf, cmap []byte) ([]byte, error) {
	mark := bytes.Index(pdf, []byte("<0000> <FFFF> <0000>\nendbfrange"))
	if mark < 0 {
		return nil, errPDF
	}
	from := bytes.LastIndex(pdf[:mark], []byte("<</Length "))
	length := bytes.Index(pdf[mark:], []byte("endstream"))
	if from < 0 || length < 0 {
		return nil, errPDF
	}
	to := mark + length
	stream := fmt.Appendf(nil, "<</Length %d>>\nstream\n%s\n", len(cmap), cmap)
	start := bytes.LastIndex(pdf, []byte("startxref\n"))
	if start < to {
		return nil, errPDF
	}
	number, _, _ := bytes.Cut(pdf[start+len("startxref\n"):], []byte("\n"))
	table, err := strconv.Atoi(string(number))
	if err != nil || table < to || table > start {
		return nil, errPDF
	}
	moved := len(stream) - (to - from)
	out := make([]byte, 0, len(pdf)+moved)
	out = append(append(append(out, pdf[:from]...), stream...), pdf[to:table]...)
	for entry := range bytes.Lines(pdf[table:start]) {
		if len(entry) == 20 && entry[17] == 'n' {
			offset, err := strconv.Atoi(string(entry[:10]))
			if err != nil {
				return nil, errPDF
			}
			if offset > from {
				offset += moved
			}
			out = fmt.Appendf(out, "%010d%s", offset, entry[10:])
			continue
		}
		out = append(out, entry...)
	}
	return fmt.Appendf(out, "startxref\n%d\n%%%%EOF\n", table+moved), nil
}
