package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"anwen/server"
)

// Who names a person, a unit or a record that the role does not reach gets the answer of
// one that does not exist, byte for byte: nobody finds out by trying what there is
// elsewhere. @ stands for the key.
func TestWhatIsOutOfReachIsAnsweredAsWhatDoesNotExist(t *testing.T) {
	w := build(t)
	w.do("head", "POST", "/briefings", `{"month":"2026-10","unit_code":"A","texts":{"en":{"title":"For A","changes":"a","impact":"b","plan":"c"}}}`)
	w.do("head", "POST", "/complaints/imports", form("reference,class,unit,received_at,responsible\nC-HERE,general,A,2026-10-20 09:00,\n", "profile", "anwen", "dry_run", "false"))
	meeting := func(chair, recorder, room, remote string) string {
		return fmt.Sprintf(`{"held_at":"2026-11-01T01:00:00Z","place":"x","chair_no":%q,"recorder_no":%q,"notes":"x","room":[%s],"remote":[%s]}`, chair, recorder, room, remote)
	}
	const person, unit = "person", "unit"
	absent := map[string]string{person: "NOONE", "keeper": "NOBODY", unit: "Z", "id": "999999", "complaint": "C-NONE9", "briefing": "2026-10.Z", "attempt": "999999"}
	theirs := map[string]string{person: "THERE", "keeper": "WRITER", unit: "B", "id": fmt.Sprint(w.learner.PersonID), "complaint": "C-THERE", "briefing": "2026-10.B", "attempt": fmt.Sprint(w.essay)}
	own := fmt.Sprint(w.own.PersonID)
	for _, c := range []struct{ names, role, method, path, body string }{
		{person, "hr", "POST", "/people/imports", form("employee_no,name,unit_code,manager_no\nNEW,New,A,@\n", "dry_run", "true")},
		{person, "hr", "POST", "/people/imports", form("employee_no,name,unit_code,manager_no\nHERE-author,New,A,@\n", "dry_run", "true")},
		{person, "compliance", "POST", "/briefings/2026-10.A/meeting", meeting("@", "HERE-author", `"HERE-hr"`, "")},
		{person, "compliance", "POST", "/briefings/2026-10.A/meeting", meeting("HERE-author", "@", `"HERE-hr"`, "")},
		{person, "compliance", "POST", "/briefings/2026-10.A/meeting", meeting("HERE-author", "HERE-author", `"@"`, "")},
		{person, "compliance", "POST", "/briefings/2026-10.A/meeting", meeting("HERE-author", "HERE-author", "", `"@"`)},
		{person, "compliance", "POST", "/briefings/2026-10.A/actions", `{"text":"x","owner_no":"@","due_on":"2026-12-01"}`},
		{person, "complaint_desk", "PUT", "/complaints/C-HERE/responsible-person", `{"employee_no":"@"}`},
		{person, "complaint_desk", "POST", "/complaints/imports", form("reference,class,unit,received_at,responsible\nC-NEW,general,A,2026-10-20 09:00,@\n", "profile", "anwen", "dry_run", "true")},
		{person, "hr", "POST", "/courses/handling/assignments", `{"employee_no":"@","dry_run":true}`},
		{person, "compliance", "POST", fmt.Sprint("/quizzes/", w.quiz, "/accommodations"), `{"employee_no":"@","everywhere":false,"extra_percent":50,"extra_attempts":0,"reason":"x"}`},
		{"keeper", "author", "PATCH", "/banks/general", `{"edition":1,"owner":"@"}`},
		{person, "hr", "GET", "/performance/cards/@?period=2026-Q4", ""},
		{unit, "hr", "POST", "/courses/handling/assignments", `{"unit_code":"@","dry_run":true}`},
		{unit, "compliance", "POST", "/briefings", `{"month":"2026-11","unit_code":"@","texts":{"en":{"title":"x","changes":"a","impact":"b","plan":"c"}}}`},
		{unit, "compliance", "POST", "/policies/POL-1/versions/1/requests", `{"unit_code":"@"}`},
		{unit, "compliance", "GET", "/policies/POL-1/versions/1/acknowledgements?unit=@", ""},
		{unit, "administrator", "POST", "/people/" + own + "/roles", `{"role":"hr","unit_code":"@"}`},
		{unit, "hr", "GET", "/performance/scores?period=2026-Q4&unit=@", ""},
		{unit, "hr", "GET", "/records/certifications?unit=@", ""},
		{unit, "hr", "GET", "/records/exposure?policy=POL-1&version=1&unit=@", ""},
		{"id", "administrator", "POST", "/people/@/password", ""},
		{"id", "administrator", "GET", "/people/@/roles", ""},
		{"id", "administrator", "POST", "/people/@/roles", `{"role":"hr","unit_code":"A"}`},
		{"complaint", "complaint_desk", "PUT", "/complaints/@/responsible-person", `{"employee_no":"HERE-author"}`},
		{"briefing", "compliance", "POST", "/briefings/@/actions", `{"text":"x","owner_no":"HERE-author","due_on":"2026-12-01"}`},
		{"briefing", "compliance", "POST", "/briefings/@/meeting", meeting("HERE-author", "HERE-author", "", "")},
		{"attempt", "hr", "GET", "/attempts/@/log", ""},
	} {
		ask := func(key string) (int, string) {
			status, raw := w.call(c.role, c.method, server.Prefix+strings.ReplaceAll(c.path, "@", key), strings.ReplaceAll(c.body, "@", key))
			return status, strings.ReplaceAll(requestID.ReplaceAllString(raw, ""), key, "@")
		}
		status, raw := ask(absent[c.names])
		there, told := ask(theirs[c.names])
		if status != there || raw != told || status < http.StatusBadRequest || strings.Contains(raw, `"code":"api.`) {
			t.Errorf("%s %s %s %.200s:\nthere is none: %d %s\nout of reach:  %d %s", c.role, c.method, c.path, c.body, status, raw, there, told)
		}
	}
}
