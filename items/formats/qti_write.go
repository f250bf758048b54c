package formats

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"

	"anwen/internal/markdownx"
	"anwen/items"
)

// QTIVersion is a version of QTI that is written; all of them are read.
type QTIVersion string

// The versions.
const (
	QTI21 QTIVersion = "2.1"
	QTI22 QTIVersion = "2.2"
	QTI30 QTIVersion = "3.0"
)

var qtiSpaces = map[QTIVersion]string{
	QTI21: "http://www.imsglobal.org/xsd/imsqti_v2p1", QTI22: "http://www.imsglobal.org/xsd/imsqti_v2p2",
	QTI30: "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}

// WriteQTIItem writes one question as a QTI item that ReadQTI reads back as it
// is. Other programs see interactions, keys, weights, tolerances and feedback in
// QTI's own words; what these do not say, such as the Markdown that a text was
// written in, stands in attributes of a namespace of its own.
func WriteQTIItem(q Question, id string, version QTIVersion) []byte {
	w := &qtiWriter{version: version}
	w.raw(xml.Header)
	attrs := []string{"xmlns", qtiSpaces[version], "identifier", id, "title", q.Name, "adaptive", "false"}
	if version == QTI30 {
		attrs = append(attrs, "time-dependent", "false")
	} else {
		attrs = append(attrs, "timeDependent", "false", "xmlns:anwen", "urn:anwen:item")
	}
	w.open("assessmentItem", append(attrs, w.itemOwn(q)...)...)
	w.declare(q)
	w.open("itemBody")
	w.body(q)
	w.close("itemBody")
	w.process(q)
	w.feedback(q)
	w.close("assessmentItem")
	return w.Bytes()
}

type qtiWriter struct {
	xmlWriter
	version QTIVersion
}

// kebab writes assessmentItem as qti-assessment-item for version 3.
func (w *qtiWriter) kebab(name string, element bool) string {
	if w.version != QTI30 || strings.ContainsAny(name, ":-") {
		return name
	}
	var b strings.Builder
	if element {
		b.WriteString("qti-")
	}
	for _, r := range name {
		if r >= 'A' && r <= 'Z' {
			b.WriteByte('-')
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

func (w *qtiWriter) attrs(attrs []string) []string {
	out := make([]string, len(attrs))
	for i := range attrs {
		out[i] = attrs[i]
		if i%2 == 0 && attrs[i] != "xmlns" {
			out[i] = w.kebab(attrs[i], false)
		}
	}
	return out
}

func (w *qtiWriter) open(name string, attrs ...string) {
	w.xmlWriter.open(w.kebab(name, true), w.attrs(attrs)...)
}

func (w *qtiWriter) empty(name string, attrs ...string) {
	w.xmlWriter.empty(w.kebab(name, true), w.attrs(attrs)...)
}
func (w *qtiWriter) close(name string) { w.xmlWriter.close(w.kebab(name, true)) }

func (w *qtiWriter) leaf(name, text string, attrs ...string) {
	w.open(name, attrs...)
	w.text(text)
	w.close(name)
}

// own names an attribute that only Anwen reads.
func (w *qtiWriter) own(name string) string {
	if w.version == QTI30 {
		return "data-anwen-" + name
	}
	return "anwen:item-" + name
}

// itemOwn says of the item what QTI has no words for.
func (w *qtiWriter) itemOwn(q Question) []string {
	attrs := []string{w.own("kind"), string(q.Kind)}
	add := func(name, value string) {
		if value != "" {
			attrs = append(attrs, w.own(name), value)
		}
	}
	if q.Points != nil {
		add("points", q.Points.String())
	}
	add("set", q.Set)
	add("category", q.Category)
	add("credit", string(q.Credit))
	if q.Kind == items.ShortAnswer && q.Fold == items.FoldWidth {
		add("fold", "width")
	}
	if q.Difficulty > 0 {
		add("difficulty", fmt.Sprint(q.Difficulty))
	}
	if len(q.Tags) > 0 {
		tags, _ := json.Marshal(q.Tags) // strings always marshal
		add("tags", string(tags))
	}
	for i, u := range q.Measures {
		add(fmt.Sprintf("unit%d", i), u.Name+"="+string(u.Factor))
	}
	if q.MeasurePenalty > 0 {
		add("penalty", q.MeasurePenalty.String())
	}
	if q.Markers > 1 && q.Kind == items.Essay {
		add("markers", fmt.Sprint(q.Markers))
	}
	return attrs
}

// textAttrs keep a text as it was written.
func (w *qtiWriter) textAttrs(t items.Text) []string {
	if t.Empty() {
		return nil
	}
	return []string{w.own("format"), string(t.Format), w.own("source"), t.Source}
}

// texts writes an element with a text: its HTML for others, its source for us.
func (w *qtiWriter) texts(name string, t items.Text, attrs ...string) {
	w.open(name, append(attrs, w.textAttrs(t)...)...)
	w.raw(markdownx.XHTML(t.HTML()))
	w.close(name)
}

// plain is texts for elements that take characters only.
func (w *qtiWriter) plain(name string, t items.Text, attrs ...string) {
	w.leaf(name, markdownx.Words(t.HTML()), append(attrs, w.textAttrs(t)...)...)
}

// responseOf names the response variable of a gap of a cloze, or of the item.
func responseOf(gap int) string {
	if gap < 0 {
		return "RESPONSE"
	}
	return fmt.Sprintf("RESPONSE_%d", gap+1)
}

func optionID(i int) string { return fmt.Sprintf("A%d", i) }

func truthID(truth bool) string { return fmt.Sprint(truth) }

// declare writes what may be answered and what is right.
func (w *qtiWriter) declare(q Question) {
	switch q.Kind {
	case items.Cloze:
		for i, g := range q.Gaps {
			w.declareSmall(g, responseOf(i))
		}
	case items.Matching, items.Drag:
		var right []string
		for i, option := range placesOf(q) {
			right = append(right, fmt.Sprintf("%s G%d", optionID(option), i))
		}
		w.declaration("RESPONSE", "multiple", "directedPair", right)
		w.open("mapping", "defaultValue", "0")
		for _, pair := range right {
			w.empty("mapEntry", "mapKey", pair, "mappedValue", "1")
		}
		w.close("mapping")
		w.close("responseDeclaration")
	case items.Ordering:
		var right []string
		for i := range q.Choices {
			right = append(right, optionID(i))
		}
		w.declaration("RESPONSE", "ordered", "identifier", right)
		w.close("responseDeclaration")
	case items.Description:
	default:
		w.declareSmall(q, "RESPONSE")
	}
	for _, outcome := range [][2]string{{"SCORE", "float"}, {"FEEDBACK", "identifier"}} {
		cardinality := "single"
		if outcome[0] == "FEEDBACK" {
			cardinality = "multiple"
		}
		w.empty("outcomeDeclaration", "identifier", outcome[0], "cardinality", cardinality, "baseType", outcome[1])
	}
}

func (w *qtiWriter) declaration(id, cardinality, base string, right []string) {
	w.open("responseDeclaration", "identifier", id, "cardinality", cardinality, "baseType", base)
	if len(right) > 0 {
		w.open("correctResponse")
		for _, value := range right {
			w.leaf("value", value)
		}
		w.close("correctResponse")
	}
}

// declareSmall writes the declaration of what a cloze may hold, too.
func (w *qtiWriter) declareSmall(q Question, id string) {
	var right []string
	cardinality, base := "single", "identifier"
	switch q.Kind {
	case items.TrueFalse:
		right = []string{truthID(q.True)}
	case items.MultipleChoice:
		cardinality = "multiple"
	case items.ShortAnswer, items.Essay:
		base = "string"
	case items.Numerical:
		base = "float"
		for _, n := range q.Numbers {
			if it := n.item(); !it.Any && n.Worth() == items.Whole && len(right) == 0 {
				right = []string{string(it.Value)}
			}
		}
	}
	for i, c := range q.Choices {
		if c.Worth() <= 0 || len(right) > 0 && cardinality == "single" {
			continue
		}
		if base == "string" {
			right = append(right, c.Text.Source)
		} else {
			right = append(right, optionID(i))
		}
	}
	w.declaration(id, cardinality, base, right)
	if len(q.Choices) > 0 {
		w.open("mapping", "defaultValue", "0", "lowerBound", "0", "upperBound", "1")
		for i, c := range q.Choices {
			key := optionID(i)
			attrs := []string{}
			if base == "string" {
				key = c.Text.Source
				attrs = append([]string{"caseSensitive", fmt.Sprint(q.Fold == items.FoldNothing)}, w.textAttrs(c.Text)...)
			}
			w.empty("mapEntry", append([]string{"mapKey", key, "mappedValue", c.Worth().Fraction()}, attrs...)...)
		}
		w.close("mapping")
	}
	w.close("responseDeclaration")
}

// placesOf lists the option of each gap, of matching and drag alike.
func placesOf(q Question) []int {
	if q.Kind == items.Drag {
		return q.Places
	}
	answers := answersOf(q.Pairs)
	var places []int
	for _, p := range q.Pairs {
		for i, a := range answers {
			if !p.Text.Empty() && a == p.Answer {
				places = append(places, i)
			}
		}
	}
	return places
}
