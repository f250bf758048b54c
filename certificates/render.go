package certificates

import (
	"fmt"
	"strings"

	"github.com/go-pdf/fpdf"

	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/typeset"
)

// The page is A4 in landscape format. Lengths are in points.
const (
	pageWidth  = typeset.A4Height
	pageHeight = typeset.A4Width
	middle     = pageWidth / 2
	edge       = 88.0 // from the side of the page to the text
	qrSide     = 70.0
	ruleAt     = 453.0 // between the words and the facts
)

// Render draws the document of a certificate as a PDF of one page. Equal
// contents give equal bytes. Conflict when a character has no glyph in any face or a
// text is too long for any readable size; Unavailable when the program was built without
// fonts.
func Render(c Content) ([]byte, error) {
	s, err := typeset.New(c.Locale)
	if err != nil {
		return nil, err
	}
	compose(s, c)
	if err := s.Refusal(); err != nil {
		return nil, err
	}
	pdf, err := draw(s, c)
	if err != nil {
		return nil, fmt.Errorf("draw certificate %s: %w", c.Serial, err)
	}
	return pdf, nil
}

// compose sets every text of the certificate.
func compose(s *typeset.Sheet, c Content) {
	const (
		textWidth  = pageWidth - 2*edge
		titleWidth = 590.0
	)
	word := func(key string) string { return i18n.Text(c.Locale, key, nil) }
	first, second := c.titles()

	institution := fitted(s, line{c.Institution, c.Locale}, "certificates.institution",
		typeset.Style{Colour: typeset.Ink, Tracking: 2.4}, textWidth, step(1, 16, 10), step(2, 10, 7))
	s.Stack(institution, middle, 78-institution.Height()/2)

	if c.Locale == i18n.English {
		s.Text(word("certificates.heading"), typeset.Style{Size: 37, Colour: typeset.Accent, Tracking: 0.8, Weight: 0.4}, middle, 144, typeset.Centre)
		chinese := c.chinese()
		s.Put(s.Shape(i18n.Text(chinese, "certificates.heading", nil), chinese), typeset.Style{Size: 14, Colour: typeset.Accent, Tracking: 9}, middle, 170, typeset.Centre)
	} else {
		s.Text(word("certificates.heading"), typeset.Style{Size: 43, Colour: typeset.Accent, Tracking: 15, Weight: 0.6}, middle, 146, typeset.Centre)
		s.Text(strings.ToUpper(i18n.Text(i18n.English, "certificates.heading", nil)), typeset.Style{Size: 11, Colour: typeset.Accent, Tracking: 3.2}, middle, 170, typeset.Centre)
	}

	s.Text(word("certificates.lead"), typeset.Style{Size: 12, Colour: typeset.Grey}, middle, 218, typeset.Centre)
	holder := fitted(s, line{c.HolderName, c.Locale}, "certificates.holder",
		typeset.Style{Colour: typeset.Ink, Tracking: 1.5, Weight: 0.3}, textWidth, step(1, 35, 20), step(2, 20, 9))
	s.Stack(holder, middle, 251-holder.Height()/2)
	y := 306.0
	if c.EmployeeNo != "" {
		s.Text(i18n.Text(c.Locale, "certificates.employee_no", map[string]any{"number": c.EmployeeNo}), typeset.Style{Size: 10, Colour: typeset.Grey}, middle, 287, typeset.Centre)
		y = 320
	}
	s.Text(word("certificates.sentence"), typeset.Style{Size: 12, Colour: typeset.Grey}, middle, y, typeset.Centre)

	title := fitted(s, first, "certificates.title", typeset.Style{Colour: typeset.Ink, Weight: 0.15}, titleWidth,
		step(1, 25, 20), step(2, 22, 17), step(3, 18, 14), step(4, 14, 7))
	other := fitted(s, second, "certificates.title", typeset.Style{Colour: typeset.Grey}, titleWidth, step(2, 11, 9), step(3, 8, 6))
	gap := 5.0
	if len(other.Lines) == 0 {
		gap = 0
	}
	y += 10 + max(0, ruleAt-18-y-title.Height()-gap-other.Height())*0.45
	s.Stack(title, middle, y)
	s.Stack(other, middle, y+title.Height()+gap)

	until := word("certificates.no_end")
	if !c.ValidUntil.IsZero() {
		until = c.Locale.Date(c.ValidUntil)
	}
	x := edge
	for _, fact := range []struct {
		key, value string
		width      float64
	}{
		{"certificates.issued_on", c.Locale.Date(c.IssuedOn), 165},
		{"certificates.valid_until", until, 165},
		{"certificates.serial", c.Serial, 0},
	} {
		s.Text(word(fact.key), typeset.Style{Size: 9.5, Colour: typeset.Grey}, x, ruleAt+30, typeset.Left)
		s.Text(fact.value, typeset.Style{Size: 13.5, Colour: typeset.Ink}, x, ruleAt+50, typeset.Left)
		x += fact.width
	}
	s.Text(word("certificates.scan"), typeset.Style{Size: 8.5, Colour: typeset.Grey}, pageWidth-edge-qrSide/2, ruleAt+qrSide+17, typeset.Centre)
}

// fitted breaks a text of the certificate into lines. A text that is too long is
// refused; what is the key of its name in the refusal.
func fitted(s *typeset.Sheet, l line, what string, st typeset.Style, width float64, steps ...typeset.Step) typeset.Block {
	b, ok := typeset.Fit(s.Shape(l.text, l.locale), st, width, steps...)
	if !ok {
		s.Refuse(errs.New(errs.Conflict, "certificates.text_too_long", errs.Args{"text": l.text, "what": i18n.Text(s.Locale(), what, nil)}))
	}
	return b
}

// step is one way to set a text: at most so many lines, from a size down to the least.
func step(lines int, size, least float64) typeset.Step {
	return typeset.Step{Lines: lines, Size: size, Least: least}
}

// draw makes the PDF from the composed sheet and the content only, without a clock.
func draw(s *typeset.Sheet, c Content) ([]byte, error) {
	qr, err := qrPath(c.VerifyURL, pageWidth-edge-qrSide, ruleAt, qrSide, pageHeight)
	if err != nil {
		return nil, err
	}
	first, _ := c.titles()
	heading := i18n.Text(c.Locale, "certificates.heading", nil)
	return s.Draw(typeset.Description{
		Width: pageWidth, Height: pageHeight,
		Title:   heading + " · " + typeset.Clean(first.text) + " · " + typeset.Clean(c.HolderName),
		Author:  typeset.Clean(c.Institution),
		Subject: c.Serial,
		At:      date.In(c.IssuedOn, c.IssuedOn.Location()),
	}, frame, func(pdf *fpdf.Fpdf) {
		pdf.SetFillColor(typeset.Ink.R, typeset.Ink.G, typeset.Ink.B)
		pdf.RawWriteStr(qr)
	})
}
