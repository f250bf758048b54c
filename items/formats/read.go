package formats

import (
	"bytes"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
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

// ReadItems reads a file in one language and makes of it the items that an import
// takes: whatever is wrong with the file and with its items is told at once. There
// are items only when nothing is wrong; the questions are those that could be read.
func ReadItems(file string, source []byte, format Format, l i18n.Locale) (list []items.Item, questions []Question, faults []errs.Fault) {
	questions, faults = Read(file, source, format)
	if len(faults) > 0 && !slices.ContainsFunc(questions, func(q Question) bool { return q.Kind != Category }) {
		return nil, questions, faults
	}
	list, more := JoinLanguages(map[i18n.Locale][]Question{l: questions})
	if faults = append(faults, more...); len(faults) > 0 {
		return nil, questions, faults
	}
	return list, questions, nil
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
	case extension == ".csv", extension == ".tsv", extension == ".xls", extension == ".xlsx", extension == ".et":
		return Workbook
	case bytes.Contains(head, []byte("<quiz")):
		return Moodle
	case bytes.Contains(head, []byte("assessment")), extension == ".xml":
		return QTI
	case bytes.Contains(source, []byte("\nANSWER:")):
		return Aiken
	case bytes.Contains(source, []byte("答案")), pastedOption.Match(source):
		return Pasted
	case bytes.ContainsRune(source, '{'), bytes.Contains(source, []byte("::")):
		return GIFT
	}
	return Pasted
}

// pastedOption is a line that begins with the first option, beside Han: GIFT marks
// its options otherwise.
var pastedOption = regexp.MustCompile(`(?m)^\s*[AＡ]\s*[.．、][^\n{}]*\p{Han}`)

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
