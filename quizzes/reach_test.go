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
	"anwen/training"
)

// branch is an officer of a unit of its own below the learner's.
func (s *school) branch(t *testing.T) people.Actor {
	t.Helper()
	unit, path := testdb.Unit(t, s.db, s.actor.UnitID)
	return people.Actor{PersonID: testdb.Person(t, s.db, unit), UnitID: unit, UnitPath: path, Locale: i18n.English, Zone: "Asia/Shanghai",
		Grants: []people.Grant{{Role: people.Compliance, UnitPath: path}, {Role: people.Author, UnitPath: path}}}
}

// mustSit asks the person to complete the course.
func (s *school) mustSit(t *testing.T, actor people.Actor) {
	t.Helper()
	if _, err := s.training.Assign(context.Background(), people.System(), training.AssignInput{Slug: "handling", EmployeeNo: s.number(t, actor)}); err != nil {
		t.Fatal(err)
	}
}

func TestABranchChangesNothingOfTheInstitutionsQuizzes(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	s.publish(t, "pass_mark: 80", withEssay)
	a := s.submitted(t)
	branch, officer := s.branch(t), s.marker(t)
	if err := s.quizzes.OpenBank(ctx, officer, "main", i18n.Texts{i18n.English: "Main"}); err != nil {
		t.Fatal(err)
	}
	_, keysOfCourse, err1 := s.quizzes.BankItems(ctx, branch, quizzes.BankQuery{Bank: "handling"})
	_, err2 := s.quizzes.BankContents(ctx, branch, "main")
	_, err3 := s.quizzes.ImportItems(ctx, branch, "main", nil, true, quizzes.Based{})
	_, err4 := s.quizzes.AddPicture(ctx, branch, "main", "a.png", nil)
	_, err5 := s.quizzes.Regrade(ctx, branch, quizzes.RegradeInput{QuizID: s.quizID, Version: s.version(t, "so"), Correction: items.FullCredit, DryRun: true})
	for name, err := range map[string]error{
		"the items of a course's bank " + keysOfCourse: err1, "a bank of another unit": err2, "an import": err3, "a picture": err4, "a correction": err5,
		"an owner": s.quizzes.ChangeBank(ctx, branch, "main", 1, nil, s.number(t, branch)),
		"a filing": s.quizzes.Refile(ctx, branch, "main", []int64{1}, quizzes.Refiling{}), "conditions": s.quizzes.SetConditions(ctx, branch, s.quizID, quizzes.Conditions{}, nil),
	} {
		if errs.KindOf(err) != errs.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	if waiting, err := s.quizzes.WaitingEssays(ctx, branch, s.quizID); err != nil || len(waiting) != 0 {
		t.Errorf("an essay of somebody elsewhere: %+v, %v", waiting, err)
	}
	if _, err := s.quizzes.MarkEssay(ctx, branch, quizzes.NewMark{AttemptID: a.ID, Position: 1, Criteria: []items.Points{0, 0}}); errs.KindOf(err) != errs.NotFound {
		t.Errorf("a mark: %v", err)
	}
	insight, err := s.quizzes.Insight(ctx, branch, s.quizID, true)
	if err != nil || len(insight.Items) == 0 {
		t.Fatalf("%+v, %v", insight, err)
	}
	for _, it := range insight.Items {
		if len(it.Options) > 0 {
			t.Errorf("the key of %s", it.Name)
		}
	}
	// A bank of its own it keeps, gives to nobody else, and those above it see it.
	if err := s.quizzes.OpenBank(ctx, branch, "own", i18n.Texts{i18n.English: "Own"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.quizzes.ImportItems(ctx, branch, "own", s.items(t, "::a:: A? {T}\n"), false, quizzes.Based{}); err != nil {
		t.Error(err)
	}
	testdb.Grant(t, s.db, officer.PersonID, string(people.Author), s.actor.UnitID)
	refused(t, s.quizzes.ChangeBank(ctx, branch, "own", 1, nil, s.number(t, officer)), "quizzes.no_keeper")
	if list, err := s.quizzes.BankContents(ctx, officer, "own"); err != nil || len(list) != 1 {
		t.Errorf("%d items, %v", len(list), err)
	}
	banks, err := s.quizzes.Banks(ctx, branch)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range banks {
		if b.Kept != (b.Code == "own") {
			t.Errorf("%s: kept %v", b.Code, b.Kept)
		}
	}
}

func TestNobodyChangesWhatTheyMustSit(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer, colleague := s.marker(t), s.marker(t)
	a := s.start(t)
	s.answerAll(t, a.ID)
	if _, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil {
		t.Fatal(err)
	}
	keyed := func(actor people.Actor) bool {
		t.Helper()
		insight, err := s.quizzes.Insight(ctx, actor, s.quizID, true)
		if err != nil || len(insight.Items) != 3 {
			t.Fatalf("%+v, %v", insight, err)
		}
		for _, it := range insight.Items {
			if len(it.Options) > 0 {
				return true
			}
		}
		return false
	}
	if !keyed(officer) {
		t.Error("an officer who need not sit it sees no key")
	}
	s.mustSit(t, officer)
	if keyed(officer) || !keyed(colleague) {
		t.Error("an officer sees the key of a quiz that is still to be sat, or a colleague does not")
	}
	closes := s.now.Add(time.Hour)
	refused(t, s.quizzes.SetConditions(ctx, officer, s.quizID, quizzes.Conditions{Closes: &closes}, nil), "quizzes.must_sit")
	if err := s.quizzes.SetConditions(ctx, colleague, s.quizID, quizzes.Conditions{Closes: &closes}, nil); err != nil {
		t.Error(err)
	}
	_, err := s.quizzes.WaitingEssays(ctx, officer, s.quizID)
	refused(t, err, "quizzes.must_sit")
	own := quizzes.Accommodation{EmployeeNo: s.number(t, officer), ExtraPercent: 50, ExtraAttempts: 3, Reason: "x"}
	refused(t, s.quizzes.Accommodate(ctx, officer, s.quizID, own), "quizzes.own_accommodation")
	own.Everywhere = true
	refused(t, s.quizzes.Accommodate(ctx, officer, s.quizID, own), "quizzes.own_accommodation")
	if err := s.quizzes.Accommodate(ctx, colleague, s.quizID, own); err != nil {
		t.Error(err)
	}
}

func TestACorrectionLeavesTheOwnAttemptsOut(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	s.publish(t, "pass_mark: 80", strings.Replace(gift, "{#48}", "{#72}", 1))
	officer, colleague, learner := s.marker(t), s.marker(t), s.actor
	attempts := map[int64]int64{}
	for _, who := range []people.Actor{learner, officer} {
		s.actor = who
		a := s.start(t)
		s.answerAll(t, a.ID)
		if r, err := s.quizzes.Submit(ctx, who, a.ID); err != nil || r.Passed {
			t.Fatalf("%+v, %v", r, err)
		}
		attempts[who.PersonID] = a.ID
	}
	s.actor = learner
	if err := s.db.Exec(`INSERT INTO completions (assignment_id, person_id, course_id, revision_id, cycle, unit_id, completed_at)
		SELECT a.id, a.person_id, a.course_id, r.id, a.cycle, ?, now() FROM assignments a JOIN course_revisions r ON r.course_id = a.course_id
		WHERE a.person_id = ? LIMIT 1`, officer.UnitID, officer.PersonID).Error; err != nil {
		t.Fatal(err) // who need not sit it any more may correct it
	}
	var version int64
	if err := s.db.Raw(`SELECT (paper->'positions'->0->>'item_version')::bigint FROM attempts WHERE id = ?`, attempts[learner.PersonID]).Scan(&version).Error; err != nil {
		t.Fatal(err)
	}
	in := quizzes.RegradeInput{QuizID: s.quizID, Version: version, Correction: items.FullCredit, Note: "x"}
	for _, dry := range []bool{true, false} {
		in.DryRun = dry
		r, err := s.quizzes.Regrade(ctx, officer, in)
		if err != nil || r.Asked != 2 || r.Own != 1 || len(r.Affected) != 1 || r.Affected[0].AttemptID != attempts[learner.PersonID] {
			t.Fatalf("dry run %v: %+v, %v", dry, r, err)
		}
	}
	passed := func(who people.Actor) bool {
		t.Helper()
		got, err := s.quizzes.Attempt(ctx, who, attempts[who.PersonID])
		if err != nil {
			t.Fatal(err)
		}
		return got.Result.Passed
	}
	if !passed(learner) || passed(officer) {
		t.Error("the own attempt was corrected, or the other one was not")
	}
	if r, err := s.quizzes.Regrade(ctx, colleague, in); err != nil || r.Own != 0 || len(r.Affected) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if !passed(officer) {
		t.Error("a colleague's correction does not reach it")
	}
}
