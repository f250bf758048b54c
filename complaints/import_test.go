package complaints_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anwen/complaints"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/testdb"
	"anwen/people"
)

// desk is a unit with a complaint desk and two members of staff.
type desk struct {
	*complaints.Service
	db      *database.Pool
	now     time.Time
	unit    string // code
	path    string
	staff   [2]string // employee numbers
	actor   people.Actor
	outside string // code of a unit that the desk does not reach
}

func open(t *testing.T, db *database.Pool) *desk {
	t.Helper()
	d := &desk{db: db, now: time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC)}
	d.Service = complaints.New(db, func() time.Time { return d.now })
	if err := d.Seed(context.Background()); err != nil {
		t.Fatal(err)
	}
	unit, path := testdb.Unit(t, db, 0)
	other, _ := testdb.Unit(t, db, 0)
	d.path = path
	code := func(id int64) (c string) {
		if err := db.Raw(`SELECT code FROM units WHERE id = ?`, id).Scan(&c).Error; err != nil {
			t.Fatal(err)
		}
		return c
	}
	d.unit, d.outside = code(unit), code(other)
	for i := range d.staff {
		id := testdb.Person(t, db, unit)
		if err := db.Raw(`SELECT employee_no FROM people WHERE id = ?`, id).Scan(&d.staff[i]).Error; err != nil {
			t.Fatal(err)
		}
	}
	d.actor = people.Actor{PersonID: testdb.Person(t, db, unit), UnitID: unit, UnitPath: path, Zone: "Asia/Shanghai", Grants: []people.Grant{{Role: people.ComplaintDesk, UnitPath: path}}}
	return d
}

const headings = "reference,class,unit,received_at,first_reply_at,first_feedback_at,closed_at,responsible,satisfaction,cause\n"

func (d *desk) file(rows ...string) []byte {
	return []byte(headings + strings.NewReplacer("UNIT", d.unit, "ONE", d.staff[0], "TWO", d.staff[1], "OUTSIDE", d.outside).Replace(strings.Join(rows, "\n")))
}

func (d *desk) load(t *testing.T, rows ...string) complaints.ImportReport {
	t.Helper()
	r, err := d.Import(context.Background(), d.actor, complaints.ImportInput{FileName: "facts.csv", Raw: d.file(rows...), Profile: "anwen"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (d *desk) count(t *testing.T, sql string, args ...any) (n int) {
	t.Helper()
	if err := d.db.Raw(sql, args...).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAFileIsImportedOnceAndTellsMoreLater(t *testing.T) {
	d := open(t, testdb.Tx(t))
	first := d.load(t, "C-1,general,UNIT,2026-10-20 09:00,,,,ONE,,", "C-2,complex,UNIT,2026-10-20 09:00,,,,ONE,5,条款")
	if first.Created != 2 || first.Preview[1].DueOn.Format(time.DateOnly) != "2026-10-29" {
		t.Fatalf("got %+v", first)
	}
	if again := d.load(t, "C-1,general,UNIT,2026-10-20 09:00,,,,ONE,,", "C-2,complex,UNIT,2026-10-20 09:00,,,,ONE,5,条款"); again.Unchanged != 2 {
		t.Errorf("the same file: %+v", again)
	}
	later := d.load(t, "C-1,general,UNIT,2026-10-20 09:00,2026-10-21 10:00,,,TWO,4,", "C-2,complex,UNIT,2026-10-20 09:00,,,,,,")
	if later.Updated != 1 || later.Unchanged != 1 {
		t.Errorf("a later file: %+v", later)
	}
	list, _, err := d.List(context.Background(), d.actor, complaints.ListQuery{})
	if err != nil || len(list) != 2 {
		t.Fatalf("%d complaints, %v", len(list), err)
	}
	for _, c := range list {
		switch c.Reference {
		case "C-1":
			if c.State != complaints.Met || c.ResponsibleNo != d.staff[1] || *c.Satisfaction != 4 {
				t.Errorf("C-1: %+v", c)
			}
		case "C-2":
			if c.State != complaints.Late || c.ResponsibleNo != d.staff[0] || c.Cause != "条款" {
				t.Errorf("C-2: what the later file left empty must stay: %+v", c)
			}
		}
	}
	if n := d.count(t, `SELECT count(*) FROM responsible_persons`); n != 3 {
		t.Errorf("%d rows of responsible persons, want the history of three", n)
	}
}

func TestOneFaultKeepsTheWholeFileOut(t *testing.T) {
	d := open(t, testdb.Tx(t))
	_, err := d.Import(context.Background(), d.actor, complaints.ImportInput{FileName: "facts.csv", Profile: "anwen", Raw: d.file(
		"C-1,general,UNIT,2026-10-20 09:00,,,,ONE,,", "C-2,general,NOWHERE,2026-10-20 09:00,,,,,,", "C-3,general,OUTSIDE,2026-10-20 09:00,,,,,,",
		"C-4,general,UNIT,2026-10-20 09:00,2026-10-19 09:00,,,,,", "C-5,general,UNIT,2027-10-20 09:00,,,,,,", "C-6,general,UNIT,2026-10-20 09:00,,,,X1,,")})
	e, ok := err.(*errs.Error)
	if !ok {
		t.Fatalf("got %v", err)
	}
	var got []string
	for _, f := range e.Faults {
		got = append(got, fmt.Sprint(f.Line, " ", f.Code))
	}
	want := "3 complaints.unknown_unit, 4 complaints.outside_reach, 5 complaints.done_before_receipt, 6 complaints.received_in_future, 7 complaints.unknown_person"
	if strings.Join(got, ", ") != want {
		t.Errorf("got %s", strings.Join(got, ", "))
	}
	if n := d.count(t, `SELECT (SELECT count(*) FROM complaints) + (SELECT count(*) FROM complaint_imports)`); n != 0 {
		t.Errorf("%d rows were written", n)
	}
}

// Faults of cells come together with those that only what is stored can tell.
func TestEveryFaultOfAFileOfFactsIsNamedAtOnce(t *testing.T) {
	d := open(t, testdb.Tx(t))
	rows := []string{
		"C-1,general,NOWHERE,2026-10-20 09:00,,,,,,", "C-2,urgent,UNIT,2026-10-20 09:00,,,,X1,,", "C-3,general,UNIT,yesterday,,,,X1,7,", "C 4,general,UNIT,2027-10-20 09:00,,,,,,",
		"C-5,general,OUTSIDE,2026-10-20 09:00,,,,X1,,", "C-6,general,UNIT,2026-10-20 09:00,2026-10-19 09:00,2026-10-19 09:00,,,,", "C-7,general,UNIT", "C-6,general,NOWHERE,2026-10-20 09:00,,,,,,", "C-8,general,,2026-10-20 09:00,,,,X 1,,"}
	for _, dry := range []bool{true, false} {
		_, err := d.Import(context.Background(), d.actor, complaints.ImportInput{FileName: "facts.csv", Profile: "anwen", Raw: d.file(rows...), DryRun: dry})
		e, ok := err.(*errs.Error)
		if !ok {
			t.Fatalf("got %v", err)
		}
		var got []string
		for _, f := range e.Faults {
			got = append(got, fmt.Sprint(f.Line, ":", f.Column, " ", strings.TrimPrefix(f.Code, "complaints.")))
		}
		want := "2:unit unknown_unit, 3:class unknown_class, 3:responsible unknown_person, 4:received_at no_instant, 4:satisfaction bad_score, 4:responsible unknown_person, " +
			"5:reference sheet.inner_space, 5:received_at received_in_future, 6:unit outside_reach, 6:responsible unknown_person, 7:first_reply_at done_before_receipt, " +
			"7:first_feedback_at done_before_receipt, 8: sheet.ragged_row, 9:reference reference_twice, 9:unit unknown_unit, 10:unit value_missing, 10:responsible sheet.inner_space"
		if strings.Join(got, ", ") != want || e.Args["count"] != 17 {
			t.Errorf("%v\ngot  %s\nwant %s", e.Args, strings.Join(got, ", "), want)
		}
	}
}

// A complaint that stands in another unit is that unit's, whatever unit the file names.
func TestAFileTakesNoComplaintOfAnotherUnit(t *testing.T) {
	d, ctx := open(t, testdb.Tx(t)), context.Background()
	whole := d.actor
	whole.Grants = []people.Grant{{Role: people.ComplaintDesk, UnitPath: "/"}}
	if _, err := d.Import(ctx, whole, complaints.ImportInput{FileName: "facts.csv", Profile: "anwen", Raw: d.file("C-1,general,OUTSIDE,2026-10-20 09:00,,,,,,")}); err != nil {
		t.Fatal(err)
	}
	for _, dry := range []bool{true, false} {
		_, err := d.Import(ctx, d.actor, complaints.ImportInput{FileName: "facts.csv", Profile: "anwen", DryRun: dry,
			Raw: d.file("C-1,general,UNIT,2026-10-21 09:00,,,,ONE,5,")})
		e, ok := err.(*errs.Error)
		if !ok || len(e.Faults) != 1 || e.Faults[0].Code != "complaints.outside_reach" || e.Faults[0].Line != 2 || len(e.Faults[0].Args) != 0 {
			t.Errorf("dry run %v: %v", dry, err)
		}
	}
	if n := d.count(t, `SELECT count(*) FROM complaints c JOIN units u ON u.id = c.unit_id WHERE u.code = ? AND c.received_at = '2026-10-20 01:00Z'`, d.outside); n != 1 {
		t.Error("the complaint was taken or changed")
	}
	if n := d.count(t, `SELECT (SELECT count(*) FROM satisfaction_answers) + (SELECT count(*) FROM responsible_persons)`); n != 0 {
		t.Errorf("%d rows hang on it", n)
	}
}

// A correction is checked as it will stand: with what the file leaves out.
func TestACorrectionAgreesWithWhatIsStored(t *testing.T) {
	for done, row := range map[string]string{"reply": "2026-10-21 09:00,,", "feedback": ",2026-10-21 09:00,", "closing": ",,2026-10-21 09:00"} {
		t.Run(done, func(t *testing.T) {
			d := open(t, testdb.Tx(t))
			d.load(t, "C-1,complex,UNIT,2026-10-20 09:00,"+row+",,,")
			for _, dry := range []bool{true, false} {
				_, err := d.Import(context.Background(), d.actor, complaints.ImportInput{FileName: "facts.csv", Profile: "anwen", DryRun: dry,
					Raw: d.file("C-1,complex,UNIT,2026-10-22 09:00,,,,,,")})
				if e, ok := err.(*errs.Error); !ok || e.Kind != errs.Invalid || e.Faults[0].Code != "complaints.done_before_receipt" {
					t.Errorf("dry run %v: %v", dry, err)
				}
			}
			if r := d.load(t, "C-1,complex,UNIT,2026-10-22 09:00,2026-10-22 10:00,2026-10-22 10:00,2026-10-22 10:00,,,"); r.Updated != 1 {
				t.Errorf("corrected together: %+v", r)
			}
		})
	}
}

func TestTwoFilesOfTheSameComplaintsWaitForEachOther(t *testing.T) {
	d := open(t, testdb.New(t))
	var rows []string
	for i := range 200 {
		rows = append(rows, fmt.Sprintf("C-%d,general,UNIT,2026-10-20 09:00,,,,,,", i))
	}
	backwards := slices.Clone(rows)
	slices.Reverse(backwards)
	files := [][]byte{d.file(rows...), d.file(backwards...)}
	var wait sync.WaitGroup
	for i := range 12 {
		wait.Go(func() {
			raw := bytes.ReplaceAll(files[i%2], []byte("09:00"), fmt.Appendf(nil, "09:%02d", i))
			if _, err := d.Import(context.Background(), d.actor, complaints.ImportInput{FileName: "facts.csv", Profile: "anwen", Raw: raw}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n := d.count(t, `SELECT count(*) FROM complaints`); n != 200 {
		t.Errorf("%d complaints", n)
	}
}

func TestADryRunCountsAndWritesNothing(t *testing.T) {
	d := open(t, testdb.Tx(t))
	r, err := d.Import(context.Background(), d.actor, complaints.ImportInput{FileName: "facts.csv", Profile: "anwen", DryRun: true,
		Raw: d.file("C-1,general,UNIT,2026-10-20 09:00,,,,ONE,,")})
	if err != nil || r.Created != 1 || !r.DryRun {
		t.Fatalf("%+v %v", r, err)
	}
	if n := d.count(t, `SELECT (SELECT count(*) FROM complaints) + (SELECT count(*) FROM complaint_imports) + (SELECT count(*) FROM audit_events WHERE action = 'complaints.import')`); n != 0 {
		t.Errorf("%d rows were written", n)
	}
}

func TestTheDeskOfAnotherUnitSeesAndChangesNothing(t *testing.T) {
	d, ctx := open(t, testdb.Tx(t)), context.Background()
	d.load(t, "C-1,general,UNIT,2026-10-20 09:00,,,,ONE,,")
	stranger := d.actor
	stranger.Grants = []people.Grant{{Role: people.ComplaintDesk, UnitPath: "/999/"}}
	if list, _, err := d.List(ctx, stranger, complaints.ListQuery{}); err != nil || len(list) != 0 {
		t.Errorf("%d complaints, %v", len(list), err)
	}
	if err := d.NameResponsible(ctx, stranger, "C-1", d.staff[1]); errs.KindOf(err) != errs.NotFound {
		t.Errorf("named by a stranger: %v", err)
	}
	if _, err := d.Import(ctx, people.Actor{}, complaints.ImportInput{}); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("imported by an employee: %v", err)
	}
}

func TestThereIsOneResponsiblePersonHoweverManyNameOne(t *testing.T) {
	d := open(t, testdb.New(t))
	d.load(t, "C-1,general,UNIT,2026-10-20 09:00,,,,,,")
	var wait sync.WaitGroup
	release := make(chan struct{})
	for i := range 20 {
		wait.Go(func() {
			<-release
			if err := d.NameResponsible(context.Background(), d.actor, "C-1", d.staff[i%2]); err != nil {
				t.Error(err)
			}
		})
	}
	close(release)
	wait.Wait()
	if n := d.count(t, `SELECT count(*) FROM responsible_now`); n != 1 {
		t.Errorf("%d are responsible", n)
	}
	if n := d.count(t, `SELECT count(*) FROM responsible_now n WHERE person_id = (SELECT person_id FROM responsible_persons p WHERE p.complaint_id = n.complaint_id ORDER BY id DESC LIMIT 1)`); n != 1 {
		t.Error("it is not the one that was named last")
	}
	// The key itself is the last word.
	err := d.db.Exec(`INSERT INTO responsible_now SELECT * FROM responsible_now`).Error
	if err == nil || !strings.Contains(err.Error(), "responsible_now_key") {
		t.Errorf("a second one went in: %v", err)
	}
}

func TestStatesFiltersAndPages(t *testing.T) {
	d, ctx := open(t, testdb.Tx(t)), context.Background()
	if _, _, err := d.List(ctx, d.actor, complaints.ListQuery{UnitCode: d.outside}); errs.CodeOf(err) != "people.unit_not_found" {
		t.Errorf("a unit out of reach: %v", err)
	}
	d.load(t, "M-1,general,UNIT,2026-10-20 09:00,2026-10-22 09:00,,,ONE,5,A", "L-1,general,UNIT,2026-10-20 09:00,2026-10-22 09:01,,,,2,A",
		"L-2,complex,UNIT,2026-10-20 09:00,,,,,,B", "O-1,complex,UNIT,2026-10-30 09:00,,,,,,")
	for q, want := range map[complaints.ListQuery]string{
		{State: complaints.Met}: "M-1", {State: complaints.Late}: "L-2 L-1", {State: complaints.Open}: "O-1", {Class: complaints.General}: "L-1 M-1",
		{Unnamed: true}: "O-1 L-2 L-1", {Search: "L-"}: "L-2 L-1", {UnitCode: d.unit}: "O-1 L-2 L-1 M-1", {Search: "%"}: "",
	} {
		list, _, err := d.List(ctx, d.actor, q)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range list {
			got = append(got, c.Reference)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%+v: got %s, want %s", q, strings.Join(got, " "), want)
		}
	}
	var seen []string
	for cursor := ""; ; {
		list, next, err := d.List(ctx, d.actor, complaints.ListQuery{Limit: 1, After: cursor})
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, list[0].Reference)
		if cursor = next; next == "" {
			break
		}
	}
	if strings.Join(seen, " ") != "O-1 L-2 L-1 M-1" {
		t.Errorf("paged %v", seen)
	}
	if _, _, err := d.List(ctx, d.actor, complaints.ListQuery{After: "x"}); errs.KindOf(err) != errs.Invalid {
		t.Errorf("a bad cursor: %v", err)
	}
	sum, err := d.Summarise(ctx, d.actor, time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if sum.Received != 4 || sum.Met != 1 || sum.Late != 2 || sum.Open != 1 || sum.Unnamed != 3 || sum.Satisfied != 1 || sum.Answered != 2 ||
		sum.Causes[0] != (complaints.CauseCount{Cause: "A", Count: 2}) || sum.CompleteUntil.Year() != 2026 {
		t.Errorf("got %+v", sum)
	}
}

func TestForeignDataWithoutReplyDatesIsNeverCalledLate(t *testing.T) {
	d, ctx := open(t, testdb.Tx(t)), context.Background()
	raw, err := os.ReadFile("../../shared/fixtures/complaints/cfpb_bkreis84.csv")
	if err != nil {
		t.Skip("the fixtures of complaints are not here")
	}
	r, err := d.Import(ctx, d.actor, complaints.ImportInput{FileName: "cfpb.csv", Raw: raw, Profile: "cfpb"})
	if err != nil {
		t.Fatal(err)
	}
	if r.RowsRead != 349 || r.Created != 349 {
		t.Errorf("got %+v", r)
	}
	if late, _, err := d.List(ctx, d.actor, complaints.ListQuery{State: complaints.Late}); err != nil || len(late) != 0 {
		t.Errorf("%d late, %v", len(late), err)
	}
}
