package records

import (
	"strings"
	"testing"
	"time"

	"anwen/internal/testdb"
	"anwen/people"
)

// The page in the middle of a long list is found by the index, as the first one is.
func TestACursorIsFoundByTheIndex(t *testing.T) {
	db := testdb.Tx(t)
	unit, _ := testdb.Unit(t, db, 0)
	for _, sql := range []string{
		`INSERT INTO people (employee_no, login, name, unit_id, position) SELECT 'P' || 10000 + i, 'p' || i, 'n', ?, 'clerk' FROM generate_series(1, 5000) i`,
		`WITH c AS (INSERT INTO courses (slug, created_at) VALUES ('a', now()) RETURNING id)
		 INSERT INTO assignments (person_id, course_id, cycle, reason, assigned_at) SELECT p.id, c.id, 1, 'self', now() FROM people p, c WHERE p.unit_id = ?`,
	} {
		if err := db.Exec(sql, unit).Error; err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Exec(`ANALYZE people, assignments, units`).Error; err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	q, err := check(CertificationQuery{}, now, people.Actor{Grants: []people.Grant{{Role: people.HR, UnitPath: "/"}}})
	if err != nil {
		t.Fatal(err)
	}
	q.after = &place{"P12500", 1}
	var lines []string
	if err := db.Raw(`EXPLAIN (COSTS off) `+q.sql()+` LIMIT @limit`, q.args()).Scan(&lines).Error; err != nil {
		t.Fatal(err)
	}
	if plan := strings.Join(lines, "\n"); !strings.Contains(plan, "people_employee_no_key") || !strings.Contains(plan, "Index Cond: (employee_no >= 'P12500'") && !strings.Contains(plan, "Index Cond: ((employee_no >= 'P12500'") {
		t.Errorf("the plan:\n%s", plan)
	}
}
