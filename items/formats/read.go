package formats

import (
	"bytes"
	"path/filepath"
	"strings"

	"golang.org/x/text/width"

	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// Format is a way to write questions down.
type Format string

// The formats.
const (
	GIFT     Format = "gift"
	Moodle   Format = "moodle"
	Aiken    Format = "aiken"
	QTI      Format = "qti"
	Workbook Format = "sheet"
	Pasted   Format = "text"
)

// Formats lists them all.
var Formats = []Format{GIFT, Moodle, Aiken, QTI, Workbook, Pasted}

// Read reads a file of questions in the format, or in the one that its content
// and name tell. The questions without a fault are returned beside the faults.
func Read(file string, source []byte, format Format) ([]Question, []errs.Fault) {
	if format == "" {
		format = detect(file, source)
	}
	switch format {
	case GIFT:
		var faults errs.Faults
		text, ok := decode(file, source, &faults)
		if !ok {
			return nil, faults.List()
		}
		return ReadGIFT(file, []byte(text))
	case Moodle:
		return ReadMoodle(file, source)
	case Aiken:
		return ReadAiken(file, source)
	case QTI:
		return readQTIFile(file, source)
	case Workbook:
		return ReadWorkbook(file, source)
	}
	return ReadPasted(file, source)
}

// detect tells the format. XML and workbooks are known by their content, what is
// text by its name or by its marks.
func detect(file string, source []byte) Format {
	head := bytes.ToLower(source[:min(len(source), 4096)])
	switch extension := strings.ToLower(filepath.Ext(file)); {
	case bytes.HasPrefix(source, []byte("PK\x03\x04")):
		if extension == ".zip" || bytes.Contains(source[:min(len(source), 1<<20)], []byte("imsmanifest.xml")) {
			return QTI
		}
		return Workbook
	case extension == ".gift":
		return GIFT
	case extension == ".csv", extension == ".tsv":
		return Workbook
	case bytes.Contains(head, []byte("<quiz")):
		return Moodle
	case bytes.Contains(head, []byte("assessment")), extension == ".xml":
		return QTI
	case bytes.Contains(source, []byte("\nANSWER:")):
		return Aiken
	case bytes.Contains(source, []byte("答案")):
		return Pasted
	case bytes.ContainsRune(source, '{'), bytes.Contains(source, []byte("::")):
		return GIFT
	}
	return Pasted
}

// decode reads text in any encoding of the house, with any line ends.
func decode(file string, source []byte, faults *errs.Faults) (string, bool) {
	if len(source) > MaxBytes {
		faults.Add(errs.Place{File: file}, "quizzes.file_too_large", errs.Args{"most": MaxBytes >> 20})
		return "", false
	}
	text, _, ok := archive.Text(source)
	if !ok {
		faults.Add(errs.Place{File: file}, "quizzes.not_text", nil)
		return "", false
	}
	return newlines.Replace(string(text)), true
}

// foldLetter writes a full-width letter as the usual one.
func foldLetter(s string) string { return strings.ToLower(width.Fold.String(s)) }

// sameQuestion reports whether two questions make the same item.
func sameQuestion(a, b Question) bool {
	same := func(q Question) (string, bool) {
		q.Name = "x"
		items, faults := JoinLanguages(map[i18n.Locale][]Question{i18n.Hans: {q}})
		if len(faults) > 0 {
			return "", false
		}
		body, err := items[0].Encode()
		return string(body), err == nil
	}
	x, ok1 := same(a)
	y, ok2 := same(b)
	return ok1 && ok2 && x == y
}
