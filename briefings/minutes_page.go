package briefings

import (
	"fmt"

	"anwen/internal/i18n"
	"anwen/internal/typeset"
)

// The pages are A4, upright. Lengths are in points.
const (
	minutesEdge = 62.0
	minutesText = typeset.A4Width - 2*minutesEdge
	minutesEnd  = typeset.A4Height - 66
)

// draw makes the PDF of the minutes, on as many pages as they need. Equal contents
// give equal bytes. Conflict when a character has no glyph in any face, Unavailable
// when the program was built without fonts.
func (m minutes) draw() ([]byte, error) {
	s, err := typeset.New(m.Locale)
	if err != nil {
		return nil, err
	}
	p := &pages{Sheet: s, y: minutesEdge}
	p.compose(m)
	p.number(m)
	if err := p.Refusal(); err != nil {
		return nil, err
	}
	pdf, err := p.Draw(typeset.Description{Width: typeset.A4Width, Height: typeset.A4Height,
		Title: typeset.Clean(m.Title), Author: typeset.Clean(m.Institution), At: m.At.UTC()}, nil, nil)
	if err != nil {
		return nil, fmt.Errorf("draw the minutes %s: %w", m.Title, err)
	}
	return pdf, nil
}

// pages is text that flows from page to page.
type pages struct {
	*typeset.Sheet
	y float64 // of the next line's top
}

// reserve begins a new page when so much height is not left on this one.
func (p *pages) reserve(height float64) {
	if p.y+height > minutesEnd {
		p.AddPage()
		p.y = minutesEdge
	}
}

func (p *pages) compose(m minutes) {
	p.Text(m.Institution, typeset.Style{Size: 11, Colour: typeset.Grey, Tracking: 1.2}, typeset.A4Width/2, p.y+8, typeset.Centre)
	p.y += 24
	title := p.broken(m.Title, typeset.Style{Size: 21, Colour: typeset.Ink, Weight: 0.3}, minutesText)
	for _, l := range title {
		p.Put(l, typeset.Style{Size: 21, Colour: typeset.Ink, Weight: 0.3}, typeset.A4Width/2, p.y+20, typeset.Centre)
		p.y += 29
	}
	if m.Subtitle != "" {
		p.Text(m.Subtitle, typeset.Style{Size: 11, Colour: typeset.Accent}, typeset.A4Width/2, p.y+10, typeset.Centre)
		p.y += 22
	}
	p.y += 8
	for _, f := range m.Facts {
		p.row([]string{f[0], f[1]}, []float64{0.18, 0.82}, 10.5)
	}
	for _, s := range m.Sections {
		p.section(s)
	}
}

func (p *pages) section(s minutesSection) {
	p.y += 12
	p.reserve(62) // so that a heading is never the last line of a page
	p.Text(s.Heading, typeset.Style{Size: 13.5, Colour: typeset.Accent, Weight: 0.25}, minutesEdge, p.y+13, typeset.Left)
	p.y += 24
	st := typeset.Style{Size: 10.5, Colour: typeset.Ink}
	for _, paragraph := range s.Paragraphs {
		for _, l := range p.broken(paragraph, st, minutesText) {
			p.reserve(18)
			p.Put(l, st, minutesEdge, p.y+12, typeset.Left)
			p.y += 18
		}
		p.y += 4
	}
	for _, row := range s.Rows {
		p.row(row, s.Columns, 9.5)
	}
}

// row sets cells side by side, each broken into lines of its column's width.
func (p *pages) row(cells []string, columns []float64, size float64) {
	broken, most := make([][][]typeset.Cell, len(cells)), 1
	for i, text := range cells {
		broken[i] = p.broken(text, typeset.Style{Size: size}, columns[i]*minutesText-8)
		most = max(most, len(broken[i]))
	}
	step := size * 1.6
	for line := range most {
		p.reserve(step)
		x := minutesEdge
		for i := range cells {
			if line < len(broken[i]) {
				st := typeset.Style{Size: size, Colour: typeset.Ink}
				if i == 0 && len(cells) == 2 {
					st.Colour = typeset.Grey
				}
				p.Put(broken[i][line], st, x, p.y+size*1.15, typeset.Left)
			}
			x += columns[i] * minutesText
		}
		p.y += step
	}
	p.y += 2
}

// broken is a text in lines of a width.
func (p *pages) broken(text string, st typeset.Style, width float64) [][]typeset.Cell {
	return typeset.Lines(p.Shape(text, p.Locale()), st, width)
}

// number writes page x of y at the foot of every page.
func (p *pages) number(m minutes) {
	for i := range p.Pages() {
		p.OnPage(i)
		p.Text(i18n.Text(m.Locale, "briefings.minutes_page_of", map[string]any{"page": i + 1, "pages": p.Pages()}),
			typeset.Style{Size: 8.5, Colour: typeset.Grey}, typeset.A4Width/2, typeset.A4Height-38, typeset.Centre)
	}
}
