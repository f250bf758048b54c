package formats

import (
	"encoding/base64"
	"path"
	"strings"

	"anwen/internal/errs"
	"anwen/items"
)

// ReadMoodle reads a Moodle XML file. Elements of a question that Anwen has no
// place for are listed in its Dropped; kinds that it does not know are faults.
func ReadMoodle(file string, source []byte) ([]Question, []errs.Fault) {
	r := &moodleReader{file: file}
	root := readXML(file, source, &r.faults)
	switch {
	case root == nil:
	case root.name != "quiz":
		r.faults.Add(errs.Place{File: file, Line: root.line}, "quizzes.not_moodle", nil)
	default:
		for _, n := range root.all("question") {
			if len(r.questions) >= MaxQuestions {
				r.faults.Add(errs.Place{File: file, Line: n.line}, "quizzes.too_many_questions", errs.Args{"most": MaxQuestions})
				break
			}
			r.readQuestion(n)
		}
		if len(r.questions) == 0 && r.faults.Len() == 0 {
			r.faults.Add(errs.Place{File: file}, "quizzes.no_questions", nil)
		}
	}
	return r.questions, r.faults.List()
}

type moodleReader struct {
	file      string
	questions []Question
	faults    errs.Faults
}

var moodleKinds = map[string]items.Kind{
	"category": Category, "multichoice": items.SingleChoice, "truefalse": items.TrueFalse, "shortanswer": items.ShortAnswer,
	"numerical": items.Numerical, "matching": items.Matching, "essay": items.Essay, "description": items.Description,
	"cloze": items.Cloze, "ddwtos": items.Drag, "gapselect": items.Drag, "ordering": items.Ordering,
}

func (r *moodleReader) readQuestion(n *node) {
	at := errs.Place{File: r.file, Line: n.line}
	kind, known := moodleKinds[n.attr("type")]
	if !known {
		r.faults.Add(at, "quizzes.kind_not_read", errs.Args{"kind": n.attr("type")})
		return
	}
	q := Question{At: at, Kind: kind}
	if kind == Category {
		q.Text = items.Text{Format: items.Plain, Source: strings.TrimPrefix(n.child("category").child("text").content(), "$course$/")}
		r.questions = append(r.questions, q)
		return
	}
	q.Name = oneSpace(n.child("name").child("text").content())
	q.Text, q.Feedback = moodleText(n.child("questiontext"), ""), moodleText(n.child("generalfeedback"), "")
	q.ID = n.child("idnumber").content()
	for _, tag := range n.child("tags").all("tag") {
		q.Tags = append(q.Tags, tag.child("text").content())
	}
	ok := q.Text.Source != ""
	if !ok {
		r.faults.Add(at, "quizzes.no_text", nil)
	}
	if grade := n.child("defaultgrade").content(); grade != "" && kind != items.Description {
		points, fits := items.ParsePoints(grade)
		if !fits {
			r.faults.Add(at, "quizzes.bad_points", errs.Args{"most": items.MaxPoints.String()})
			return
		}
		q.Points = &points
	}
	if ok && r.readPictures(&q, n) && r.readOldPicture(&q, n) && r.readExtension(&q, n.child("anwen")) && r.readMoodleAnswers(&q, n) {
		q.Dropped = droppedFrom(n)
		r.questions = append(r.questions, q)
	}
}

// readPictures reads the pictures that are in the file itself; other files of it no
// item can hold.
func (r *moodleReader) readPictures(q *Question, n *node) bool {
	for _, f := range n.find("file") {
		if !isPicture(f.attr("name")) {
			continue
		}
		data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(f.content()), ""))
		if err != nil || len(data) == 0 {
			r.faults.Add(errs.Place{File: r.file, Line: f.line}, "quizzes.bad_file", errs.Args{"name": cut(f.attr("name"), 60)})
			return false
		}
		q.Attached = append(q.Attached, items.Attachment{Name: f.attr("name"), Bytes: data})
	}
	return true
}

// readOldPicture reads the one picture that a question of Moodle 1 may have beside
// its text, and shows it under the text as Moodle does.
func (r *moodleReader) readOldPicture(q *Question, n *node) bool {
	name, coded := path.Base(n.child("image").content()), n.child("image_base64").content()
	if coded == "" || !isPicture(name) {
		return true
	}
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(coded), ""))
	if err != nil || len(data) == 0 {
		return r.fault(n.child("image_base64"), "quizzes.bad_file", errs.Args{"name": cut(name, 60)})
	}
	q.Attached = append(q.Attached, items.Attachment{Name: name, Bytes: data})
	switch q.Text.Format {
	case items.Markdown:
		q.Text.Source += "\n\n![](" + name + ")"
	case items.Plain:
		q.Text = items.Text{Format: items.HTML, Source: "<p>" + strings.ReplaceAll(htmlEscaper.Replace(q.Text.Source), "\n", "<br>") + `</p><img src="` + name + `">`}
	default:
		q.Text.Source += ` <img src="` + name + `">`
	}
	return true
}

// readExtension reads what WriteMoodle adds in an element of its own.
func (r *moodleReader) readExtension(q *Question, n *node) bool {
	if q.Kind == items.ShortAnswer {
		q.Fold = items.FoldScript
	}
	if n == nil {
		return true
	}
	for _, c := range n.children {
		var ok bool
		switch c.name {
		case "difficulty", "set", "credit", "fold", "markers", "unit":
			ok = q.readNote(c.name, c.content())
		case "rubric":
			points, fits := items.ParsePoints(c.attr("points"))
			q.Rubric, ok = append(q.Rubric, Criterion{Text: moodleText(c, items.Markdown), Points: points}), fits
		default:
			ok = c.name == ""
		}
		if !ok {
			r.faults.Add(errs.Place{File: r.file, Line: c.line}, "quizzes.bad_note", errs.Args{"note": "<" + c.name + ">" + cut(c.content(), 60)})
			return false
		}
	}
	return true
}

func (r *moodleReader) readMoodleAnswers(q *Question, n *node) bool {
	at := q.At
	switch q.Kind {
	case items.SingleChoice:
		if single := n.child("single").content(); strings.EqualFold(single, "false") || single == "0" {
			q.Kind = items.MultipleChoice
		}
		return r.readMoodleChoices(q, n)
	case items.ShortAnswer:
		if usecase := n.child("usecase").content(); usecase == "1" || strings.EqualFold(usecase, "true") {
			q.Fold = items.FoldNothing
		}
		return r.readMoodleChoices(q, n)
	case items.Ordering:
		if !r.readMoodleChoices(q, n) {
			return false
		}
		return r.readMoodleOrder(q, n)
	case items.TrueFalse:
		return r.readMoodleTruth(q, n)
	case items.Numerical:
		return r.readMoodleNumbers(q, n)
	case items.Matching:
		for _, s := range n.all("subquestion") {
			q.Pairs = append(q.Pairs, Pair{Line: s.line, Text: moodleText(s, ""), Answer: moodleText(s.child("answer"), items.Moodle), Feedback: moodleText(s.child("feedback"), "")})
		}
	case items.Cloze:
		source, gaps, code, args := readCloze(q.Text)
		if code != "" {
			r.faults.Add(at, code, args)
			return false
		}
		q.Text.Source, q.Gaps = source, gaps
	case items.Drag:
		for _, box := range n.children {
			if box.name != "dragbox" && box.name != "selectoption" {
				continue
			}
			if group := box.child("group").content(); group != "" && group != "1" {
				r.faults.Add(errs.Place{File: r.file, Line: box.line}, "quizzes.groups_not_used", nil)
				return false
			}
			q.Choices = append(q.Choices, Choice{Line: box.line, Right: true, Text: moodleText(box, q.Text.Format)})
		}
		q.Text.Source, q.Places = readPlaces(q.Text.Source)
	case items.Essay:
		q.Guide = moodleText(n.child("graderinfo"), "")
	}
	return true
}

// readMoodleTruth reads which of the two answers is wholly right: one and only one
// must be.
func (r *moodleReader) readMoodleTruth(q *Question, n *node) bool {
	rights := 0
	for _, a := range n.all("answer") {
		word := strings.ToLower(a.child("text").content())
		weight, ok := items.ParseWeight(a.attr("fraction"))
		switch {
		case !ok:
			return r.fault(a, "quizzes.bad_weight", errs.Args{"weight": cut(a.attr("fraction"), 40)})
		case word != "true" && word != "false":
			return r.fault(a, "quizzes.bad_truth", errs.Args{"answer": cut(word, 40)})
		case weight == items.Whole:
			rights++
			q.True, q.WhenRight = word == "true", moodleText(a.child("feedback"), "")
		case weight > 0:
			return r.fault(a, "quizzes.bad_weight", errs.Args{"weight": cut(a.attr("fraction"), 40)})
		default:
			q.WhenWrong = moodleText(a.child("feedback"), "")
		}
	}
	if rights != 1 {
		return r.fault(n, "quizzes.one_truth", errs.Args{"count": rights})
	}
	return true
}

func (r *moodleReader) fault(n *node, code string, args errs.Args) bool {
	r.faults.Add(errs.Place{File: r.file, Line: n.line}, code, args)
	return false
}

func (r *moodleReader) readMoodleChoices(q *Question, n *node) bool {
	for _, a := range n.all("answer") {
		weight, ok := items.ParseWeight(a.attr("fraction"))
		if q.Kind == items.Ordering {
			weight, ok = 0, true // there the fraction counts the places
		}
		text := moodleText(a, q.Text.Format)
		if q.Kind == items.ShortAnswer && a.attr("format") == "moodle_auto_format" {
			text.Format = items.Moodle
		}
		switch {
		case !ok:
			r.faults.Add(errs.Place{File: r.file, Line: a.line}, "quizzes.bad_weight", errs.Args{"weight": cut(a.attr("fraction"), 40)})
			return false
		case text.Empty():
			r.faults.Add(errs.Place{File: r.file, Line: a.line}, "quizzes.gift_empty_answer", nil)
			return false
		}
		if q.Kind == items.ShortAnswer && weight > 0 && wildcard(text.Source) {
			q.Warnings = append(q.Warnings, errs.Fault{Place: errs.Place{File: r.file, Line: a.line}, Code: "quizzes.wildcard", Args: errs.Args{"answer": cut(text.Source, 40)}})
		}
		q.Choices = append(q.Choices, Choice{Line: a.line, Right: weight == items.Whole, Weight: &weight, Text: text, Feedback: moodleText(a.child("feedback"), "")})
	}
	return true
}

// orderRules are Moodle's numbers for the rules of an ordering question.
var orderRules = map[string]items.Credit{"": items.Partial, "-1": items.AllOrNothing, "0": items.Partial, "1": items.Neighbours, "5": items.LongestRun}

var moodleOrderWords = map[string]string{
	"ALL_OR_NOTHING": "-1", "ABSOLUTE_POSITION": "0", "RELATIVE_NEXT_EXCLUDE_LAST": "1", "LONGEST_ORDERED_SUBSET": "5",
}

func (r *moodleReader) readMoodleOrder(q *Question, n *node) bool {
	word := n.child("gradingtype").content()
	if number, ok := moodleOrderWords[word]; ok {
		word = number
	}
	if q.Credit != items.Partial {
		return true // said in the extension
	}
	rule, known := orderRules[word]
	if !known {
		r.faults.Add(q.At, "quizzes.kind_not_read", errs.Args{"kind": "ordering " + word})
		return false
	}
	q.Credit = rule
	return true
}

func (r *moodleReader) readMoodleNumbers(q *Question, n *node) bool {
	for _, a := range n.all("answer") {
		number := Number{Line: a.line, Feedback: moodleText(a.child("feedback"), "")}
		weight, ok := items.ParseWeight(a.attr("fraction"))
		text := a.child("text").content()
		if tolerance := a.child("tolerance").content(); tolerance != "" && text != "*" {
			text += ":" + tolerance
		}
		if !ok || !number.read(text) {
			r.faults.Add(errs.Place{File: r.file, Line: a.line}, "quizzes.bad_number", errs.Args{"number": cut(text, 40)})
			return false
		}
		number.Right, number.Weight = weight == items.Whole, &weight
		q.Numbers = append(q.Numbers, number)
	}
	ours := len(q.Measures) > 0
	for _, u := range n.child("units").all("unit") {
		if ours {
			break
		}
		// Moodle divides by its multiplier what Anwen multiplies with the factor.
		multiplier, ok := items.ParseDecimal(u.child("multiplier").content())
		factor, exact := multiplier.Inverse()
		if !ok || !exact {
			r.faults.Add(errs.Place{File: r.file, Line: u.line}, "quizzes.bad_unit", errs.Args{"unit": cut(u.child("unit_name").content(), 40)})
			return false
		}
		q.Measures = append(q.Measures, items.Measure{Name: u.child("unit_name").content(), Factor: factor})
	}
	if penalty := n.child("unitpenalty").content(); penalty != "" && len(q.Measures) > 0 && n.child("unitgradingtype").content() != "0" {
		fraction, ok := items.ParseFraction(penalty)
		if !ok {
			r.faults.Add(q.At, "quizzes.bad_weight", errs.Args{"weight": cut(penalty, 40)})
			return false
		}
		q.MeasurePenalty = fraction
	}
	return true
}

var moodleFormats = map[string]items.Format{
	"html": items.HTML, "moodle_auto_format": items.Moodle, "plain_text": items.Plain, "markdown": items.Markdown,
}

// moodleText reads <text> with the format of the element around it; without one
// the format is the given one, or HTML.
func moodleText(n *node, otherwise items.Format) items.Text {
	source := n.child("text").content()
	if source == "" {
		return items.Text{}
	}
	format, known := moodleFormats[n.attr("format")]
	switch {
	case known:
	case otherwise != "":
		format = otherwise
	default:
		format = items.HTML
	}
	return items.Text{Format: format, Source: tidy(source, format)}
}

// tidy makes of a text what it would be after GIFT: Moodle's own format shows
// runs of white space as one space.
func tidy(source string, format items.Format) string {
	source = strings.TrimSpace(newlines.Replace(source))
	if format != items.Moodle {
		return source
	}
	lines := strings.Split(source, "\n")
	for i := range lines {
		lines[i] = oneSpace(lines[i])
	}
	return strings.Join(lines, "\n")
}

// moodleSettings are the elements of a question that are read, or say only how
// Moodle shows it.
var moodleSettings = map[string]bool{
	"name": true, "questiontext": true, "generalfeedback": true, "defaultgrade": true, "idnumber": true, "tags": true, "anwen": true,
	"answer": true, "single": true, "usecase": true, "gradingtype": true, "subquestion": true, "dragbox": true, "selectoption": true, "graderinfo": true,
	"units": true, "unitpenalty": true, "unitgradingtype": true, "image": true, "image_base64": true, "category": true, "file": true,
	"penalty": true, "hidden": true, "shuffleanswers": true, "answernumbering": true, "showstandardinstruction": true, "layouttype": true,
	"selecttype": true, "shownumcorrect": true, "shownumbering": true, "showgrading": true, "numberingstyle": true, "selectcount": true,
	"showunits": true, "unitsleft": true, "responseformat": true, "responserequired": true, "responsefieldlines": true,
	"minwordlimit": true, "maxwordlimit": true, "attachments": true, "attachmentsrequired": true, "maxbytes": true, "filetypeslist": true,
}

// droppedFrom names what the question says and Anwen has no place for.
func droppedFrom(n *node) []string {
	var dropped []string
	for _, c := range n.children {
		if c.name == "" || moodleSettings[c.name] {
			continue
		}
		if text := c.content(); text != "" {
			dropped = append(dropped, c.name+": "+cut(text, 60))
		}
	}
	for _, f := range n.find("file") {
		if isPicture(f.attr("name")) {
			continue
		}
		dropped = append(dropped, "file: "+cut(f.attr("name"), 60))
	}
	if image := n.child("image"); image.content() != "" && (n.child("image_base64").content() == "" || !isPicture(path.Base(image.content()))) {
		dropped = append(dropped, "image: "+cut(image.content(), 60))
	}
	return dropped
}
