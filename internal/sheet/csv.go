package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/unicode"

	"anwen/internal/archive"
	"anwen/internal/errs"
)

// csv decodes the text by the rule of the house, finds the separator and reads records
// with the line each starts on.
func (b *builder) csv(raw []byte) (*Table, error) {
	text, encoding, err := decode(raw)
	if err != nil {
		return nil, err
	}
	// Some programs write the mark of UTF-8 twice, and DOS its end of a file.
	text = bytes.TrimRight(bytes.TrimLeft(text, "\ufeff"), "\x1a")
	// Old Macs end lines with a carriage return alone.
	if !bytes.ContainsRune(text, '\n') {
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	comma, named := b.separator(text)
	r := csv.NewReader(bytes.NewReader(plainQuotes(text, comma)))
	r.Comma = comma
	r.FieldsPerRecord = -1
	var records []Row
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			var faults errs.Faults
			faults.Add(errs.Place{File: b.name, Line: broken.StartLine}, "sheet.broken_quotes", errs.Args{"line": broken.Line})
			return nil, faults.Err("sheet.faults")
		}
		if err != nil {
			return nil, err
		}
		if len(records) > b.limits.Rows+searched {
			return nil, errs.New(errs.TooLarge, "sheet.too_many_rows", errs.Args{"max": b.limits.Rows})
		}
		line, _ := r.FieldPos(0)
		for i := range cells {
			b.shown(cells, i, line)
		}
		if comma != '|' || !isRuler(cells) {
			records = append(records, Row{Line: line, Cells: cells})
		}
	}
	if named {
		records = records[1:]
	}
	return b.build(encoding, records)
}

var (
	// textMark is how programs keep Excel from taking a text for a number: ="000123",
	// or '000123.
	textMark = regexp.MustCompile(`(?s)^=("(?:[^"]|"")*")$|^'([0-9]{3,})$`)
	// rounded is a number as Excel writes it when it does not fit its column.
	rounded = regexp.MustCompile(`^-?[1-9](?:\.[0-9]+)?E\+[0-9]{2,3}$`)
	// errorShown is what Excel writes for a formula that has no value, or for one that
	// its column is too narrow for.
	errorShown = regexp.MustCompile(`^#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|#{3,})$`)
	// ruler is a cell of the line below the headings of a table in Markdown.
	ruler = regexp.MustCompile(`^:?-{3,}:?$`)
)

// shown makes of a cell the text that it stands for, or notes that what it stood for
// is lost.
func (b *builder) shown(cells []string, column, line int) {
	cells[column] = strings.Trim(cells[column], "\ufeff")
	cell := strings.TrimSpace(cells[column])
	if cell == "" || strings.IndexByte("='-123456789#", cell[0]) < 0 {
		return
	}
	lost := func(code string) {
		if b.page.faulty == nil {
			b.page.faulty = map[address]cellFault{}
		}
		b.page.faulty[address{line, column}] = *fault(code, errs.Args{"cell": columnLetter(column) + strconv.Itoa(line), "value": errs.Clip(cell)})
	}
	if m := textMark.FindStringSubmatch(cell); m != nil {
		cells[column] = m[2]
		if m[1] != "" {
			cells[column] = strings.ReplaceAll(m[1][1:len(m[1])-1], `""`, `"`)
		}
	} else if rounded.MatchString(cell) {
		lost("sheet.number_rounded")
	} else if errorShown.MatchString(cell) {
		lost("sheet.error_value")
	}
}

// isRuler reports whether a row is nothing but dashes.
func isRuler(cells []string) bool {
	for _, c := range cells {
		if c = strings.TrimSpace(c); c != "" && !ruler.MatchString(c) {
			return false
		}
	}
	return true
}

// plainQuotes writes ="000123", by which programs keep Excel from taking a text for a
// number, as "000123".
func plainQuotes(text []byte, comma rune) []byte {
	if !bytes.Contains(text, []byte(`="`)) {
		return text
	}
	plain := make([]byte, 0, len(text))
	quoted, begins := false, true
	for i, c := range text {
		if begins && c == '=' && i+1 < len(text) && text[i+1] == '"' {
			continue // the quote after it begins the cell
		}
		if c == '"' {
			quoted = !quoted
		}
		begins = !quoted && (c == '\n' || rune(c) == comma)
		plain = append(plain, c)
	}
	return plain
}

// decode follows byte order marks first: Excel's "Unicode text" is UTF-16.
func decode(raw []byte) ([]byte, string, error) {
	if bytes.HasPrefix(raw, []byte{0xff, 0xfe}) || bytes.HasPrefix(raw, []byte{0xfe, 0xff}) {
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(raw)
		if err != nil || bytes.IndexByte(text, 0) >= 0 {
			return nil, "", errs.New(errs.Invalid, "sheet.no_text", nil)
		}
		return text, "UTF-16", nil
	}
	text, name, ok := archive.Text(raw)
	if !ok {
		return nil, "", errs.New(errs.Invalid, "sheet.no_text", nil)
	}
	return text, name, nil
}

// separator is the one of comma, semicolon and tab that a first line sep=; names, or
// the one that parts the most known headings, a bar or a full-width comma too, or else
// the one that stands most often in the first line that has any. Quotes hide it.
func (b *builder) separator(text []byte) (comma rune, named bool) {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	if after, found := bytes.CutPrefix(bytes.ToLower(bytes.Trim(bytes.TrimSpace(first), `"`)), []byte("sep=")); found && len(after) <= 1 {
		if len(after) == 0 {
			return '\t', true // the tab was taken for space
		}
		if bytes.Contains([]byte(",;|"), after) {
			return rune(after[0]), true
		}
	}
	comma = ','
	best, counted := 0, false
	for _, line := range firstLines(text) {
		counts := map[rune]int{}
		eachPart(line, func(c rune) { counts[c]++ })
		for _, c := range ",;\t|，" {
			if n := b.headingsIn(line, c); n > best {
				comma, best = c, n
			}
		}
		if best == 0 && !counted && len(counts) > 0 {
			counted = true
			for _, c := range ",;\t" {
				if counts[c] > counts[comma] {
					comma = c
				}
			}
		}
	}
	return comma, false
}

// firstLines are the lines in which headings may stand; a quoted cell may have several.
func firstLines(text []byte) []string {
	var lines []string
	from, quoted := 0, false
	for i, c := range text {
		switch {
		case c == '"':
			quoted = !quoted
		case c == '\n' && !quoted:
			if lines = append(lines, string(text[from:i])); len(lines) == searched {
				return lines
			}
			from = i + 1
		}
	}
	return append(lines, string(text[from:]))
}

// eachPart visits the separators of a line that stand outside quotes.
func eachPart(line string, visit func(c rune)) {
	quoted := false
	for _, c := range line {
		if c == '"' {
			quoted = !quoted
		}
		if !quoted && strings.ContainsRune(",;\t", c) {
			visit(c)
		}
	}
}

// headingsIn counts the known headings of a line that is parted by c, if there are two.
func (b *builder) headingsIn(line string, c rune) (n int) {
	if b.known == nil || len(line) > 20_000 {
		return 0
	}
	for _, part := range strings.Split(line, string(c)) {
		if field, _ := b.known(strings.Trim(strings.TrimSpace(part), `"`)); field != "" {
			n++
		}
	}
	if n < 2 {
		return 0
	}
	return n
}
