package formats

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"anwen/items"
)

// WriteMoodle writes questions as Moodle XML that ReadMoodle reads back as they
// are. What Moodle has no words for stands in an element <anwen>, which Moodle
// overlooks.
func WriteMoodle(questions []Question) []byte {
	w := &xmlWriter{}
	w.raw(xml.Header)
	w.open("quiz")
	for _, q := range questions {
		w.moodleQuestion(q)
	}
	w.close("quiz")
	return w.Bytes()
}

// xmlWriter writes elements; text and attributes are escaped.
type xmlWriter struct {
	bytes.Buffer
	attached []items.Attachment // pictures that texts may name
}

func (w *xmlWriter) raw(s string) { w.WriteString(s) }

func (w *xmlWriter) tag(name, end string, attrs []string) {
	w.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		w.WriteString(" " + attrs[i] + `="`)
		w.text(attrs[i+1])
		w.WriteString(`"`)
	}
	w.WriteString(end)
}

func (w *xmlWriter) open(name string, attrs ...string)  { w.tag(name, ">", attrs) }
func (w *xmlWriter) empty(name string, attrs ...string) { w.tag(name, "/>", attrs) }
func (w *xmlWriter) close(name string)                  { w.WriteString("</" + name + ">\n") }

// text escapes; writing into memory cannot fail.
func (w *xmlWriter) text(s string) { _ = xml.EscapeText(w, []byte(s)) }

func (w *xmlWriter) leaf(name, text string, attrs ...string) {
	w.open(name, attrs...)
	w.text(text)
	w.close(name)
}

var moodleWords = map[items.Format]string{
	items.HTML: "html", items.Moodle: "moodle_auto_format", items.Plain: "plain_text", items.Markdown: "markdown",
}

// textElement writes <name format="html"><text>…</text></name>.
func (w *xmlWriter) textElement(name string, t items.Text, attrs ...string) {
	if t.Empty() {
		return
	}
	w.open(name, append(attrs, "format", moodleWords[t.Format])...)
	w.contents(t.Source)
	w.close(name)
}

// contents writes <text>…</text> and the files that it shows.
func (w *xmlWriter) contents(source string) {
	var shown []items.Attachment
	for _, a := range w.attached {
		if strings.Contains(source, a.Name) {
			source = strings.ReplaceAll(source, a.Name, "@@PLUGINFILE@@/"+pictureFile(a))
			shown = append(shown, a)
		}
	}
	w.leaf("text", source)
	for _, a := range shown {
		w.leaf("file", base64.StdEncoding.EncodeToString(a.Bytes), "name", pictureFile(a), "path", "/", "encoding", "base64")
	}
}

func (w *xmlWriter) moodleQuestion(q Question) {
	w.attached = q.Attached
	kind := q.Kind
	if kind == items.MultipleChoice {
		kind = items.SingleChoice
	}
	word := ""
	for name, k := range moodleKinds {
		if k == kind && name != "gapselect" {
			word = name
		}
	}
	w.open("question", "type", word)
	defer w.close("question")
	if q.Kind == Category {
		w.open("category")
		w.leaf("text", "$course$/"+q.Text.Source)
		w.close("category")
		return
	}
	w.open("name")
	w.leaf("text", q.Name)
	w.close("name")
	text := q.Text
	switch q.Kind {
	case items.Cloze:
		text.Source = writeCloze(q)
	case items.Drag:
		text.Source = writePlaces(text.Source, q.Places)
	}
	w.textElement("questiontext", text)
	w.textElement("generalfeedback", q.Feedback)
	if q.Points != nil {
		w.leaf("defaultgrade", q.Points.String())
	}
	if q.ID != "" {
		w.leaf("idnumber", q.ID)
	}
	w.moodleAnswers(q)
	w.moodleExtension(q)
	if len(q.Tags) > 0 {
		w.open("tags")
		for _, tag := range q.Tags {
			w.open("tag")
			w.leaf("text", tag)
			w.close("tag")
		}
		w.close("tags")
	}
}

func (w *xmlWriter) moodleAnswers(q Question) {
	answer := func(fraction, text, format string, feedback items.Text) {
		w.open("answer", "fraction", fraction, "format", format)
		w.contents(text)
		w.textElement("feedback", feedback)
		w.close("answer")
	}
	switch q.Kind {
	case items.SingleChoice, items.MultipleChoice:
		w.leaf("single", strconv.FormatBool(q.Kind == items.SingleChoice))
		w.leaf("shuffleanswers", "true")
	case items.ShortAnswer:
		usecase := "0"
		if q.Fold == items.FoldNothing {
			usecase = "1"
		}
		w.leaf("usecase", usecase)
	case items.TrueFalse:
		for _, truth := range []bool{true, false} {
			fraction, feedback := "0", q.WhenWrong
			if truth == q.True {
				fraction, feedback = "100", q.WhenRight
			}
			answer(fraction, strconv.FormatBool(truth), "moodle_auto_format", feedback)
		}
	case items.Ordering:
		for word, rule := range orderRules {
			if rule == q.Credit && word != "" {
				w.leaf("gradingtype", word)
			}
		}
	case items.Essay:
		w.textElement("graderinfo", q.Guide)
	}
	for i, c := range q.Choices {
		switch q.Kind {
		case items.Ordering:
			answer(strconv.Itoa(i+1), c.Text.Source, moodleWords[c.Text.Format], c.Feedback)
		case items.Drag:
			w.open("dragbox", "format", moodleWords[c.Text.Format])
			w.contents(c.Text.Source)
			w.leaf("group", "1")
			w.close("dragbox")
		default:
			answer(c.Worth().String(), c.Text.Source, moodleWords[c.Text.Format], c.Feedback)
		}
	}
	for _, p := range q.Pairs {
		w.open("subquestion", "format", moodleWords[p.Text.Format])
		w.contents(p.Text.Source)
		w.textElement("answer", p.Answer)
		w.textElement("feedback", p.Feedback)
		w.close("subquestion")
	}
	w.moodleNumbers(q)
}

func (w *xmlWriter) moodleNumbers(q Question) {
	for _, n := range q.Numbers {
		it := n.item()
		value, tolerance := string(it.Value), string(it.Tolerance)
		if it.Any {
			value, tolerance = "*", "0"
		}
		w.open("answer", "fraction", n.Worth().String(), "format", "moodle_auto_format")
		w.leaf("text", value)
		w.leaf("tolerance", tolerance)
		w.textElement("feedback", n.Feedback)
		w.close("answer")
	}
	if len(q.Measures) == 0 {
		return
	}
	w.leaf("unitgradingtype", "1")
	w.leaf("unitpenalty", q.MeasurePenalty.Fraction())
	w.open("units")
	for _, u := range q.Measures {
		w.open("unit")
		multiplier, _ := u.Factor.Inverse() // the extension has the exact factor
		w.leaf("multiplier", string(multiplier))
		w.leaf("unit_name", u.Name)
		w.close("unit")
	}
	w.close("units")
}

// moodleExtension writes what Moodle has no words for.
func (w *xmlWriter) moodleExtension(q Question) {
	w.open("anwen")
	add := func(name, value string, there bool) {
		if there {
			w.leaf(name, value)
		}
	}
	add("difficulty", fmt.Sprint(q.Difficulty), q.Difficulty > 0)
	add("set", q.Set, q.Set != "")
	add("credit", string(q.Credit), q.Credit != items.Partial && q.Kind != items.Ordering)
	add("fold", "width", q.Kind == items.ShortAnswer && q.Fold == items.FoldWidth)
	add("markers", fmt.Sprint(q.Markers), q.Kind == items.Essay && q.Markers > 1)
	for _, u := range q.Measures {
		add("unit", u.Name+"="+string(u.Factor), true)
	}
	for _, c := range q.Rubric {
		w.textElement("rubric", c.Text, "points", c.Points.String())
	}
	w.close("anwen")
}
