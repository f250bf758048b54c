package complaints

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"anwen/internal/errs"
	"anwen/internal/identifier"
	"anwen/internal/sheet"
)

// Fact is one row of an imported file, without the data about the customer.
type Fact struct {
	Line          int
	Reference     string
	Class         Class
	Channel       string
	Product       string
	Cause         string
	UnitCode      string
	ReceivedAt    localTime
	FirstReply    *localTime
	FirstFeedback *localTime
	ClosedAt      *localTime
	ResponsibleNo string
	Satisfaction  int // 1 to 5; 0: not answered
	AnsweredOn    string
	Extra         map[string]string

	headings map[Field]string // of the file's columns
	faulty   []Field          // whose cells have a fault, and are empty here
}

// sound reports whether the cell of the field has no fault.
func (f Fact) sound(field Field) bool { return !slices.Contains(f.faulty, field) }

// place is the cell of the field in the file, for faults; without such a column it is
// the row.
func (f Fact) place(file string, field Field) errs.Place {
	return errs.Place{File: file, Line: f.Line, Column: f.headings[field]}
}

// localTime is a date, or a date with a time, as the file writes it. It becomes an
// instant once the unit, and with it the time zone, is known.
type localTime struct {
	wall    time.Time
	zoned   bool // the file gives the offset from UTC
	dayOnly bool
}

func (l localTime) in(zone *time.Location) time.Time {
	if l.zoned {
		return l.wall.In(zone)
	}
	y, m, d := l.wall.Date()
	return time.Date(y, m, d, l.wall.Hour(), l.wall.Minute(), l.wall.Second(), 0, zone)
}

// end is the instant at which a stage was done. When the file gives only a day it is
// the end of that day. Nil stays nil.
func (l *localTime) end(zone *time.Location) *time.Time {
	if l == nil {
		return nil
	}
	at := l.in(zone)
	if l.dayOnly {
		at = at.AddDate(0, 0, 1).Add(-time.Second)
	}
	return &at
}

// Report says what was done with every row and column of a file. It is stored with
// the import, so its field names stay.
type Report struct {
	RowsRead   int
	Accepted   int
	Duplicates int // rows that repeat an earlier row of the file exactly
	Encoding   string
	Dropped    []DroppedColumn
	Unknown    []string // columns that the profile does not know: not used
	RowsAbove  []string // the text of each row above the headings
	OtherPages []string // sheets of the workbook that were not read, and are not empty
}

// DroppedColumn is a column about the customer, and how many rows had a value in it.
type DroppedColumn struct {
	Column string
	Filled int
}

// maxText is the most characters that a cell may hold; a longer text is free text in
// the wrong column.
const maxText = 300

// ReadFacts reads a whole table. What is wrong with its rows is among the table's
// Faults, each with row and column; Invalid when it is the columns, so that no row can
// be read. It uses no database and no clock.
func (p Profile) ReadFacts(t *sheet.Table) ([]Fact, Report, error) {
	report := Report{RowsRead: len(t.Rows), Encoding: t.Encoding, RowsAbove: t.LeftOut.RowsAbove, OtherPages: t.LeftOut.Pages}
	columns, fields, usable := p.columns(t, &report)
	if !usable {
		return nil, report, t.Faults.Err("complaints.import_faults")
	}
	r := reading{profile: p, table: t, columns: columns, fields: fields, seen: map[string]seenFact{}, repeats: map[string]int{}}
	headings := make(map[Field]string, len(columns))
	for field, i := range columns {
		headings[field] = t.Headings[i]
	}
	facts := make([]Fact, 0, len(t.Rows))
	for _, row := range t.Rows {
		f, repeated := r.fact(row)
		if repeated {
			report.Duplicates++
			continue
		}
		f.headings = headings
		facts = append(facts, f)
	}
	for i, column := range t.Headings {
		if fields[i] != Customer {
			continue
		}
		filled := 0
		for _, row := range t.Rows {
			if strings.TrimSpace(row.Cells[i]) != "" {
				filled++
			}
		}
		report.Dropped = append(report.Dropped, DroppedColumn{Column: column, Filled: filled})
	}
	report.Accepted = len(facts)
	return facts, report, nil
}

// columns finds the column of each field, and the field of each column; usable is
// false when two columns are one field, or one is missing.
func (p Profile) columns(t *sheet.Table, report *Report) (columns map[Field]int, fields []Field, usable bool) {
	columns, fields, usable = map[Field]int{}, make([]Field, len(t.Headings)), true
	for i, heading := range t.Headings {
		same := func(h string) bool { return strings.EqualFold(h, heading) }
		if heading == "" || slices.IndexFunc(t.Headings, same) != i {
			continue // the table has said so
		}
		field, known := p.fieldOf(heading)
		if !known {
			report.Unknown = append(report.Unknown, heading)
			continue
		}
		fields[i] = field
		if field == Extra || field == Customer {
			continue
		}
		if other, twice := columns[field]; twice {
			t.Faults.Add(errs.Place{File: t.Name, Line: t.HeadingLine, Column: heading}, "complaints.column_twice", errs.Args{"other": t.Headings[other]})
			usable = false
		}
		columns[field] = i
	}
	for _, c := range p.Columns {
		if _, there := columns[c.Field]; c.Required && !there {
			t.Faults.Add(errs.Place{File: t.Name, Line: t.HeadingLine}, "complaints.column_missing", errs.Args{"columns": strings.Join(c.Headings, " / ")})
			usable = false
		}
	}
	return columns, fields, usable
}

// seenFact is an earlier row with the same reference.
type seenFact struct {
	line    int
	content string
}

// reading is the state while a table is read.
type reading struct {
	profile Profile
	table   *sheet.Table
	columns map[Field]int
	fields  []Field
	faulty  []Field // of the row that is being read
	seen    map[string]seenFact
	repeats map[string]int // of a content, where references are derived from it
}

func (r *reading) cell(row sheet.Row, f Field) string {
	i, there := r.columns[f]
	if !there {
		return ""
	}
	if r.table.Unread(row, i) {
		r.faulty = append(r.faulty, f)
		return ""
	}
	v := strings.TrimSpace(row.Cells[i])
	if utf8.RuneCountInString(v) > maxText {
		return r.fault(row, f, "complaints.text_too_long", errs.Args{"max": maxText})
	}
	return v
}

// coded is the value of a cell that identifies something: see identifier.Read.
func (r *reading) coded(row sheet.Row, f Field) string {
	v, wrong := identifier.Read(r.cell(row, f))
	if wrong != nil {
		return r.fault(row, f, wrong.Code, wrong.Args)
	}
	return v
}

// word is the value of a cell that is a word, a date or a number: see identifier.Word.
func (r *reading) word(row sheet.Row, f Field) string {
	v, wrong := identifier.Word(r.cell(row, f))
	if wrong != nil {
		return r.fault(row, f, wrong.Code, wrong.Args)
	}
	return v
}

// fault notes what is wrong with a cell, and returns what then stands for its value.
func (r *reading) fault(row sheet.Row, f Field, code string, args errs.Args) (nothing string) {
	column, there := r.columns[f]
	if !there {
		column = -1
	}
	r.table.Faults.Add(r.table.Place(row, column), code, args)
	r.faulty = append(r.faulty, f)
	return ""
}

// missing notes that a cell may not be empty, where the file has the column and nothing
// else is wrong with the cell.
func (r *reading) missing(row sheet.Row, f Field) {
	if _, there := r.columns[f]; there && !slices.Contains(r.faulty, f) {
		r.fault(row, f, "complaints.value_missing", nil)
	}
}

// required is the value of a cell that may not be empty, where the file has the column.
func (r *reading) required(row sheet.Row, f Field) string {
	v := r.coded(row, f)
	if v == "" {
		r.missing(row, f)
	}
	return v
}

// fact reads one row; repeated tells that it repeats an earlier row exactly.
func (r *reading) fact(row sheet.Row) (f Fact, repeated bool) {
	r.faulty = nil
	defer func() { f.faulty = r.faulty }()
	f = Fact{
		Line: row.Line, Channel: r.cell(row, Channel), Product: r.cell(row, Product), Cause: r.cell(row, Cause),
		UnitCode: r.required(row, Unit), ResponsibleNo: r.coded(row, Responsible), Class: r.class(row), Extra: map[string]string{},
	}
	if received := r.instant(row, ReceivedAt); received != nil {
		f.ReceivedAt = *received
	} else {
		r.missing(row, ReceivedAt)
	}
	f.FirstReply, f.FirstFeedback, f.ClosedAt = r.instant(row, FirstReply), r.instant(row, FirstFeedback), r.instant(row, ClosedAt)
	if answered := r.instant(row, AnsweredOn); answered != nil {
		f.AnsweredOn = answered.wall.Format(time.DateOnly)
	}
	f.Satisfaction = r.score(row)
	for i, field := range r.fields {
		if v := strings.TrimSpace(row.Cells[i]); field == Extra && v != "" {
			f.Extra[r.table.Headings[i]] = v
		}
	}
	content := r.content(row)
	if _, there := r.columns[Reference]; there || !r.profile.Derived {
		f.Reference = r.required(row, Reference)
	} else {
		// Equal rows are different complaints: the number of the repetition tells them apart.
		r.repeats[content]++
		f.Reference = derived(content, r.repeats[content])
	}
	if f.Reference == "" {
		return f, false
	}
	if f.Reference == "." || f.Reference == ".." { // what addresses make something else of
		f.Reference = r.fault(row, Reference, "complaints.unusable_reference", nil)
		return f, false
	}
	if first, twice := r.seen[identifier.Key(f.Reference)]; twice {
		if first.content == content {
			return f, true
		}
		r.fault(row, Reference, "complaints.reference_twice", errs.Args{"reference": f.Reference, "row": first.line})
		return f, false
	}
	r.seen[identifier.Key(f.Reference)] = seenFact{line: row.Line, content: content}
	return f, false
}

// content is a row without its customer columns, so that a reference that is derived
// from it cannot identify the customer.
func (r *reading) content(row sheet.Row) string {
	var b strings.Builder
	for i, c := range row.Cells {
		if r.fields[i] != Customer {
			b.WriteString(r.table.Headings[i])
			b.WriteByte(0x1f)
			b.WriteString(strings.TrimSpace(c))
			b.WriteByte(0x1e)
		}
	}
	return b.String()
}

// derived is the reference of the n-th row with the same content.
func derived(content string, n int) string {
	sum := sha256.Sum256([]byte(content + strconv.Itoa(n)))
	return "D-" + hex.EncodeToString(sum[:10])
}

func (r *reading) class(row sheet.Row) Class {
	v := r.word(row, ClassOf)
	class, known := r.profile.Classes[strings.ToLower(v)]
	switch {
	case known:
	case v == "":
		r.missing(row, ClassOf)
	default:
		r.fault(row, ClassOf, "complaints.unknown_class", errs.Args{"value": errs.Clip(v)})
	}
	return class
}

func (r *reading) score(row sheet.Row) int {
	v := r.word(row, Satisfaction)
	if v == "" {
		return 0
	}
	whole, zeros, _ := strings.Cut(v, ".") // 5.0 is 5
	n, err := strconv.Atoi(whole)
	if err != nil || n < 1 || n > 5 || strings.Trim(zeros, "0") != "" {
		r.fault(row, Satisfaction, "complaints.bad_score", errs.Args{"value": v})
		return 0
	}
	return n
}

// instant reads a date or a date with a time; nil when the cell is empty.
func (r *reading) instant(row sheet.Row, f Field) *localTime {
	v := r.word(row, f)
	if v == "" {
		return nil
	}
	for _, layout := range r.profile.Layouts {
		if t, err := time.Parse(layout, v); err == nil {
			return &localTime{wall: t, zoned: strings.Contains(layout, "Z07:00")}
		}
	}
	for _, layout := range r.profile.Days {
		if t, err := time.Parse(layout, v); err == nil {
			return &localTime{wall: t, dayOnly: true}
		}
	}
	r.fault(row, f, "complaints.no_instant", errs.Args{"value": v})
	return nil
}
