package briefings

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
)

func (st *stage) brief(t *testing.T, in Input) PublishReport {
	t.Helper()
	in.Month = "2026-11"
	in.Texts = map[i18n.Locale]Text{i18n.Hans: {Title: "十一月", Changes: "甲", Impact: "乙", Plan: "丙"}}
	report, err := st.Publish(context.Background(), people.System(), in)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func (st *stage) number(t *testing.T, who people.Actor) (no string) {
	t.Helper()
	if err := st.db.Raw(`SELECT employee_no FROM people WHERE id = ?`, who.PersonID).Scan(&no).Error; err != nil {
		t.Fatal(err)
	}
	return no
}

func code(t *testing.T, st *stage, unit int64) (code string) {
	t.Helper()
	if err := st.db.Raw(`SELECT code FROM units WHERE id = ?`, unit).Scan(&code).Error; err != nil {
		t.Fatal(err)
	}
	return code
}

func TestABriefingForAUnitIsSeenThereAndByWhoOverseesIt(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	region, path := testdb.Unit(t, st.db, 0)
	branch, _ := testdb.Unit(t, st.db, region)
	elsewhere, other := testdb.Unit(t, st.db, 0)
	st.brief(t, Input{})
	key := st.brief(t, Input{UnitCode: code(t, st, region)}).Key
	for name, c := range map[string]struct {
		who  people.Actor
		sees bool
	}{
		"in the region": {st.employee(t, region), true}, "in a branch of it": {st.employee(t, branch), true}, "elsewhere": {st.employee(t, elsewhere), false},
		"the officer there": {officer(region, path), true}, "the officer elsewhere": {officer(elsewhere, other), false},
	} {
		list, err := st.List(ctx, c.who)
		if want := map[bool]int{true: 2, false: 1}[c.sees]; err != nil || len(list) != want {
			t.Errorf("%s: %d briefings, %v", name, len(list), err)
		}
		if _, err := st.Briefing(ctx, c.who, key); (err == nil) != c.sees {
			t.Errorf("%s: %v", name, err)
		}
		if c.sees {
			continue
		}
		if _, err := st.MarkRead(ctx, c.who, key, 1, nil); errs.KindOf(err) != errs.NotFound {
			t.Errorf("%s read it: %v", name, err)
		}
	}
	_, err := st.Publish(ctx, officer(elsewhere, other), Input{Month: "2026-10", UnitCode: code(t, st, region),
		Texts: map[i18n.Locale]Text{i18n.Hans: {Title: "x", Changes: "x", Impact: "x", Plan: "x"}}})
	if errs.KindOf(err) != errs.NotFound {
		t.Errorf("an officer of another unit publishes: %v", err)
	}
}

func TestTheMeetingCountsWhoWasThereAndWhoReadLater(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	unit, path := testdb.Unit(t, st.db, 0)
	boss := officer(unit, path)
	room, remote, later, absent := st.employee(t, unit), st.employee(t, unit), st.employee(t, unit), st.employee(t, unit)
	key := st.brief(t, Input{UnitCode: code(t, st, unit)}).Key
	in := MeetingInput{Key: key, HeldAt: noon.Add(-time.Hour), Place: "三楼会议室", ChairNo: st.number(t, room), RecorderNo: st.number(t, remote),
		Notes: "一致同意。", Room: []string{st.number(t, room)}, Remote: []string{st.number(t, remote)}}
	if n, err := st.RecordMeeting(ctx, boss, in); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if _, err := st.MarkRead(ctx, later, key, 1, nil); err != nil {
		t.Fatal(err)
	}
	m, err := st.Meeting(ctx, boss, key)
	if err != nil || m.Counts[InRoom] != 1 || m.Counts[Remotely] != 1 || m.Counts[Later] != 1 || m.Counts[Absent] != 1 || len(m.Attended) != 3 {
		t.Fatalf("%+v %v", m, err)
	}
	if m, _ := st.Meeting(ctx, absent, key); m.Mine != Absent || len(m.Attended) != 0 || m.Counts[InRoom] != 1 {
		t.Errorf("an employee sees %+v", m)
	}
	in.Notes = "更正：一致同意延期。"
	if n, err := st.RecordMeeting(ctx, boss, in); err != nil || n != 2 {
		t.Errorf("a correction: %d %v", n, err)
	}
	if n := st.count(t, `SELECT count(*) FROM study_meetings`); n != 2 {
		t.Errorf("%d minutes on record", n)
	}
	in.HeldAt, in.Place, in.Notes, in.ChairNo, in.Room = noon.Add(time.Hour), " ", "", "none", append(in.Room, in.Remote...)
	_, err = st.RecordMeeting(ctx, boss, in)
	if got := strings.Join(places(err), "; "); strings.Count(got, ";") != 4 {
		t.Errorf("refused: %s", got)
	}
	if _, err := st.RecordMeeting(ctx, room, in); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee records: %v", err)
	}
}

func TestAnActionIsMovedByItsOwnerAndKeepsEveryStep(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	unit, path := testdb.Unit(t, st.db, 0)
	boss, owner, other := officer(unit, path), st.employee(t, unit), st.employee(t, unit)
	key := st.brief(t, Input{}).Key
	due := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	if err := st.AddAction(ctx, boss, ActionInput{Key: key, Text: "更新柜面告知书", OwnerNo: st.number(t, owner), DueOn: due}); err != nil {
		t.Fatal(err)
	}
	if err := st.AddAction(ctx, owner, ActionInput{Key: key, Text: "x", OwnerNo: st.number(t, owner), DueOn: due}); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee adds: %v", err)
	}
	if got := places(st.AddAction(ctx, boss, ActionInput{Key: key, Text: " ", OwnerNo: "none"})); len(got) != 3 {
		t.Errorf("refused: %v", got)
	}
	list, err := st.Actions(ctx, owner, key)
	if err != nil || len(list) != 1 || !list[0].Overdue || !list[0].Mine || list[0].State != ActionOpen {
		t.Fatalf("%+v %v", list, err)
	}
	if err := st.MoveAction(ctx, other, key, 1, ActionDone, ""); errs.KindOf(err) != errs.NotFound {
		t.Errorf("somebody else moves it: %v", err)
	}
	if err := st.MoveAction(ctx, owner, key, 1, ActionDropped, " "); errs.KindOf(err) != errs.Invalid {
		t.Errorf("dropped without a reason: %v", err)
	}
	for _, to := range []ActionState{ActionDone, ActionOpen, ActionDone} {
		if err := st.MoveAction(ctx, owner, key, 1, to, "已印发"); err != nil {
			t.Fatal(err)
		}
	}
	if list, _ := st.Actions(ctx, owner, key); list[0].State != ActionDone || list[0].Overdue || list[0].Note != "已印发" {
		t.Errorf("%+v", list[0])
	}
	if n := st.count(t, `SELECT count(*) FROM briefing_action_steps`); n != 3 {
		t.Errorf("%d steps on record", n)
	}
}

// hoursOf is a question about a clause of RULES, which 48 answers.
func hoursOf(clause string) string {
	return "::q:: [markdown]按[" + clause + "](policy:RULES#" + clause + ")，几小时内答复？ {#48}"
}

func TestABriefingAsksOnlyAboutClausesThatChanged(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	st.rules(t, firstRules, false)
	st.rules(t, nextRules, false)
	for clause, wrong := range map[string]string{"第一条": "briefings.question_without_change", "第四条": "briefings.question_without_change", "第二条": "", "第三条": ""} {
		_, err := st.Publish(ctx, people.System(), Input{Month: "2026-11", Policies: []PolicyRef{{"RULES", 2}}, DryRun: true,
			Texts:     map[i18n.Locale]Text{i18n.Hans: {Title: "十一月", Changes: "甲", Impact: "乙", Plan: "丙"}},
			Questions: i18n.Texts{i18n.Hans: hoursOf(clause)}})
		if got := strings.Join(places(err), "; "); !strings.HasSuffix(got, wrong) || wrong == "" && err != nil {
			t.Errorf("%s: %v", clause, err)
		}
	}
}

func TestABriefingIsReadWhenItsQuestionsAreAnswered(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	unit, _ := testdb.Unit(t, st.db, 0)
	who := st.employee(t, unit)
	st.rules(t, firstRules, false)
	key := st.brief(t, Input{Policies: []PolicyRef{{"RULES", 1}}, Questions: i18n.Texts{i18n.Hans: hoursOf("第二条")}}).Key
	read := func() int { return st.count(t, `SELECT count(*) FROM briefing_reads`) }
	var refused *errs.Error
	if _, err := st.MarkRead(ctx, who, key, 1, nil); !errors.As(err, &refused) || refused.Code != "briefings.answers_missing" || read() != 0 {
		t.Errorf("without answers: %v", err)
	}
	if right, err := st.MarkRead(ctx, who, key, 1, []json.RawMessage{[]byte(`{"text":"72"}`)}); err != nil || right[0] || read() != 0 {
		t.Errorf("a wrong answer: %v %v", right, err)
	}
	if right, err := st.MarkRead(ctx, who, key, 1, []json.RawMessage{[]byte(`{"text":"48"}`)}); err != nil || !right[0] || read() != 1 {
		t.Errorf("the right answer: %v %v", right, err)
	}
	if n := st.count(t, `SELECT count(*) FROM briefing_answers`); n != 2 {
		t.Errorf("%d tries on record", n)
	}
}
