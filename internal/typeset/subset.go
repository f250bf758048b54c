package typeset

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// firstCode is the code of the first character of a subset. fpdf counts the
// codes below as used whatever stands there.
const firstCode = 0x100

// subset is the one font of a document: the outlines of the characters in it,
// whichever face each comes from, numbered from firstCode in the order of their
// first use. So characters beyond U+FFFF, which fpdf cannot write, are codes as
// any other, and fpdf reads one small font instead of several large ones.
type subset struct {
	cells []Cell
	codes map[Cell]rune
}

func newSubset() *subset { return &subset{codes: map[Cell]rune{}} }

// code returns the code of a character in the document.
func (s *subset) code(c Cell) rune {
	code, known := s.codes[c]
	if !known {
		code = firstCode + rune(len(s.cells))
		s.cells = append(s.cells, c)
		s.codes[c] = code
	}
	return code
}

// glyphOf is an outline in a face.
type glyphOf struct {
	face  *face
	glyph uint16
}

// font returns the TrueType file; base gives what is said once for all.
func (s *subset) font(base *face) ([]byte, error) {
	wanted := []glyphOf{{base, 0}}
	for _, c := range s.cells {
		wanted = append(wanted, glyphOf{c.face, c.glyph})
	}
	parts := map[glyphOf]uint16{}
	part := func(g glyphOf) uint16 { // the number of an outline that others are composed of
		n, known := parts[g]
		if !known {
			n = uint16(len(wanted))
			parts[g] = n
			wanted = append(wanted, g)
		}
		return n
	}
	var glyf, loca, hmtx []byte
	for i := 0; i < len(wanted); i++ { // grows while composed outlines are found
		g := wanted[i]
		outline, err := g.face.outline(g.glyph)
		if err == nil {
			outline, err = plain(outline, func(glyph uint16) uint16 { return part(glyphOf{g.face, glyph}) })
		}
		if err != nil {
			return nil, fmt.Errorf("outline %d: %w", g.glyph, err)
		}
		advance, bearing, err := g.face.metric(g.glyph)
		if err != nil {
			return nil, fmt.Errorf("metric %d: %w", g.glyph, err)
		}
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		glyf = append(glyf, outline...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		hmtx = binary.BigEndian.AppendUint16(hmtx, advance)
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(bearing))
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	os2, err := base.table("OS/2")
	if err != nil {
		return nil, err
	}
	post, err := base.inTable("post", 0, 32)
	if err != nil {
		return nil, err
	}
	post = slices.Concat([]byte{0, 3, 0, 0}, post[4:]) // 3.0: no names
	head, hhea, maxp := s.common(base)
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(wanted)))
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(wanted)))
	return assemble([]tagged{
		{"OS/2", os2}, {"cmap", cmap(len(s.cells))}, {"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx},
		{"loca", loca}, {"maxp", maxp}, {"name", []byte{0, 0, 0, 0, 0, 6}}, {"post", post},
	}), nil
}

// common returns the tables that describe all outlines together: the box that
// holds them all and the largest of each limit.
func (s *subset) common(base *face) (head, hhea, maxp []byte) {
	head, hhea, maxp = slices.Clone(base.head), slices.Clone(base.hhea), slices.Clone(base.maxp[:32])
	seen := map[*face]bool{base: true}
	for _, c := range s.cells {
		if seen[c.face] {
			continue
		}
		seen[c.face] = true
		for i := 36; i < 44; i += 2 {
			ours, theirs := int16(binary.BigEndian.Uint16(head[i:])), int16(binary.BigEndian.Uint16(c.face.head[i:]))
			if i < 40 && theirs < ours || i >= 40 && theirs > ours {
				copy(head[i:i+2], c.face.head[i:])
			}
		}
		for i := 6; i < 32; i += 2 {
			if binary.BigEndian.Uint16(c.face.maxp[i:]) > binary.BigEndian.Uint16(maxp[i:]) {
				copy(maxp[i:i+2], c.face.maxp[i:])
			}
		}
	}
	clear(head[8:12])                        // the checksum of another file
	binary.BigEndian.PutUint16(head[50:], 1) // long loca
	return head, hhea, maxp
}

// The flags of a part of a composed outline.
const (
	wordArguments   = 0x0001
	oneScale        = 0x0008
	moreParts       = 0x0020
	twoScales       = 0x0040
	matrix          = 0x0080
	hasInstructions = 0x0100
)

var errOutline = errors.New("a broken outline")

// plain returns a copy of an outline without hinting, which belongs to the
// programs of its own file, and with its parts numbered anew.
func plain(outline []byte, part func(uint16) uint16) ([]byte, error) {
	if len(outline) == 0 {
		return nil, nil
	}
	if len(outline) < 10 {
		return nil, errOutline
	}
	if contours := int(int16(binary.BigEndian.Uint16(outline))); contours >= 0 {
		at := 10 + 2*contours
		if at+2 > len(outline) {
			return nil, errOutline
		}
		after := at + 2 + int(binary.BigEndian.Uint16(outline[at:]))
		if after > len(outline) {
			return nil, errOutline
		}
		return slices.Concat(outline[:at], []byte{0, 0}, outline[after:]), nil
	}
	out := slices.Clone(outline)
	for at, more := 10, true; more; {
		if at+4 > len(out) {
			return nil, errOutline
		}
		flags := binary.BigEndian.Uint16(out[at:])
		binary.BigEndian.PutUint16(out[at:], flags&^hasInstructions)
		binary.BigEndian.PutUint16(out[at+2:], part(binary.BigEndian.Uint16(out[at+2:])))
		at += 6
		if flags&wordArguments != 0 {
			at += 2
		}
		switch {
		case flags&oneScale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
		if at > len(out) {
			return nil, errOutline
		}
		if more = flags&moreParts != 0; !more {
			out = out[:at]
		}
	}
	return out, nil
}

// cmap is the table of one run of codes: firstCode is glyph 1, and so on.
func cmap(count int) []byte {
	last := firstCode + count - 1
	words := []int{0, 1, 3, 1, 0, 12, // one table for Windows, Unicode
		4, 32, 0, 4, 4, 1, 0, // format 4 with two segments
		last, 0xFFFF, 0, firstCode, 0xFFFF, 1 - firstCode, 1, 0, 0}
	var b []byte
	for _, w := range words {
		b = binary.BigEndian.AppendUint16(b, uint16(w))
	}
	return b
}

type tagged struct {
	tag  string
	data []byte
}

// assemble writes tables, in the order of their tags, into a TrueType file. The
// checksums are left to fpdf, which makes the final file from this one.
func assemble(tables []tagged) []byte {
	b := []byte{0, 1, 0, 0}
	for _, w := range []uint16{uint16(len(tables)), 128, 3, uint16(len(tables)*16 - 128)} {
		b = binary.BigEndian.AppendUint16(b, w)
	}
	offset := len(b) + 16*len(tables)
	for _, t := range tables {
		b = append(b, t.tag...)
		b = binary.BigEndian.AppendUint32(b, 0)
		b = binary.BigEndian.AppendUint32(b, uint32(offset))
		b = binary.BigEndian.AppendUint32(b, uint32(len(t.data)))
		offset += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		b = append(b, t.data...)
		for len(b)%4 != 0 {
			b = append(b, 0)
		}
	}
	return b
}
