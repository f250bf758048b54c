package server_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"anwen/server"
)

// probe is how a route is asked about a record that exists, by everybody who has
// one role over here. Who may call the route gets the status foreign when the
// record is another unit's or another person's, and else an answer (2xx). In either
// case nobody here may learn of the learner there.
type probe struct {
	path, body string
	foreign    int
	allowed    string // who gets an answer to the same request where foreign is a refusal
	shows      string // what that answer tells, and nobody's here may
	public     bool   // the answer names the learner to everybody, as it is meant to
}

// foreign is a probe that nobody here gets an answer to and the allowed one does.
func foreign(allowed, path, body string) probe {
	return probe{path: path, body: body, foreign: http.StatusNotFound, allowed: allowed}
}

// institutional is a probe of an act that belongs to the whole institution, or to the
// unit there: the role over here is not enough.
func institutional(path, body string) probe {
	return probe{path: path, body: body, foreign: http.StatusForbidden, allowed: "head"}
}

// reached is a probe whose answer holds what the head reaches and nobody here.
func reached(path, shows string) probe {
	return probe{path: path, foreign: http.StatusOK, allowed: "head", shows: shows}
}

// probes must have an entry for every route of the table.
func probes(w *world) map[string]probe {
	person, attempt, open := fmt.Sprint("/people/", w.learner.PersonID), fmt.Sprint("/attempts/", w.attempt), fmt.Sprint("/attempts/", w.open)
	quiz, rich := fmt.Sprint("/quizzes/", w.quiz), fmt.Sprint("/quizzes/", w.rich)
	bank, item := "/banks/"+w.bank, fmt.Sprint(w.item)
	draft := func(id int64, step string) string { return fmt.Sprint("/policy-drafts/", id, step) }
	briefing := "/briefings/2026-10.B"
	picture := sumOf(pixels())
	return map[string]probe{
		"GET /about":           {path: "/about"},
		"POST /session":        {path: "/session", body: `{"login":"hr","password":"` + password + `"}`},
		"DELETE /session":      {path: "/session"},
		"GET /verify/{serial}": {path: "/verify/" + w.serial, public: true},

		"GET /me":                  {path: "/me"},
		"PATCH /me":                {path: "/me", body: `{"language":"en"}`},
		"POST /me/password":        {path: "/me/password", body: `{"current":"` + password + `","new":"long enough password"}`},
		"GET /me/sessions":         {path: "/me/sessions"},
		"DELETE /me/sessions/{id}": foreign("there", fmt.Sprint("/me/sessions/", w.learner.SessionID), ""),
		"GET /me/assignments":      {path: "/me/assignments"},
		"GET /me/certificates":     {path: "/me/certificates"},
		"GET /me/performance":      {path: "/me/performance?period=2026-Q4"},

		"GET /courses":                          {path: "/courses"},
		"POST /courses":                         institutional("/courses", form(zipped(w.t, courseFiles()))),
		"GET /courses/{slug}":                   {path: "/courses/" + w.course},
		"GET /courses/{slug}/lessons/{n}":       {path: "/courses/" + w.course + "/lessons/1"},
		"POST /courses/{slug}/lessons/{n}/read": {path: "/courses/handling/lessons/1/read", body: `{"revision":1}`},
		"GET /courses/{slug}/images/{sha}":      {path: "/courses/rich/images/" + picture},
		"POST /courses/{slug}/assignments":      foreign("head", "/courses/handling/assignments", `{"unit_code":"B"}`),
		"POST /quizzes/{id}/attempts":           {path: quiz + "/attempts"},
		"GET /attempts/{id}":                    foreign("there", attempt, ""),
		"PUT /attempts/{id}/answers/{item}":     foreign("there", open+"/answers/1", `{"text":"1"}`),
		"GET /quizzes/{id}/conditions":          {path: quiz + "/conditions"},
		"PUT /quizzes/{id}/conditions":          institutional(quiz+"/conditions", `{"number":0,"networks":[]}`),
		"GET /quizzes/{id}/accommodations":      reached(rich+"/accommodations", "THERE"),
		"POST /quizzes/{id}/accommodations":     foreign("head", rich+"/accommodations", extraTime),
		"GET /quizzes/{id}/attempts":            reached(rich+"/attempts", "THERE"),
		"GET /attempts/{id}/log":                foreign("head", attempt+"/log", ""),
		"POST /quizzes/{id}/practice":           {path: rich + "/practice"},
		"GET /banks":                            {path: "/banks"},
		"POST /banks":                           {path: "/banks", body: `{"code":"another","names":{"en":"Another"}}`},
		"PATCH /banks/{code}":                   {path: "/banks/general", body: `{"edition":1,"owner":"HERE-author"}`},
		"GET /banks/{code}/items/{item}":        {path: bank + "/items/" + item},
		"GET /banks/{code}/items":               {path: bank + "/items"},
		"PUT /banks/{code}/filing":              {path: bank + "/filing", body: `{"items":[` + item + `],"category":"x"}`},
		"POST /banks/{code}/imports":            {path: bank + "/imports", body: `{"text":"::a::A? {T}","locale":"en","dry_run":true}`},
		"POST /banks/{code}/files":              {path: bank + "/files?locale=en", body: form("::a::A? {T}")},
		"POST /banks/{code}/pictures":           {path: bank + "/pictures", body: formOf("b.png", pixels())},
		"GET /pictures/{sha}":                   {path: "/pictures/" + picture},
		"GET /banks/{code}/export":              {path: bank + "/export?locale=en"},
		"GET /quizzes":                          {path: "/quizzes"},
		"GET /quizzes/{id}/insight":             {path: quiz + "/insight"},
		"GET /quizzes/{id}/learning":            {path: quiz + "/learning?before=" + fmt.Sprint(w.rich)},
		"GET /quizzes/{id}/essays":              reached(rich+"/essays", fmt.Sprint(`"attempt_id":`, w.essay)),
		"POST /quizzes/{id}/regrades":           institutional(rich+"/regrades", fmt.Sprintf(`{"version_id":%d,"correction":"full","dry_run":true}`, w.version)),
		"PUT /attempts/{id}/marks/{item}":       foreign("head", fmt.Sprint("/attempts/", w.essay, "/marks/2"), `{"criteria":["1"]}`),
		"POST /attempts/{id}/submission":        foreign("there", open+"/submission", ""),
		"POST /attempts/{id}/events":            foreign("there", open+"/events", `{"events":[{"kind":"left"}]}`),
		"GET /certificates/{file}":              foreign("there", "/certificates/"+w.serial+".pdf", ""),

		"GET /policies":                                      {path: "/policies"},
		"GET /policies/{code}":                               {path: "/policies/POL-1"},
		"POST /policies/{code}/repeal":                       institutional("/policies/POL-1/repeal", `{"effective_from":"2026-12-01","reason":"x"}`),
		"DELETE /policies/{code}/repeal":                     institutional("/policies/RULES/repeal", ""),
		"POST /policies/{code}/repeal/approval":              institutional("/policies/RULES/repeal/approval", fmt.Sprintf(`{"proposal":%d}`, w.proposal)),
		"GET /policies/{code}/repeal":                        {path: "/policies/RULES/repeal"},
		"GET /policy-repeals":                                {path: "/policy-repeals"},
		"GET /policies/{code}/versions/{n}":                  {path: "/policies/POL-1/versions/1"},
		"GET /policies/{code}/versions/{n}/content":          {path: "/policies/POL-1/versions/1/content"},
		"POST /policies/{code}/versions/{n}/comparison":      {path: "/policies/POL-1/versions/1/comparison", body: `{"locale":"en","text":"# Policy"}`},
		"POST /policies/{code}/versions/{n}/acknowledgement": {path: "/policies/POL-1/versions/1/acknowledgement", body: w.acknowledgement},
		"POST /policies/{code}/versions/{n}/requests":        foreign("head", "/policies/POL-1/versions/1/requests", `{"unit_code":"B"}`),
		"GET /policies/{code}/versions/{n}/acknowledgements": reached("/policies/POL-1/versions/1/acknowledgements", learnerName),
		"GET /policies/{code}/versions/{n}/difference":       {path: "/policies/RULES/versions/2/difference"},
		"POST /policy-texts":                                 {path: "/policy-texts", body: formOf("a.md", "# A policy")},
		"GET /policy-drafts":                                 {path: "/policy-drafts"},
		"POST /policy-drafts":                                {path: "/policy-drafts", body: `{"code":"ANOTHER","content":` + draftContent + `}`},
		"GET /policy-drafts/{id}":                            {path: draft(w.writing, "")},
		"PUT /policy-drafts/{id}":                            institutional(draft(w.writing, ""), `{"edition":1,"code":"WRITING","content":`+draftContent+`}`),
		"GET /policy-drafts/{id}/difference":                 {path: draft(w.writing, "/difference")},
		"GET /policy-drafts/{id}/since":                      {path: draft(w.overtaken, "/since")},
		"PUT /policy-drafts/{id}/base":                       institutional(draft(w.overtaken, "/base"), `{"edition":1,"base":1}`),
		"GET /policy-drafts/{id}/effects":                    {path: draft(w.writing, "/effects")},
		"GET /citations":                                     {path: "/citations"},
		"POST /citations/{id}/review":                        institutional(fmt.Sprint("/citations/", w.citation, "/review"), `{"changed":2}`),
		"POST /policy-drafts/{id}/submission":                institutional(draft(w.writing, "/submission"), `{"edition":1}`),
		"POST /policy-drafts/{id}/return":                    institutional(draft(w.inReview, "/return"), `{"edition":1,"reason":"no"}`),
		"POST /policy-drafts/{id}/approval":                  institutional(draft(w.inReview, "/approval"), `{"edition":1,"material":true}`),
		"POST /policy-drafts/{id}/publication":               institutional(draft(w.approved, "/publication"), `{"edition":1}`),
		"POST /policy-drafts/{id}/withdrawal":                institutional(draft(w.writing, "/withdrawal"), `{"edition":1}`),

		"POST /courses/{slug}/lessons/{n}/checks/{position}": {path: "/courses/rich/lessons/1/checks/1", body: `{"revision":1,"locale":"en","answer":{"choice":0}}`},
		"GET /courses/{slug}/files/{sha}":                    {path: "/courses/rich/files/" + sumOf(film)},
		"GET /courses/{slug}/revisions":                      {path: "/courses/" + w.course + "/revisions"},
		"GET /courses/{slug}/revisions/{number}/difference":  {path: "/courses/" + w.course + "/revisions/1/difference"},
		"GET /courses/{slug}/export.zip":                     {path: "/courses/" + w.course + "/export.zip"},
		"GET /manuscripts":                                   {path: "/manuscripts"},
		"POST /manuscripts":                                  {path: "/manuscripts", body: `{"slug":"another"}`},
		"GET /manuscripts/{slug}":                            institutional("/manuscripts/rich", ""),
		"PUT /manuscripts/{slug}/base":                       institutional("/manuscripts/overtaken/base", `{"base":2}`),
		"DELETE /manuscripts/{slug}":                         institutional("/manuscripts/rich", ""),
		"GET /manuscripts/{slug}/text":                       institutional("/manuscripts/rich/text?name=course.md", ""),
		"PUT /manuscripts/{slug}/text":                       institutional("/manuscripts/rich/text?name=course.md", `{"edition":1,"content":"x"}`),
		"PUT /manuscripts/{slug}/file":                       institutional("/manuscripts/rich/file?name=images/b.png&edition=0", form(pixels())),
		"DELETE /manuscripts/{slug}/file":                    institutional("/manuscripts/rich/file?name=course.md&edition=1", ""),
		"GET /manuscripts/{slug}/images/{sha}":               institutional("/manuscripts/rich/images/"+picture, ""),
		"POST /manuscripts/{slug}/preview":                   institutional("/manuscripts/rich/preview?name=lessons/01-one.en.md", `{"content":"# One"}`),
		"POST /manuscripts/{slug}/publication":               institutional("/manuscripts/rich/publication", `{"confirmed_warnings":1}`),
		"GET /briefings":                                     {path: "/briefings"},
		"POST /briefings":                                    institutional("/briefings", `{"month":"2026-11","texts":{"en":{"title":"November","changes":"a","impact":"b","plan":"c"}}}`),
		"GET /briefings/board":                               {path: "/briefings/board?year=2026"},
		"GET /briefings/{month}":                             foreign("there", briefing, ""),
		"POST /briefings/{month}/read":                       foreign("there", briefing+"/read", `{"revision":1}`),
		"GET /briefings/{month}/actions":                     foreign("there", briefing+"/actions", ""),
		"POST /briefings/{month}/actions":                    foreign("head", briefing+"/actions", `{"text":"x","owner_no":"HEAD","due_on":"2026-12-01"}`),
		"POST /briefings/{month}/actions/{number}/state":     foreign("head", briefing+"/actions/1/state", `{"state":"done"}`),
		"GET /briefings/{month}/meeting":                     foreign("there", briefing+"/meeting", ""),
		"POST /briefings/{month}/meeting":                    foreign("head", briefing+"/meeting", minutes),
		"GET /briefings/{month}/minutes.pdf":                 foreign("head", briefing+"/minutes.pdf", ""),

		"GET /complaint-profiles":                        {path: "/complaint-profiles"},
		"POST /complaints/imports":                       {path: "/complaints/imports", body: form("reference,class,unit,received_at\nC-9,general,B,2026-10-20 09:00\n"), foreign: 422, allowed: "head"},
		"GET /complaints":                                reached("/complaints", "C-THERE"),
		"GET /complaints/summary":                        reached("/complaints/summary?period=2026-Q4", `"received":1`),
		"PUT /complaints/{reference}/responsible-person": foreign("head", "/complaints/C-THERE/responsible-person", `{"employee_no":"HERE-hr"}`),

		"GET /search":                       {path: "/search?q=kind"},
		"GET /units":                        {path: "/units"},
		"GET /people":                       reached("/people", learnerName),
		"POST /people/imports":              {path: "/people/imports", body: form("employee_no,name,unit_code\nN,n,B\n"), foreign: 422, allowed: "head"},
		"POST /people/{id}/password":        foreign("head", person+"/password", ""),
		"GET /people/{id}/roles":            foreign("head", person+"/roles", ""),
		"POST /people/{id}/roles":           foreign("head", person+"/roles", `{"role":"hr","unit_code":"A"}`),
		"DELETE /people/{id}/roles/{grant}": foreign("head", fmt.Sprint("/people/", w.writer, "/roles/", w.grant), ""),

		"GET /performance/scores":              reached("/performance/scores?period=2026-Q4", learnerName),
		"GET /performance/cards/{employee_no}": foreign("head", "/performance/cards/THERE?period=2026-Q4", ""),
		"GET /records/certifications":          reached("/records/certifications", learnerName),
		"GET /records/exposure":                reached("/records/exposure?policy=POL-1&version=1", `"unit_code":"B"`),
		"GET /audit/events":                    {path: "/audit/events", foreign: 403, allowed: "head"},
	}
}

// apart is call in a world that is taken back afterwards: every probe finds the same.
func (w *world) apart(role, method, path, body string) (int, string) {
	w.t.Helper()
	w.must(w.db.SavePoint("probe").Error)
	status, raw := w.call(role, method, server.Prefix+path, body)
	w.must(w.db.RollbackTo("probe").Error)
	return status, raw
}

func answered(status int) bool { return status >= 200 && status < 300 }

// Every route, every role, records of another unit, another person, another course.
// Each record exists: somebody gets an answer to the very request that others are
// refused, so that no record's absence passes as a refusal.
func TestEveryRouteLetsInWhomTheTableNamesAndNobodyElse(t *testing.T) {
	w := build(t)
	known := probes(w)
	for _, r := range w.table() {
		key := r.Method + " " + r.Path
		p, ok := known[key]
		if !ok {
			t.Errorf("%s has no probe: say how it is asked about another unit's record", key)
			continue
		}
		delete(known, key)
		t.Run(key, func(t *testing.T) { w.probe(t, r, p) })
	}
	for key := range known {
		t.Errorf("%s is probed and not in the table", key)
	}
}

func (w *world) probe(t *testing.T, r server.Route, p probe) {
	public := r.Who.String() == "anyone"
	status, raw := w.apart("", r.Method, p.path, p.body)
	if !public && (status != http.StatusUnauthorized || problem(t, raw).Code != "people.not_signed_in") {
		t.Errorf("nobody got %d %s", status, raw)
	}
	some := answered(status)
	for _, role := range roleNames {
		status, raw := w.apart(role, r.Method, p.path, p.body)
		allowed := public || r.Who.String() == "employee" || slices.Contains(strings.Split(r.Who.String(), ", "), role)
		switch {
		case !allowed && status != http.StatusForbidden:
			t.Errorf("%s got %d, want 403: %s", role, status, raw)
		case allowed && p.foreign != 0 && status != p.foreign:
			t.Errorf("%s got %d for the record there, want %d: %.300q", role, status, p.foreign, raw)
		case allowed && p.foreign == 0 && !answered(status):
			t.Errorf("%s got %d, want an answer: %.300q", role, status, raw)
		}
		some = some || answered(status)
		for _, secret := range []string{learnerName, "THERE", "C-THERE", p.shows} {
			if secret != "" && strings.Contains(raw, secret) && !strings.Contains(p.path+p.body, secret) && !p.public {
				t.Errorf("%s learned of %s: %s", role, secret, raw)
			}
		}
	}
	if p.allowed != "" {
		status, raw := w.apart(p.allowed, r.Method, p.path, p.body)
		if some = answered(status); !some || !strings.Contains(raw, p.shows) {
			t.Errorf("%s, who may, got %d without %q: %s", p.allowed, status, p.shows, raw)
		}
	}
	if !some {
		t.Error("nobody gets an answer: the record may not exist, and then no refusal means anything")
	}
}

// What belongs to one course, bank, person or quiz is not found below another. Each
// right address answers, so that what is not found exists.
func TestARecordIsFoundOnlyBelowItsOwn(t *testing.T) {
	w := build(t)
	picture, item := sumOf(pixels()), fmt.Sprint(w.item)
	regrade := fmt.Sprintf(`{"version_id":%d,"correction":"full","dry_run":true}`, w.version)
	for right, c := range map[string]struct{ wrong, method, body string }{
		"/courses/rich/images/" + picture:                    {"/courses/handling/images/" + picture, "GET", ""},
		"/courses/rich/files/" + sumOf(film):                 {"/courses/handling/files/" + sumOf(film), "GET", ""},
		"/courses/rich/lessons/1/checks/1":                   {"/courses/handling/lessons/1/checks/1", "POST", `{"revision":1,"locale":"en","answer":{"choice":0}}`},
		"/manuscripts/rich/images/" + picture:                {"/manuscripts/handling/images/" + picture, "GET", ""},
		"/banks/general/items/" + item:                       {"/banks/rich/items/" + item, "GET", ""},
		"/banks/general/filing":                              {"/banks/rich/filing", "PUT", `{"items":[` + item + `],"category":"x"}`},
		fmt.Sprint("/quizzes/", w.rich, "/regrades"):         {fmt.Sprint("/quizzes/", w.quiz, "/regrades"), "POST", regrade},
		fmt.Sprint("/people/", w.writer, "/roles/", w.grant): {fmt.Sprint("/people/", w.learner.PersonID, "/roles/", w.grant), "DELETE", ""},
		"/briefings/2026-10.B/actions/1/state":               {"/briefings/2026-10/actions/1/state", "POST", `{"state":"done"}`},
		"/policies/RULES/versions/2":                         {"/policies/POL-1/versions/2", "GET", ""},
	} {
		if status, raw := w.apart("head", c.method, right, c.body); !answered(status) {
			t.Errorf("%s: %d %.300q", right, status, raw)
		}
		if status, raw := w.apart("head", c.method, c.wrong, c.body); status != http.StatusNotFound {
			t.Errorf("%s: %d %.300q", c.wrong, status, raw)
		}
	}
}
