package sheet

import (
	"cmp"
	"strings"

	"anwen/internal/errs"
)

// builder makes a table of the rows that a reader of one kind of file found.
type builder struct {
	name   string
	limits Limits
	known  Known
	page   content // of a workbook
	used   []int   // columns of the file that the table has
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
// different fields, or of the row below it when that holds more: a row of groups may
// stand above the headings. found is false when there is none. hit tells whether any
// row holds one. Without known headings it is the first row.
func (b *builder) headings(rows []Row) (at int, found, hit bool) {
	if b.known == nil {
		return 0, true, true
	}
	for i, r := range rows[:min(len(rows), searched)] {
		fields := b.fieldsIn(r)
		if fields < 2 {
			hit = hit || fields > 0
			continue
		}
		if i+1 < len(rows) && b.fieldsIn(rows[i+1]) > fields {
			i++
		}
		return i, true, true
	}
	return 0, false, hit
}

// fieldsIn counts the fields of which the row holds a heading.
func (b *builder) fieldsIn(r Row) int {
	fields := map[string]bool{}
	for _, cell := range r.Cells {
		if len(cell) > 200 {
			continue
		}
		if field, _ := b.known(cell); field != "" {
			fields[field] = true
		}
	}
	return len(fields)
}

// build checks what all kinds of file have in common: headings that name each column
// once, rows that fit them, cells that can be known.
func (b *builder) build(encoding string, records []Row) (*Table, error) {
	if len(records) == 0 {
		return nil, errs.New(errs.Invalid, "sheet.empty", nil)
	}
	at, _, hit := b.headings(records)
	if !hit {
		var faults errs.Faults
		faults.Add(errs.Place{File: b.name, Line: records[0].Line}, "sheet.no_headings", errs.Args{"rows": searched})
		return nil, faults.Err("sheet.faults")
	}
	t := &Table{Name: b.name, Encoding: encoding, HeadingLine: records[at].Line, Faults: errs.ByLine(), unread: map[address]bool{}}
	for _, above := range records[:at] {
		t.LeftOut.RowsAbove = append(t.LeftOut.RowsAbove, errs.Clip(strings.Join(strings.Fields(strings.Join(above.Cells, " ")), " ")))
	}
	heads := trimRight(records[at].Cells)
	if len(heads) > MaxColumns {
		return nil, errs.New(errs.Invalid, "sheet.too_many_columns", errs.Args{"max": MaxColumns})
	}
	b.use(heads, records[at+1:])
	read := b.columns(t, heads)
	for _, r := range records[at+1:] {
		r.Cells = fit(r.Cells, len(heads))
		if blank(r.Cells) {
			continue
		}
		if len(r.Cells) != len(heads) {
			t.Faults.Add(errs.Place{File: b.name, Line: r.Line}, "sheet.ragged_row", errs.Args{"found": len(r.Cells), "expected": len(heads)})
			continue
		}
		if len(b.used) < len(heads) {
			for i, column := range b.used {
				r.Cells[i] = r.Cells[column]
			}
			r.Cells = r.Cells[:len(b.used)]
		}
		if b.known != nil && t.repeats(r) { // as on each page of a printed list
			continue
		}
		b.judge(t, r, read)
		if len(t.Rows) == b.limits.Rows {
			return nil, errs.New(errs.TooLarge, "sheet.too_many_rows", errs.Args{"max": b.limits.Rows})
		}
		t.Rows = append(t.Rows, r)
	}
	b.judgeHidden(t)
	if len(t.Rows) > 0 {
		return t, nil
	}
	if err := t.Faults.Err("sheet.faults"); err != nil {
		return nil, err
	}
	return nil, errs.New(errs.Invalid, "sheet.no_rows", nil)
}

// repeats reports whether a row is the headings again.
func (t *Table) repeats(r Row) bool {
	for i, c := range r.Cells {
		if strings.Join(strings.Fields(c), " ") != t.Headings[i] {
			return false
		}
	}
	return true
}

// use chooses the columns of the table: not those that have neither a heading nor
// anything below it, which only set others apart.
func (b *builder) use(heads []string, below []Row) {
	for i, h := range heads {
		filled := strings.TrimSpace(h) != ""
		for k := 0; k < len(below) && !filled; k++ {
			filled = i < len(below[k].Cells) && strings.TrimSpace(below[k].Cells[i]) != ""
		}
		if filled {
			b.used = append(b.used, i)
		}
	}
}

// columns takes the headings, and tells which columns are read.
func (b *builder) columns(t *Table, heads []string) (read []bool) {
	seen := map[string]bool{}
	for _, column := range b.used {
		h := strings.Join(strings.Fields(heads[column]), " ")
		at := errs.Place{File: b.name, Line: t.HeadingLine, Column: columnLetter(column)}
		field, reads := "", b.known == nil
		switch {
		case h == "":
			t.Faults.Add(at, "sheet.heading_missing", nil)
		case seen[strings.ToLower(h)]:
			t.Faults.Add(at, "sheet.heading_twice", errs.Args{"heading": h})
		case b.known != nil:
			if field, reads = b.known(h); field == "" {
				reads = false
				t.LeftOut.Columns = append(t.LeftOut.Columns, h)
			}
		}
		if reads && b.page.hides(column) {
			t.Faults.Add(at, "sheet.hidden_column", errs.Args{"heading": h})
		}
		seen[strings.ToLower(h)] = true
		t.Headings, t.fields, read = append(t.Headings, h), append(t.fields, field), append(read, reads)
	}
	return read
}

// judge notes the cells of the row that are too long, and those of columns that are
// read whose content cannot be known.
func (b *builder) judge(t *Table, r Row, read []bool) {
	for i, c := range r.Cells {
		f, is := b.page.faulty[address{r.Line, b.used[i]}]
		switch {
		case len(c) > 4*MaxCell:
			f = cellFault{"sheet.cell_too_long", errs.Args{"max": MaxCell}}
		case !read[i]:
			continue
		case is:
		case strings.ContainsFunc(c, controls):
			f = cellFault{"sheet.control_character", nil}
		default:
			continue
		}
		t.Faults.Add(t.Place(r, i), f.code, f.args)
		t.unread[address{r.Line, i}] = true
	}
}

// judgeHidden notes that rows are hidden, by a filter perhaps: whoever sent the file has
// not seen what stands in them, and may not have meant them.
func (b *builder) judgeHidden(t *Table) {
	first, count := 0, 0
	if b.page.hiddenRows[t.HeadingLine] {
		first, count = t.HeadingLine, 1
	}
	for _, r := range t.Rows {
		if b.page.hiddenRows[r.Line] {
			first, count = cmp.Or(first, r.Line), count+1
		}
	}
	if count > 0 {
		t.Faults.Add(errs.Place{File: b.name, Line: first}, "sheet.hidden_rows", errs.Args{"count": count})
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
