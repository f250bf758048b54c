package certificates

import (
	"bytes"
	"fmt"
	"time"

	"github.com/go-pdf/fpdf"

	"anwen/internal/i18n"
)

// Minutes is a record of a meeting as it is printed: facts, then sections of
// paragraphs and tables.
type Minutes struct {
	Locale      i18n.Locale
	Institution string
	Title       string
	Subtitle    string
	Facts       [][2]string // label and value
	Sections    []MinutesSection
	At          time.Time // of the document's information
}

// MinutesSection is a heading with what stands below it.
type MinutesSection struct {
	Heading    string
	Paragraphs []string
	Columns    []float64 // shares of the width, when there is a table
	Rows       [][]string
}

// The sheet is A4, upright. Lengths are in points.
const (
	sheetWidth  = 595.28
	sheetHeight = 841.89
	sheetEdge   = 62.0
	sheetText   = sheetWidth - 2*sheetEdge
	sheetEnd    = sheetHeight - 66
)

// RenderMinutes draws minutes on as many pages as they need. Equal contents give
// equal bytes. Conflict when a character has no glyph in any face, Unavailable
// when the program was built without fonts.
func RenderMinutes(m Minutes) ([]byte, error) {
	l, err := theLibrary()
	if err != nil {
		return nil, err
	}
	p := &pages{sheet: sheet{library: l, locale: m.Locale, subset: newSubset()}}
	p.turn()
	p.compose(m)
	p.number(m)
	if err := p.refusal(); err != nil {
		return nil, err
	}
	pdf, err := p.draw(m)
	if err != nil {
		return nil, fmt.Errorf("draw the minutes %s: %w", m.Title, err)
	}
	return pdf, nil
}

// pages is text that flows from sheet to sheet.
type pages struct {
	sheet
	done [][]placed
	y    float64 // of the next line's top
}

// turn begins a new page.
func (p *pages) turn() {
	if p.y > 0 {
		p.done = append(p.done, p.runs)
	}
	p.runs, p.y = nil, sheetEdge
}

// room turns the page unless so much fits on it.
func (p *pages) room(height float64) {
	if p.y+height > sheetEnd {
		p.turn()
	}
}

func (p *pages) compose(m Minutes) {
	p.text(m.Institution, style{size: 11, colour: grey, tracking: 1.2}, sheetWidth/2, p.y+8, centre)
	p.y += 24
	title := p.broken(m.Title, style{size: 21, colour: ink, weight: 0.3}, sheetText)
	for _, l := range title {
		p.put(l, style{size: 21, colour: ink, weight: 0.3}, sheetWidth/2, p.y+20, centre)
		p.y += 29
	}
	if m.Subtitle != "" {
		p.text(m.Subtitle, style{size: 11, colour: accent}, sheetWidth/2, p.y+10, centre)
		p.y += 22
	}
	p.y += 8
	for _, f := range m.Facts {
		p.row([]string{f[0], f[1]}, []float64{0.18, 0.82}, 10.5)
	}
	for _, s := range m.Sections {
		p.section(s)
	}
	p.done = append(p.done, p.runs)
}

func (p *pages) section(s MinutesSection) {
	p.y += 12
	p.room(62) // never a heading alone at the foot
	p.text(s.Heading, style{size: 13.5, colour: accent, weight: 0.25}, sheetEdge, p.y+13, left)
	p.y += 24
	st := style{size: 10.5, colour: ink}
	for _, paragraph := range s.Paragraphs {
		for _, l := range p.broken(paragraph, st, sheetText) {
			p.room(18)
			p.put(l, st, sheetEdge, p.y+12, left)
			p.y += 18
		}
		p.y += 4
	}
	for _, row := range s.Rows {
		p.row(row, s.Columns, 9.5)
	}
}

// row sets cells side by side, each broken within its column.
func (p *pages) row(cells []string, columns []float64, size float64) {
	broken, most := make([][][]cell, len(cells)), 1
	for i, text := range cells {
		broken[i] = p.broken(text, style{size: size}, columns[i]*sheetText-8)
		most = max(most, len(broken[i]))
	}
	step := size * 1.6
	for line := range most {
		p.room(step)
		x := sheetEdge
		for i := range cells {
			if line < len(broken[i]) {
				st := style{size: size, colour: ink}
				if i == 0 && len(cells) == 2 {
					st.colour = grey
				}
				p.put(broken[i][line], st, x, p.y+size*1.15, left)
			}
			x += columns[i] * sheetText
		}
		p.y += step
	}
	p.y += 2
}

// broken is a text in lines of a width.
func (p *pages) broken(text string, st style, width float64) [][]cell {
	cells := p.shape(text, p.locale)
	chars, advances := make([]rune, len(cells)), make([]float64, len(cells))
	for i, c := range cells {
		chars[i], advances[i] = c.char, c.advance*st.size+st.tracking
	}
	var lines [][]cell
	for _, span := range breakLines(chars, advances, width) {
		lines = append(lines, cells[span.from:span.to])
	}
	return lines
}

// number writes page x of y at the foot of every page.
func (p *pages) number(m Minutes) {
	for i := range p.done {
		p.runs = nil
		p.text(i18n.Text(m.Locale, "certificates.page_of", map[string]any{"page": i + 1, "pages": len(p.done)}),
			style{size: 8.5, colour: grey}, sheetWidth/2, sheetHeight-38, centre)
		p.done[i] = append(p.done[i], p.runs...)
	}
}

func (p *pages) draw(m Minutes) ([]byte, error) {
	font, err := p.subset.font(p.library.han[i18n.Hans][0])
	if err != nil {
		return nil, err
	}
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: sheetWidth, Ht: sheetHeight}})
	pdf.SetTitle(utf16Text(clean(m.Title)), false)
	pdf.SetAuthor(utf16Text(clean(m.Institution)), false)
	pdf.SetCreator("Anwen", false)
	pdf.SetProducer("Anwen", false)
	pdf.SetLang(string(m.Locale))
	pdf.SetCreationDate(m.At.UTC())
	pdf.SetModificationDate(m.At.UTC())
	pdf.SetCatalogSort(true)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCellMargin(0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddUTF8FontFromBytes(family, "", font)
	for _, runs := range p.done {
		pdf.AddPage()
		drawRuns(pdf, runs)
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, err
	}
	return withToUnicode(out.Bytes(), p.subset.toUnicode())
}
