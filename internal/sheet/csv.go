package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"

	"anwen/internal/archive"
	"anwen/internal/errs"
)

// readCSV decodes the text by the rule of the house, finds the separator and
// reads records with the line each starts on.
func readCSV(name string, raw []byte, limits Limits) (*Table, error) {
	text, encoding, err := decode(raw)
	if err != nil {
		return nil, err
	}
	// Old Macs end lines with a carriage return alone.
	if !bytes.ContainsRune(text, '\n') {
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = separator(text)
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
			faults.Add(errs.Place{File: name, Line: broken.StartLine}, "sheet.broken_quotes", errs.Args{"line": broken.Line})
			return nil, faults.Err("sheet.faults")
		}
		if err != nil {
			return nil, err
		}
		if len(records) > limits.Rows {
			return nil, errs.New(errs.TooLarge, "sheet.too_many_rows", errs.Args{"max": limits.Rows})
		}
		line, _ := r.FieldPos(0)
		records = append(records, Row{Line: line, Cells: cells})
	}
	return build(name, encoding, records, limits)
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

// separator is the one of comma, semicolon and tab that stands most often in
// the first line, outside quotes.
func separator(text []byte) rune {
	counts := map[rune]int{}
	quoted := false
	for _, c := range string(text) {
		if c == '"' {
			quoted = !quoted
		}
		if c == '\n' && !quoted {
			break
		}
		if !quoted && strings.ContainsRune(",;\t", c) {
			counts[c]++
		}
	}
	best := ','
	for _, c := range ",;\t" {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}
