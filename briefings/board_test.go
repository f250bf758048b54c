package briefings

import (
	"context"
	"testing"
	"time"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

func TestTheBoardTellsWhichMonthsWereHeld(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	unit, path := testdb.Unit(t, st.db, 0)
	other, _ := testdb.Unit(t, st.db, 0)
	reader, stranger := st.employee(t, unit), st.employee(t, other)
	testdb.Person(t, st.db, unit)
	hr := people.Actor{Locale: i18n.English, Zone: "Asia/Shanghai", Grants: []people.Grant{{Role: people.HR, UnitID: unit, UnitPath: path}}}
	rules := policies.New(st.db, func() time.Time { return st.clock })
	for _, code := range []string{"TOLD", "UNTOLD"} {
		_, err := rules.Publish(ctx, people.System(), policies.PublishInput{Code: code, Titles: i18n.Texts{i18n.English: code}, EffectiveFrom: "2026-09-01", Texts: i18n.Texts{i18n.English: "x"}})
		if err != nil {
			t.Fatal(err)
		}
	}
	text := Text{Title: "September", Changes: "a", Impact: "b", Plan: "c"}
	for _, month := range []string{"2026-09", "2026-09", "2025-12"} {
		text.Plan += "." // the second one is a new revision
		_, err := st.Publish(ctx, people.System(), Input{Month: month, Texts: map[i18n.Locale]Text{i18n.English: text}, Policies: []PolicyRef{{"TOLD", 1}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, who := range []people.Actor{reader, stranger} {
		if _, err := st.MarkRead(ctx, who, "2026-09", 2, nil); err != nil {
			t.Fatal(err)
		}
	}
	b, err := st.Board(ctx, hr, 2026)
	if err != nil {
		t.Fatal(err)
	}
	if b.Held != 1 || b.Due != 11 || b.Staff != 2 || len(b.Months) != 12 {
		t.Errorf("held %d of %d due, staff %d, %d months", b.Held, b.Due, b.Staff, len(b.Months))
	}
	for i, want := range map[int]MonthState{8: Held, 9: Missing, 10: Running, 11: Ahead} {
		if b.Months[i].State != want {
			t.Errorf("%s is %s, want %s", b.Months[i].Month, b.Months[i].State, want)
		}
	}
	if m := b.Months[8]; m.Title != "September" || m.Revision != 2 || m.Readers != 1 {
		t.Errorf("%+v; want revision 2 and one reader within reach", m)
	}
	if len(b.Uncited) != 1 || b.Uncited[0].Code != "UNTOLD" {
		t.Errorf("no briefing tells of %+v", b.Uncited)
	}
	if _, err := st.Board(ctx, reader, 2026); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee: %v", err)
	}
	if _, err := st.Board(ctx, hr, 1); errs.KindOf(err) != errs.Invalid {
		t.Errorf("the year 1: %v", err)
	}
}
