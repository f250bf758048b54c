package formats

import (
	"regexp"
	"strconv"
	"strings"

	"anwen/internal/errs"
	"anwen/items"
)

// GIFT has no words for much that an item says. It stands in comments before the
// question, where other programs overlook it: // [kind:cloze] [points:2.5].
// Besides [id:…] and [tag:…], which are in common use:
//
//	[kind:…]         cloze, drag, ordering, short_answer or description, where the marks mean something else
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
	q.Fold = items.FoldScript
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
		q.Kind = items.Kind(value)
		switch q.Kind {
		case items.Cloze, items.Drag, items.Ordering, items.ShortAnswer, items.Description:
		default:
			return false
		}
	case "points":
		var points items.Points
		points, ok = items.ParsePoints(value)
		q.Points = &points
	case "difficulty":
		n, err := strconv.Atoi(value)
		q.Difficulty, ok = n, err == nil && n >= 1 && n <= items.MaxDifficulty
	case "set":
		q.Set = value
	case "credit":
		q.Credit, ok = items.ParseCredit(value)
	case "fold":
		q.Fold, ok = items.ParseFold(value)
	case "unit":
		name, factor, found := cutLast(value, "=")
		var f items.Decimal
		f, ok = items.ParseDecimal(factor)
		q.Measures, ok = append(q.Measures, items.Measure{Name: name, Factor: f}), ok && found
	case "unit_penalty":
		q.MeasurePenalty, ok = items.ParseWeight(value)
	case "markers":
		n, err := strconv.Atoi(value)
		q.Markers, ok = n, err == nil && n >= 1 && n <= items.MaxMarkers
	case "rubric":
		points, text, found := strings.Cut(value, "=")
		var p items.Points
		p, ok = items.ParsePoints(points)
		q.Rubric, ok = append(q.Rubric, Criterion{Text: noteText(text), Points: p}), ok && found
	case "guide":
		q.Guide = noteText(value)
	case "feedback":
		q.Feedback = noteText(value)
	}
	return ok
}

// noteText is Markdown unless it says otherwise.
func noteText(raw string) items.Text {
	format, raw := readFormat(raw, items.Markdown)
	return items.Text{Format: format, Source: strings.TrimSpace(raw)}
}

func cutLast(s, separator string) (before, after string, found bool) {
	if i := strings.LastIndex(s, separator); i >= 0 {
		return s[:i], s[i+len(separator):], true
	}
	return s, "", false
}

// become makes the question what its note says it is, from what its marks made
// of it. It reports a fault's code when that cannot be.
func (q *Question) become(kind items.Kind) (code string, args errs.Args) {
	switch {
	case kind == "" && q.Kind == items.Description && clozeStart.MatchString(q.Text.Source):
		kind = items.Cloze
		q.Text.Source, q.Gaps, code, args = readCloze(q.Text)
	case kind == "", kind == items.ShortAnswer && len(q.Choices) > 0:
	case kind == q.Kind && (kind == items.Description || kind == items.Cloze):
	case kind == items.Cloze && q.Kind == items.Description:
		q.Text.Source, q.Gaps, code, args = readCloze(q.Text)
	case kind == items.Ordering && q.Kind == items.ShortAnswer:
		q.Fold = items.FoldWidth
	case kind == items.Drag && len(q.Choices) > 0:
		q.Text.Source, q.Places = readPlaces(q.Text.Source)
		q.Fold = items.FoldWidth
		for i := range q.Choices {
			q.Choices[i].Weight = nil
		}
	default:
		return "quizzes.bad_note", errs.Args{"note": "[kind:" + string(kind) + "]"}
	}
	if kind != "" {
		q.Kind = kind
	}
	if code == "" && len(q.Rubric) > 0 && q.Kind != items.Essay { // as when the note of an essay stands right below the answers of a choice
		return "quizzes.bad_note", errs.Args{"note": "[rubric:…]"}
	}
	return code, args
}
