package sheet

import (
	"bytes"
	"regexp"
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
	LeftOut     LeftOut
	Faults      errs.Faults // by line: columns without a heading, rows that do not fit, cells that cannot be read

	fields []string         // of each column, "" when nobody knows its heading
	unread map[address]bool // the cells that have a fault
}

// LeftOut is what of the file is in no row, so that nothing is lost in silence.
type LeftOut struct {
	Columns   []string // whose headings nobody knows
	RowsAbove []string // the text of each row above the headings
	Pages     []string // sheets of the workbook that were not read, and are not empty
	Pictures  []string // files of pictures that lie on the sheet that was read
}

// Row is one record; it has as many cells as there are headings.
type Row struct {
	Line  int // of the file, the first is 1; in XLSX the row number
	Cells []string
}

// Known tells what a heading means to whoever reads the table: the name of the field,
// "" for a heading that nobody knows. What the cells of a field that is not read hold
// is not judged.
type Known func(heading string) (field string, read bool)

// Unread reports whether the cell has a fault already, so that what stands in it tells
// nothing.
func (t *Table) Unread(r Row, column int) bool { return t.unread[address{r.Line, column}] }

// Place names a cell of a row by its heading, for faults.
func (t *Table) Place(r Row, column int) errs.Place {
	p := errs.Place{File: t.Name, Line: r.Line}
	if column >= 0 && column < len(t.Headings) {
		p.Column = t.Headings[column]
	}
	return p
}

// Columns is the column of each field. Two columns of one field are one of the Faults.
func (t *Table) Columns() map[string]int {
	columns := make(map[string]int, len(t.fields))
	for i, field := range t.fields {
		if field == "" {
			continue
		}
		if other, twice := columns[field]; twice {
			t.Faults.Add(errs.Place{File: t.Name, Line: t.HeadingLine, Column: t.Headings[i]}, "sheet.column_twice", errs.Args{"other": t.Headings[other]})
			continue
		}
		columns[field] = i
	}
	return columns
}

// Limits bounds a file; zero means the default.
type Limits struct {
	Bytes int // default 25 MB
	Rows  int // default 200,000
}

// The defaults of Limits, and what no table of people needs more of.
const (
	DefaultBytes = 25 << 20
	DefaultRows  = 200_000
	MaxColumns   = 300
	MaxCell      = 32_767 // Excel's own limit
)

// Read reads the file by its content, whatever its name says. The headings stand in
// the first row that holds two that are known; with no known they are the first row,
// and every column is read. TooLarge beyond the limits, Invalid for anything that is
// no table or has no row that could be read. What is wrong with single columns, rows
// and cells is among the Faults of the table, so that whoever reads it can tell it
// together with what else is wrong: rows that do not fit the headings are not among
// its Rows.
func Read(name string, raw []byte, limits Limits, known Known) (*Table, error) {
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
	if code := foreign(raw); code != "" {
		return nil, errs.New(errs.Invalid, code, nil)
	}
	b := builder{name: name, limits: limits, known: known}
	if bytes.HasPrefix(raw, []byte("PK\x03\x04")) {
		return b.xlsx(raw)
	}
	return b.csv(raw)
}

var webPage = regexp.MustCompile(`<(?:html|head|meta|body|table|tr)[\s>/]`)

// foreign recognises what programs save under the name of a workbook that is neither
// XLSX nor CSV, and returns the code of its refusal.
func foreign(raw []byte) string {
	head := strings.ToLower(strings.TrimSpace(string(raw[:min(len(raw), 512)])))
	head = strings.TrimPrefix(head, "\ufeff")
	switch {
	case bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")): // XLS, and XLSX with a password
		return "sheet.old_workbook"
	case strings.HasPrefix(head, "%pdf-"), strings.HasPrefix(head, `{\rtf`):
		return "sheet.no_text"
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "mime-version:"), strings.HasPrefix(head, "<") && webPage.MatchString(head),
		strings.HasPrefix(head, "<?xml") && (strings.Contains(head, "<workbook") || strings.Contains(head, "<html") || strings.Contains(head, "mso-application")):
		return "sheet.web_page"
	}
	return ""
}

// columnLetter is the column as a spreadsheet names it: A, B, … Z, AA.
func columnLetter(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}
