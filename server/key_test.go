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

	"anwen/items/formats"
	"anwen/server"
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

// No response of any route tells a learner the key, whatever else the learner may
// be, before the review allows it.
func TestNoResponseTellsTheKeyBeforeReview(t *testing.T) {
	w, ctx := build(t), context.Background()
	files := courseFiles()
	files["course.md"] = []byte(strings.NewReplacer("handling", "keyed", "pass_mark: 80", "pass_mark: 80, review: passed").Replace(string(files["course.md"])))
	files["quiz.en.gift"] = []byte(strings.ReplaceAll(keyed, "\n::", "\n\n::"))
	files["quiz.en.gift"] = []byte(strings.NewReplacer("\n\n::order", "\n::order", "\n\n::cloze", "\n::cloze", "\n\n::drag", "\n::drag", "\n\n::essay", "\n::essay", "\n// ", "\n\n// ").Replace(string(files["quiz.en.gift"])))
	w.publishCourse(files)
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
	downloads := []string{"/courses/keyed/export.zip", "/courses/keyed/export.zip?revision=1", "/search?q=KEYWORDA", "/search?q=7340517"}
	for _, format := range formats.Formats {
		downloads = append(downloads, "/banks/keyed/export?format="+string(format), "/banks/keyed/export?locale=en&format="+string(format))
	}
	for _, role := range []string{"employee", "complaint_desk", "hr", "administrator", "auditor"} {
		status, raw := w.call(role, "POST", server.Prefix+fmt.Sprint("/quizzes/", quiz, "/attempts"), "")
		var attempt struct{ ID int64 }
		if err := json.Unmarshal([]byte(raw), &attempt); err != nil || status != http.StatusOK {
			t.Fatalf("%s starts: %d %s", role, status, raw)
		}
		asked := 0
		ask := func(method, path, body string) {
			t.Helper()
			_, raw := w.call(role, method, server.Prefix+path, body)
			asked++
			if found := told(raw); len(found) > 0 {
				t.Errorf("%s %s tells %s %v:\n%.600s", method, path, role, found, raw)
			}
		}
		for _, body := range []string{`{"choice":0}`, `{"choices":[0]}`, `{"choice":1}`, `{"text":"x"}`, `{"text":"1"}`, `{"order":[0,1,2]}`, `{"gaps":[{"choice":0},{"choice":0}]}`, `{"choice":"x"}`, `{"text":7}`} {
			for position := range 11 {
				ask("PUT", fmt.Sprint("/attempts/", attempt.ID, "/answers/", position+1), body)
			}
		}
		w.attempt = attempt.ID
		known := probes(w)
		for _, r := range w.table() {
			if r.Method == "GET" {
				ask(r.Method, known[r.Method+" "+r.Path].path, "")
			}
		}
		for _, path := range downloads {
			ask("GET", path, "")
		}
		ask("GET", fmt.Sprint("/quizzes/", quiz, "/insight?attempts=all"), "")
		ask("POST", fmt.Sprint("/quizzes/", quiz, "/practice"), "")
		ask("POST", fmt.Sprint("/quizzes/", quiz, "/attempts"), "")
		ask("POST", fmt.Sprint("/attempts/", attempt.ID, "/submission"), "") // failed: no review before passing
		ask("GET", fmt.Sprint("/attempts/", attempt.ID), "")
		if asked < 130 {
			t.Errorf("%s asked only %d times", role, asked)
		}
	}

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
