package records

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// Format is a file format of an export.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	JSON Format = "json"
	XLSX Format = "xlsx"
)

// MediaType is what a browser is told about a file of the format.
func (f Format) MediaType() string {
	switch f {
	case CSV:
		return "text/csv; charset=utf-8"
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	default:
		return "application/json"
	}
}

// table writes rows of cells one by one and keeps none of them in memory. A cell is
// what column says.
type table interface {
	row(cells []any) error
	// close ends the file; rows is how many there were.
	close(rows int) error
}

// newTable begins a file. keys name the columns for programs, headings for people;
// about is what a JSON file says about itself.
func newTable(f Format, w io.Writer, about map[string]any, keys, headings []string) (table, error) {
	switch f {
	case CSV:
		return newCSV(w, headings)
	case JSON:
		return newJSON(w, about, keys)
	case XLSX:
		return newXLSX(w, headings)
	}
	return nil, fmt.Errorf("no such format: %s", f)
}

type csvTable struct {
	out   *csv.Writer
	cells []string
}

// newCSV begins with the byte order mark, without which Chinese Excel reads the
// file as GBK, and ends lines as RFC 4180 says.
func newCSV(w io.Writer, headings []string) (table, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return nil, err
	}
	t := &csvTable{out: csv.NewWriter(w), cells: make([]string, len(headings))}
	t.out.UseCRLF = true
	return t, t.out.Write(headings)
}

func (t *csvTable) row(cells []any) error {
	for i, c := range cells {
		t.cells[i] = csvText(c)
	}
	return t.out.Write(t.cells)
}

func (t *csvTable) close(int) error {
	t.out.Flush()
	return t.out.Error()
}

func csvText(cell any) string {
	switch c := cell.(type) {
	case nil:
		return ""
	case string:
		return harmless(c)
	case int:
		return strconv.Itoa(c)
	case json.Number:
		return c.String()
	case float64:
		return strconv.FormatFloat(c, 'f', -1, 64)
	case time.Time:
		return c.UTC().Format(time.RFC3339)
	default:
		return harmless(fmt.Sprint(c))
	}
}

// harmless is the text in a form that a spreadsheet does not run as a formula.
func harmless(s string) string {
	if s == "" {
		return s
	}
	switch s[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return "'" + s
	}
	return s
}

type jsonTable struct {
	out  *bufio.Writer
	keys [][]byte
	line []byte
	rows int
}

func newJSON(w io.Writer, about map[string]any, keys []string) (table, error) {
	head, err := json.Marshal(about)
	if err != nil {
		return nil, err
	}
	t := &jsonTable{out: bufio.NewWriter(w)}
	for _, k := range keys {
		t.keys = append(t.keys, append(strconv.AppendQuote(nil, k), ':'))
	}
	_, err = fmt.Fprintf(t.out, `{"about":%s,"records":[`, head)
	return t, err
}

func (t *jsonTable) row(cells []any) error {
	t.line = t.line[:0]
	if t.rows > 0 {
		t.line = append(t.line, ',')
	}
	t.rows++
	t.line = append(t.line, '\n', '{')
	for i, c := range cells {
		if i > 0 {
			t.line = append(t.line, ',')
		}
		t.line = append(t.line, t.keys[i]...)
		switch c := c.(type) {
		case nil:
			t.line = append(t.line, "null"...)
		case int:
			t.line = strconv.AppendInt(t.line, int64(c), 10)
		case json.Number:
			t.line = append(t.line, c...)
		case time.Time:
			t.line = c.UTC().AppendFormat(append(t.line, '"'), time.RFC3339)
			t.line = append(t.line, '"')
		default:
			value, err := json.Marshal(c)
			if err != nil {
				return err
			}
			t.line = append(t.line, value...)
		}
	}
	t.line = append(t.line, '}')
	_, err := t.out.Write(t.line)
	return err
}

// close writes the number of rows last: a file without that number is incomplete.
func (t *jsonTable) close(rows int) error {
	if _, err := fmt.Fprintf(t.out, "\n],\"rows\":%d}\n", rows); err != nil {
		return err
	}
	return t.out.Flush()
}

// sheetRows is how many rows a sheet of XLSX can hold.
const sheetRows = 1_048_576

type xlsxTable struct {
	to       io.Writer
	file     *excelize.File
	sheet    *excelize.StreamWriter
	headings []any
	sheets   int
	next     int // the number of the next row
}

func newXLSX(w io.Writer, headings []string) (table, error) {
	t := &xlsxTable{to: w, file: excelize.NewFile()}
	for _, h := range headings {
		t.headings = append(t.headings, h)
	}
	return t, t.begin()
}

// begin starts a sheet; rows that do not fit on one sheet continue on the next.
func (t *xlsxTable) begin() error {
	t.sheets++
	name := fmt.Sprintf("Sheet%d", t.sheets)
	if t.sheets > 1 {
		if _, err := t.file.NewSheet(name); err != nil {
			return err
		}
	}
	var err error
	if t.sheet, err = t.file.NewStreamWriter(name); err != nil {
		return err
	}
	if err := t.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := t.sheet.SetColWidth(1, len(t.headings), 16); err != nil {
		return err
	}
	t.next = 2
	return t.sheet.SetRow("A1", t.headings)
}

// row needs no guard against formulas: a spreadsheet never runs a text cell of XLSX.
func (t *xlsxTable) row(cells []any) error {
	if t.next > sheetRows {
		if err := t.sheet.Flush(); err != nil {
			return err
		}
		if err := t.begin(); err != nil {
			return err
		}
	}
	for i, c := range cells {
		switch c := c.(type) {
		case time.Time:
			cells[i] = c.UTC().Format(time.RFC3339)
		case json.Number:
			number, err := c.Float64() // XLSX has no other numbers
			if err != nil {
				return err
			}
			cells[i] = number
		}
	}
	err := t.sheet.SetRow("A"+strconv.Itoa(t.next), cells)
	t.next++
	return err
}

func (t *xlsxTable) close(int) error {
	defer t.file.Close() // removes its temporary files; the bytes are written by then
	if err := t.sheet.Flush(); err != nil {
		return err
	}
	_, err := t.file.WriteTo(t.to)
	return err
}
