package performance_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"anwen/complaints"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/performance"
)

var (
	quarter  = performance.Quarter{Year: 2026, Number: 3}
	now      = time.Date(2026, 9, 15, 2, 0, 0, 0, time.UTC)
	shanghai = time.FixedZone("CST", 8*3600)
)

func service(db *database.Pool) *performance.Service {
	return performance.New(db, func() time.Time { return now })
}

func at(month time.Month, day, hour int) time.Time {
	return time.Date(2026, month, day, hour, 0, 0, 0, shanghai)
}

// desk makes complaints; its zero values are an ordinary general complaint.
type desk struct {
	t       testing.TB
	db      *database.Pool
	ruleSet int64
	imports int64
	unit    int64
	n       int
}

type complaint struct {
	class      string
	due        time.Time
	done       *time.Time
	closed     *time.Time
	score      int
	answeredOn string
}

func newDesk(t testing.TB, db *database.Pool, unit int64) *desk {
	t.Helper()
	d := &desk{t: t, db: db, unit: unit}
	d.scan(&d.ruleSet, `INSERT INTO complaint_rule_sets (code, number, effective_from, body, sha256, published_at)
		VALUES ('test', 1, '2020-01-01', '{}', sha256('x'), now()) RETURNING id`)
	d.scan(&d.imports, `INSERT INTO complaint_imports (file_name, sha256, profile, report, imported_at)
		VALUES ('test.csv', sha256('x'), 'anwen', '{}', now()) RETURNING id`)
	return d
}

func (d *desk) scan(into any, sql string, args ...any) {
	d.t.Helper()
	if err := d.db.Raw(sql, args...).Scan(into).Error; err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) exec(sql string, args ...any) {
	d.t.Helper()
	if err := d.db.Exec(sql, args...).Error; err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) add(person int64, c complaint) {
	d.t.Helper()
	d.n++
	column := "first_reply_at"
	if c.class == "" {
		c.class = "general"
	}
	if c.class == "complex" {
		column = "first_feedback_at"
	}
	var id int64
	d.scan(&id, `INSERT INTO complaints (reference, class, unit_id, received_at, `+column+`, closed_at, rule_set_id, due_on, due_at, import_id)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`, fmt.Sprintf("C-%04d", d.n), c.class, d.unit,
		c.due.AddDate(0, -6, 0), c.done, c.closed, d.ruleSet, c.due, c.due, d.imports)
	d.exec(`INSERT INTO responsible_persons (complaint_id, person_id, named_at) VALUES (?, ?, now())`, id, person)
	if c.score > 0 {
		var on *string
		if c.answeredOn != "" {
			on = &c.answeredOn
		}
		d.exec(`INSERT INTO satisfaction_answers (complaint_id, score, answered_on, import_id) VALUES (?, ?, ?, ?)`, id, c.score, on, d.imports)
	}
}

func ptr[T any](v T) *T { return &v }

func hr(unit int64, path string) people.Actor {
	return people.Actor{PersonID: 999, Locale: i18n.English, Zone: "Asia/Shanghai",
		Grants: []people.Grant{{Role: people.HR, UnitID: unit, UnitPath: path}}}
}

func scores(t *testing.T, db *database.Pool, actor people.Actor, f performance.Filter) performance.Page {
	t.Helper()
	page, err := service(db).Scores(context.Background(), actor, quarter, f)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func TestOpenCasesAreNotCountedAndPastOnesAreLateNow(t *testing.T) {
	db := testdb.Tx(t)
	unit, path := testdb.Unit(t, db, 0)
	person := testdb.Person(t, db, unit)
	d := newDesk(t, db, unit)
	for range 4 {
		d.add(person, complaint{due: at(8, 10, 12), done: ptr(at(8, 10, 12))}) // at the very limit
	}
	d.add(person, complaint{due: at(8, 10, 12), done: ptr(at(8, 10, 12).Add(time.Second))}) // late
	d.add(person, complaint{due: now.Add(-time.Second)})                                    // past and not done: late
	d.add(person, complaint{due: now.Add(time.Second)})                                     // open
	d.add(person, complaint{due: at(9, 20, 12), done: ptr(at(9, 1, 12))})                   // done before a limit to come
	d.add(person, complaint{class: "complex", due: at(8, 1, 0), done: ptr(at(8, 1, 0))})
	page := scores(t, db, hr(unit, path), performance.Filter{})
	if len(page.Scores) != 1 {
		t.Fatalf("%d scores", len(page.Scores))
	}
	reply, feedback := page.Scores[0].Timeliness[0], page.Scores[0].Timeliness[1]
	if reply.Stage != performance.FirstReply || *reply.Numerator != 5 || reply.Denominator != 7 || reply.Open != 1 {
		t.Errorf("first reply: %d of %d, %d open", *reply.Numerator, reply.Denominator, reply.Open)
	}
	if reply.Verdict != performance.Missed {
		t.Errorf("5 of 7 against 95%%: %s", reply.Verdict)
	}
	if feedback.Stage != performance.InitialFeedback || *feedback.Numerator != 1 || feedback.Denominator != 1 || feedback.Withheld != performance.TooFewCases {
		t.Errorf("initial feedback: %+v", feedback)
	}
}

func TestACaseBelongsToTheQuarterOfItsLimitWhereTheUnitIs(t *testing.T) {
	db := testdb.Tx(t)
	unit, path := testdb.Unit(t, db, 0)
	person := testdb.Person(t, db, unit)
	d := newDesk(t, db, unit)
	done := ptr(at(6, 15, 0))
	d.add(person, complaint{due: at(7, 1, 0).Add(-time.Second), done: done})  // the last second of June
	d.add(person, complaint{due: at(7, 1, 0), done: done})                    // the first of July, still June in UTC
	d.add(person, complaint{due: at(10, 1, 0).Add(-time.Second), done: done}) // the last of September
	d.add(person, complaint{due: at(10, 1, 0), done: done})                   // October
	reply := scores(t, db, hr(unit, path), performance.Filter{}).Scores[0].Timeliness[0]
	if reply.Denominator != 2 {
		t.Errorf("%d cases fall into the quarter", reply.Denominator)
	}
}

func TestSatisfactionCountsAnswersOfTheQuarter(t *testing.T) {
	db := testdb.Tx(t)
	unit, path := testdb.Unit(t, db, 0)
	person := testdb.Person(t, db, unit)
	d := newDesk(t, db, unit)
	for i := range 9 {
		d.add(person, complaint{due: at(2, 1, 0), score: 3 + i%3, answeredOn: "2026-07-01"}) // 3, 4, 5: two of three satisfied
	}
	d.add(person, complaint{due: at(2, 1, 0), score: 5, answeredOn: "2026-06-30"})
	d.add(person, complaint{due: at(2, 1, 0), score: 5}) // no date at all: of no quarter
	if s := scores(t, db, hr(unit, path), performance.Filter{}).Scores[0].Satisfaction; s.Denominator != 9 || s.Withheld != performance.TooFewAnswers {
		t.Errorf("nine answers: %+v", s)
	}
	d.add(person, complaint{due: at(2, 1, 0), score: 1, closed: ptr(at(9, 30, 23))}) // no answer date: the day it was closed
	s := scores(t, db, hr(unit, path), performance.Filter{}).Scores[0].Satisfaction
	if s.Denominator != 10 || *s.Numerator != 6 || s.Verdict != performance.MissedWithinChance {
		t.Errorf("ten answers: %d of %d, %s", *s.Numerator, s.Denominator, s.Verdict)
	}
}

func TestTrainingStandsBesideTheScore(t *testing.T) {
	db := testdb.Tx(t)
	unit, path := testdb.Unit(t, db, 0)
	person := testdb.Person(t, db, unit)
	d := newDesk(t, db, unit)
	d.add(person, complaint{due: at(8, 1, 0), done: ptr(at(8, 1, 0))})
	before := scores(t, db, hr(unit, path), performance.Filter{}).Scores[0]
	assign := func(slug, due string, completed *time.Time) {
		var course, revision, assignment, certification, completion int64
		d.scan(&course, `INSERT INTO courses (slug, created_at) VALUES (?, now()) RETURNING id`, slug)
		d.scan(&revision, `INSERT INTO course_revisions (course_id, number, category, titles, summaries, minutes, has_quiz, lessons, sha256, published_at)
			VALUES (?, 1, '', '{}', '{}', 10, false, 1, sha256('x'), now()) RETURNING id`, course)
		d.scan(&assignment, `INSERT INTO assignments (course_id, person_id, cycle, due_on, reason, assigned_at)
			VALUES (?, ?, 1, ?, 'person', now()) RETURNING id`, course, person, due)
		if completed == nil {
			return
		}
		d.scan(&completion, `INSERT INTO completions (assignment_id, person_id, course_id, revision_id, cycle, unit_id, completed_at)
			VALUES (?, ?, ?, ?, 1, ?, ?) RETURNING id`, assignment, person, course, revision, unit, *completed)
		d.scan(&certification, `INSERT INTO certifications (course_id, created_at) VALUES (?, now()) RETURNING id`, course)
		d.exec(`INSERT INTO certificates (serial, certification_id, person_id, cycle, completion_id, content, issued_at, issued_on, valid_until)
			VALUES (?, ?, ?, 1, ?, '{}', ?, ?::date, ?::date)`, slug, certification, person, completion, *completed, due, due)
	}
	assign("on-its-last-day", "2026-08-01", ptr(at(8, 1, 23))) // the certificate ended on 1 August
	assign("a-day-late", "2026-08-01", ptr(at(8, 2, 0)))
	assign("overdue", "2026-09-14", nil)
	assign("due-today", "2026-09-15", nil)
	assign("still-valid", "2026-12-31", ptr(at(9, 1, 0)))
	s := scores(t, db, hr(unit, path), performance.Filter{}).Scores[0]
	if want := (performance.Training{Assigned: 5, Completed: 3, Overdue: 1, Due: 3, OnTime: 1}); s.Training != want {
		t.Errorf("training: %+v, want %+v", s.Training, want)
	}
	if want := (performance.Certificates{Valid: 1, Expired: 2}); s.Certificates != want {
		t.Errorf("certificates: %+v, want %+v", s.Certificates, want)
	}
	s.Training, s.Certificates = before.Training, before.Certificates
	if a, b := fmt.Sprint(asJSON(t, s)), fmt.Sprint(asJSON(t, before)); a != b {
		t.Errorf("training moved the score:\n%s\n%s", b, a)
	}
}

func TestOnlyThePeopleOfTheOwnUnitsAreListed(t *testing.T) {
	db := testdb.Tx(t)
	root, rootPath := testdb.Unit(t, db, 0)
	mine, minePath := testdb.Unit(t, db, root)
	other, _ := testdb.Unit(t, db, root)
	a, b := testdb.Person(t, db, mine), testdb.Person(t, db, other)
	testdb.Person(t, db, mine) // never responsible for a complaint
	d := newDesk(t, db, mine)
	d.add(a, complaint{due: at(8, 1, 0)})
	d.add(b, complaint{due: at(8, 1, 0)})
	var otherCode, strangerNo string
	d.scan(&otherCode, `SELECT code FROM units WHERE id = ?`, other)
	d.scan(&strangerNo, `SELECT employee_no FROM people WHERE id = ?`, b)

	page := scores(t, db, hr(mine, minePath), performance.Filter{})
	if len(page.Scores) != 1 || page.Scores[0].PersonID != a {
		t.Errorf("the unit's HR sees %+v", page.Scores)
	}
	if n := len(scores(t, db, hr(mine, minePath), performance.Filter{Everyone: true}).Scores); n != 2 {
		t.Errorf("everyone of the unit is %d people", n)
	}
	if n := len(scores(t, db, hr(root, rootPath), performance.Filter{}).Scores); n != 2 {
		t.Errorf("the institution's HR sees %d people", n)
	}
	if n := len(scores(t, db, hr(root, rootPath), performance.Filter{UnitCode: otherCode}).Scores); n != 1 {
		t.Errorf("the other unit has %d people", n)
	}
	ctx, svc := context.Background(), service(db)
	if _, err := svc.Scores(ctx, hr(mine, minePath), quarter, performance.Filter{UnitCode: otherCode}); errs.KindOf(err) != errs.NotFound {
		t.Errorf("another unit: %v", err)
	}
	if _, err := svc.BreakdownOf(ctx, hr(mine, minePath), strangerNo, quarter); errs.KindOf(err) != errs.NotFound {
		t.Errorf("another unit's person: %v", err)
	}
	employee := people.Actor{PersonID: a, UnitID: mine, UnitPath: minePath, Locale: i18n.English}
	if _, err := svc.Scores(ctx, employee, quarter, performance.Filter{}); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee: %v", err)
	}
	if _, err := svc.BreakdownOf(ctx, employee, strangerNo, quarter); errs.KindOf(err) != errs.NotFound {
		t.Errorf("an employee at another person's breakdown: %v", err)
	}
}

func TestAPageIsOneStatementAndOneAuditEvent(t *testing.T) {
	db := testdb.Tx(t)
	unit, path := testdb.Unit(t, db, 0)
	d := newDesk(t, db, unit)
	for range 5 {
		d.add(testdb.Person(t, db, unit), complaint{due: at(8, 1, 0)})
	}
	actor := hr(unit, path)
	for _, sort := range []performance.Sort{"", performance.ByName, performance.ByUnit} {
		var seen []string
		f := performance.Filter{Limit: 2, Sort: sort}
		for pages := 1; ; pages++ {
			page := scores(t, db, actor, f)
			for _, s := range page.Scores {
				seen = append(seen, s.EmployeeNo)
			}
			if f.After = page.Next; f.After == "" {
				if pages != 3 {
					t.Errorf("sort %q: five people make %d pages of two", sort, pages)
				}
				break
			}
		}
		unique := map[string]bool{}
		for _, no := range seen {
			unique[no] = true
		}
		if len(seen) != 5 || len(unique) != 5 {
			t.Errorf("sort %q: the pages hold %v", sort, seen)
		}
	}
	ctx, counter := database.WithCounter(context.Background())
	if _, err := service(db).Scores(ctx, actor, quarter, performance.Filter{}); err != nil {
		t.Fatal(err)
	}
	// One reads, one audits; the savepoint stands in for BEGIN inside the test's transaction.
	if n := counter.Statements(); n > 4 {
		t.Errorf("%d statements", n)
	}
	var events int
	d.scan(&events, `SELECT count(*) FROM audit_events WHERE action = 'performance.view' AND actor_id = 999`)
	if events != 10 {
		t.Errorf("%d events for 10 requests", events)
	}
}

func TestABadFilterNamesEveryFault(t *testing.T) {
	db := testdb.Tx(t)
	unit, path := testdb.Unit(t, db, 0)
	_, err := service(db).Scores(context.Background(), hr(unit, path), quarter, performance.Filter{Sort: "rate", Limit: 201, After: "x"})
	if errs.KindOf(err) != errs.Invalid || len(err.(*errs.Error).Faults) != 3 {
		t.Errorf("got %v", err)
	}
}

func TestABreakdownShowsWhatItWasComputedFrom(t *testing.T) {
	db := testdb.Tx(t)
	unit, path := testdb.Unit(t, db, 0)
	person := testdb.Person(t, db, unit)
	d := newDesk(t, db, unit)
	for i := range 12 {
		d.add(person, complaint{due: at(8, 1+i, 0), done: ptr(at(8, 5, 0)), score: 1 + i%5, answeredOn: "2026-08-20"})
	}
	d.add(person, complaint{due: at(9, 20, 0)})
	d.add(person, complaint{due: at(2, 20, 0), done: ptr(at(2, 20, 0))}) // another quarter's
	me := people.Actor{PersonID: person, UnitID: unit, UnitPath: path, Locale: i18n.Hans, Zone: "Asia/Shanghai"}
	b, err := service(db).MyBreakdown(context.Background(), me, quarter)
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Cases) != 13 {
		t.Fatalf("%d cases", len(b.Cases))
	}
	count := map[complaints.Standing]int{}
	satisfied, answered := 0, 0
	for _, c := range b.Cases {
		if c.Counted {
			count[c.State]++
		}
		if c.Satisfied != nil {
			answered++
			if *c.Satisfied {
				satisfied++
			}
		}
	}
	reply, happy := b.Score.Timeliness[0], b.Score.Satisfaction
	if *reply.Numerator != count[complaints.Met] || reply.Denominator != count[complaints.Met]+count[complaints.Late] || reply.Open != count[complaints.Open] {
		t.Errorf("the cases add up to %v, the breakdown says %+v", count, reply)
	}
	if *happy.Numerator != satisfied || happy.Denominator != answered {
		t.Errorf("the cases add up to %d of %d, the breakdown says %+v", satisfied, answered, happy)
	}
	var events int
	d.scan(&events, `SELECT count(*) FROM audit_events`)
	if events != 0 {
		t.Error("reading the own breakdown is not a look at others")
	}
	var no string
	d.scan(&no, `SELECT employee_no FROM people WHERE id = ?`, person)
	theirs, err := service(db).BreakdownOf(context.Background(), hr(unit, path), no, quarter)
	if err != nil || len(theirs.Cases) != 13 {
		t.Errorf("HR sees %d cases, %v", len(theirs.Cases), err)
	}
	d.scan(&events, `SELECT count(*) FROM audit_events WHERE subject = ?`, "person:"+no)
	if events != 1 {
		t.Errorf("%d events for HR's look", events)
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestAnUnmeasuredCaseIsInNoFigureOfTimeliness(t *testing.T) {
	db := testdb.Tx(t)
	unit, path := testdb.Unit(t, db, 0)
	person := testdb.Person(t, db, unit)
	d := newDesk(t, db, unit)
	d.add(person, complaint{due: at(8, 10, 12)})                          // past its limit
	d.add(person, complaint{due: at(9, 20, 12)})                          // its limit to come
	d.add(person, complaint{due: at(8, 10, 12), done: ptr(at(8, 1, 12))}) // done
	d.exec(`UPDATE complaints SET measured = false`)
	d.add(person, complaint{due: now}) // measured, and open at its very limit
	reply := scores(t, db, hr(unit, path), performance.Filter{}).Scores[0].Timeliness[0]
	if reply.Denominator != 0 || reply.Open != 1 {
		t.Errorf("%d counted, %d open", reply.Denominator, reply.Open)
	}
	me := people.Actor{PersonID: person, UnitID: unit, UnitPath: path, Locale: i18n.Hans, Zone: "Asia/Shanghai"}
	b, err := service(db).MyBreakdown(context.Background(), me, quarter)
	if err != nil {
		t.Fatal(err)
	}
	count := map[complaints.Standing]int{}
	for _, c := range b.Cases {
		count[c.State]++
	}
	if len(b.Cases) != 4 || count[complaints.Unmeasured] != 3 || count[complaints.Open] != 1 {
		t.Errorf("the breakdown shows %v", count)
	}
}
