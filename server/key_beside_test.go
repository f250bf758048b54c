package server_test

import (
	"fmt"
	"strings"
	"testing"

	"anwen/internal/i18n"
	"anwen/people"
	"anwen/policies"
	"anwen/server"
	"anwen/training"
)

// toSit makes head somebody who must sit the quiz of the course handling.
func (w *world) toSit() {
	w.t.Helper()
	_, err := w.rooms.Training.Assign(w.t.Context(), people.System(), training.AssignInput{Slug: "handling", EmployeeNo: "HEAD"})
	w.must(err)
}

// tells reports whether the response holds the word.
func (w *world) tells(role, path, word string) bool {
	w.t.Helper()
	status, raw := w.call(role, "GET", server.Prefix+path, "")
	if status != 200 {
		w.t.Fatalf("%s: %d %s", path, status, raw)
	}
	return strings.Contains(raw, word)
}

// Which clause a question cites may be its answer: it is told neither where citations are
// reviewed, nor on the page of the course, nor beside a draft that changes the clause,
// nor where a repeal of the policy is decided.
func TestTheClauseThatAQuestionCitesIsNotToldToWhoeverMustSitItsQuiz(t *testing.T) {
	w := build(t)
	const rules = "# Rules\n\n第一条 Be kind.\n\n第二条 Answer in 48 hours.\n"
	w.publishPolicy("CITED", i18n.English, rules)
	files := courseFiles()
	files["lessons/01-one.en.md"] = []byte("# One\n\nRead [the first](policy:CITED#第一条).\n")
	files["quiz.en.gift"] = []byte("::asked:: [markdown]Which one is it? {=this#It is [the second](policy\\:CITED\\#第二条). ~that}\n")
	w.publishCourse(files)
	w.publishPolicy("CITED", i18n.English, strings.NewReplacer("kind", "very kind", "48", "24").Replace(rules))
	writer, err := w.rooms.People.Authenticate(t.Context(), w.tokens["writer"])
	w.must(err)
	draft, err := w.rooms.Policies.SaveDraft(t.Context(), writer, policies.SaveInput{Code: "CITED", Base: new(2), Content: policies.Content{
		Titles: i18n.Texts{i18n.English: "Rules"}, EffectiveFrom: "2026-12-01", Texts: i18n.Texts{i18n.English: strings.NewReplacer("kind", "most kind", "48", "12").Replace(rules)}}})
	w.must(err)
	w.must(w.rooms.Policies.ProposeRepeal(t.Context(), people.System(), policies.RepealInput{Code: "CITED", EffectiveFrom: "2027-12-01", Reason: "Another replaces it"}))
	paths := []string{"/citations?policy=CITED", "/courses/handling", fmt.Sprint("/policy-drafts/", draft.ID, "/effects"), "/policies/CITED/repeal"}
	for _, path := range paths {
		if !w.tells("head", path, "item/asked") || !w.tells("head", path, "lesson/one") {
			t.Errorf("%s does not tell of the question or the lesson before", path)
		}
	}
	w.toSit()
	for _, path := range paths {
		if w.tells("head", path, "item/asked") || w.tells("head", path, "第二条") {
			t.Errorf("%s tells which clause the question cites", path)
		}
		if !w.tells("head", path, "lesson/one") {
			t.Errorf("%s leaves out the lesson too", path)
		}
	}
}

// Why a key was corrected, and what was graded by it, stands in the audit log for those
// alone who need not answer the quiz any more.
func TestTheAuditLogTellsNoKeyToWhoeverMustSitTheQuiz(t *testing.T) {
	w := build(t)
	version := w.number(`SELECT v.id FROM item_versions v JOIN items i ON i.id = v.item_id WHERE i.name = 'hours'`)
	w.do("head", "POST", fmt.Sprint("/quizzes/", w.quiz, "/regrades"), fmt.Sprintf(`{"version_id":%d,"correction":"drop","note":"It is 48, KEYWORDA","dry_run":false}`, version))
	paths := []string{"/audit/events?action=quizzes.correct", "/audit/events?action=quizzes.regrade", fmt.Sprint("/audit/events?subject=quiz:", w.quiz), fmt.Sprint("/audit/events?subject=attempt:", w.attempt)}
	for _, path := range paths {
		if !w.tells("head", path, "KEYWORDA") {
			t.Errorf("%s has no note before", path)
		}
	}
	w.toSit()
	for _, path := range append(paths, "/audit/events") {
		if w.tells("head", path, "KEYWORDA") || w.tells("head", path, `"grades"`) {
			t.Errorf("%s tells the note or the grades", path)
		}
	}
	for _, path := range paths {
		if !w.tells("head", path, `"withheld":true`) {
			t.Errorf("%s does not say that something is left out", path)
		}
	}
}
