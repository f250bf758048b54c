package typeset

import (
	"bytes"
	"fmt"
	"time"
	"unicode/utf16"

	"github.com/go-pdf/fpdf"

	"anwen/internal/i18n"
)

// A4 is the size of a page in points, upright.
const (
	A4Width  = 595.28
	A4Height = 841.89
)

// Description is what a PDF says of itself. Draw reads no clock, so that equal
// sheets give equal bytes.
type Description struct {
	Width, Height float64 // of every page, in points
	Title         string
	Author        string
	Subject       string // left out when empty
	At            time.Time
}

// Drawing adds to a page what is no text.
type Drawing func(pdf *fpdf.Fpdf)

// family names the subset in the PDF.
const family = "certificate"

// Draw makes the PDF: on every page the drawing under, the text, and the drawing
// over it; either may be nil. It returns what Refusal does, and internal errors.
func (s *Sheet) Draw(d Description, under, over Drawing) ([]byte, error) {
	if err := s.Refusal(); err != nil {
		return nil, err
	}
	font, err := s.subset.font(s.library.han[i18n.Hans][0])
	if err != nil {
		return nil, err
	}
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: d.Width, Ht: d.Height}})
	s.describe(pdf, d)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCellMargin(0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddUTF8FontFromBytes(family, "", font)
	for _, runs := range s.pages {
		pdf.AddPage()
		if under != nil {
			under(pdf)
		}
		drawRuns(pdf, runs)
		if over != nil {
			over(pdf)
		}
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, err
	}
	return withToUnicode(out.Bytes(), s.subset.toUnicode())
}

// drawRuns writes the runs of a page where they were placed.
func drawRuns(pdf *fpdf.Fpdf, runs []placed) {
	for _, run := range runs {
		pdf.SetFont(family, "", run.Size)
		pdf.SetTextColor(run.Colour.R, run.Colour.G, run.Colour.B)
		pdf.SetDrawColor(run.Colour.R, run.Colour.G, run.Colour.B)
		pdf.SetXY(run.x, run.baseline-0.3*run.Size) // where fpdf puts the baseline of a cell without height
		mode := 0
		if run.Weight > 0 {
			mode = 2
			pdf.SetLineWidth(run.Weight)
		}
		pdf.RawWriteStr(fmt.Sprintf("%d Tr %.2f Tc", mode, run.Tracking))
		pdf.CellFormat(0, 0, run.codes, "", 0, "L", false, 0, "")
	}
	pdf.RawWriteStr("0 Tr 0 Tc")
}

func (s *Sheet) describe(pdf *fpdf.Fpdf, d Description) {
	pdf.SetTitle(utf16Text(d.Title), false)
	pdf.SetAuthor(utf16Text(d.Author), false)
	if d.Subject != "" {
		pdf.SetSubject(utf16Text(d.Subject), false)
	}
	pdf.SetCreator("Anwen", false)
	pdf.SetProducer("Anwen", false)
	pdf.SetLang(string(s.locale))
	pdf.SetCreationDate(d.At)
	pdf.SetModificationDate(d.At)
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
