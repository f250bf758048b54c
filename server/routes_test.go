package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"anwen/server"
)

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
