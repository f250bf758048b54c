package certificates

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/go-pdf/fpdf"

	"anwen/internal/date"
	"anwen/internal/i18n"
)

// The page is A4, lying. Lengths are in points.
const (
	pageWidth  = 841.89
	pageHeight = 595.28
	middle     = pageWidth / 2
	edge       = 88.0 // from the side of the page to the text
	qrSide     = 70.0
	ruleAt     = 453.0 // between the words and the facts
)

var (
	ink    = colour{0x17, 0x29, 0x2b}
	grey   = colour{0x56, 0x68, 0x6a}
	accent = colour{0x0f, 0x5a, 0x61}
	pale   = colour{0xb4, 0xcb, 0xc9}
)

// Render draws the document of a certificate as a PDF of one page. Equal
// contents give equal bytes. Conflict when a character has no glyph in any face
// or a text fits at no readable size, Unavailable when the program was built
// without fonts.
func Render(c Content) ([]byte, error) {
	l, err := theLibrary()
	if err != nil {
		return nil, err
	}
	s := &sheet{library: l, locale: c.Locale, subset: newSubset()}
	s.compose(c)
	if err := s.refusal(); err != nil {
		return nil, err
	}
	pdf, err := s.draw(c)
	if err != nil {
		return nil, fmt.Errorf("draw certificate %s: %w", c.Serial, err)
	}
	return pdf, nil
}

// compose sets every text of the certificate.
func (s *sheet) compose(c Content) {
	const (
		textWidth  = pageWidth - 2*edge
		titleWidth = 590.0
	)
	word := func(key string) string { return i18n.Text(c.Locale, key, nil) }
	first, second := c.titles()

	institution := s.fitted(line{c.Institution, c.Locale}, "certificates.institution",
		style{colour: ink, tracking: 2.4}, textWidth, step{1, 16, 10}, step{2, 10, 7})
	s.stack(institution, middle, 78-institution.height()/2)

	if c.Locale == i18n.English {
		s.text(word("certificates.heading"), style{size: 37, colour: accent, tracking: 0.8, weight: 0.4}, middle, 144, centre)
		chinese := c.chinese()
		s.put(s.shape(i18n.Text(chinese, "certificates.heading", nil), chinese), style{size: 14, colour: accent, tracking: 9}, middle, 170, centre)
	} else {
		s.text(word("certificates.heading"), style{size: 43, colour: accent, tracking: 15, weight: 0.6}, middle, 146, centre)
		s.text(strings.ToUpper(i18n.Text(i18n.English, "certificates.heading", nil)), style{size: 11, colour: accent, tracking: 3.2}, middle, 170, centre)
	}

	s.text(word("certificates.lead"), style{size: 12, colour: grey}, middle, 218, centre)
	holder := s.fitted(line{c.HolderName, c.Locale}, "certificates.holder",
		style{colour: ink, tracking: 1.5, weight: 0.3}, textWidth, step{1, 35, 20}, step{2, 20, 9})
	s.stack(holder, middle, 251-holder.height()/2)
	y := 306.0
	if c.EmployeeNo != "" {
		s.text(i18n.Text(c.Locale, "certificates.employee_no", map[string]any{"number": c.EmployeeNo}), style{size: 10, colour: grey}, middle, 287, centre)
		y = 320
	}
	s.text(word("certificates.sentence"), style{size: 12, colour: grey}, middle, y, centre)

	title := s.fitted(first, "certificates.title", style{colour: ink, weight: 0.15}, titleWidth,
		step{1, 25, 20}, step{2, 22, 17}, step{3, 18, 14}, step{4, 14, 7})
	other := s.fitted(second, "certificates.title", style{colour: grey}, titleWidth, step{2, 11, 9}, step{3, 8, 6})
	gap := 5.0
	if len(other.lines) == 0 {
		gap = 0
	}
	y += 10 + max(0, ruleAt-18-y-title.height()-gap-other.height())*0.45
	s.stack(title, middle, y)
	s.stack(other, middle, y+title.height()+gap)

	until := word("certificates.no_end")
	if !c.ValidUntil.IsZero() {
		until = dateIn(c.Locale, c.ValidUntil)
	}
	x := edge
	for _, fact := range []struct {
		key, value string
		width      float64
	}{
		{"certificates.issued_on", dateIn(c.Locale, c.IssuedOn), 165},
		{"certificates.valid_until", until, 165},
		{"certificates.serial", c.Serial, 0},
	} {
		s.text(word(fact.key), style{size: 9.5, colour: grey}, x, ruleAt+30, left)
		s.text(fact.value, style{size: 13.5, colour: ink}, x, ruleAt+50, left)
		x += fact.width
	}
	s.text(word("certificates.scan"), style{size: 8.5, colour: grey}, pageWidth-edge-qrSide/2, ruleAt+qrSide+17, centre)
}

// dateIn writes a date as people of the language do.
func dateIn(l i18n.Locale, day time.Time) string {
	if l == i18n.English {
		return day.Format("2 January 2006")
	}
	return day.Format("2006年1月2日")
}

// family names the subset in the PDF.
const family = "certificate"

// draw makes the PDF. fpdf breaks no line here: its own breaking loses Chinese
// characters.
func (s *sheet) draw(c Content) ([]byte, error) {
	font, err := s.subset.font(s.library.han[i18n.Hans][0])
	if err != nil {
		return nil, err
	}
	qr, err := qrPath(c.VerifyURL, pageWidth-edge-qrSide, ruleAt, qrSide, pageHeight)
	if err != nil {
		return nil, err
	}
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: pageWidth, Ht: pageHeight}})
	s.describe(pdf, c)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCellMargin(0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddUTF8FontFromBytes(family, "", font)
	pdf.AddPage()
	frame(pdf)
	drawRuns(pdf, s.runs)
	pdf.SetFillColor(ink.r, ink.g, ink.b)
	pdf.RawWriteStr(qr)
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, err
	}
	return withToUnicode(out.Bytes(), s.subset.toUnicode())
}

// drawRuns writes the runs of a page where they were placed.
func drawRuns(pdf *fpdf.Fpdf, runs []placed) {
	for _, run := range runs {
		pdf.SetFont(family, "", run.size)
		pdf.SetTextColor(run.colour.r, run.colour.g, run.colour.b)
		pdf.SetDrawColor(run.colour.r, run.colour.g, run.colour.b)
		pdf.SetXY(run.x, run.baseline-0.3*run.size) // where fpdf puts the baseline of a cell without height
		mode := 0
		if run.weight > 0 {
			mode = 2
			pdf.SetLineWidth(run.weight)
		}
		pdf.RawWriteStr(fmt.Sprintf("%d Tr %.2f Tc", mode, run.tracking))
		pdf.CellFormat(0, 0, run.codes, "", 0, "L", false, 0, "")
	}
	pdf.RawWriteStr("0 Tr 0 Tc")
}

// describe fills the document's information from the content alone, no clock.
func (s *sheet) describe(pdf *fpdf.Fpdf, c Content) {
	first, _ := c.titles()
	heading := i18n.Text(c.Locale, "certificates.heading", nil)
	pdf.SetTitle(utf16Text(heading+" · "+clean(first.text)+" · "+clean(c.HolderName)), false)
	pdf.SetAuthor(utf16Text(clean(c.Institution)), false)
	pdf.SetSubject(utf16Text(c.Serial), false)
	pdf.SetCreator("Anwen", false)
	pdf.SetProducer("Anwen", false)
	pdf.SetLang(string(c.Locale))
	day := date.In(c.IssuedOn, c.IssuedOn.Location())
	pdf.SetCreationDate(day)
	pdf.SetModificationDate(day)
	pdf.SetCatalogSort(true)
}

// utf16Text is text as PDF information wants it; fpdf's own conversion spoils
// the characters beyond U+FFFF.
func utf16Text(text string) string {
	b := []byte{0xFE, 0xFF}
	for _, unit := range utf16.Encode([]rune(text)) {
		b = append(b, byte(unit>>8), byte(unit))
	}
	return string(b)
}
