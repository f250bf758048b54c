package policies_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

func TestVersionsAreNumberedAndOneIsInForceToday(t *testing.T) {
	db := testdb.Tx(t)
	first := publish(t, db, input("48 hours."))
	second := input("24 hours.")
	second.EffectiveFrom, second.Notes = today, i18n.Texts{i18n.English: "Shorter."}
	publish(t, db, second)
	third := input("12 hours.")
	third.EffectiveFrom = "2026-09-16"
	if done := publish(t, db, third); done.Number != 3 || done.NewPolicy || !first.NewPolicy || first.Number != 1 {
		t.Errorf("got %+v and %+v", first, done)
	}
	p, err := service(db).Policy(context.Background(), employee(1), "CP-001")
	if err != nil {
		t.Fatal(err)
	}
	// In UTC it is still the 14th, but the reader is in Shanghai.
	if p.InForce != 2 || len(p.Versions) != 3 || !p.Versions[1].InForce || p.Versions[0].InForce || p.Versions[1].Note != "Shorter." {
		t.Errorf("got %+v", p)
	}
	list, next, err := service(db).List(context.Background(), employee(1), policies.ListQuery{Search: "办法"})
	if err != nil || next != "" || len(list) != 1 || list[0].InForce != 2 || list[0].Newest != 3 || list[0].Title != "Complaint handling" {
		t.Errorf("got %+v, %v", list, err)
	}
}

func TestTheSameTextIsNotPublishedTwice(t *testing.T) {
	db := testdb.Tx(t)
	publish(t, db, input("48 hours.\n"))
	again := input("48 hours.")
	again.Texts[i18n.Hans] = "\ufeff" + strings.ReplaceAll(again.Texts[i18n.Hans], "\n", "\r\n") + "  \r\n\r\n" // another editor
	_, err := service(db).Publish(context.Background(), holder(people.Compliance, "/"), again)
	if errs.KindOf(err) != errs.Conflict || errs.CodeOf(err) != "policies.nothing_changed" {
		t.Errorf("got %v", err)
	}
	publish(t, db, input("24 hours."))
	publish(t, db, input("48 hours.")) // back to the first text is a change
	delete(again.Texts, i18n.English)
	publish(t, db, again) // one language less is a change too
	if n := scan[int](t, db, `SELECT count(*) FROM policy_versions`); n != 4 {
		t.Errorf("%d versions", n)
	}
}

func TestADryRunChangesNothing(t *testing.T) {
	db := testdb.Tx(t)
	in := input("48 hours.")
	in.DryRun = true
	if done := publish(t, db, in); done.Number != 1 || !done.NewPolicy || !done.DryRun || len(done.SHA256) != 64 {
		t.Errorf("got %+v", done)
	}
	if n := scan[int](t, db, `SELECT (SELECT count(*) FROM policies) + (SELECT count(*) FROM policy_versions) + (SELECT count(*) FROM audit_events)`); n != 0 {
		t.Errorf("%d rows", n)
	}
}

func TestAPublishedVersionNeverChanges(t *testing.T) {
	db := testdb.New(t)
	publish(t, db, input("48 hours."))
	unit, _ := testdb.Unit(t, db, 0)
	person := testdb.Person(t, db, unit)
	v := version(t, db, employee(person), 1, i18n.Hans)
	if _, err := service(db).Acknowledge(context.Background(), employee(person), acceptance(v)); err != nil {
		t.Fatal(err)
	}
	if err := db.Exec(`INSERT INTO acknowledgement_requests (version_id, person_id, requested_at) SELECT id, ?, now() FROM policy_versions`, person).Error; err != nil {
		t.Fatal(err)
	}
	for table, set := range map[string]string{
		"policy_versions": "effective_from = '2020-01-01'", "policy_texts": "markdown = 'x'",
		"acknowledgements": "acknowledged_at = now()", "acknowledgement_requests": "due_on = '2030-01-01'",
	} {
		for _, sql := range []string{"UPDATE " + table + " SET " + set, "DELETE FROM " + table} {
			if err := db.Exec(sql).Error; !database.Violated(err, table+"_append_only") {
				t.Errorf("%s: %v", sql, err)
			}
		}
	}
}

func TestTwentyOfficersPublishAtOnce(t *testing.T) {
	db := testdb.New(t)
	publish(t, db, input("version 1"))
	var ready, done sync.WaitGroup
	release := make(chan struct{})
	failures := make(chan error, 20)
	for i := range 20 {
		ready.Add(1)
		done.Go(func() {
			in := input("text of officer " + string(rune('a'+i)))
			ready.Done()
			<-release
			_, err := service(db).Publish(context.Background(), holder(people.Compliance, "/"), in)
			failures <- err
		})
	}
	ready.Wait()
	close(release)
	done.Wait()
	close(failures)
	for err := range failures {
		if err != nil {
			t.Error(err)
		}
	}
	if n := scan[int](t, db, `SELECT max(number) FROM policy_versions`); n != 21 {
		t.Errorf("the newest version is %d", n)
	}
}

func TestABadVersionNamesEveryFault(t *testing.T) {
	db := testdb.Tx(t)
	publish(t, db, input("48 hours."))
	ctx, officer := context.Background(), holder(people.Compliance, "/")
	for _, c := range []struct {
		name  string
		in    policies.PublishInput
		codes []string
	}{
		{"everything empty", policies.PublishInput{}, []string{"policies.bad_code", "policies.bad_date", "policies.no_text"}},
		{"a new policy without a title", policies.PublishInput{Code: "CP-2", EffectiveFrom: "2026-01-01", Texts: i18n.Texts{"en": "x"}}, []string{"policies.no_title"}},
		{"before its predecessor", policies.PublishInput{Code: "CP-001", EffectiveFrom: "2025-12-31", Texts: i18n.Texts{"en": "x"}}, []string{"policies.effective_before_previous"}},
		{"an unknown language", policies.PublishInput{Code: "CP-001", EffectiveFrom: "2026-01-01", Texts: i18n.Texts{"en": "x", "fr": "x"}}, []string{"policies.unknown_language"}},
		{"a forbidden link", policies.PublishInput{Code: "CP-001", EffectiveFrom: "2026-01-01", Texts: i18n.Texts{"en": "a\n\n[x](javascript:alert)"}}, []string{"markdown.link_refused"}},
		{"a path for a code", policies.PublishInput{Code: "../x", EffectiveFrom: "2026-01-01", Texts: i18n.Texts{"en": "x"}}, []string{"policies.bad_code"}},
	} {
		_, err := service(db).Publish(ctx, officer, c.in)
		if errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		for i, f := range err.(*errs.Error).Faults {
			if i >= len(c.codes) || f.Code != c.codes[i] {
				t.Errorf("%s: fault %d is %s", c.name, i, f.Code)
			}
		}
	}
	if _, err := service(db).Publish(ctx, employee(1), input("x")); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee publishes: %v", err)
	}
	if _, err := service(db).Publish(ctx, holder(people.HR, "/"), input("x")); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("HR publishes: %v", err)
	}
	if _, err := service(db).Policy(ctx, officer, "none"); errs.KindOf(err) != errs.NotFound {
		t.Errorf("an unknown policy: %v", err)
	}
}

func TestTheTextComesInTheNearestLanguage(t *testing.T) {
	db := testdb.Tx(t)
	in := input("**注意：**必须按时。")
	delete(in.Texts, i18n.English)
	publish(t, db, in)
	v := version(t, db, employee(1), 1, i18n.English)
	if v.Locale != i18n.Hans || v.Title != "Complaint handling" || !strings.Contains(v.HTML, "<strong>注意：</strong>") {
		t.Errorf("got %+v", v)
	}
	if v.Statement != "I have read and understood “Complaint handling”, version 1, in force from 1 January 2026, and will comply with it." {
		t.Errorf("the statement is %s", v.Statement)
	}
	if v := version(t, db, employee(1), 1, i18n.Hant); v.Statement != "本人已閱讀並理解《投诉处理办法》第 1 版（自2026年1月1日起施行），並承諾遵照執行。" {
		t.Errorf("the statement is %s", v.Statement)
	}
}

func TestAMaterialVersionAsksAgainAndAnEditorialOneDoesNot(t *testing.T) {
	db, ctx := testdb.Tx(t), context.Background()
	room := service(db)
	unit, _ := testdb.Unit(t, db, 0)
	asked, left := testdb.Person(t, db, unit), testdb.Person(t, db, unit)
	testdb.Person(t, db, unit) // never asked
	next := func(text string, editorial bool) policies.Published {
		t.Helper()
		done, err := room.Publish(ctx, people.System(), policies.PublishInput{Code: "AGAIN", EffectiveFrom: "2026-12-01", Editorial: editorial,
			Titles: i18n.Texts{i18n.English: "Again"}, Texts: i18n.Texts{i18n.English: text}})
		if err != nil {
			t.Fatal(err)
		}
		return done
	}
	next("One.", false)
	for _, person := range []int64{asked, left} {
		if err := db.Exec(`INSERT INTO acknowledgement_requests (version_id, person_id, requested_at) SELECT id, ?, now() FROM policy_versions`, person).Error; err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Exec(`UPDATE people SET status = 'left' WHERE id = ?`, left).Error; err != nil {
		t.Fatal(err)
	}
	if done := next("One!", true); done.AskedAgain != 0 {
		t.Errorf("an editorial version asks %d", done.AskedAgain)
	}
	if done := next("Two.", false); done.AskedAgain != 1 {
		t.Errorf("a material version asks %d, want the one who was asked and still works here", done.AskedAgain)
	}
	var due string
	if err := db.Raw(`SELECT due_on::text FROM acknowledgement_requests q JOIN policy_versions v ON v.id = q.version_id WHERE v.number = 3`).Scan(&due).Error; err != nil || due != "2026-12-15" {
		t.Errorf("due on %s, want two weeks after it takes effect (%v)", due, err)
	}
	var requests int
	if err := db.Raw(`SELECT count(*) FROM acknowledgement_requests`).Scan(&requests).Error; err != nil || requests != 3 {
		t.Errorf("%d requests on record, want the two old ones and the new", requests)
	}
}
