package formats

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"anwen/internal/errs"
	"anwen/items"
)

// Limits of one file.
const (
	MaxBytes     = 10 << 20
	MaxQuestions = 10_000
	maxAnswers   = items.MaxAnswers
)

// ReadGIFT reads a GIFT file. The faults name the file and their lines; the
// questions without a fault are returned beside them, so that one mistake does
// not hide the next.
//
// Where authors and readers of GIFT differ it takes this side: an empty line
// ends a question, except inside <pre> of an [html] text; a line that begins
// with :: after closed answers begins the next question; an option that begins
// with # right after its = or ~ is a text with #, since an empty option with
// feedback means nothing; T, F, true and false count in either case; a ~ with
// nothing behind it is left out with a warning; gaps as Moodle writes them into a
// text make it a cloze, with or without its note.
func ReadGIFT(file string, source []byte) ([]Question, []errs.Fault) {
	r := &giftReader{file: file}
	source = bytes.TrimPrefix(source, []byte("\ufeff"))
	switch {
	case len(source) > MaxBytes:
		r.fault(0, "quizzes.file_too_large", errs.Args{"most": MaxBytes >> 20})
	case !utf8.Valid(source):
		r.fault(invalidLine(source), "quizzes.not_utf8", nil)
	case bytes.IndexByte(source, 0) >= 0:
		r.fault(1+bytes.Count(source[:bytes.IndexByte(source, 0)], []byte("\n")), "quizzes.not_text", nil)
	default:
		r.read(newlines.Replace(string(source)))
	}
	return r.questions, r.faults.List()
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func invalidLine(source []byte) int {
	line := 1
	for len(source) > 0 {
		c, size := utf8.DecodeRune(source)
		if c == utf8.RuneError && size == 1 {
			break
		}
		if c == '\n' {
			line++
		}
		source = source[size:]
	}
	return line
}

type giftReader struct {
	file      string
	questions []Question
	faults    errs.Faults
}

func (r *giftReader) fault(line int, code string, args errs.Args) {
	r.faults.Add(errs.Place{File: r.file, Line: line}, code, args)
}

func (r *giftReader) read(source string) {
	blocks := &giftBlocks{source: source, line: 1}
	for {
		b, ok := blocks.next()
		if !ok {
			break
		}
		for from := 0; from < len(b.text); {
			if len(r.questions) >= MaxQuestions {
				r.fault(b.line(from), "quizzes.too_many_questions", errs.Args{"most": MaxQuestions})
				return
			}
			from = r.readEntry(b, from)
		}
	}
	if n := len(r.questions); n > 0 {
		r.questions[n-1].Comments = append(r.questions[n-1].Comments, blocks.comments...)
	}
	if len(r.questions) == 0 && r.faults.Len() == 0 {
		r.fault(0, "quizzes.no_questions", nil)
	}
}

// readEntry reads the category or question that begins at the offset of the
// block and returns where the next one begins.
func (r *giftReader) readEntry(b *giftBlock, from int) int {
	from = skipSpace(b.text, from)
	if from == len(b.text) {
		return from
	}
	q := Question{At: errs.Place{File: r.file, Line: b.line(from)}}
	b.giveComments(&q)
	if !r.readNotes(&q) {
		return len(b.text)
	}
	if path, ok := categoryPath(b.text[from:]); ok {
		q.Kind, q.Fold, q.Text = Category, items.FoldWidth, items.Text{Format: items.Plain, Source: path}
		r.questions = append(r.questions, q)
		return len(b.text)
	}
	kind := q.Kind
	p := giftQuestion{reader: r, block: b, format: items.Moodle}
	next, ok := p.read(&q, from)
	if !ok {
		return next
	}
	if q.Kind != items.ShortAnswer {
		q.Fold = items.FoldWidth
	}
	if code, args := q.become(kind); code != "" {
		r.faults.Add(q.At, code, args)
		return next
	}
	r.questions = append(r.questions, q)
	return next
}

const categoryWord = "$CATEGORY:"

func categoryPath(s string) (string, bool) {
	if len(s) < len(categoryWord) || !strings.EqualFold(s[:len(categoryWord)], categoryWord) {
		return "", false
	}
	return strings.TrimSpace(s[len(categoryWord):]), true
}
