package sheet

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"anwen/internal/errs"
)

// unpackedLimit is what a workbook may unfold to: a bomb stops there.
const unpackedLimit = 200 << 20

// readXLSX reads the first sheet that has rows. Dates come as they are stored,
// written 2026-11-02 or 2026-11-02T09:30:00, never in a locale's format.
func readXLSX(name string, raw []byte, limits Limits) (*Table, error) {
	book, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{
		UnzipSizeLimit: unpackedLimit, UnzipXMLSizeLimit: 16 << 20, RawCellValue: true,
	})
	if err != nil {
		return nil, errs.New(errs.Invalid, "sheet.no_workbook", nil).Because(err)
	}
	defer book.Close() // removes what was unfolded to disk
	for _, page := range book.GetSheetList() {
		records, err := readPage(book, page, limits)
		if err != nil {
			return nil, err
		}
		if len(records) > 0 {
			return build(name, "XLSX", records, limits)
		}
	}
	return nil, errs.New(errs.Invalid, "sheet.empty", nil)
}

func readPage(book *excelize.File, page string, limits Limits) ([]Row, error) {
	rows, err := book.Rows(page)
	if err != nil {
		return nil, errs.New(errs.Invalid, "sheet.no_workbook", nil).Because(err)
	}
	defer rows.Close()
	dates := &dateCells{book: book, page: page, styles: map[int]bool{}}
	var records []Row
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, errs.New(errs.Invalid, "sheet.no_workbook", nil).Because(err)
		}
		if len(cells) > MaxColumns {
			return nil, errs.New(errs.Invalid, "sheet.too_many_columns", errs.Args{"max": MaxColumns})
		}
		if blank(cells) {
			continue
		}
		if len(records) > limits.Rows {
			return nil, errs.New(errs.TooLarge, "sheet.too_many_rows", errs.Args{"max": limits.Rows})
		}
		if len(records) > 0 {
			n := len(records[0].Cells)
			for len(cells) < n {
				cells = append(cells, "") // the format leaves empty cells at the end out
			}
			if err := dates.write(cells, line); err != nil {
				return nil, err
			}
		}
		records = append(records, Row{Line: line, Cells: cells})
	}
	return records, rows.Error()
}

// dateCells finds out which numbers are dates: only the cell's style says so.
type dateCells struct {
	book   *excelize.File
	page   string
	styles map[int]bool
}

func (d *dateCells) write(cells []string, line int) error {
	for i, c := range cells {
		serial, err := strconv.ParseFloat(c, 64)
		if err != nil || serial < 1 || serial > 2_958_465 {
			continue
		}
		name, err := excelize.CoordinatesToCellName(i+1, line)
		if err != nil {
			return err
		}
		isDate, err := d.is(name)
		if err != nil || !isDate {
			continue
		}
		at, err := excelize.ExcelDateToTime(serial, false)
		if err != nil {
			continue
		}
		at = at.Round(time.Second)
		if at.Equal(at.Truncate(24 * time.Hour)) {
			cells[i] = at.Format(time.DateOnly)
		} else {
			cells[i] = at.Format("2006-01-02T15:04:05")
		}
	}
	return nil
}

func (d *dateCells) is(cell string) (bool, error) {
	index, err := d.book.GetCellStyle(d.page, cell)
	if err != nil {
		return false, err
	}
	if known, ok := d.styles[index]; ok {
		return known, nil
	}
	style, err := d.book.GetStyle(index)
	if err != nil {
		return false, err
	}
	d.styles[index] = dateFormat(style)
	return d.styles[index], nil
}

// dateFormat knows the built-in formats of ECMA-376 part 1, 18.8.30, and reads
// custom ones by their letters.
func dateFormat(s *excelize.Style) bool {
	if s == nil {
		return false
	}
	if n := s.NumFmt; (n >= 14 && n <= 22) || (n >= 27 && n <= 36) || (n >= 45 && n <= 47) || (n >= 50 && n <= 58) {
		return true
	}
	if s.CustomNumFmt == nil {
		return false
	}
	format, quoted := strings.ToLower(*s.CustomNumFmt), false
	for _, c := range format {
		switch {
		case c == '"':
			quoted = !quoted
		case !quoted && strings.ContainsRune("yd年日", c):
			return true
		}
	}
	return false
}
