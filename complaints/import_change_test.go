package complaints_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"anwen/complaints"
	"anwen/internal/errs"
	"anwen/internal/testdb"
)

func listed(r complaints.ImportReport) string {
	var list []string
	for _, c := range r.Changes {
		var fields []string
		for _, f := range c.Fields {
			fields = append(fields, fmt.Sprintf("%s %s→%s", f.Field, f.Before, f.After))
		}
		list = append(list, fmt.Sprintf("%d %s: %s", c.Line, c.Reference, strings.Join(fields, ", ")))
	}
	return strings.Join(list, "\n")
}

func TestADryRunListsWhatWouldChangeOfComplaintsAndTheAuditLogHoldsIt(t *testing.T) {
	d, ctx := open(t, testdb.Tx(t)), context.Background()
	d.load(t, "C-1,general,UNIT,2026-10-20,,,,ONE,3,条款", "C-2,complex,UNIT,2026-10-20 09:00,,,,,,", "C-3,general,UNIT,2026-10-20 09:00,,,,,,")
	rows := []string{"C-2,general,UNIT,2026-10-20 09:30,2026-10-21 10:00,,,TWO,5,", "C-3,general,UNIT,2026-10-20 09:00,,,,,,", "C-1,general,UNIT,2026-10-20,,,,ONE,,", "C-4,general,UNIT,2026-10-20,,,,,,"}
	want := "2 C-2: class complex→general, received_at 2026-10-20 09:00:00→2026-10-20 09:30:00, first_reply_at →2026-10-21 10:00:00, responsible →" + d.staff[1] + ", satisfaction →5"
	for _, dry := range []bool{true, false} {
		r, err := d.Import(ctx, d.actor, complaints.ImportInput{FileName: "f.csv", Raw: d.file(rows...), Profile: "anwen", DryRun: dry})
		if err != nil || listed(r) != want || r.Updated != 1 || r.Created != 1 || r.Unchanged != 2 {
			t.Fatalf("dry %v: %+v %v\n%s", dry, r, err, listed(r))
		}
		const events = `SELECT count(*) FROM audit_events WHERE action = 'complaints.change' AND subject = 'complaint:C-2'
			AND data->'before'->>'class' = 'complex' AND data->'after'->>'class' = 'general' AND data->'after'->>'satisfaction' = '5'`
		if n := d.count(t, events); n != map[bool]int{true: 0, false: 1}[dry] {
			t.Errorf("dry %v: %d events", dry, n)
		}
	}
	if r := d.load(t, rows...); len(r.Changes) != 0 || r.Unchanged != 4 {
		t.Errorf("the same again: %+v", r)
	}
}

func TestFaultsThatTheDatabaseFindsNameTheirCell(t *testing.T) {
	d := open(t, testdb.Tx(t))
	for row, want := range map[string]string{
		"C-1,general,NOWHERE,2026-10-20,,,,,,":        "facts.csv:2:unit complaints.unknown_unit",
		"C-1,general,OUTSIDE,2026-10-20,,,,,,":        "facts.csv:2:unit complaints.outside_reach",
		"C-1,general,UNIT,2026-10-20,,,,NOBODY,,":     "facts.csv:2:responsible complaints.unknown_person",
		"C-1,general,UNIT,2027-10-20,,,,,,":           "facts.csv:2:received_at complaints.received_in_future",
		"C-1,general,UNIT,2026-10-20,,2026-10-19,,,,": "facts.csv:2:first_feedback_at complaints.done_before_receipt",
		"C-1,general,UNIT,2026-10-20,,,2026-10-19,,,": "facts.csv:2:closed_at complaints.done_before_receipt",
		"C\u200b1,general,UNIT,2026-10-20,,,,,,":      "facts.csv:2:reference sheet.unseen_character",
		"C-1,general,UNIT\u2060,2026-10-20,,,,,,":     "facts.csv:2:unit sheet.unseen_character",
		"C-1,general,UNIT,2026-10-20,,,,ONE\u00ad,,":  "facts.csv:2:responsible sheet.unseen_character",
		"C-1,general,UNIT,2026-10-20,,,,,4.5,":        "facts.csv:2:satisfaction complaints.bad_score",
	} {
		_, err := d.Import(context.Background(), d.actor, complaints.ImportInput{FileName: "facts.csv", Raw: d.file(row), Profile: "anwen", DryRun: true})
		e, ok := err.(*errs.Error)
		if !ok || len(e.Faults) != 1 || e.Faults[0].Place.String()+" "+e.Faults[0].Code != want {
			t.Errorf("%s: %v", row, err)
		}
	}
}

func TestReferencesAndNumbersOfFullWidthAreTheUsualOnes(t *testing.T) {
	d := open(t, testdb.Tx(t))
	d.load(t, "C-1,general,UNIT,2026-10-20,,,,ONE,5,")
	r := d.load(t, "Ｃ－１,ｇｅｎｅｒａｌ,UNIT,２０２６－１０－２０,,,,ONE,５.0,")
	if r.Unchanged != 1 {
		t.Errorf("got %+v\n%s", r, listed(r))
	}
}

func TestTheUnitsAndPersonsOfChangesAreNamedAndTimesAreOfTheUnit(t *testing.T) {
	d, ctx := open(t, testdb.Tx(t)), context.Background()
	d.load(t, "C-1,general,UNIT,2026-10-20 09:00,,,,ONE,,")
	r, err := d.Import(ctx, d.actor, complaints.ImportInput{FileName: "f.csv", Profile: "anwen", DryRun: true,
		Raw: d.file("C-1,general,UNIT,2026-10-20T03:30:00Z,,,,TWO,,")})
	if err != nil {
		t.Fatal(err)
	}
	if want := "2 C-1: received_at 2026-10-20 09:00:00→2026-10-20 11:30:00, responsible " + d.staff[0] + "→" + d.staff[1]; listed(r) != want {
		t.Errorf("got %s", listed(r))
	}
	if at := r.Preview[0].ReceivedAt.Format(time.RFC3339); at != "2026-10-20T11:30:00+08:00" {
		t.Errorf("the preview says %s", at)
	}
	var names []string
	if err := d.db.Raw(`SELECT name FROM people WHERE employee_no IN ? ORDER BY id`, d.staff[:]).Scan(&names).Error; err != nil {
		t.Fatal(err)
	}
	if len(names) != 2 || r.PersonNames[d.staff[0]] != names[0] || r.PersonNames[d.staff[1]] != names[1] || len(r.UnitNames[d.unit]) == 0 {
		t.Errorf("named %v and %v, want %v", r.UnitNames, r.PersonNames, names)
	}
}
