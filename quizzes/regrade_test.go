package quizzes_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/items"
	"anwen/people"
	"anwen/quizzes"
)

const withEssay = "// [markers:2] [points:4] [rubric:1=names the rule] [rubric:3=draws the consequence]\n::why:: Why is a complaint registered? {}\n\n::so:: So it is. {T}\n"

// marker is somebody who may mark and correct.
func (s *school) marker(t *testing.T) people.Actor {
	t.Helper()
	actor := s.another(t)
	actor.Grants = []people.Grant{{Role: people.Compliance, UnitPath: "/"}}
	return actor
}

func (s *school) version(t *testing.T, name string) (id int64) {
	t.Helper()
	err := s.db.Raw(`SELECT v.id FROM item_versions v JOIN items i ON i.id = v.item_id WHERE i.name = ? ORDER BY v.number LIMIT 1`, name).Scan(&id).Error
	if err != nil || id == 0 {
		t.Fatalf("item %s: %v", name, err)
	}
	return id
}

// submitted is an attempt with an essay and the other item right.
func (s *school) submitted(t *testing.T) quizzes.Attempt {
	t.Helper()
	a := s.start(t)
	s.answer(t, a.ID, 1, items.Write("Because the clock starts."))
	s.answer(t, a.ID, 2, items.Choose(0))
	if _, err := s.training.ReadLesson(context.Background(), s.actor, "handling", 1, 2); err != nil {
		t.Fatal(err)
	}
	r, err := s.quizzes.Submit(context.Background(), s.actor, a.ID)
	if err != nil || r.Passed || r.Waiting != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	return a
}

func TestAnEssayIsMarkedByTwoAndThenCompletesTheCourse(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	s.publish(t, "pass_mark: 80", withEssay)
	a := s.submitted(t)
	one, two := s.marker(t), s.marker(t)
	waiting, err := s.quizzes.WaitingEssays(ctx, one, s.quizID)
	if err != nil || len(waiting) != 1 || waiting[0].Answer != "Because the clock starts." || len(waiting[0].Question.Criteria) != 2 {
		t.Fatalf("%+v, %v", waiting, err)
	}
	submitted := s.now
	s.now = s.now.Add(72 * time.Hour)
	mark := func(actor people.Actor, decides bool, points ...items.Points) (items.Standing, error) {
		return s.quizzes.MarkEssay(ctx, actor, quizzes.NewMark{AttemptID: a.ID, Position: 1, Criteria: points, Decides: decides})
	}
	if standing, err := mark(one, false, 1000, 3000); err != nil || standing != items.Unmarked {
		t.Fatalf("%s, %v", standing, err)
	}
	if standing, err := mark(two, false, 1000, 2500); err != nil || standing != items.Settled {
		t.Fatalf("%s, %v", standing, err)
	}
	got, err := s.quizzes.Attempt(ctx, s.actor, a.ID)
	if err != nil || !got.Result.Passed || got.Result.Waiting != 0 || got.Result.Items[0].Grade.Earned != 3750 {
		t.Fatalf("%+v, %v", got.Result, err)
	}
	var completed time.Time
	if err := s.db.Raw(`SELECT completed_at FROM completions`).Row().Scan(&completed); err != nil || !completed.Equal(submitted) {
		t.Errorf("completed at %s, submitted at %s, %v", completed, submitted, err)
	}
	if n := count(t, s.db, "submissions"); n != 1 || count(t, s.db, "regrades") != 1 {
		t.Errorf("the first grade stays beside the second: %d", n)
	}
	if _, err := mark(one, false, 0, 0); errs.CodeOf(err) != "quizzes.no_essay_waits" {
		t.Errorf("marked when nothing waits: %v", err)
	}
}

func TestWhatTwoMarkersSeeDifferentlyIsDecidedByAThird(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	s.publish(t, "pass_mark: 80", withEssay)
	a := s.submitted(t)
	one, two, three := s.marker(t), s.marker(t), s.marker(t)
	mark := func(actor people.Actor, decides bool, points ...items.Points) (items.Standing, error) {
		return s.quizzes.MarkEssay(ctx, actor, quizzes.NewMark{AttemptID: a.ID, Position: 1, Criteria: points, Decides: decides})
	}
	if _, err := mark(three, true, 1000, 0); errs.CodeOf(err) != "quizzes.nothing_disputed" {
		t.Errorf("decided before there was a dispute: %v", err)
	}
	for name, c := range map[string]struct {
		actor  people.Actor
		points []items.Points
		code   string
	}{
		"the writer":           {s.actor, []items.Points{0, 0}, "people.forbidden"},
		"too few criteria":     {one, []items.Points{1000}, "quizzes.mark_each"},
		"more than there is":   {one, []items.Points{1001, 0}, "quizzes.bad_mark"},
		"less than nothing":    {one, []items.Points{-1, 0}, "quizzes.bad_mark"},
		"a writer who marks":   {func() people.Actor { w := s.actor; w.Grants = one.Grants; return w }(), []items.Points{0, 0}, "quizzes.own_essay"},
		"one criterion beyond": {one, []items.Points{0, 0, 0}, "quizzes.mark_each"},
	} {
		if _, err := mark(c.actor, false, c.points...); errs.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	if _, err := mark(one, false, 1000, 3000); err != nil {
		t.Fatal(err)
	}
	if standing, err := mark(two, false, 0, 0); err != nil || standing != items.Disputed {
		t.Fatalf("%s, %v", standing, err)
	}
	waiting, _ := s.quizzes.WaitingEssays(ctx, three, s.quizID)
	if len(waiting) != 1 || len(waiting[0].Others) != 2 {
		t.Fatalf("who decides sees both marks: %+v", waiting)
	}
	if standing, err := mark(three, true, 1000, 3000); err != nil || standing != items.Settled {
		t.Fatalf("%s, %v", standing, err)
	}
	got, _ := s.quizzes.Attempt(ctx, s.actor, a.ID)
	if !got.Result.Passed {
		t.Errorf("%+v", got.Result)
	}
}

func TestAWrongKeyIsCorrectedBesideTheOldGrade(t *testing.T) {
	for name, c := range map[string]struct {
		correction items.Correction
		passed     bool
		earned     items.Points
		possible   items.Points
	}{
		"by the new key": {items.ByNewKey, true, 3000, 3000},
		"for everybody":  {items.FullCredit, true, 3000, 3000},
		"left out":       {items.LeftOut, true, 2000, 2000},
	} {
		t.Run(name, func(t *testing.T) {
			s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
			wrong := strings.Replace(gift, "{#48}", "{#72}", 1)
			s.publish(t, "pass_mark: 80", wrong)
			a := s.start(t)
			s.answerAll(t, a.ID)
			if r, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil || r.Passed {
				t.Fatalf("%+v, %v", r, err)
			}
			var version int64
			if err := s.db.Raw(`SELECT (paper->'positions'->0->>'item_version')::bigint FROM attempts WHERE id = ?`, a.ID).Scan(&version).Error; err != nil {
				t.Fatal(err)
			}
			officer := s.marker(t)
			in := quizzes.RegradeInput{QuizID: s.quizID, Version: version, Correction: c.correction, DryRun: true}
			if c.correction == items.ByNewKey {
				if _, err := s.quizzes.Regrade(ctx, officer, in); errs.CodeOf(err) != "quizzes.no_newer_key" {
					t.Errorf("before the corrected item is published: %v", err)
				}
				s.publish(t, "pass_mark: 80", gift)
			}
			preview, err := s.quizzes.Regrade(ctx, officer, in)
			if err != nil || preview.Asked != 1 || len(preview.Affected) != 1 || !preview.Affected[0].PassedAfter || preview.Affected[0].PassedBefore {
				t.Fatalf("%+v, %v", preview, err)
			}
			if n := count(t, s.db, "regrades"); n != 0 {
				t.Fatalf("the preview wrote %d grades", n)
			}
			in.DryRun = false
			if _, err := s.quizzes.Regrade(ctx, officer, in); errs.CodeOf(err) != "quizzes.regrade_needs_note" {
				t.Errorf("without a reason: %v", err)
			}
			in.Note = "The key said 72."
			if _, err := s.quizzes.Regrade(ctx, officer, in); err != nil {
				t.Fatal(err)
			}
			got, err := s.quizzes.Attempt(ctx, s.actor, a.ID)
			if err != nil || got.Result.Passed != c.passed || got.Result.Earned != c.earned || got.Result.Possible != c.possible {
				t.Errorf("%+v, %v", got.Result, err)
			}
			if n := count(t, s.db, "quiz_passes"); n != 1 {
				t.Errorf("%d passes: who passes by a correction has passed", n)
			}
			again, err := s.quizzes.Regrade(ctx, officer, in)
			if err != nil || len(again.Affected) != 0 || count(t, s.db, "regrades") != 1 {
				t.Errorf("a second time changes nothing: %+v, %v", again, err)
			}
			far := officer
			far.Grants = []people.Grant{{Role: people.Compliance, UnitPath: "/elsewhere/"}}
			in.DryRun, in.Correction = true, items.LeftOut
			if _, err := s.quizzes.Regrade(ctx, far, in); errs.KindOf(err) != errs.Forbidden {
				t.Errorf("by an officer of other units: %v", err)
			}
			if _, err := s.quizzes.Regrade(ctx, s.actor, in); errs.KindOf(err) != errs.Forbidden {
				t.Errorf("by an employee: %v", err)
			}
			in.Version = s.version(t, "who") + 1000
			if _, err := s.quizzes.Regrade(ctx, officer, in); errs.KindOf(err) != errs.NotFound {
				t.Errorf("a version that was never asked: %v", err)
			}
		})
	}
}

func TestWhoWouldFailByACorrectionKeepsTheCertificate(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	a := s.start(t)
	s.answerAll(t, a.ID)
	if r, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil || !r.Passed {
		t.Fatalf("%+v, %v", r, err)
	}
	s.publish(t, "pass_mark: 80", strings.Replace(gift, "{#48}", "{#72}", 1))
	in := quizzes.RegradeInput{QuizID: s.quizID, Version: s.version(t, "hours"), Correction: items.ByNewKey, Note: "It is 72."}
	report, err := s.quizzes.Regrade(ctx, s.marker(t), in)
	if err != nil || len(report.Affected) != 1 || report.Affected[0].PassedAfter {
		t.Fatalf("%+v, %v", report, err)
	}
	if n := count(t, s.db, "quiz_passes"); n != 1 {
		t.Errorf("the pass is gone: %d", n)
	}
}

// A question that was drawn from a bank is corrected like a fixed one, and who looks
// at whom that would affect is recorded.
func TestTheKeyOfADrawnQuestionIsCorrected(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer := s.marker(t)
	if err := s.quizzes.OpenBank(ctx, officer, "risk", i18n.Texts{i18n.English: "Risk"}); err != nil {
		t.Fatal(err)
	}
	put := func(source string) {
		t.Helper()
		if _, err := s.quizzes.ImportItems(ctx, people.System(), "risk", s.items(t, source), false, quizzes.Based{}); err != nil {
			t.Fatal(err)
		}
	}
	put("::hours:: How many hours? {#24}\n")
	list, _, err := s.quizzes.BankItems(ctx, officer, quizzes.BankQuery{Bank: "risk", Limit: 9})
	if err != nil {
		t.Fatal(err)
	}
	reviewed := quizzes.Reviewed
	if err := s.quizzes.Refile(ctx, officer, "risk", []int64{list[0].ID}, quizzes.Refiling{State: &reviewed}); err != nil {
		t.Fatal(err)
	}
	s.publish(t, "pass_mark: 80, sections: [{draw: {bank: risk, count: 1}}]", gift)
	a := s.start(t)
	s.answer(t, a.ID, 1, items.Write("48"))
	if r, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil || r.Passed {
		t.Fatalf("%+v, %v", r, err)
	}
	put("::hours:: How many hours? {#48}\n")
	var version int64
	err = s.db.Raw(`SELECT v.id FROM item_versions v JOIN items i ON i.id = v.item_id JOIN banks b ON b.id = i.bank_id WHERE b.code = 'risk' AND v.number = 1`).Scan(&version).Error
	if err != nil {
		t.Fatal(err)
	}
	in := quizzes.RegradeInput{QuizID: s.quizID, Version: version, Correction: items.ByNewKey, Note: "the limit is 48 hours", DryRun: true}
	if report, err := s.quizzes.Regrade(ctx, officer, in); err != nil || len(report.Affected) != 1 || !report.Affected[0].PassedAfter {
		t.Fatalf("%+v, %v", report, err)
	}
	var looked int
	if err := s.db.Raw(`SELECT count(*) FROM audit_events WHERE action = 'quizzes.preview_regrade' AND actor_id = ?`, officer.PersonID).Scan(&looked).Error; err != nil || looked != 1 {
		t.Errorf("%d looks are recorded, %v", looked, err)
	}
	in.DryRun = false
	if _, err := s.quizzes.Regrade(ctx, officer, in); err != nil {
		t.Fatal(err)
	}
	if got, err := s.quizzes.Attempt(ctx, s.actor, a.ID); err != nil || !got.Result.Passed {
		t.Errorf("%+v, %v", got.Result, err)
	}
}
