package performance

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
		`ANALYZE people, units`,
	} {
		if err := db.Exec(sql, []any{unit}[:strings.Count(sql, "?")]...).Error; err != nil {
			t.Fatal(err)
		}
	}
	q := scoreQuery{actor: people.Actor{Grants: []people.Grant{{Role: people.HR, UnitPath: "/"}}}, quarter: Quarter{2026, 3}, now: time.Now(),
		Filter: Filter{Sort: ByEmployeeNo, Everyone: true, Limit: 50}, from: &place{"P12500", "P12500"}}
	var lines []string
	if err := db.Raw(`EXPLAIN (COSTS off) `+q.sql(), q.args()).Scan(&lines).Error; err != nil {
		t.Fatal(err)
	}
	if plan := strings.Join(lines, "\n"); !strings.Contains(plan, "Index Scan using people_employee_no_key") || !strings.Contains(plan, "Index Cond: ((employee_no >= 'P12500'") {
		t.Errorf("the plan:\n%s", plan)
	}
}
