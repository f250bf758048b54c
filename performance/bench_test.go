package performance_test

import (
	"context"
	"testing"

	"anwen/internal/cursor"
	"anwen/internal/testdb"
	"anwen/performance"
)

// BenchmarkScores measures one page out of 100,000 people, 2,000 of whom handled
// half a million complaints in five years.
func BenchmarkScores(b *testing.B) {
	db := testdb.New(b)
	root, path := testdb.Unit(b, db, 0)
	d := newDesk(b, db, root)
	d.exec(`INSERT INTO people (employee_no, login, name, unit_id)
		SELECT 'P' || lpad(i::text, 6, '0'), 'p' || i, '员工' || i, ? FROM generate_series(1, 100000) i`, root)
	d.exec(`INSERT INTO complaints (reference, class, unit_id, received_at, first_reply_at, first_feedback_at, rule_set_id, due_on, due_at, import_id)
		SELECT 'B-' || i, CASE i % 3 WHEN 0 THEN 'complex' ELSE 'general' END, ?, t, t + i % 60 * interval '1 hour', t + i % 200 * interval '1 hour',
			?, t::date + 2, t + interval '48 hours', ?
		FROM generate_series(1, 500000) i CROSS JOIN LATERAL (SELECT '2021-10-01T00:00Z'::timestamptz + i * interval '313 seconds' AS t) x`,
		root, d.ruleSet, d.imports)
	d.exec(`INSERT INTO responsible_persons (complaint_id, person_id, named_at)
		SELECT c.id, (SELECT min(id) FROM people) + c.id % 2000 * 50, c.received_at FROM complaints c`)
	d.exec(`INSERT INTO satisfaction_answers (complaint_id, score, answered_on, import_id)
		SELECT id, 1 + id % 5, received_at::date + 5, ? FROM complaints WHERE id % 2 = 0`, d.imports)
	d.exec(`VACUUM ANALYZE`)
	for name, f := range map[string]performance.Filter{
		"50": {}, "200": {Limit: 200}, "everyone": {Everyone: true}, "search": {Search: "工77"}, "middle": {After: cursor.After("scores by employee_no", "P050001", "P050001")}, "by-name": {Sort: performance.ByName},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				page, err := service(db).Scores(context.Background(), hr(root, path), quarter, f)
				if err != nil || len(page.Scores) == 0 {
					b.Fatalf("%d scores, %v", len(page.Scores), err)
				}
			}
		})
	}
}
