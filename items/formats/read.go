package formats

import (
	"bytes"
	"cmp"
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

// ItemFile is a file of questions in one language as an import takes it.
type ItemFile struct {
	Items     []items.Item // without a fault; an import takes them only when there is none
	Questions []Question   // that could be read
	Faults    []errs.Fault

	at map[string]errs.Place // of each item, by its name
}

// ReadItems reads a file and makes of it the items that an import takes: whatever is
// wrong with the file and with its items is told at once.
func ReadItems(file string, source []byte, format Format, l i18n.Locale) ItemFile {
	var f ItemFile
	f.Questions, f.Faults = Read(file, source, format)
	if len(f.Faults) > 0 && !slices.ContainsFunc(f.Questions, func(q Question) bool { return q.Kind != Category }) {
		return f
	}
	list, at, more := joinLanguages(map[i18n.Locale][]Question{l: f.Questions})
	f.Items, f.at = list, at
	if len(more) > 0 {
		f.Faults = f.WithStored(more)
	}
	return f
}

// WithStored are the faults of the file together with more: those that its items have
// beside what is stored, which name their item, at the place of its question.
func (f ItemFile) WithStored(more []errs.Fault) []errs.Fault {
	for i, x := range more {
		if name, named := x.Args["item"].(string); named && x.Place == (errs.Place{}) {
			more[i].Place = f.at[name]
		}
	}
	all := errs.ByLine()
	if severalFiles(f.Faults, more) {
		all = errs.Faults{} // the files of a package each have lines of their own
	}
	all.AddList(f.Faults)
	all.AddList(more)
	return all.List()
}

func severalFiles(lists ...[]errs.Fault) bool {
	file := ""
	for _, list := range lists {
		for _, f := range list {
			if file = cmp.Or(file, f.File); f.File != "" && f.File != file {
				return true
			}
		}
	}
	return false
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
