package formats

import (
	"regexp"
	"strconv"
	"strings"

	"anwen/internal/errs"
	"anwen/quizzes"
)

// GIFT has no words for much that an item says. It stands in comments before the
// question, where other programs overlook it: // [kind:cloze] [points:2.5].
// Besides [id:…] and [tag:…], which are in common use:
//
//	[kind:…]         cloze, drag, ordering or short_answer, where the marks mean something else
//	[points:2.5]     [difficulty:3]     [set:name of the scenario]
//	[credit:all]     or neighbours, longest
//	[fold:none]      or width; Traditional and Simplified count as one without it
//	[unit:小时=1]    [unit_penalty:25]
//	[markers:2]      [rubric:3=what markers look for]     [guide:…]
//	[feedback:…]     for every answer, of what has no braces
var note = regexp.MustCompile(`\[([a-z_]+):((?:\\.|[^\]\\])+)\]`)

var noteEscapes = strings.NewReplacer(`\\`, `\`, `\]`, `]`, `\n`, "\n")
var noteEscaper = strings.NewReplacer(`\`, `\\`, `]`, `\]`, "\n", `\n`)

// readNotes takes what the comments say of the question. It reports false after
// a fault.
func (r *giftReader) readNotes(q *Question) bool {
	q.Fold = quizzes.FoldScript
	for _, comment := range q.Comments {
		for _, m := range note.FindAllStringSubmatch(comment, -1) {
			if !q.readNote(m[1], noteEscapes.Replace(m[2])) {
				r.faults.Add(q.At, "quizzes.bad_note", errs.Args{"note": m[0]})
				return false
			}
		}
	}
	return true
}

// readNote reports false for a value that the note cannot have. Notes that mean
// nothing here are comments like any other.
func (q *Question) readNote(key, value string) (ok bool) {
	ok = true
	switch key {
	case "id":
		q.ID = value
	case "tag":
		q.Tags = append(q.Tags, value)
	case "kind":
		q.Kind = quizzes.Kind(value)
		switch q.Kind {
		case quizzes.Cloze, quizzes.Drag, quizzes.Ordering, quizzes.ShortAnswer:
		default:
			return false
		}
	case "points":
		var points quizzes.Points
		points, ok = quizzes.ParsePoints(value)
		q.Points = &points
	case "difficulty":
		n, err := strconv.Atoi(value)
		q.Difficulty, ok = n, err == nil && n >= 1 && n <= quizzes.MaxDifficulty
	case "set":
		q.Set = value
	case "credit":
		q.Credit, ok = quizzes.ParseCredit(value)
	case "fold":
		q.Fold, ok = quizzes.ParseFold(value)
	case "unit":
		name, factor, found := cutLast(value, "=")
		var f quizzes.Decimal
		f, ok = quizzes.ParseDecimal(factor)
		q.Units, ok = append(q.Units, quizzes.Unit{Name: name, Factor: f}), ok && found
	case "unit_penalty":
		q.UnitPenalty, ok = quizzes.ParseWeight(value)
	case "markers":
		n, err := strconv.Atoi(value)
		q.Markers, ok = n, err == nil && n >= 1 && n <= quizzes.MaxMarkers
	case "rubric":
		points, text, found := strings.Cut(value, "=")
		var p quizzes.Points
		p, ok = quizzes.ParsePoints(points)
		q.Rubric, ok = append(q.Rubric, Criterion{Text: noteText(text), Points: p}), ok && found
	case "guide":
		q.Guide = noteText(value)
	case "feedback":
		q.Feedback = noteText(value)
	}
	return ok
}

// noteText is Markdown unless it says otherwise.
func noteText(raw string) quizzes.Text {
	format, raw := readFormat(raw, quizzes.Markdown)
	return quizzes.Text{Format: format, Source: strings.TrimSpace(raw)}
}

func cutLast(s, separator string) (before, after string, found bool) {
	if i := strings.LastIndex(s, separator); i >= 0 {
		return s[:i], s[i+len(separator):], true
	}
	return s, "", false
}

// become makes the question what its note says it is, from what its marks made
// of it. It reports a fault's code when that cannot be.
func (q *Question) become(kind quizzes.Kind) (code string, args errs.Args) {
	switch {
	case kind == "" || kind == quizzes.ShortAnswer:
	case kind == quizzes.Cloze && q.Kind == quizzes.Description:
		q.Text.Source, q.Gaps, code, args = readCloze(q.Text)
	case kind == quizzes.Ordering && q.Kind == quizzes.ShortAnswer:
		q.Fold = quizzes.FoldWidth
	case kind == quizzes.Drag && len(q.Choices) > 0:
		q.Text.Source, q.Places = readPlaces(q.Text.Source)
		q.Fold = quizzes.FoldWidth
		for i := range q.Choices {
			q.Choices[i].Weight = nil
		}
	default:
		return "quizzes.bad_note", errs.Args{"note": "[kind:" + string(kind) + "]"}
	}
	if kind != "" {
		q.Kind = kind
	}
	return code, args
}
