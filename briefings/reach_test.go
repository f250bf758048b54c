package briefings

import (
	"context"
	"testing"
	"time"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
)

// What is for everybody is changed over the root, what is for a unit over that unit.
func TestABranchBriefsOnlyItself(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	root, rootPath := testdb.Unit(t, st.db, 0)
	branch, path := testdb.Unit(t, st.db, root)
	head, boss := officer(root, rootPath), officer(branch, path)
	head.PersonID, boss.PersonID = testdb.Person(t, st.db, root), testdb.Person(t, st.db, branch)
	mine, theirs := st.employee(t, branch), st.employee(t, root)
	text := map[i18n.Locale]Text{i18n.Hans: {Title: "x", Changes: "x", Impact: "x", Plan: "x"}}
	for _, dry := range []bool{true, false} {
		if _, err := st.Publish(ctx, boss, Input{Month: "2026-10", Texts: text, DryRun: dry}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a branch briefs everybody: %v", err)
		}
	}
	all := st.brief(t, Input{}).Key
	report, err := st.Publish(ctx, boss, Input{Month: "2026-11", UnitCode: code(t, st, branch), Texts: text})
	if err != nil {
		t.Fatal(err)
	}
	own := report.Key
	for name, c := range map[string]struct {
		who       people.Actor
		key       string
		owner     people.Actor
		add, meet errs.Kind
	}{
		"the branch, for everybody":         {boss, all, mine, errs.Forbidden, errs.Forbidden},
		"the branch, for itself":            {boss, own, mine, "", ""},
		"the branch, of somebody elsewhere": {boss, own, theirs, errs.Invalid, errs.Invalid},
		"the head, for everybody":           {head, all, theirs, "", ""},
		"the head, for the branch":          {head, own, mine, "", ""},
		"an employee, for the branch":       {mine, own, mine, errs.Forbidden, errs.Forbidden},
	} {
		err := st.AddAction(ctx, c.who, ActionInput{Key: c.key, Text: "x", OwnerNo: st.number(t, c.owner), DueOn: noon.AddDate(0, 1, 0)})
		if errs.KindOf(err) != c.add {
			t.Errorf("%s, an action: %v", name, err)
		}
		_, err = st.RecordMeeting(ctx, c.who, MeetingInput{Key: c.key, HeldAt: noon.Add(-time.Hour), Place: "x", ChairNo: st.number(t, mine), RecorderNo: st.number(t, boss),
			Notes: "x", Room: []string{st.number(t, c.owner)}})
		if errs.KindOf(err) != c.meet {
			t.Errorf("%s, a meeting: %v", name, err)
		}
		b, err := st.Briefing(ctx, c.who, c.key)
		if want := c.add != errs.Forbidden; err != nil || b.Changeable != want {
			t.Errorf("%s may change it: %v, %v", name, b.Changeable, err)
		}
	}
	if err := st.MoveAction(ctx, boss, all, 1, ActionDone, ""); errs.KindOf(err) != errs.NotFound {
		t.Errorf("a branch moves an action of the head office: %v", err)
	}
	if err := st.MoveAction(ctx, theirs, all, 1, ActionDone, ""); err != nil {
		t.Errorf("its owner: %v", err)
	}
	if err := st.MoveAction(ctx, head, own, 1, ActionDone, ""); err != nil {
		t.Errorf("the head office: %v", err)
	}
}

// Minutes name those whom the officer reaches, and the officer.
func TestMinutesNameNobodyFromElsewhereButTheirWriter(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	root, _ := testdb.Unit(t, st.db, 0)
	branch, path := testdb.Unit(t, st.db, root)
	boss, above, mine := officer(branch, path), st.employee(t, root), st.employee(t, branch)
	boss.PersonID = testdb.Person(t, st.db, root)
	boss.EmployeeNo = st.number(t, boss)
	key := st.brief(t, Input{UnitCode: code(t, st, branch)}).Key
	record := func(chair, recorder string) error {
		_, err := st.RecordMeeting(ctx, boss, MeetingInput{Key: key, HeldAt: noon.Add(-time.Hour), Place: "x", ChairNo: chair, RecorderNo: recorder, Notes: "x"})
		return err
	}
	if err := record(st.number(t, mine), boss.EmployeeNo); err != nil {
		t.Errorf("the writer from above: %v", err)
	}
	for _, no := range []string{st.number(t, above), "none", ""} {
		if err := record(no, boss.EmployeeNo); errs.CodeOf(err) != "briefings.meeting_refused" {
			t.Errorf("chaired by %q: %v", no, err)
		}
		if err := record(boss.EmployeeNo, no); errs.CodeOf(err) != "briefings.meeting_refused" {
			t.Errorf("recorded by %q: %v", no, err)
		}
	}
}

func TestACheckTellsWhomABriefingReachesAndWhereItsWarningsStand(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	root, rootPath := testdb.Unit(t, st.db, 0)
	branch, _ := testdb.Unit(t, st.db, root)
	st.employee(t, root)
	left := st.employee(t, branch)
	st.employee(t, branch)
	if err := st.db.Exec(`UPDATE people SET status = 'left' WHERE id = ?`, left.PersonID).Error; err != nil {
		t.Fatal(err)
	}
	text := map[i18n.Locale]Text{i18n.Hans: {Title: "x", Changes: "x", Impact: "x\n\n本金*利率*天数", Plan: "x"}}
	head := officer(root, rootPath)
	for unit, want := range map[string]int{"": st.count(t, `SELECT count(*) FROM staff WHERE status <> 'left'`), code(t, st, branch): 1} {
		report, err := st.Publish(ctx, head, Input{Month: "2026-11", UnitCode: unit, Texts: text, DryRun: true})
		if err != nil || report.People != want || (report.UnitName == "") != (unit == "") {
			t.Errorf("%q reaches %d of %q, want %d (%v)", unit, report.People, report.UnitName, want, err)
		}
		if len(report.Warnings) == 0 || report.Warnings[0].Field != "body.texts.zh-Hans.impact" || report.Warnings[0].Line != 3 {
			t.Errorf("%+v", report.Warnings)
		}
	}
}
