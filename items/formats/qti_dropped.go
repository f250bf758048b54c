package formats

import (
	"anwen/internal/errs"
)

// shownByTemplate are the elements of a body that a template fills in anew for each
// attempt: without them the question would be another one.
var shownByTemplate = []string{"printedvariable", "templateinline", "templateblock"}

// readable refuses an item whose text or key is made by a template.
func (r *qtiReader) readable(body *node) bool {
	for _, n := range append(body.find(shownByTemplate...), r.root.child("templateprocessing").find("setcorrectresponse", "setdefaultvalue")...) {
		return r.fault(n.line, "quizzes.qti_template", errs.Args{"element": n.name})
	}
	return true
}

// drop lists what the item says and no question can hold.
func (r *qtiReader) drop(q *Question, body *node) {
	say := func(what, text string) {
		if text != "" {
			what += ": " + cut(text, 200)
		}
		q.Dropped = append(q.Dropped, what)
	}
	for _, n := range r.root.all("modalfeedback") {
		id := n.attr("identifier")
		switch {
		case n.attr("showhide") == "hide":
			say("modalFeedback (hide "+id+")", n.content())
		case !r.used[id]:
			say("modalFeedback ("+id+")", n.content())
		}
	}
	for _, n := range r.root.all("assessmentstimulusref") {
		say("file", n.attr("href"))
	}
	if r.root.attr("adaptive") == "true" {
		say("adaptive", "")
	}
	for _, n := range r.root.all("templatedeclaration") {
		say("templateDeclaration", n.attr("identifier"))
	}
	for _, n := range body.find("feedbackblock", "feedbackinline", "infocontrol", "math") {
		if n.name == "feedbackinline" && saidOfChoice(body, n) {
			continue
		}
		say(n.name, n.content())
	}
	for _, n := range body.find("img", "object", "audio", "video") {
		say("file", n.attr("src")+n.attr("data"))
	}
}

// saidOfChoice reports whether the inline feedback stands in a choice, which has it
// as its feedback.
func saidOfChoice(body, feedback *node) bool {
	for _, c := range body.find("simplechoice", "inlinechoice") {
		if c.child("feedbackinline") == feedback {
			return true
		}
	}
	return false
}
