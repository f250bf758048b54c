package policies_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

func TestAnAcknowledgementKeepsWhatWasReadAndShown(t *testing.T) {
	db := testdb.Tx(t)
	publish(t, db, input("48 hours."))
	unit, _ := testdb.Unit(t, db, 0)
	me := employee(testdb.Person(t, db, unit))
	v := version(t, db, me, 1, i18n.Hant)
	given, err := service(db).Acknowledge(context.Background(), me, acceptance(v))
	if err != nil {
		t.Fatal(err)
	}
	if given.Already || given.Locale != i18n.Hans || given.Statement != v.Statement || given.StatementSHA256 != v.StatementSHA256 ||
		given.TextSHA256 != v.TextSHA256 || !given.AcknowledgedAt.Equal(now) {
		t.Errorf("got %+v", given)
	}
	other, _ := testdb.Unit(t, db, 0)
	if err := db.Exec(`UPDATE people SET unit_id = ?, position = 'manager' WHERE id = ?`, other, me.PersonID).Error; err != nil {
		t.Fatal(err)
	}
	row := scan[struct {
		UnitID   int64
		Position string
	}](t, db, `SELECT unit_id, position FROM acknowledgements`)
	if row.UnitID != unit || row.Position != "teller" {
		t.Errorf("the unit and position then are %+v", row)
	}
	// The policy gets another title; the version and its statement keep theirs.
	later := input("24 hours.")
	later.Titles = i18n.Texts{i18n.Hans: "客户投诉处理办法"}
	publish(t, db, later)
	again := version(t, db, me, 1, i18n.Hant)
	if again.Accepted != v.Statement || again.Statement != v.Statement || again.Title != v.Title || again.AcknowledgedAt == nil {
		t.Errorf("got %+v", again)
	}
	second, err := service(db).Acknowledge(context.Background(), me, acceptance(again))
	if err != nil || !second.Already || second.Statement != v.Statement {
		t.Errorf("again: %+v, %v", second, err)
	}
	if n := scan[int](t, db, `SELECT count(*) FROM audit_events WHERE action = 'policies.acknowledge'`); n != 1 {
		t.Errorf("%d events", n)
	}
}

func TestAnotherTextOrStatementIsRefused(t *testing.T) {
	db := testdb.Tx(t)
	publish(t, db, input("48 hours."))
	publish(t, db, input("24 hours."))
	unit, _ := testdb.Unit(t, db, 0)
	me := employee(testdb.Person(t, db, unit))
	first, second := version(t, db, me, 1, i18n.English), version(t, db, me, 2, i18n.English)
	for _, c := range []struct {
		name   string
		change func(*policies.AcknowledgeInput)
		code   string
	}{
		{"the text of another version", func(in *policies.AcknowledgeInput) { in.TextSHA256 = first.TextSHA256 }, "policies.other_text"},
		{"the text of another language", func(in *policies.AcknowledgeInput) { in.Locale = i18n.Hans }, "policies.other_text"},
		{"a language without a text", func(in *policies.AcknowledgeInput) { in.Locale = i18n.Hant }, "policies.other_text"},
		{"no text", func(in *policies.AcknowledgeInput) { in.TextSHA256 = "" }, "policies.other_text"},
		{"the statement of another version", func(in *policies.AcknowledgeInput) { in.StatementSHA256 = first.StatementSHA256 }, "policies.other_statement"},
		{"no statement", func(in *policies.AcknowledgeInput) { in.StatementSHA256 = "" }, "policies.other_statement"},
		{"an unknown version", func(in *policies.AcknowledgeInput) { in.Number = 3 }, "policies.version_not_found"},
	} {
		in := acceptance(second)
		c.change(&in)
		if _, err := service(db).Acknowledge(context.Background(), me, in); errs.CodeOf(err) != c.code {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if n := scan[int](t, db, `SELECT count(*) FROM acknowledgements`); n != 0 {
		t.Errorf("%d acknowledgements", n)
	}
	if _, err := service(db).Acknowledge(context.Background(), people.System(), acceptance(second)); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("the system itself: %v", err)
	}
}

func TestTwentyClicksGiveOneAcknowledgement(t *testing.T) {
	db := testdb.New(t)
	publish(t, db, input("48 hours."))
	unit, _ := testdb.Unit(t, db, 0)
	for round := range 10 {
		me := employee(testdb.Person(t, db, unit))
		in := acceptance(version(t, db, me, 1, i18n.English))
		var ready, done sync.WaitGroup
		release := make(chan struct{})
		results := make(chan string, 20)
		for range 20 {
			ready.Add(1)
			done.Go(func() {
				ready.Done()
				<-release
				given, err := service(db).Acknowledge(context.Background(), me, in)
				results <- fmt.Sprint(given.Already, err)
			})
		}
		ready.Wait()
		close(release)
		done.Wait()
		close(results)
		count := map[string]int{}
		for r := range results {
			count[r]++
		}
		if count["false <nil>"] != 1 || count["true <nil>"] != 19 {
			t.Fatalf("round %d: %v", round, count)
		}
		if n := scan[int](t, db, `SELECT count(*) FROM acknowledgements WHERE person_id = ?`, me.PersonID); n != 1 {
			t.Fatalf("round %d: %d rows", round, n)
		}
		if n := scan[int](t, db, `SELECT count(*) FROM audit_events WHERE actor_id = ?`, me.PersonID); n != 1 {
			t.Fatalf("round %d: %d events", round, n)
		}
	}
}

func TestARequestReachesTheUnitAndWhatIsBelow(t *testing.T) {
	db := testdb.Tx(t)
	publish(t, db, input("48 hours."))
	root, rootPath := testdb.Unit(t, db, 0)
	north, northPath := testdb.Unit(t, db, root)
	south, _ := testdb.Unit(t, db, root)
	var inNorth []people.Actor
	for range 4 {
		inNorth = append(inNorth, employee(testdb.Person(t, db, north)))
	}
	inSouth := employee(testdb.Person(t, db, south))
	if err := db.Exec(`UPDATE people SET status = 'left' WHERE id = ?`, inNorth[3].PersonID).Error; err != nil {
		t.Fatal(err)
	}
	northCode := scan[string](t, db, `SELECT code FROM units WHERE id = ?`, north)
	southCode := scan[string](t, db, `SELECT code FROM units WHERE id = ?`, south)
	rootCode := scan[string](t, db, `SELECT code FROM units WHERE id = ?`, root)
	ctx, svc := context.Background(), service(db)
	// One acknowledges without being asked.
	if _, err := svc.Acknowledge(ctx, inNorth[0], acceptance(version(t, db, inNorth[0], 1, i18n.English))); err != nil {
		t.Fatal(err)
	}
	officer := holder(people.Compliance, northPath)
	in := policies.RequestInput{Code: "CP-001", Number: 1, UnitCode: northCode, DueOn: today, DryRun: true}
	want := policies.Requested{People: 3, New: 2, Acknowledged: 1, DryRun: true}
	if got, err := svc.RequestAcknowledgement(ctx, officer, in); err != nil || got != want {
		t.Errorf("the dry run: %+v, %v", got, err)
	}
	if n := scan[int](t, db, `SELECT count(*) FROM acknowledgement_requests`); n != 0 {
		t.Errorf("the dry run made %d requests", n)
	}
	in.DryRun, want.DryRun = false, false
	if got, err := svc.RequestAcknowledgement(ctx, officer, in); err != nil || got != want {
		t.Errorf("the request: %+v, %v", got, err)
	}
	in.UnitCode, in.DueOn = rootCode, ""
	want = policies.Requested{People: 4, New: 1, Asked: 2, Acknowledged: 1}
	if got, err := svc.RequestAcknowledgement(ctx, holder(people.Compliance, rootPath), in); err != nil || got != want {
		t.Errorf("the second request: %+v, %v", got, err)
	}

	mine, err := svc.MyRequests(ctx, inNorth[1])
	if err != nil || len(mine) != 1 || mine[0].DueOn != today || mine[0].Overdue || mine[0].Title != "Complaint handling" {
		t.Errorf("my requests: %+v, %v", mine, err)
	}
	if _, err := svc.Acknowledge(ctx, inNorth[1], acceptance(version(t, db, inNorth[1], 1, i18n.English))); err != nil {
		t.Fatal(err)
	}
	open, err := svc.Outstanding(ctx, holder(people.HR, rootPath), policies.OutstandingQuery{Code: "CP-001", Number: 1})
	if err != nil || open.Requested != 3 || open.Acknowledged != 1 || open.Waiting != 2 || len(open.People) != 2 || open.Overdue != 0 {
		t.Errorf("outstanding: %+v, %v", open, err)
	}
	open, err = svc.Outstanding(ctx, officer, policies.OutstandingQuery{Code: "CP-001", Number: 1})
	if err != nil || open.Waiting != 1 || len(open.People) != 1 || open.People[0].PersonID != inNorth[2].PersonID {
		t.Errorf("the north alone: %+v, %v", open, err)
	}
	for name, c := range map[string]struct {
		err  error
		want errs.Kind
	}{
		"the south asked by the north's officer":       {errOf(svc.RequestAcknowledgement(ctx, officer, policies.RequestInput{Code: "CP-001", Number: 1, UnitCode: southCode})), errs.NotFound},
		"the root asked by the north's officer":        {errOf(svc.RequestAcknowledgement(ctx, officer, policies.RequestInput{Code: "CP-001", Number: 1, UnitCode: rootCode})), errs.NotFound},
		"asked by HR":                                  {errOf(svc.RequestAcknowledgement(ctx, holder(people.HR, rootPath), in)), errs.Forbidden},
		"a due date that has passed":                   {errOf(svc.RequestAcknowledgement(ctx, officer, policies.RequestInput{Code: "CP-001", Number: 1, UnitCode: northCode, DueOn: "2026-09-14"})), errs.Invalid},
		"the south seen by the north's officer":        {errOf(svc.Outstanding(ctx, officer, policies.OutstandingQuery{Code: "CP-001", Number: 1, UnitCode: southCode})), errs.NotFound},
		"outstanding seen by an employee":              {errOf(svc.Outstanding(ctx, inSouth, policies.OutstandingQuery{Code: "CP-001", Number: 1})), errs.Forbidden},
		"outstanding of a version that does not exist": {errOf(svc.Outstanding(ctx, officer, policies.OutstandingQuery{Code: "CP-001", Number: 9})), errs.NotFound},
	} {
		if errs.KindOf(c.err) != c.want {
			t.Errorf("%s: %v", name, c.err)
		}
	}
}

func TestOutstandingIsPagedAndKnowsWhoIsOverdue(t *testing.T) {
	db := testdb.Tx(t)
	publish(t, db, input("48 hours."))
	unit, path := testdb.Unit(t, db, 0)
	for i := range 5 {
		person := testdb.Person(t, db, unit)
		if err := db.Exec(`INSERT INTO acknowledgement_requests (version_id, person_id, due_on, requested_at)
			SELECT id, ?, CAST(? AS date) + CAST(? AS integer), now() FROM policy_versions`, person, today, i-2).Error; err != nil {
			t.Fatal(err)
		}
		if i == 4 {
			if err := db.Exec(`UPDATE people SET status = 'left' WHERE id = ?`, person).Error; err != nil {
				t.Fatal(err)
			}
		}
	}
	q := policies.OutstandingQuery{Code: "CP-001", Number: 1, Limit: 3}
	first, err := service(db).Outstanding(context.Background(), holder(people.Auditor, path), q)
	if err != nil {
		t.Fatal(err)
	}
	if first.Waiting != 4 || first.Overdue != 2 || first.Gone != 1 || len(first.People) != 3 || !first.People[1].Overdue || first.People[2].Overdue {
		t.Errorf("got %+v", first)
	}
	q.After = first.Next
	rest, err := service(db).Outstanding(context.Background(), holder(people.Auditor, path), q)
	if err != nil || len(rest.People) != 1 || rest.Next != "" {
		t.Errorf("got %+v, %v", rest, err)
	}
	if n := scan[int](t, db, `SELECT count(*) FROM audit_events WHERE action = 'policies.view_outstanding'`); n != 2 {
		t.Errorf("%d events for two looks", n)
	}
}

func errOf[T any](_ T, err error) error { return err }
