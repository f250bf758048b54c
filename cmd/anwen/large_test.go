package main

import (
	"context"
	"io"
	"testing"

	"anwen/internal/audit"
)

// A large institution is made beside the verbs, and nothing about it may show that: all
// that is promised of records holds.
func TestALargeInstitutionIsSound(t *testing.T) {
	db, ctx := evidenced.New(t), context.Background()
	h, b, _ := largeHouse(t, db)
	l := &largeBank{bank: b, people: len(b.members) + 300, years: 5}
	if err := l.fill(ctx, steps{io.Discard}); err != nil {
		t.Fatal(err)
	}
	report, err := h.records.VerifyEvidence(ctx)
	if err != nil || !report.Sound() {
		t.Errorf("%+v, %v", report, err)
	}
	log, err := audit.Verify(ctx, db, nil)
	if err != nil || len(log.Faults) > 0 || log.Unsealed > 0 {
		t.Errorf("%+v, %v", log, err)
	}
	for what, query := range map[string]string{
		"everybody":                         `SELECT count(*) = 300 FROM people WHERE employee_no LIKE 'L%'`,
		"six complaints each":               `SELECT count(*) BETWEEN 1700 AND 1800 FROM complaints WHERE reference LIKE 'L-TS-%'`,
		"some twenty assignments each":      `SELECT count(*) BETWEEN 5000 AND 8000 FROM assignments`,
		"every state of a certificate":      `SELECT bool_or(valid_until < current_date) AND bool_or(valid_until > current_date) AND bool_or(valid_until IS NULL) AND EXISTS (SELECT FROM certificate_revocations) FROM certificates`,
		"late completions":                  `SELECT EXISTS (SELECT FROM completions d JOIN assignments a ON a.id = d.assignment_id WHERE day_in(d.completed_at, 'Asia/Shanghai') > a.due_on)`,
		"complaints of another class":       `SELECT count(*) > 10 FROM audit_events WHERE action = 'complaints.change'`,
		"people who left, and moved":        `SELECT bool_or(p.status = 'left') AND bool_or(h.unit_id <> p.unit_id) FROM people p JOIN staff_history h ON h.person_id = p.id`,
		"failures before a pass":            `SELECT EXISTS (SELECT FROM attempts a JOIN submissions s ON s.attempt_id = a.id AND s.passed WHERE a.number = 2)`,
		"nothing that the plan left":        `SELECT to_regnamespace('large') IS NULL`,
		"few large branches, many small":    `SELECT max(n) > 2 * min(n) FROM (SELECT count(*) AS n FROM people WHERE employee_no LIKE 'L%' GROUP BY unit_id) b`,
		"a branch where nothing is":         `SELECT count(*) = 1 FROM units u WHERE code LIKE '%-NEW' AND NOT EXISTS (SELECT FROM people p WHERE p.unit_id = u.id)`,
		"no completion before it was asked": `SELECT NOT EXISTS (SELECT FROM completions d JOIN assignments a ON a.id = d.assignment_id WHERE d.completed_at < a.assigned_at)`,
	} {
		var holds bool
		if err := db.Raw(query).Scan(&holds).Error; err != nil || !holds {
			t.Errorf("it has not %s: %v", what, err)
		}
	}
}

func TestAnInstitutionIsNoLargerThanItCanBe(t *testing.T) {
	for _, args := range [][]string{{"--people", "20"}, {"--people", "900000"}, {"--people", "500", "--years", "0"}} {
		if s := say(t, nil, append([]string{"demo"}, args...)...); s.code != exitUsage {
			t.Errorf("%v: %+v", args, s)
		}
	}
}
