package server_test

import (
	"net/http"
	"strings"
	"testing"

	"anwen/server"
)

// A person who lives in another zone than the unit: it is the 2nd in the unit and the
// 1st where the person is. Every figure goes by the unit.
func TestEveryLocalDateIsThatOfTheUnit(t *testing.T) {
	w := build(t)
	w.must(w.db.Exec(`UPDATE people SET zone = 'America/Los_Angeles' WHERE id = ?`, w.learner.PersonID).Error)
	w.must(w.db.Exec(`INSERT INTO assignments (course_id, person_id, cycle, due_on, reason, assigned_at)
		SELECT course_id, person_id, 2, '2026-11-01', reason, assigned_at FROM assignments WHERE person_id = ?`, w.learner.PersonID).Error)
	w.must(w.db.Exec(`INSERT INTO role_grants (person_id, role, unit_id, granted_at)
		SELECT p.id, 'hr', u.id, '2026-01-01' FROM people p, units u WHERE p.login = 'hr' AND u.code = 'B'`).Error)
	for _, c := range []struct{ role, path, want string }{
		{"there", "/me/assignments", `"days_left":-1,"state":"overdue"`},
		{"there", "/me/performance?period=2026-Q4", `"overdue":2`},
		{"hr", "/performance/scores?period=2026-Q4&format=json", `"overdue":2`},
		{"hr", "/performance/scores?period=2026-Q4&format=json", `"due_on":"2026-11-01","completed_on":null,"serial":null,"valid_until":null,"state":"none","overdue":true`},
		{"hr", "/records/certifications", `"assigned_on":"2026-11-02"`},
	} {
		status, raw := w.call(c.role, "GET", server.Prefix+c.path, "")
		if status != http.StatusOK || !strings.Contains(raw, c.want) {
			t.Errorf("%s: %d, no %s in %s", c.path, status, c.want, raw)
		}
	}
}
