package server_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"anwen/internal/archive"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/policies"
	"anwen/server"
)

// theirs are the records that the probes ask for: of the unit there, of other
// people, and of the institution.
type theirs struct {
	open    int64 // an attempt of the learner there that is not submitted
	essay   int64 // one whose essay waits for its marks
	version int64 // of the item "number", which that attempt has wrong
	item    int64 // the item
	rich    int64 // the quiz with both
	course  string
	bank    string
	writer  int64
	// Drafts of policies, in the state that they are named after.
	writing, inReview, approved int64
	overtaken                   int64  // a draft whose policy got a version that it was not written against
	citation                    int64  // of a clause that changed since
	proposal                    int64  // to repeal RULES
	grant                       int64  // a role of the writer there
	acknowledgement             string // the body that acknowledges POL-1
}

var film = "\x00\x00\x00\x18ftypmp42" + strings.Repeat("0123456789", 700)

// pixels is a picture.
func pixels() string {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))) // a buffer takes everything
	return b.String()
}

func zipped(t testing.TB, files archive.Files) string {
	t.Helper()
	var b bytes.Buffer
	if err := files.Zip(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func sumOf(data string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(data))) }

// richFiles are a course with everything that a course can hold.
func richFiles() archive.Files {
	return archive.Files{
		"course.md": []byte("---\nslug: rich\ncategory: risk\nminutes: 5\ntitles: {en: Rich}\nsummaries: {en: S}\nquiz: {pass_mark: 80, practice: true}\n---\n"),
		"lessons/01-one.en.md": []byte("# One\n\n![Film](../media/a.mp4)\n\n[Form](../files/form.pdf)\n\n![Branch](../images/a.png)\n\n[Rules](policy:RULES#第二条)\n\n" +
			"```check\n::q:: Hours? {=48 #Well done ~72 #The secret hint}\n```\n"),
		"quiz.en.gift": []byte("::number:: How many? {#5}\n\n// [guide:Look for the limit.] [rubric:1=the limit is named]\n::essay:: Write. {}\n"),
		"media/a.mp4":  []byte(film), "files/form.pdf": []byte("%PDF-1.7"), "images/a.png": []byte(pixels()),
	}
}

// plainFiles are a course of one lesson.
func plainFiles(slug, words string) archive.Files {
	return archive.Files{
		"course.md":            []byte("---\nslug: " + slug + "\ncategory: risk\nminutes: 5\ntitles: {en: Plain}\nsummaries: {en: S}\n---\n"),
		"lessons/01-one.en.md": []byte("# One\n\n" + words + ".\n"),
	}
}

// do is call for what must succeed; it returns the number in the answer's "id".
func (w *world) do(role, method, path, body string) (id int64) {
	w.t.Helper()
	status, raw := w.call(role, method, server.Prefix+path, body)
	if status >= http.StatusMultipleChoices {
		w.t.Fatalf("%s %s %s: %d %s", role, method, path, status, raw)
	}
	var answer struct{ ID int64 }
	_ = json.Unmarshal([]byte(raw), &answer) // not every answer is JSON with a number
	return answer.ID
}

// acknowledging is the body that acknowledges the first version of a policy.
func (w *world) acknowledging(code string) string {
	w.t.Helper()
	_, raw := w.call("there", "GET", server.Prefix+"/policies/"+code+"/versions/1", "")
	var v struct {
		Text      string `json:"text_sha256"`
		Statement string `json:"statement_sha256"`
	}
	w.must(json.Unmarshal([]byte(raw), &v))
	return fmt.Sprintf(`{"locale":"en","text_sha256":%q,"statement_sha256":%q}`, v.Text, v.Statement)
}

func (w *world) number(sql string, args ...any) (n int64) {
	w.t.Helper()
	w.must(w.db.Raw(sql, args...).Scan(&n).Error)
	return n
}

// fill makes theirs.
func (w *world) fill() {
	w.cite()
	w.sit()
	w.draft()
	w.overtake()
	w.do("author", "POST", "/banks", `{"code":"general","names":{"en":"General"}}`)
	w.course, w.bank = "handling", "general"
	w.do("author", "POST", "/banks/general/imports", `{"text":"::general:: Is it? {T}","locale":"en","dry_run":false}`)
	w.item = w.number(`SELECT id FROM items WHERE name = 'general'`)
	w.do("author", "POST", "/banks/general/pictures", formOf("a.png", pixels()))
	w.do("head", "POST", "/manuscripts", `{"slug":"rich"}`)
	w.do("head", "POST", "/manuscripts", `{"slug":"handling"}`)
	w.publishCourse(plainFiles("overtaken", "One"))
	w.do("head", "POST", "/manuscripts", `{"slug":"overtaken"}`)
	w.publishCourse(plainFiles("overtaken", "Two"))
	w.must(w.rooms.Policies.ProposeRepeal(context.Background(), people.System(), policies.RepealInput{Code: "RULES", EffectiveFrom: "2027-01-01", Reason: "x"}))
	w.proposal = w.number(`SELECT id FROM policy_repeal_proposals`)

	w.do("head", "POST", "/briefings", `{"month":"2026-10","unit_code":"B","texts":{"en":{"title":"For B","changes":"a","impact":"b","plan":"c"}}}`)
	w.do("head", "POST", "/briefings/2026-10.B/actions", `{"text":"x","owner_no":"HEAD","due_on":"2026-12-01"}`)
	w.do("head", "POST", "/briefings/2026-10.B/meeting", minutes)
	w.writer = w.number(`SELECT id FROM people WHERE login = 'writer'`)
	w.grant = w.number(`SELECT id FROM role_grants WHERE person_id = ?`, w.writer)
	w.do("head", "POST", fmt.Sprint("/quizzes/", w.rich, "/accommodations"), extraTime)
	w.acknowledgement = w.acknowledging("POL-1")
}

const (
	minutes   = `{"held_at":"2026-11-01T01:00:00Z","place":"x","chair_no":"HEAD","recorder_no":"HEAD","notes":"x","room":["THERE"],"remote":[]}`
	extraTime = `{"employee_no":"THERE","everywhere":false,"extra_percent":50,"extra_attempts":0,"reason":"x"}`
)

// cite publishes a course that cites a clause, and then changes the clause.
func (w *world) cite() {
	rules := func(hours string) {
		w.publishPolicy("RULES", i18n.Hans, "第一条 为规范投诉处理,制定本办法。\n\n第二条 一般投诉应当在"+hours+"小时内回复。\n")
	}
	rules("四十八")
	w.publishCourse(richFiles())
	w.rich = w.number(`SELECT q.id FROM quizzes q JOIN courses c ON c.id = q.course_id WHERE c.slug = 'rich'`)
	rules("二十四")
	w.citation = w.number(`SELECT id FROM citations`)
}

// sit answers the quiz there: wrongly and with an essay that waits, and then anew.
func (w *world) sit() {
	start := fmt.Sprint("/quizzes/", w.rich, "/attempts")
	w.essay = w.do("there", "POST", start, "")
	w.do("there", "PUT", fmt.Sprint("/attempts/", w.essay, "/answers/1"), `{"text":"9"}`)
	w.do("there", "PUT", fmt.Sprint("/attempts/", w.essay, "/answers/2"), `{"text":"the limit"}`)
	w.do("there", "POST", fmt.Sprint("/attempts/", w.essay, "/submission"), "")
	w.open = w.do("there", "POST", start, "")
	w.version = w.number(`SELECT v.id FROM item_versions v JOIN items i ON i.id = v.item_id WHERE i.name = 'number'`)
}

// draft writes drafts, by the writer there, and takes them to their states.
func (w *world) draft() {
	for _, d := range []struct {
		id    *int64
		code  string
		steps []string
	}{{&w.writing, "WRITING", nil}, {&w.inReview, "REVIEW", []string{"submission"}}, {&w.approved, "APPROVED", []string{"submission", "approval"}}} {
		*d.id = w.do("writer", "POST", "/policy-drafts", `{"code":"`+d.code+`","content":`+draftContent+`}`)
		for _, step := range d.steps {
			w.do("head", "POST", fmt.Sprint("/policy-drafts/", *d.id, "/", step), map[string]string{"submission": `{"edition":1}`, "approval": `{"edition":1,"material":true}`}[step])
		}
	}
}

// overtake writes a draft as of a new policy, which another version makes meanwhile.
func (w *world) overtake() {
	w.overtaken = w.do("writer", "POST", "/policy-drafts", `{"code":"OVERTAKEN","base":0,"content":`+draftContent+`}`)
	w.publishPolicy("OVERTAKEN", i18n.English, "# Policy\n\nCame first.")
}

const draftContent = `{"titles":{"en":"T"},"texts":{"en":"# T\n\nBe kind."},"effective_from":"2026-12-01"}`
