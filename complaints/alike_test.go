package complaints_test

import (
	"context"
	"testing"

	"anwen/complaints"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/testdb"
)

func TestReferencesThatDifferOnlyInCapitalsAreTheSame(t *testing.T) {
	d := open(t, testdb.Tx(t))
	d.load(t, "TS-1,general,UNIT,2026-10-20,,,,,,")
	for name, c := range map[string]struct {
		rows []string
		want string
	}{
		"beside a stored one": {[]string{"ts-1,general,UNIT,2026-10-21,,,,,,"}, "complaints.reference_alike TS-1"},
		"in one file":         {[]string{"A-1,general,UNIT,2026-10-21,,,,,,", "a-1,complex,UNIT,2026-10-21,,,,,,"}, "complaints.reference_twice a-1"},
	} {
		_, err := d.Import(context.Background(), d.actor, complaints.ImportInput{FileName: "facts.csv", Raw: d.file(c.rows...), Profile: "anwen", DryRun: true})
		e, ok := err.(*errs.Error)
		if !ok || len(e.Faults) != 1 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if named, _ := e.Faults[0].Args["reference"].(string); e.Faults[0].Code+" "+named != c.want {
			t.Errorf("%s: %s %s", name, e.Faults[0].Code, named)
		}
	}
	if r := d.load(t, "TS-1,general,UNIT,2026-10-20,,,,,,"); r.Unchanged != 1 {
		t.Errorf("the reference itself: %+v", r)
	}
}

// The index of migration 0035 holds it; without it this test is red.
func TestTwoReferencesAlikeAreNotStored(t *testing.T) {
	d := open(t, testdb.New(t))
	d.load(t, "TS-1,general,UNIT,2026-10-20,,,,,,")
	columns := "class, unit_id, received_at, rule_set_id, due_on, due_at, import_id"
	err := d.db.Exec(`INSERT INTO complaints (reference, ` + columns + `) SELECT 'ts-1', ` + columns + ` FROM complaints`).Error
	if !database.Violated(err, "complaints_reference_alike") {
		t.Errorf("got %v", err)
	}
}
