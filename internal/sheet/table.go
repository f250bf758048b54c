package sheet

import (
	"bytes"
	"strings"

	"anwen/internal/errs"
)

// Table is what a file holds.
type Table struct {
	Name        string // of the file
	Encoding    string // UTF-8, GB18030, Big5, or XLSX
	Headings    []string
	HeadingLine int
	Rows        []Row
}

// Row is one record; it has as many cells as there are headings.
type Row struct {
	Line  int // of the file, the first is 1; in XLSX the row number
	Cells []string
}

// Place names a cell of a row by its heading, for faults.
func (t *Table) Place(r Row, column int) errs.Place {
	p := errs.Place{File: t.Name, Line: r.Line}
	if column >= 0 && column < len(t.Headings) {
		p.Column = t.Headings[column]
	}
	return p
}

// Limits bounds a file; zero means the default.
type Limits struct {
	Bytes int // default 20 MB
	Rows  int // default 200,000
}

// The defaults of Limits, and what no table of people needs more of.
const (
	DefaultBytes = 20 << 20
	DefaultRows  = 200_000
	MaxColumns   = 300
	MaxCell      = 32_767 // Excel's own limit
)

// Read reads the file by its content, whatever its name says. TooLarge beyond
// the limits, Invalid for anything that is no table, with a fault per place.
func Read(name string, raw []byte, limits Limits) (*Table, error) {
	if limits.Bytes == 0 {
		limits.Bytes = DefaultBytes
	}
	if limits.Rows == 0 {
		limits.Rows = DefaultRows
	}
	if len(raw) > limits.Bytes {
		return nil, errs.New(errs.TooLarge, "sheet.too_large", errs.Args{"megabytes": limits.Bytes >> 20})
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil, errs.New(errs.Invalid, "sheet.empty", nil)
	}
	if bytes.HasPrefix(raw, []byte("PK\x03\x04")) {
		return readXLSX(name, raw, limits)
	}
	return readCSV(name, raw, limits)
}

// build checks what both kinds of file have in common: headings that name each
// column once, and rows that fit them.
func build(name, encoding string, records []Row, limits Limits) (*Table, error) {
	if len(records) == 0 {
		return nil, errs.New(errs.Invalid, "sheet.empty", nil)
	}
	t := &Table{Name: name, Encoding: encoding, HeadingLine: records[0].Line}
	var faults errs.Faults
	seen := map[string]bool{}
	heads := trimRight(records[0].Cells)
	if len(heads) > MaxColumns {
		return nil, errs.New(errs.Invalid, "sheet.too_many_columns", errs.Args{"max": MaxColumns})
	}
	for i, h := range heads {
		h = strings.TrimSpace(h)
		at := errs.Place{File: name, Line: t.HeadingLine, Column: columnLetter(i)}
		if h == "" {
			faults.Add(at, "sheet.heading_missing", nil)
		} else if seen[strings.ToLower(h)] {
			faults.Add(at, "sheet.heading_twice", errs.Args{"heading": h})
		}
		seen[strings.ToLower(h)] = true
		t.Headings = append(t.Headings, h)
	}
	for _, r := range records[1:] {
		r.Cells = fit(r.Cells, len(t.Headings))
		if blank(r.Cells) {
			continue
		}
		if len(r.Cells) != len(t.Headings) {
			faults.Add(errs.Place{File: name, Line: r.Line}, "sheet.ragged_row", errs.Args{"found": len(r.Cells), "expected": len(t.Headings)})
		}
		for i, c := range r.Cells {
			if len(c) > 4*MaxCell {
				faults.Add(t.Place(r, i), "sheet.cell_too_long", errs.Args{"max": MaxCell})
			}
		}
		if len(t.Rows) == limits.Rows {
			return nil, errs.New(errs.TooLarge, "sheet.too_many_rows", errs.Args{"max": limits.Rows})
		}
		t.Rows = append(t.Rows, r)
	}
	if err := faults.Err("sheet.faults"); err != nil {
		return nil, err
	}
	if len(t.Rows) == 0 {
		return nil, errs.New(errs.Invalid, "sheet.no_rows", nil)
	}
	return t, nil
}

// fit takes empty cells off beyond the last heading; Excel likes to add them.
func fit(cells []string, n int) []string {
	for len(cells) > n && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

func trimRight(cells []string) []string { return fit(cells, 0) }

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// columnLetter is the column as a spreadsheet names it: A, B, … Z, AA.
func columnLetter(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}
