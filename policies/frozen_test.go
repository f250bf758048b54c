package policies_test

import (
	"context"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

func TestAVersionKeepsItsTitleAndItsStatement(t *testing.T) {
	db, ctx := testdb.New(t), context.Background()
	unit, path := testdb.Unit(t, db, 0)
	me := employee(testdb.Person(t, db, unit))
	publish(t, db, input("48 hours."))
	code := scan[string](t, db, `SELECT code FROM units WHERE id = ?`, unit)
	ask := policies.RequestInput{Code: "CP-001", Number: 1, UnitCode: code}
	if _, err := service(db).RequestAcknowledgement(ctx, holder(people.Compliance, path), ask); err != nil {
		t.Fatal(err)
	}
	shown := version(t, db, me, 1, i18n.English)
	later := input("24 hours.")
	later.Titles, later.EffectiveFrom = i18n.Texts{i18n.English: "Complaints and petitions"}, "2026-12-01"
	publish(t, db, later)

	now := version(t, db, me, 1, i18n.English)
	if now.Title != "Complaint handling" || now.Statement != shown.Statement || now.StatementSHA256 != shown.StatementSHA256 {
		t.Errorf("version 1 is called %q, and its statement is %q", now.Title, now.Statement)
	}
	if v := version(t, db, me, 2, i18n.English); v.Title != "Complaints and petitions" || version(t, db, me, 2, i18n.Hans).Title != "投诉处理办法" {
		t.Errorf("version 2 is called %q: it keeps the titles that it did not change", v.Title)
	}
	mine, err := service(db).MyRequests(ctx, me)
	if err != nil || len(mine) != 2 || mine[0].Number == mine[1].Number {
		t.Fatalf("%+v, %v", mine, err)
	}
	for _, r := range mine {
		if want := map[int]string{1: "Complaint handling", 2: "Complaints and petitions"}[r.Number]; r.Title != want {
			t.Errorf("version %d is asked for as %q, want %q", r.Number, r.Title, want)
		}
	}
	// Who read version 1 before the new title came can still accept what was shown.
	if given, err := service(db).Acknowledge(ctx, me, acceptance(shown)); err != nil || given.Statement != shown.Statement {
		t.Errorf("%+v, %v", given, err)
	}
}

// today is 2026-09-15.
func TestOnlyAVersionThatBindsIsAskedFor(t *testing.T) {
	for name, c := range map[string]struct {
		next, repealed string // dates, or nothing
		editorial      bool
		number         int
		code           string
	}{
		"the only version":                      {number: 1},
		"one that a later one replaced":         {next: today, number: 1, code: "policies.superseded"},
		"one that an editorial one replaced":    {next: today, editorial: true, number: 1, code: "policies.superseded"},
		"one that a later one will replace":     {next: "2026-09-16", number: 1},
		"one that is to come":                   {next: "2026-09-16", number: 2},
		"the newest":                            {next: today, number: 2},
		"of a policy that has ended":            {repealed: today, number: 1, code: "policies.repealed"},
		"of a policy that ends tomorrow":        {repealed: "2026-09-16", number: 1},
		"an old one of a policy that has ended": {next: "2026-09-01", repealed: today, number: 1, code: "policies.repealed"},
		"one that there is not":                 {number: 3, code: "policies.version_not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			db, ctx := testdb.New(t), context.Background()
			unit, path := testdb.Unit(t, db, 0)
			testdb.Person(t, db, unit)
			publish(t, db, input("48 hours."))
			if c.next != "" {
				next := input("24 hours.")
				next.EffectiveFrom, next.Editorial = c.next, c.editorial
				publish(t, db, next)
			}
			if c.repealed != "" {
				newOffice(db).repeal(t, c.repealed, "x")
			}
			for _, dry := range []bool{true, false} {
				_, err := service(db).RequestAcknowledgement(ctx, holder(people.Compliance, path), policies.RequestInput{
					Code: "CP-001", Number: c.number, UnitCode: scan[string](t, db, `SELECT code FROM units WHERE id = ?`, unit), DryRun: dry})
				if errs.CodeOf(err) != c.code {
					t.Errorf("dry %t: %v, want %q", dry, err, c.code)
				}
			}
			if n := scan[int](t, db, `SELECT count(*) FROM acknowledgement_requests`); (n == 1) != (c.code == "") {
				t.Errorf("%d requests", n)
			}
		})
	}
}
