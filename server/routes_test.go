package server_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"anwen/server"
)

// probe is how a route is asked about the record there: by somebody who has the
// role only here, the answer must be foreign (0: the verb has no foreign record)
// and must not tell of the learner there.
type probe struct {
	path    string
	body    string
	foreign int
}

// probes must have an entry for every route of the table.
func probes(w *world) map[string]probe {
	person := fmt.Sprint(w.learner.PersonID)
	attempt := fmt.Sprint("/attempts/", w.attempt)
	return map[string]probe{
		"GET /about":           {path: "/about"},
		"POST /session":        {path: "/session", body: `{"login":"x","password":"y"}`},
		"DELETE /session":      {path: "/session"},
		"GET /verify/{serial}": {path: "/verify/AW-00000-00000-0"},

		"GET /me":                  {path: "/me"},
		"PATCH /me":                {path: "/me", body: `{"language":"en"}`},
		"POST /me/password":        {path: "/me/password", body: `{"current":"wrong","new":"long enough password"}`},
		"GET /me/sessions":         {path: "/me/sessions"},
		"DELETE /me/sessions/{id}": {path: fmt.Sprint("/me/sessions/", w.learner.SessionID), foreign: 404},
		"GET /me/assignments":      {path: "/me/assignments"},
		"GET /me/certificates":     {path: "/me/certificates"},
		"GET /me/performance":      {path: "/me/performance?period=2026-Q4"},

		"GET /courses":                          {path: "/courses"},
		"POST /courses":                         {path: "/courses", body: form("no zip")},
		"GET /courses/{slug}":                   {path: "/courses/handling"},
		"GET /courses/{slug}/lessons/{n}":       {path: "/courses/handling/lessons/1"},
		"POST /courses/{slug}/lessons/{n}/read": {path: "/courses/handling/lessons/1/read", body: `{"revision":9}`, foreign: 404},
		"GET /courses/{slug}/images/{sha}":      {path: "/courses/handling/images/00", foreign: 404},
		"POST /courses/{slug}/assignments":      {path: "/courses/handling/assignments", body: `{"unit_code":"B"}`, foreign: 404},
		"POST /quizzes/{id}/attempts":           {path: "/quizzes/999999/attempts", foreign: 404},
		"GET /attempts/{id}":                    {path: attempt, foreign: 404},
		"PUT /attempts/{id}/answers/{item}":     {path: attempt + "/answers/1", body: `{"text":"1"}`, foreign: 404},
		"GET /quizzes/{id}/conditions":          {path: "/quizzes/999/conditions", foreign: 404},
		"PUT /quizzes/{id}/conditions":          {path: "/quizzes/999/conditions", body: `{"number":0,"networks":[]}`, foreign: 404},
		"GET /quizzes/{id}/accommodations":      {path: "/quizzes/999/accommodations"},
		"POST /quizzes/{id}/accommodations":     {path: "/quizzes/999/accommodations", body: `{"employee_no":"x","everywhere":false,"extra_percent":50,"extra_attempts":0,"reason":"x"}`, foreign: 404},
		"GET /quizzes/{id}/attempts":            {path: "/quizzes/999/attempts"},
		"GET /attempts/{id}/log":                {path: attempt + "/log", foreign: 404},
		"POST /quizzes/{id}/practice":           {path: "/quizzes/999999/practice", foreign: 404},
		"GET /banks":                            {path: "/banks"},
		"POST /banks":                           {path: "/banks", body: `{"code":"no code","names":{}}`, foreign: 422},
		"PATCH /banks/{code}":                   {path: "/banks/none", body: `{"owner":"x"}`, foreign: 404},
		"GET /banks/{code}/items/{item}":        {path: "/banks/none/items/1", foreign: 404},
		"GET /banks/{code}/items":               {path: "/banks/none/items", foreign: 404},
		"PUT /banks/{code}/filing":              {path: "/banks/none/filing", body: `{"items":[1]}`, foreign: 404},
		"POST /banks/{code}/imports":            {path: "/banks/none/imports", body: `{"text":"::a::A? {T}","locale":"en","dry_run":true}`, foreign: 404},
		"POST /banks/{code}/files":              {path: "/banks/none/files?locale=en", body: form("::a::A? {T}"), foreign: 404},
		"POST /banks/{code}/pictures":           {path: "/banks/none/pictures", body: form("x"), foreign: 404},
		"GET /pictures/{sha}":                   {path: "/pictures/00", foreign: 404},
		"GET /banks/{code}/export":              {path: "/banks/none/export", foreign: 404},
		"GET /quizzes":                          {path: "/quizzes"},
		"GET /quizzes/{id}/insight":             {path: "/quizzes/999/insight", foreign: 404},
		"GET /quizzes/{id}/learning":            {path: "/quizzes/999/learning?before=998"},
		"GET /quizzes/{id}/essays":              {path: "/quizzes/999/essays"},
		"POST /quizzes/{id}/regrades":           {path: "/quizzes/999/regrades", body: `{"version_id":1,"correction":"full","dry_run":true}`, foreign: 404},
		"PUT /attempts/{id}/marks/{item}":       {path: attempt + "/marks/1", body: `{"criteria":["1"]}`, foreign: 404},
		"POST /attempts/{id}/submission":        {path: attempt + "/submission", foreign: 404},
		"POST /attempts/{id}/events":            {path: attempt + "/events", body: `{"events":[{"kind":"left"}]}`, foreign: 404},
		"GET /certificates/{file}":              {path: "/certificates/" + w.serial + ".pdf", foreign: 404},

		"GET /policies":                                      {path: "/policies"},
		"GET /policies/{code}":                               {path: "/policies/POL-1"},
		"POST /policies/{code}/repeal":                       {path: "/policies/NONE/repeal", body: `{"effective_from":"2026-12-01","reason":"x"}`, foreign: 404},
		"GET /policies/{code}/versions/{n}":                  {path: "/policies/POL-1/versions/1"},
		"POST /policies/{code}/versions/{n}/acknowledgement": {path: "/policies/POL-1/versions/9/acknowledgement", body: `{"locale":"en","text_sha256":"` + strings.Repeat("0", 64) + `","statement_sha256":"` + strings.Repeat("0", 64) + `"}`, foreign: 404},
		"POST /policies/{code}/versions/{n}/requests":        {path: "/policies/POL-1/versions/1/requests", body: `{"unit_code":"B"}`, foreign: 404},
		"GET /policies/{code}/versions/{n}/acknowledgements": {path: "/policies/POL-1/versions/1/acknowledgements", foreign: 200},
		"GET /policies/{code}/versions/{n}/difference":       {path: "/policies/POL-1/versions/1/difference"},
		"POST /policy-texts":                                 {path: "/policy-texts", body: form("# A policy")},
		"GET /policy-drafts":                                 {path: "/policy-drafts"},
		"POST /policy-drafts":                                {path: "/policy-drafts", body: `{"code":"no code","content":{"titles":{},"texts":{}}}`, foreign: 422},
		"GET /policy-drafts/{id}":                            {path: "/policy-drafts/999", foreign: 404},
		"PUT /policy-drafts/{id}":                            {path: "/policy-drafts/999", body: `{"edition":1,"code":"POL-1","content":{"titles":{},"texts":{}}}`, foreign: 404},
		"GET /policy-drafts/{id}/difference":                 {path: "/policy-drafts/999/difference", foreign: 404},
		"GET /policy-drafts/{id}/effects":                    {path: "/policy-drafts/999/effects", foreign: 404},
		"GET /citations":                                     {path: "/citations"},
		"POST /citations/{id}/review":                        {path: "/citations/999/review", body: `{}`, foreign: 404},
		"POST /policy-drafts/{id}/submission":                {path: "/policy-drafts/999/submission", body: `{"edition":1}`, foreign: 404},
		"POST /policy-drafts/{id}/return":                    {path: "/policy-drafts/999/return", body: `{"edition":1,"reason":"no"}`, foreign: 404},
		"POST /policy-drafts/{id}/approval":                  {path: "/policy-drafts/999/approval", body: `{"edition":1,"material":true}`, foreign: 404},
		"POST /policy-drafts/{id}/publication":               {path: "/policy-drafts/999/publication", body: `{"edition":1}`, foreign: 404},
		"POST /policy-drafts/{id}/withdrawal":                {path: "/policy-drafts/999/withdrawal", body: `{"edition":1}`, foreign: 404},

		"POST /courses/{slug}/lessons/{n}/checks/{position}": {path: "/courses/handling/lessons/1/checks/9", body: `{"revision":1,"locale":"en","answer":{}}`, foreign: 404},
		"GET /courses/{slug}/files/{sha}":                    {path: "/courses/handling/files/00", foreign: 404},
		"GET /courses/{slug}/revisions":                      {path: "/courses/handling/revisions"},
		"GET /courses/{slug}/revisions/{number}/difference":  {path: "/courses/handling/revisions/9/difference", foreign: 404},
		"GET /courses/{slug}/export.zip":                     {path: "/courses/none/export.zip", foreign: 404},
		"GET /manuscripts":                                   {path: "/manuscripts"},
		"POST /manuscripts":                                  {path: "/manuscripts", body: `{"slug":"NO"}`, foreign: 422},
		"GET /manuscripts/{slug}":                            {path: "/manuscripts/none", foreign: 404},
		"DELETE /manuscripts/{slug}":                         {path: "/manuscripts/none", foreign: 404},
		"GET /manuscripts/{slug}/text":                       {path: "/manuscripts/none/text?name=course.md", foreign: 404},
		"PUT /manuscripts/{slug}/text":                       {path: "/manuscripts/none/text?name=course.md", body: `{"edition":1,"content":"x"}`, foreign: 404},
		"PUT /manuscripts/{slug}/file":                       {path: "/manuscripts/none/file?name=images/a.png&edition=0"},
		"DELETE /manuscripts/{slug}/file":                    {path: "/manuscripts/none/file?name=course.md&edition=1", foreign: 404},
		"GET /manuscripts/{slug}/images/{sha}":               {path: "/manuscripts/none/images/00", foreign: 404},
		"POST /manuscripts/{slug}/preview":                   {path: "/manuscripts/none/preview?name=lessons/01-a.en.md", body: `{"content":"x"}`, foreign: 404},
		"POST /manuscripts/{slug}/publication":               {path: "/manuscripts/none/publication", body: `{}`, foreign: 404},
		"GET /briefings":                                     {path: "/briefings"},
		"POST /briefings":                                    {path: "/briefings", body: `{"month":"2026-13","texts":{}}`},
		"GET /briefings/board":                               {path: "/briefings/board?year=2026"},
		"GET /briefings/{month}":                             {path: "/briefings/2026-10"},
		"POST /briefings/{month}/read":                       {path: "/briefings/2026-10/read", body: `{"revision":9}`, foreign: 404},
		"GET /briefings/{month}/actions":                     {path: "/briefings/1999-01/actions", foreign: 404},
		"POST /briefings/{month}/actions":                    {path: "/briefings/1999-01/actions", body: `{"text":"x","owner_no":"x","due_on":"2026-12-01"}`, foreign: 404},
		"POST /briefings/{month}/actions/{number}/state":     {path: "/briefings/1999-01/actions/1/state", body: `{"state":"done"}`, foreign: 404},
		"GET /briefings/{month}/meeting":                     {path: "/briefings/1999-01/meeting", foreign: 404},
		"POST /briefings/{month}/meeting":                    {path: "/briefings/1999-01/meeting", body: `{"held_at":"2026-11-01T01:00:00Z","place":"x","chair_no":"x","recorder_no":"x","notes":"x","room":[],"remote":[]}`, foreign: 404},
		"GET /briefings/{month}/minutes.pdf":                 {path: "/briefings/1999-01/minutes.pdf", foreign: 404},

		"GET /complaint-profiles":                        {path: "/complaint-profiles"},
		"POST /complaints/imports":                       {path: "/complaints/imports", body: form("reference,class,unit,received_at\nC-9,general,B,2026-10-20 09:00\n"), foreign: 422},
		"GET /complaints":                                {path: "/complaints", foreign: 200},
		"GET /complaints/summary":                        {path: "/complaints/summary?period=2026-Q4", foreign: 200},
		"PUT /complaints/{reference}/responsible-person": {path: "/complaints/C-THERE/responsible-person", body: `{"employee_no":"HERE-hr"}`, foreign: 404},

		"GET /search":                       {path: "/search?q=kind"},
		"GET /units":                        {path: "/units"},
		"GET /people":                       {path: "/people", foreign: 200},
		"POST /people/imports":              {path: "/people/imports", body: form("employee_no,name,unit_code\nN,n,B\n"), foreign: 422},
		"POST /people/{id}/password":        {path: "/people/" + person + "/password", foreign: 404},
		"GET /people/{id}/roles":            {path: "/people/" + person + "/roles", foreign: 404},
		"POST /people/{id}/roles":           {path: "/people/" + person + "/roles", body: `{"role":"hr","unit_code":"A"}`, foreign: 404},
		"DELETE /people/{id}/roles/{grant}": {path: "/people/" + person + "/roles/1", foreign: 404},

		"GET /performance/scores":              {path: "/performance/scores?period=2026-Q4", foreign: 200},
		"GET /performance/cards/{employee_no}": {path: "/performance/cards/THERE?period=2026-Q4", foreign: 404},
		"GET /records/certifications":          {path: "/records/certifications", foreign: 200},
		"GET /records/exposure":                {path: "/records/exposure?policy=POL-1&version=1", foreign: 200},
		"GET /audit/events":                    {path: "/audit/events", foreign: 403},
	}
}

// Every route, every role, the records of another unit.
func TestEveryRouteLetsInWhomTheTableNamesAndNobodyElse(t *testing.T) {
	w := build(t)
	table := w.table()
	known := probes(w)
	for _, r := range table {
		key := r.Method + " " + r.Path
		p, ok := known[key]
		if !ok {
			t.Errorf("%s has no probe: say how it is asked about another unit's record", key)
			continue
		}
		delete(known, key)
		t.Run(key, func(t *testing.T) {
			public := r.Who.String() == "anyone"
			if status, raw := w.call("", r.Method, server.Prefix+p.path, p.body); !public && (status != http.StatusUnauthorized || problem(t, raw).Code != "people.not_signed_in") {
				t.Errorf("nobody got %d %s", status, raw)
			}
			for _, role := range roleNames {
				if key == "DELETE /session" || key == "POST /session" {
					continue // they would end the role's session, or sign in as nobody
				}
				status, raw := w.call(role, r.Method, server.Prefix+p.path, p.body)
				allowed := public || r.Who.String() == "employee" || slices.Contains(strings.Split(r.Who.String(), ", "), role)
				switch {
				case !allowed && status != http.StatusForbidden:
					t.Errorf("%s got %d, want 403: %s", role, status, raw)
				case allowed && p.foreign != 0 && status != p.foreign:
					t.Errorf("%s got %d for the record there, want %d: %s", role, status, p.foreign, raw)
				case allowed && p.foreign == 0 && (status == http.StatusUnauthorized || status == http.StatusForbidden || status >= 500):
					t.Errorf("%s got %d: %s", role, status, raw)
				}
				for _, secret := range []string{learnerName, "THERE", "C-THERE"} {
					if strings.Contains(raw, secret) && !strings.Contains(p.path, secret) {
						t.Errorf("%s learned of %s: %s", role, secret, raw)
					}
				}
			}
		})
	}
	for key := range known {
		t.Errorf("%s is probed and not in the table", key)
	}
}

func TestTheOwnerGetsTheOwnRecords(t *testing.T) {
	w := build(t)
	for path, want := range map[string]string{
		fmt.Sprint("/attempts/", w.attempt):    `"passed":true`,
		"/me/certificates":                     w.serial,
		"/me/assignments":                      `"state":"completed"`,
		"/me/performance?period=2026-Q4":       "C-THERE",
		"/courses/handling":                    w.serial,
		"/verify/" + strings.ToLower(w.serial): learnerName,
	} {
		if status, raw := w.call("there", "GET", server.Prefix+path, ""); status != http.StatusOK || !strings.Contains(raw, want) {
			t.Errorf("%s: %d, no %s in %s", path, status, want, raw)
		}
	}
}

func TestAnAttemptTellsTheClockItIsJudgedBy(t *testing.T) {
	w := build(t)
	w.now = w.now.Add(90 * time.Minute)
	if status, raw := w.call("there", "GET", server.Prefix+fmt.Sprint("/attempts/", w.attempt), ""); status != http.StatusOK || !strings.Contains(raw, `"server_now":"2026-11-02T02:30:00Z"`) {
		t.Errorf("%d %s", status, raw)
	}
}

func TestHROverTheUnitSeesItsRecords(t *testing.T) {
	w := build(t)
	w.must(w.db.Exec(`INSERT INTO role_grants (person_id, role, unit_id, granted_at)
		SELECT p.id, 'hr', u.id, now() FROM people p, units u WHERE p.login = 'hr' AND u.code = 'B'`).Error)
	for path, want := range map[string]string{
		"/records/certifications?as_of=2026-11-02":      w.serial,
		"/records/certifications?format=csv":            w.serial,
		"/performance/scores?period=2026-Q4":            "THERE",
		"/performance/scores?period=2026-Q4&format=csv": "THERE",
		"/performance/cards/THERE?period=2026-Q4":       "C-THERE",
		"/people?q=THERE":                               learnerName,
		"/policies/POL-1/versions/1/acknowledgements":   learnerName,
	} {
		if status, raw := w.call("hr", "GET", server.Prefix+path, ""); status != http.StatusOK || !strings.Contains(raw, want) {
			t.Errorf("%s: %d, no %s in %.300s", path, status, want, raw)
		}
	}
}
