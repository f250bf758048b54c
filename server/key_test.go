package server_test

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"anwen/internal/archive"
	"anwen/items/formats"
	"anwen/people"
	"anwen/server"
	"anwen/training"
)

// keyed asks in every way; whatever tells of the key has a word that is looked for.
const keyed = `
::choice:: Which? {=one#KEYWORDA ~two#KEYWORDB ~three ####KEYWORDC}
::several:: Which ones? {~%50%one ~%50%two ~%-100%three#KEYWORDD}
::truth:: True? {TRUE#KEYWORDE#KEYWORDF}
::word:: Which word? {=KEYWORDG =%50%KEYWORDH}
::number:: How many? {#7340517:3}
// [kind:ordering]
::order:: In which order? {=first =second =third}
::match:: Which belongs where? {=left -> right =up -> down}
// [kind:cloze]
::cloze:: Fill \{1:SHORTANSWER:\=KEYWORDI\} and \{1:MULTICHOICE:\=here\~there\}.
// [kind:drag]
::drag:: Put [[1]] before [[2]]. {=this =that =other}
// [guide:KEYWORDJ] [rubric:1=the limit is named]
::essay:: Write. {}
`

// The parts of a response that only a key has; the rubric of an essay is for its
// writer too.
var keyFields = []string{"weight", "fraction", "right", "correct", "accepted", "tolerance", "numbers", "guide", "guide_html", "credit"}

// requestID is a random number; now and then it has the digits of the key.
var requestID = regexp.MustCompile(`"request_id":"[0-9a-f]+"`)

// unpacked are the files of an archive or a workbook one after the other, and any other
// response as it is.
func unpacked(raw string) string {
	files, err := zip.NewReader(strings.NewReader(raw), int64(len(raw)))
	if err != nil {
		return raw
	}
	var all strings.Builder
	for _, f := range files.File {
		r, err := f.Open()
		if err != nil {
			return raw
		}
		inner, err := io.ReadAll(r)
		if err != nil {
			return raw
		}
		all.WriteString(f.Name + "\n" + unpacked(string(inner)) + "\n")
	}
	return all.String()
}

// told lists what a response tells of the key.
func told(raw string) (found []string) {
	raw = requestID.ReplaceAllString(unpacked(raw), "")
	for letter := 'A'; letter <= 'J'; letter++ {
		if word := "KEYWORD" + string(letter); strings.Contains(raw, word) {
			found = append(found, word)
		}
	}
	if strings.Contains(raw, "7340517") {
		found = append(found, "the number")
	}
	var tree any
	if json.Unmarshal([]byte(raw), &tree) == nil {
		found = append(found, keysIn(tree)...)
	}
	return found
}

func keysIn(tree any) (found []string) {
	switch t := tree.(type) {
	case map[string]any:
		for name, value := range t {
			for _, field := range keyFields {
				if list, isList := value.([]any); name == field && value != nil && (!isList || len(list) > 0) {
					found = append(found, "a field "+name)
				}
			}
			found = append(found, keysIn(value)...)
		}
	case []any:
		for _, value := range t {
			found = append(found, keysIn(value)...)
		}
	}
	return found
}

func keyedFiles() archive.Files {
	files := courseFiles()
	files["course.md"] = []byte(strings.NewReplacer("handling", "keyed", "pass_mark: 80", "pass_mark: 80, review: passed").Replace(string(files["course.md"])))
	files["quiz.en.gift"] = []byte(strings.ReplaceAll(keyed, "\n::", "\n\n::"))
	files["quiz.en.gift"] = []byte(strings.NewReplacer("\n\n::order", "\n::order", "\n\n::cloze", "\n::cloze", "\n\n::drag", "\n::drag", "\n\n::essay", "\n::essay", "\n// ", "\n\n// ").Replace(string(files["quiz.en.gift"])))
	return files
}

// keyedWorld is a world with the course keyed, whose quiz asks in every way and somebody
// has sat, and what else than the table's routes may tell its key.
func keyedWorld(t *testing.T) (w *world, downloads []string) {
	w, ctx := build(t), context.Background()
	w.publishCourse(keyedFiles())
	quiz := w.number(`SELECT q.id FROM quizzes q JOIN courses c ON c.id = q.course_id WHERE c.slug = 'keyed'`)
	submitted, err := w.rooms.Quizzes.Start(ctx, w.learner, quiz, "") // somebody's answers to analyse
	w.must(err)
	if len(submitted.Questions) != 10 {
		t.Fatalf("%d questions", len(submitted.Questions))
	}
	_, err = w.rooms.Quizzes.Submit(ctx, w.learner, submitted.ID)
	w.must(err)

	w.course, w.bank, w.quiz, w.rich = "keyed", "keyed", quiz, quiz // the probes ask for these
	w.item = w.number(`SELECT id FROM items WHERE name = 'word'`)
	downloads = []string{"/courses/keyed/export.zip", "/courses/keyed/export.zip?revision=1", "/search?q=KEYWORDA", "/search?q=7340517",
		"/courses/keyed/revisions/1/difference?name=quiz.en.gift", "/banks/keyed/items?q=KEYWORDA", fmt.Sprint("/quizzes/", quiz, "/insight?attempts=all")}
	for _, format := range formats.Formats {
		downloads = append(downloads, "/banks/keyed/export?format="+string(format), "/banks/keyed/export?locale=en&format="+string(format))
	}
	return w, downloads
}

// asking is somebody whose responses may not tell the key.
type asking struct {
	*world
	role      string
	downloads []string
	asked     int
}

func (a *asking) ask(method, path, body string) {
	a.t.Helper()
	_, raw := a.call(a.role, method, server.Prefix+path, body)
	a.asked++
	if found := told(raw); len(found) > 0 {
		a.t.Errorf("%s %s tells %s %v:\n%.600s", method, path, a.role, found, raw)
	}
}

// everything asks every route that reads, and every download.
func (a *asking) everything() {
	a.t.Helper()
	known := probes(a.world)
	for _, r := range a.table() {
		if r.Method == "GET" {
			a.ask(r.Method, known[r.Method+" "+r.Path].path, "")
		}
	}
	for _, path := range a.downloads {
		a.ask("GET", path, "")
	}
}

// sits starts an attempt, asks everything while it is open, and submits it wrong.
func (a *asking) sits() {
	a.t.Helper()
	status, raw := a.call(a.role, "POST", server.Prefix+fmt.Sprint("/quizzes/", a.quiz, "/attempts"), "")
	var attempt struct{ ID int64 }
	if err := json.Unmarshal([]byte(raw), &attempt); err != nil || status != http.StatusOK {
		a.t.Fatalf("%s starts: %d %s", a.role, status, raw)
	}
	for _, body := range []string{`{"choice":0}`, `{"choices":[0]}`, `{"choice":1}`, `{"text":"x"}`, `{"text":"1"}`, `{"order":[0,1,2]}`, `{"gaps":[{"choice":0},{"choice":0}]}`, `{"choice":"x"}`, `{"text":7}`} {
		for position := range 11 {
			a.ask("PUT", fmt.Sprint("/attempts/", attempt.ID, "/answers/", position+1), body)
		}
	}
	a.attempt = attempt.ID
	a.everything()
	a.ask("POST", fmt.Sprint("/quizzes/", a.quiz, "/practice"), "")
	a.ask("POST", fmt.Sprint("/quizzes/", a.quiz, "/attempts"), "")
	a.ask("POST", fmt.Sprint("/attempts/", attempt.ID, "/submission"), "") // failed: no review before passing
	a.ask("GET", fmt.Sprint("/attempts/", attempt.ID), "")
	if a.asked < 130 {
		a.t.Errorf("%s asked only %d times", a.role, a.asked)
	}
}

// keepsKeyed asks for what only authors may, about the course keyed.
func (a *asking) keepsKeyed() {
	a.t.Helper()
	a.ask("GET", "/manuscripts/keyed", "")
	a.ask("GET", "/manuscripts/keyed/text?name=quiz.en.gift", "")
	a.ask("POST", "/manuscripts/keyed/preview?name=quiz.en.gift", `{"content":"::a::A? {T}"}`)
	a.ask("POST", "/manuscripts/keyed/publication", `{"dry_run":true}`)
	a.ask("POST", "/banks/keyed/imports", `{"text":"::word:: Which word? {=KEY}","locale":"en","dry_run":true}`)
	a.ask("PUT", "/manuscripts/keyed/text?name=quiz.en.gift", `{"edition":1,"content":"::a::A? {T}"}`)
}

// No response of any route tells whoever must sit a quiz its key, whatever else they may
// be, before the review allows it.
func TestNoResponseTellsTheKeyBeforeReview(t *testing.T) {
	w, downloads := keyedWorld(t)
	for _, role := range []string{"employee", "complaint_desk", "hr", "administrator", "auditor"} {
		a := asking{world: w, role: role, downloads: downloads}
		a.sits()
	}
	quiz := w.quiz
	// The search finds keys where they may be.
	for _, path := range []string{"/courses/keyed/export.zip", "/courses/keyed/export.zip?revision=1", "/banks/keyed/export?locale=en", fmt.Sprint("/quizzes/", quiz, "/insight?attempts=all")} {
		if _, raw := w.call("head", "GET", server.Prefix+path, ""); len(told(raw)) == 0 {
			t.Errorf("%s has no key even for authors: %.300s", path, raw)
		}
	}
	if _, raw := w.call("head", "GET", server.Prefix+fmt.Sprint("/banks/keyed/items/", w.item), ""); len(told(raw)) == 0 {
		t.Errorf("the history has no key even for authors: %.300s", raw)
	}
}

// An author over the root, who keeps the bank and publishes the course, sees its key as
// anybody else whom somebody asked to sit it: after passing.
func TestNoResponseTellsTheKeyToAnAuthorWhoMustSit(t *testing.T) {
	w, downloads := keyedWorld(t)
	w.do("head", "POST", "/manuscripts", `{"slug":"keyed"}`)
	head := asking{world: w, role: "head", downloads: downloads}
	if _, raw := w.call("head", "GET", server.Prefix+"/manuscripts/keyed/text?name=quiz.en.gift", ""); len(told(raw)) == 0 {
		t.Errorf("an author who need not sit sees no key: %s", raw)
	}
	_, err := w.rooms.Training.Assign(t.Context(), people.System(), training.AssignInput{Slug: "keyed", EmployeeNo: "HEAD"})
	w.must(err)

	head.everything()
	head.keepsKeyed()
	head.sits()
	head.keepsKeyed()
	for path, body := range map[string]string{"/courses": form(zipped(t, keyedFiles())), "/manuscripts/keyed/publication": `{}`} {
		if status, raw := w.call("head", "POST", server.Prefix+path, body); status != http.StatusForbidden || problem(t, raw).Code != "courses.must_sit" {
			t.Errorf("the course of a quiz that the author must sit: %s gives %d %s", path, status, raw)
		}
	}
	if _, raw := w.call("head", "GET", server.Prefix+"/banks", ""); !strings.Contains(raw, `"must_sit":true`) {
		t.Errorf("the list does not say why the bank is closed: %s", raw)
	}

	w.must(w.db.Exec(`INSERT INTO completions (assignment_id, person_id, course_id, revision_id, cycle, unit_id, completed_at)
		SELECT a.id, a.person_id, a.course_id, r.id, a.cycle, p.unit_id, now() FROM assignments a JOIN courses c ON c.id = a.course_id AND c.slug = 'keyed'
		JOIN course_revisions r ON r.course_id = c.id JOIN staff p ON p.id = a.person_id AND p.employee_no = 'HEAD'`).Error)
	for _, path := range []string{"/banks/keyed/export?locale=en", "/courses/keyed/export.zip", "/manuscripts/keyed/text?name=quiz.en.gift"} {
		if _, raw := w.call("head", "GET", server.Prefix+path, ""); len(told(raw)) == 0 {
			t.Errorf("%s has no key for the author who has passed: %.300s", path, raw)
		}
	}
}

// The same through another course: its quiz asks from the bank of the course keyed, and
// from a bank of its own, and tells whoever must sit it nothing of either, whatever course
// or quiz they ask about.
func TestNoResponseTellsTheKeyOfABankThatAnotherCourseAsks(t *testing.T) {
	w, downloads := keyedWorld(t)
	ctx := t.Context()
	w.do("head", "POST", "/banks", `{"code":"apart","names":{"en":"Apart"}}`)
	w.do("head", "POST", "/banks/apart/imports", `{"text":"::extra:: Which extra word? {=KEYWORDA}","locale":"en","dry_run":false}`)
	w.must(w.db.Exec(`UPDATE items SET state = 'reviewed' WHERE name = 'extra'`).Error)
	asks := courseFiles()
	asks["course.md"] = []byte(strings.NewReplacer("handling", "asks", "pass_mark: 80", "pass_mark: 80, sections: [{draw: {bank: keyed, count: 2}}, {draw: {bank: apart, count: 1}}]").Replace(string(asks["course.md"])))
	_, err := w.rooms.Courses.Publish(ctx, people.System(), asks, false, 0)
	w.must(err)
	w.do("head", "POST", "/manuscripts", `{"slug":"keyed"}`)
	_, err = w.rooms.Training.Assign(ctx, people.System(), training.AssignInput{Slug: "asks", EmployeeNo: "HEAD"})
	w.must(err)

	head := asking{world: w, role: "head", downloads: append(downloads, "/banks/apart/items", "/banks/apart/export?locale=en", "/courses/keyed/revisions/1/difference", fmt.Sprint("/quizzes/", w.quiz, "/essays"))}
	head.everything()
	head.keepsKeyed()
	for path, body := range map[string]string{"/courses": form(zipped(t, keyedFiles())), "/manuscripts/keyed/publication": `{}`} {
		if status, raw := w.call("head", "POST", server.Prefix+path, body); status != http.StatusForbidden || problem(t, raw).Code != "courses.must_sit" {
			t.Errorf("the course of a bank that the author's quiz asks: %s gives %d %s", path, status, raw)
		}
	}
}
