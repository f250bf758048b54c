package typeset

import (
	"fmt"
	"slices"
	"strings"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// Style is how a text is set. Lengths are in points.
type Style struct {
	Size     float64
	Colour   Colour
	Tracking float64 // added after every character
	Weight   float64 // width of a stroke around the outlines, 0 for none
}

// Colour is a mixture of light, each part from 0 to 255.
type Colour struct{ R, G, B int }

// The colours of every document.
var (
	Ink    = Colour{0x17, 0x29, 0x2b}
	Grey   = Colour{0x56, 0x68, 0x6a}
	Accent = Colour{0x0f, 0x5a, 0x61}
	Pale   = Colour{0xb4, 0xcb, 0xc9}
)

// The places of a line at its x.
const (
	Left   = 0.0
	Centre = 0.5
	Right  = 1.0
)

// placed is a run of characters of one line, ready to be drawn.
type placed struct {
	Style
	x, baseline float64
	codes       string // in the codes of the subset
}

// Sheet collects what stands on the pages of a document, and the characters that
// it needs. It belongs to one goroutine.
type Sheet struct {
	library *library
	locale  i18n.Locale
	subset  *subset
	pages   [][]placed
	current int
	missing []rune
	err     error // the first that was not a missing character
}

// New returns a sheet with one page for a document in a language. Unavailable
// when the program was built without fonts.
func New(locale i18n.Locale) (*Sheet, error) {
	l, err := theLibrary()
	if err != nil {
		return nil, err
	}
	return &Sheet{library: l, locale: locale, subset: newSubset(), pages: make([][]placed, 1)}, nil
}

// Locale is the language of the document.
func (s *Sheet) Locale() i18n.Locale { return s.locale }

// AddPage begins another page, on which the next lines stand.
func (s *Sheet) AddPage() {
	s.pages = append(s.pages, nil)
	s.current = len(s.pages) - 1
}

// Pages is how many pages there are.
func (s *Sheet) Pages() int { return len(s.pages) }

// OnPage lets the next lines stand on a page, counted from 0.
func (s *Sheet) OnPage(n int) { s.current = n }

// Shape chooses the faces of a text in a language, which decides the shapes of
// its characters, and notes the characters that none has.
func (s *Sheet) Shape(text string, locale i18n.Locale) []Cell {
	cells, missing, err := s.library.shape(text, locale)
	if err != nil {
		s.Refuse(fmt.Errorf("shape %q: %w", text, err))
	}
	for _, c := range missing {
		if !slices.Contains(s.missing, c) {
			s.missing = append(s.missing, c)
		}
	}
	return cells
}

// Put sets one line on the page; align says which part of it stands at x.
func (s *Sheet) Put(cells []Cell, st Style, x, baseline, align float64) {
	var codes strings.Builder
	for _, c := range cells {
		codes.WriteRune(s.subset.code(c))
	}
	if codes.Len() > 0 {
		s.pages[s.current] = append(s.pages[s.current], placed{st, x - align*st.length(cells), baseline, codes.String()})
	}
}

// Text shapes and sets one line in the language of the sheet.
func (s *Sheet) Text(text string, st Style, x, baseline, align float64) {
	s.Put(s.Shape(text, s.locale), st, x, baseline, align)
}

// Stack sets the lines of a block below one another, centred at x, the first
// one's middle half a line under top.
func (s *Sheet) Stack(b Block, x, top float64) {
	for i, l := range b.Lines {
		s.Put(l, b.Style, x, top+(float64(i)*leading+leading/2+0.36)*b.Size, Centre)
	}
}

// Refuse gives a reason why the sheet cannot be drawn; the first one counts.
func (s *Sheet) Refuse(reason error) {
	if s.err == nil {
		s.err = reason
	}
}

// Refusal says why the sheet cannot be drawn, or nil: what Refuse was given, or
// Conflict when a character has no glyph in any face.
func (s *Sheet) Refusal() error {
	if s.err != nil {
		return s.err
	}
	if len(s.missing) == 0 {
		return nil
	}
	var points []string
	for _, c := range s.missing {
		points = append(points, fmt.Sprintf("U+%04X", c))
	}
	return errs.New(errs.Conflict, "certificates.glyph_missing", errs.Args{
		"characters": string(s.missing), "codepoints": strings.Join(points, " ")})
}

// Run is a line as it stands on a page.
type Run struct {
	X, Baseline, Size float64
	Text              string
}

// Runs lists what stands on a page, counted from 0, so that a layout can be
// reviewed as text.
func (s *Sheet) Runs(page int) []Run {
	var runs []Run
	for _, p := range s.pages[page] {
		var text []rune
		for _, code := range p.codes {
			text = append(text, s.subset.cells[code-firstCode].char)
		}
		runs = append(runs, Run{p.x, p.baseline, p.Size, string(text)})
	}
	return runs
}
