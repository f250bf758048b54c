package sheet

import (
	"strings"

	"anwen/internal/errs"
)

// builder makes a table of the rows that a reader of one kind of file found.
type builder struct {
	name   string
	limits Limits
	known  Known
	faulty map[address]cellFault
}

// address is a cell of the file: its row, from 1, and its column, from 0.
type address struct{ line, column int }

// cellFault says why it cannot be known what a cell holds.
type cellFault struct {
	code string
	args errs.Args
}

// searched is how many rows may stand above the headings.
const searched = 30

// headings is the place among the rows of the first that holds two headings of
// different fields; found is false when there is none. hit tells whether any row holds
// one. Without known headings it is the first row.
func (b *builder) headings(rows []Row) (at int, found, hit bool) {
	if b.known == nil {
		return 0, true, true
	}
	for i, r := range rows[:min(len(rows), searched)] {
		fields := map[string]bool{}
		for _, cell := range r.Cells {
			if len(cell) > 200 {
				continue
			}
			if field, _ := b.known(cell); field != "" {
				fields[field] = true
			}
		}
		if len(fields) >= 2 {
			return i, true, true
		}
		hit = hit || len(fields) > 0
	}
	return 0, false, hit
}

// build checks what all kinds of file have in common: headings that name each column
// once, rows that fit them, cells that can be known.
func (b *builder) build(encoding string, records []Row) (*Table, error) {
	if len(records) == 0 {
		return nil, errs.New(errs.Invalid, "sheet.empty", nil)
	}
	var faults errs.Faults
	at, _, hit := b.headings(records)
	if !hit {
		faults.Add(errs.Place{File: b.name, Line: records[0].Line}, "sheet.no_headings", errs.Args{"rows": searched})
		return nil, faults.Err("sheet.faults")
	}
	t := &Table{Name: b.name, Encoding: encoding, HeadingLine: records[at].Line}
	for _, above := range records[:at] {
		t.LeftOut.RowsAbove = append(t.LeftOut.RowsAbove, errs.Clip(strings.Join(strings.Fields(strings.Join(above.Cells, " ")), " ")))
	}
	heads := trimRight(records[at].Cells)
	if len(heads) > MaxColumns {
		return nil, errs.New(errs.Invalid, "sheet.too_many_columns", errs.Args{"max": MaxColumns})
	}
	read := b.columns(t, heads, &faults)
	for _, r := range records[at+1:] {
		r.Cells = fit(r.Cells, len(t.Headings))
		if blank(r.Cells) {
			continue
		}
		if len(r.Cells) != len(t.Headings) {
			faults.Add(errs.Place{File: b.name, Line: r.Line}, "sheet.ragged_row", errs.Args{"found": len(r.Cells), "expected": len(t.Headings)})
			continue
		}
		b.judge(t, r, read, &faults)
		if len(t.Rows) == b.limits.Rows {
			return nil, errs.New(errs.TooLarge, "sheet.too_many_rows", errs.Args{"max": b.limits.Rows})
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

// columns takes the headings, and tells which columns are read.
func (b *builder) columns(t *Table, heads []string, faults *errs.Faults) (read []bool) {
	seen := map[string]bool{}
	for i, h := range heads {
		h = strings.Join(strings.Fields(h), " ")
		at := errs.Place{File: b.name, Line: t.HeadingLine, Column: columnLetter(i)}
		if h == "" {
			faults.Add(at, "sheet.heading_missing", nil)
		} else if seen[strings.ToLower(h)] {
			faults.Add(at, "sheet.heading_twice", errs.Args{"heading": h})
		}
		seen[strings.ToLower(h)] = true
		field, reads := "", true
		if b.known != nil {
			if field, reads = b.known(h); field == "" {
				reads = false
				t.LeftOut.Columns = append(t.LeftOut.Columns, h)
			}
		}
		t.Headings, t.fields, read = append(t.Headings, h), append(t.fields, field), append(read, reads)
	}
	return read
}

// judge notes the cells of the row that are too long, and those of columns that are
// read whose content cannot be known.
func (b *builder) judge(t *Table, r Row, read []bool, faults *errs.Faults) {
	for i, c := range r.Cells {
		if len(c) > 4*MaxCell {
			faults.Add(t.Place(r, i), "sheet.cell_too_long", errs.Args{"max": MaxCell})
		}
		if !read[i] {
			continue
		}
		if f, is := b.faulty[address{r.Line, i}]; is {
			faults.Add(t.Place(r, i), f.code, f.args)
		} else if strings.ContainsFunc(c, controls) {
			faults.Add(t.Place(r, i), "sheet.control_character", nil)
		}
	}
}

// controls reports the characters that no text holds.
func controls(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f
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
