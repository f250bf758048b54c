package certificates

import (
	"fmt"
	"slices"
	"strings"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// style is how a text is set. Lengths are in points.
type style struct {
	size     float64
	colour   colour
	tracking float64 // added after every character
	weight   float64 // width of a stroke around the outlines, 0 for none
}

type colour struct{ r, g, b int }

// placed is a run of characters of one line, ready to be drawn.
type placed struct {
	style
	x, baseline float64
	codes       string // in the codes of the subset
}

// sheet collects what stands on the page, and the characters it needs.
type sheet struct {
	library *library
	locale  i18n.Locale
	subset  *subset
	runs    []placed
	missing []rune
	err     error // the first internal one
}

// shape chooses the faces of a text and notes the characters that none has.
func (s *sheet) shape(text string, locale i18n.Locale) []cell {
	cells, missing, err := s.library.shape(text, locale)
	if err != nil && s.err == nil {
		s.err = fmt.Errorf("shape %q: %w", text, err)
	}
	for _, c := range missing {
		if !slices.Contains(s.missing, c) {
			s.missing = append(s.missing, c)
		}
	}
	return cells
}

// refusal says why the sheet cannot be drawn, or nil.
func (s *sheet) refusal() error {
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

// The places of a line at its x.
const (
	left   = 0.0
	centre = 0.5
	right  = 1.0
)

// put sets one line; align says which part of it stands at x.
func (s *sheet) put(cells []cell, st style, x, baseline, align float64) {
	var codes strings.Builder
	for _, c := range cells {
		codes.WriteRune(s.subset.code(c))
	}
	if codes.Len() > 0 {
		s.runs = append(s.runs, placed{st, x - align*st.length(cells), baseline, codes.String()})
	}
}

// text shapes and sets one line in the language of the sheet.
func (s *sheet) text(text string, st style, x, baseline, align float64) {
	s.put(s.shape(text, s.locale), st, x, baseline, align)
}

func (st style) length(cells []cell) float64 {
	if len(cells) == 0 {
		return 0
	}
	total := -st.tracking // none after the last
	for _, c := range cells {
		total += c.advance*st.size + st.tracking
	}
	return total
}

// leading is the distance of baselines, in sizes.
const leading = 1.4

// block is a text broken into lines at the size that it got.
type block struct {
	style
	lines [][]cell
}

func (b block) height() float64 { return float64(len(b.lines)) * b.size * leading }

// step is one way to set a text: on so many lines, at the largest size from
// size down to least at which it fits.
type step struct {
	lines       int
	size, least float64
}

// fit breaks a text by the first step that works. It reports false when none does.
func fit(cells []cell, st style, width float64, steps ...step) (block, bool) {
	chars := make([]rune, len(cells))
	advances := make([]float64, len(cells))
	for i, c := range cells {
		chars[i] = c.char
	}
	for _, try := range steps {
		for st.size = try.size; st.size >= try.least; st.size-- {
			for i, c := range cells {
				advances[i] = c.advance*st.size + st.tracking
			}
			spans := breakLines(chars, advances, width)
			if len(spans) > try.lines || widest(spans, advances) > width+slack {
				continue
			}
			b := block{style: st}
			for _, l := range balancedLines(chars, advances, width) {
				b.lines = append(b.lines, cells[l.from:l.to])
			}
			return b, true
		}
	}
	return block{}, false
}

// fitted is fit for a text of the certificate, which is refused when it is too
// long; what names it in the refusal.
func (s *sheet) fitted(l line, what string, st style, width float64, steps ...step) block {
	b, ok := fit(s.shape(l.text, l.locale), st, width, steps...)
	if !ok && s.err == nil {
		s.err = errs.New(errs.Conflict, "certificates.text_too_long", errs.Args{"text": l.text, "what": i18n.Text(s.locale, what, nil)})
	}
	return b
}

// stack sets the lines of a block below one another, centred at x, the first
// one's middle half a line under top.
func (s *sheet) stack(b block, x, top float64) {
	for i, l := range b.lines {
		s.put(l, b.style, x, top+(float64(i)*leading+leading/2+0.36)*b.size, centre)
	}
}
