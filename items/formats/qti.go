package formats

import (
	"encoding/json"
	"fmt"
	"strings"

	"anwen/internal/errs"
	"anwen/items"
)

// ReadQTI reads an item of QTI 2.1, 2.2 or 3.0. Weights are the parts of the most
// that can be earned; an item that names no weights gives everything for the
// right response and nothing for others.
func ReadQTI(file string, source []byte) ([]Question, []errs.Fault) {
	var faults errs.Faults
	root := readXML(file, source, &faults)
	if root == nil {
		return nil, faults.List()
	}
	if root.name == "assessmenttest" || root.name == "assessmentsection" {
		faults.Add(errs.Place{File: file, Line: root.line}, "quizzes.qti_without_items", nil)
		return nil, faults.List()
	}
	if root.name != "assessmentitem" {
		faults.Add(errs.Place{File: file, Line: root.line}, "quizzes.not_qti", nil)
		return nil, faults.List()
	}
	r := &qtiReader{file: file, faults: &faults, root: root, declarations: map[string]*declaration{}}
	q, ok := r.read()
	if !ok {
		return nil, faults.List()
	}
	return []Question{q}, faults.List()
}

type qtiReader struct {
	file         string
	faults       *errs.Faults
	root         *node
	declarations map[string]*declaration
	feedbacks    map[string]items.Text
	used         map[string]bool // feedbacks that belong to an answer
	ours         bool
}

// declaration is what may be answered and what is right.
type declaration struct {
	line        int
	cardinality string
	base        string
	right       []string
	mapped      []mapEntry
	other       string // the worth of what the mapping does not name
}

type mapEntry struct {
	line   int
	key    string
	value  string
	format items.Format
	source string
	exact  bool
}

func (r *qtiReader) fault(line int, code string, args errs.Args) bool {
	r.faults.Add(errs.Place{File: r.file, Line: line}, code, args)
	return false
}

// own is an attribute that WriteQTIItem adds.
func own(n *node, name string) string {
	if v := n.attr("dataanwen" + name); v != "" {
		return v
	}
	return n.attr("item" + name)
}

var interactionNames = []string{
	"choiceinteraction", "textentryinteraction", "extendedtextinteraction", "inlinechoiceinteraction", "orderinteraction",
	"matchinteraction", "gapmatchinteraction", "associateinteraction", "hottextinteraction", "hotspotinteraction",
	"selectpointinteraction", "graphicorderinteraction", "graphicassociateinteraction", "graphicgapmatchinteraction",
	"positionobjectinteraction", "sliderinteraction", "mediainteraction", "drawinginteraction", "uploadinteraction",
	"custominteraction", "portablecustominteraction", "endattemptinteraction",
}

func (r *qtiReader) read() (Question, bool) {
	q := Question{At: errs.Place{File: r.file, Line: r.root.line}, Name: oneSpace(r.root.attr("title")), Kind: items.Kind(own(r.root, "kind"))}
	r.ours = q.Kind != ""
	r.readDeclarations()
	body := r.root.child("itembody")
	if body == nil {
		return q, r.fault(r.root.line, "quizzes.no_text", nil)
	}
	if !r.readable(body) {
		return q, false
	}
	r.readFeedbacks(&q)
	interactions := body.find(interactionNames...)
	if !r.ours && !r.inferKind(&q, interactions) || !r.readOwn(&q) {
		return q, false
	}
	if !r.readInteractions(&q, body, interactions) {
		return q, false
	}
	if q.Text.Empty() {
		return q, r.fault(r.root.line, "quizzes.no_text", nil)
	}
	r.drop(&q, body)
	return q, true
}

func (r *qtiReader) readDeclarations() {
	for _, n := range r.root.all("responsedeclaration") {
		d := &declaration{line: n.line, cardinality: n.attr("cardinality"), base: n.attr("basetype")}
		for _, v := range n.child("correctresponse").all("value") {
			d.right = append(d.right, v.content())
		}
		mapping := n.child("mapping")
		if len(d.right) > 0 && strings.HasSuffix(r.root.child("responseprocessing").attr("template"), "match_correct") {
			mapping = nil // the template does not look at it
		}
		d.other = mapping.attr("defaultvalue")
		for _, e := range mapping.all("mapentry") {
			d.mapped = append(d.mapped, mapEntry{line: e.line, key: e.attr("mapkey"), value: e.attr("mappedvalue"),
				format: items.Format(own(e, "format")), source: own(e, "source"), exact: e.attr("casesensitive") == "true"})
		}
		r.declarations[n.attr("identifier")] = d
	}
}

// readFeedbacks takes what is said when an outcome has a value; what is said unless
// it has it belongs to no answer.
func (r *qtiReader) readFeedbacks(q *Question) {
	r.feedbacks, r.used = map[string]items.Text{}, map[string]bool{"ITEM": true}
	for _, n := range r.root.all("modalfeedback") {
		if n.attr("showhide") == "hide" {
			continue
		}
		r.feedbacks[n.attr("identifier")] = qtiText(n)
	}
	q.Feedback = r.feedbacks["ITEM"]
}

// feedback is what is said to the answer of the response variable.
func (r *qtiReader) feedback(response, id string) items.Text {
	key := response + "-" + id
	if _, ok := r.feedbacks[key]; !ok && !r.ours && len(r.declarations) == 1 {
		key = id // the answers of several responses may have one name
	}
	r.used[key] = true
	return r.feedbacks[key]
}

// inferKind tells the kind from the interactions of a foreign item.
func (r *qtiReader) inferKind(q *Question, interactions []*node) bool {
	if len(interactions) == 0 {
		q.Kind = items.Description
		return true
	}
	inline := true
	for _, n := range interactions {
		switch n.name {
		case "textentryinteraction", "inlinechoiceinteraction", "choiceinteraction":
		case "extendedtextinteraction", "orderinteraction", "matchinteraction", "gapmatchinteraction":
			inline = false
		default:
			return r.fault(n.line, "quizzes.kind_not_read", errs.Args{"kind": n.name})
		}
	}
	first := interactions[0]
	d := r.declarations[first.attr("responseidentifier")]
	switch {
	case d == nil:
		return r.fault(first.line, "quizzes.qti_no_declaration", nil)
	case len(interactions) > 1 && inline, first.name == "inlinechoiceinteraction":
		q.Kind = items.Cloze
	case len(interactions) > 1:
		return r.fault(interactions[1].line, "quizzes.qti_two_interactions", nil)
	case first.name == "choiceinteraction":
		q.Kind = items.SingleChoice
		choices := first.all("simplechoice")
		if d.cardinality == "multiple" {
			q.Kind = items.MultipleChoice
		} else if len(choices) == 2 && choices[0].attr("identifier")+choices[1].attr("identifier") == "truefalse" {
			q.Kind = items.TrueFalse
		}
	case first.name == "textentryinteraction", first.name == "extendedtextinteraction" && len(d.mapped)+len(d.right) > 0:
		q.Kind = items.ShortAnswer
		if d.base == "float" || d.base == "integer" {
			q.Kind = items.Numerical
		}
	default:
		q.Kind = map[string]items.Kind{"extendedtextinteraction": items.Essay, "orderinteraction": items.Ordering,
			"matchinteraction": items.Matching, "gapmatchinteraction": items.Drag}[first.name]
	}
	return true
}

// readOwn reads what the item says in attributes of ours.
func (r *qtiReader) readOwn(q *Question) bool {
	if q.Kind == items.ShortAnswer {
		q.Fold = items.FoldScript
	}
	for _, key := range []string{"points", "set", "credit", "fold", "difficulty", "markers"} {
		if value := own(r.root, key); value != "" && !q.readNote(key, value) {
			return r.fault(r.root.line, "quizzes.bad_note", errs.Args{"note": key + "=" + cut(value, 60)})
		}
	}
	if penalty := own(r.root, "penalty"); penalty != "" && !q.readNote("unit_penalty", penalty) {
		return r.fault(r.root.line, "quizzes.bad_note", errs.Args{"note": "penalty=" + cut(penalty, 60)})
	}
	for i := range items.MaxMeasures {
		unit := own(r.root, fmt.Sprintf("unit%d", i))
		if unit == "" {
			break
		}
		if !q.readNote("unit", unit) {
			return r.fault(r.root.line, "quizzes.bad_unit", errs.Args{"unit": cut(unit, 60)})
		}
	}
	q.Category = own(r.root, "category")
	if tags := own(r.root, "tags"); tags != "" {
		if err := json.Unmarshal([]byte(tags), &q.Tags); err != nil {
			return r.fault(r.root.line, "quizzes.bad_note", errs.Args{"note": "tags=" + cut(tags, 60)})
		}
	}
	return true
}

// qtiText is the text of an element: as it was written, if that is said, or else
// its HTML.
func qtiText(n *node) items.Text {
	if n == nil {
		return items.Text{}
	}
	if source := own(n, "source"); source != "" {
		if format, ok := items.ParseFormat(own(n, "format")); ok {
			return items.Text{Format: format, Source: tidy(source, format)}
		}
	}
	return htmlText(innerHTML(n, nil))
}

func htmlText(source string) items.Text {
	if source = strings.TrimSpace(source); source == "" {
		return items.Text{}
	}
	return items.Text{Format: items.HTML, Source: source}
}

// innerHTML writes what is inside the node; a replaced node is what it is
// replaced with.
func innerHTML(n *node, replaced map[*node]string) string {
	var b strings.Builder
	for _, c := range n.children {
		writeHTML(&b, c, replaced)
	}
	return b.String()
}

var htmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func writeHTML(b *strings.Builder, n *node, replaced map[*node]string) {
	if with, ok := replaced[n]; ok {
		b.WriteString(with)
		return
	}
	if n.name == "" {
		b.WriteString(htmlEscaper.Replace(n.text))
		return
	}
	switch n.name {
	case "feedbackinline", "feedbackblock", "rubricblock", "templateinline", "templateblock", "infocontrol":
		return
	}
	b.WriteString("<" + n.name)
	for _, key := range []string{"href", "src", "alt", "title", "colspan", "rowspan", "lang"} {
		if v := n.attrs[key]; v != "" {
			b.WriteString(" " + key + `="` + strings.ReplaceAll(htmlEscaper.Replace(v), `"`, "&#34;") + `"`)
		}
	}
	b.WriteString(">")
	for _, c := range n.children {
		writeHTML(b, c, replaced)
	}
	switch n.name {
	case "br", "img", "hr", "col":
	default:
		b.WriteString("</" + n.name + ">")
	}
}
