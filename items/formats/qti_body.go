package formats

import (
	"fmt"
	"strconv"
	"strings"

	"anwen/internal/markdownx"
	"anwen/items"
)

// body writes the text and the interactions.
func (w *qtiWriter) body(q Question) {
	if !q.Guide.Empty() {
		w.texts("rubricBlock", q.Guide, "view", "scorer")
	}
	for _, c := range q.Rubric {
		w.texts("rubricBlock", c.Text, "view", "scorer", w.own("points"), c.Points.String())
	}
	if q.Kind == items.Drag {
		w.gapMatch(q)
		return
	}
	w.xmlWriter.open("div", w.textAttrs(q.Text)...)
	text := markdownx.XHTML(q.Text.HTML())
	if q.Kind != items.Cloze {
		w.raw(text)
		w.raw("</div>")
		w.interaction(q, "RESPONSE")
		return
	}
	rest := 0
	for _, m := range placeMark.FindAllStringSubmatchIndex(text, -1) {
		n, _ := strconv.Atoi(text[m[2]:m[3]])
		w.raw(text[rest:m[0]])
		if n >= 1 && n <= len(q.Gaps) {
			w.interaction(q.Gaps[n-1], responseOf(n-1))
		}
		rest = m[1]
	}
	w.raw(text[rest:])
	w.raw("</div>")
}

func (w *qtiWriter) interaction(q Question, response string) {
	small := response != "RESPONSE"
	share := []string{}
	if small {
		share = []string{w.own("share"), fmt.Sprint(q.Share)}
	}
	with := func(attrs ...string) []string {
		return append(append([]string{"responseIdentifier", response}, attrs...), share...)
	}
	switch q.Kind {
	case items.ShortAnswer, items.Numerical:
		w.empty("textEntryInteraction", with()...)
	case items.Essay:
		w.empty("extendedTextInteraction", with()...)
	case items.SingleChoice, items.MultipleChoice:
		if small && q.Kind == items.SingleChoice {
			w.open("inlineChoiceInteraction", with("shuffle", "true")...)
			for i, c := range q.Choices {
				w.plain("inlineChoice", c.Text, "identifier", optionID(i))
			}
			w.close("inlineChoiceInteraction")
			return
		}
		most := "1"
		if q.Kind == items.MultipleChoice {
			most = "0"
		}
		w.open("choiceInteraction", with("shuffle", "true", "maxChoices", most)...)
		for i, c := range q.Choices {
			w.texts("simpleChoice", c.Text, "identifier", optionID(i))
		}
		w.close("choiceInteraction")
	case items.TrueFalse:
		w.open("choiceInteraction", with("shuffle", "false", "maxChoices", "1")...)
		w.leaf("simpleChoice", "true", "identifier", "true")
		w.leaf("simpleChoice", "false", "identifier", "false")
		w.close("choiceInteraction")
	case items.Ordering:
		w.open("orderInteraction", with("shuffle", "true")...)
		for i, c := range q.Choices {
			w.texts("simpleChoice", c.Text, "identifier", optionID(i))
		}
		w.close("orderInteraction")
	case items.Matching:
		w.match(q)
	}
}

func (w *qtiWriter) match(q Question) {
	w.open("matchInteraction", "responseIdentifier", "RESPONSE", "shuffle", "true", "maxAssociations", "0")
	w.open("simpleMatchSet")
	for i, a := range answersOf(q.Pairs) {
		w.texts("simpleAssociableChoice", a, "identifier", optionID(i), "matchMax", "0")
	}
	w.close("simpleMatchSet")
	w.open("simpleMatchSet")
	n := 0
	for _, p := range q.Pairs {
		if !p.Text.Empty() {
			w.texts("simpleAssociableChoice", p.Text, "identifier", fmt.Sprintf("G%d", n), "matchMax", "1")
			n++
		}
	}
	w.close("simpleMatchSet")
	w.close("matchInteraction")
}

func (w *qtiWriter) gapMatch(q Question) {
	w.open("gapMatchInteraction", append([]string{"responseIdentifier", "RESPONSE", "shuffle", "true"}, w.textAttrs(q.Text)...)...)
	for i, c := range q.Choices {
		w.plain("gapText", c.Text, "identifier", optionID(i), "matchMax", "0")
	}
	w.raw("<div>")
	w.raw(placeMark.ReplaceAllStringFunc(markdownx.XHTML(q.Text.HTML()), func(mark string) string {
		n, _ := strconv.Atoi(mark[2 : len(mark)-2])
		return fmt.Sprintf(`<%s identifier="G%d"/>`, w.kebab("gap", true), n-1)
	}))
	w.raw("</div>")
	w.close("gapMatchInteraction")
}

// process writes how the responses are scored.
func (w *qtiWriter) process(q Question) {
	template := "map_response"
	switch q.Kind {
	case items.Description, items.Essay:
		return
	case items.Numerical:
		w.open("responseProcessing")
		w.conditions(q, "RESPONSE")
		w.close("responseProcessing")
		return
	case items.Cloze:
		w.open("responseProcessing")
		for i, g := range q.Gaps {
			if g.Kind == items.Numerical {
				w.conditions(g, responseOf(i))
				continue
			}
			w.open("setOutcomeValue", "identifier", "SCORE")
			w.open("sum")
			w.empty("variable", "identifier", "SCORE")
			w.empty("mapResponse", "identifier", responseOf(i))
			w.close("sum")
			w.close("setOutcomeValue")
		}
		w.close("responseProcessing")
		return
	case items.Ordering, items.TrueFalse:
		template = "match_correct"
	}
	home := "http://www.imsglobal.org/question/qti_v" + strings.ReplaceAll(string(w.version), ".", "p") + "/rptemplates/"
	if w.version == QTI30 {
		home = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/"
	}
	w.empty("responseProcessing", "template", home+template)
}

// conditions write numbers with their tolerances.
func (w *qtiWriter) conditions(q Question, response string) {
	w.open("responseCondition")
	for i, n := range q.Numbers {
		branch := "responseIf"
		if i > 0 {
			branch = "responseElseIf"
		}
		it := n.item()
		w.open(branch)
		if it.Any {
			w.open("not")
			w.open("isNull")
			w.empty("variable", "identifier", response)
			w.close("isNull")
			w.close("not")
		} else {
			w.open("equal", "toleranceMode", "absolute", "tolerance", string(it.Tolerance)+" "+string(it.Tolerance))
			w.empty("variable", "identifier", response)
			w.leaf("baseValue", string(it.Value), "baseType", "float")
			w.close("equal")
		}
		w.open("setOutcomeValue", "identifier", "SCORE")
		w.leaf("baseValue", n.Worth().Fraction(), "baseType", "float")
		w.close("setOutcomeValue")
		w.close(branch)
	}
	w.close("responseCondition")
}

// feedback writes what is said to an answer, named after it.
func (w *qtiWriter) feedback(q Question) {
	say := func(id string, t items.Text) {
		if !t.Empty() {
			w.texts("modalFeedback", t, "outcomeIdentifier", "FEEDBACK", "identifier", id, "showHide", "show")
		}
	}
	say("ITEM", q.Feedback)
	small := func(q Question, response string) {
		for i, c := range q.Choices {
			say(response+"-"+optionID(i), c.Feedback)
		}
		for i, n := range q.Numbers {
			say(response+"-"+optionID(i), n.Feedback)
		}
	}
	small(q, "RESPONSE")
	for i, g := range q.Gaps {
		small(g, responseOf(i))
	}
	if q.Kind == items.TrueFalse {
		say("RESPONSE-"+truthID(q.True), q.WhenRight)
		say("RESPONSE-"+truthID(!q.True), q.WhenWrong)
	}
	n := 0
	for _, p := range q.Pairs {
		if !p.Text.Empty() {
			say(fmt.Sprintf("RESPONSE-G%d", n), p.Feedback)
			n++
		}
	}
}
