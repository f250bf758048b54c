package quizzes_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/items"
	"anwen/people"
	"anwen/quizzes"
	"anwen/training"
)

// drawsFrom is a course with the slug, whose quiz asks a question of its own and one from
// the bank.
func (s *school) drawsFrom(slug, bank, settings string) archive.Files {
	files := s.folder("pass_mark: 80, "+settings+"sections: [{items: [own]}, {draw: {bank: "+bank+", count: 1}}]", "\n::own:: Is this "+slug+"? {T}\n")
	files["course.md"] = []byte(strings.Replace(string(files["course.md"]), "slug: handling", "slug: "+slug, 1))
	return files
}

// sharedBank is a school whose course handling was answered by the learner, and asked by
// two other courses, of which the officer must sit the one.
func sharedBank(t *testing.T) (s *school, officer, colleague people.Actor) {
	t.Helper()
	s = open(t, testdb.New(t), "pass_mark: 80")
	s.publish(t, "pass_mark: 80", withEssay)
	s.submitted(t)
	officer, colleague = s.marker(t), s.marker(t)
	for _, slug := range []string{"asks", "beside"} {
		if _, err := s.courses.Publish(context.Background(), people.System(), s.drawsFrom(slug, "handling", ""), false, 0); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.training.Assign(context.Background(), people.System(), training.AssignInput{Slug: "asks", EmployeeNo: s.number(t, officer)}); err != nil {
		t.Fatal(err)
	}
	return s, officer, colleague
}

func (s *school) quizOf(t *testing.T, slug string) int64 {
	t.Helper()
	return s.whole(t, `SELECT q.id FROM quizzes q JOIN courses c ON c.id = q.course_id WHERE c.slug = '`+slug+`'`)
}

// withOptions tells whether the analysis of the quiz shows options to the actor.
func (s *school) withOptions(t *testing.T, actor people.Actor, quizID int64) bool {
	t.Helper()
	insight, err := s.quizzes.Insight(context.Background(), actor, quizID, true)
	if err != nil || len(insight.Items) == 0 {
		t.Fatalf("%+v, %v", insight, err)
	}
	return slices.ContainsFunc(insight.Items, func(it quizzes.ItemInsight) bool { return len(it.Options) > 0 })
}

// Whoever must sit a quiz neither sees nor decides what another quiz says of the same
// bank.
func TestAnotherQuizOverTheSameBankTellsNothing(t *testing.T) {
	s, officer, colleague := sharedBank(t)
	ctx, beside := context.Background(), s.quizOf(t, "beside")
	learner := s.another(t)
	a, err := s.quizzes.Start(ctx, learner, beside, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.quizzes.Submit(ctx, learner, a.ID); err != nil {
		t.Fatal(err)
	}
	for _, quiz := range []int64{s.quizID, beside} {
		if s.withOptions(t, officer, quiz) || !s.withOptions(t, colleague, quiz) {
			t.Errorf("quiz %d: who must sit another one over its bank sees options, or a colleague sees none", quiz)
		}
		_, err := s.quizzes.WaitingEssays(ctx, officer, quiz)
		refused(t, err, "quizzes.must_sit")
		if _, err := s.quizzes.WaitingEssays(ctx, colleague, quiz); err != nil {
			t.Error(err)
		}
		refused(t, s.quizzes.SetConditions(ctx, officer, quiz, quizzes.Conditions{}, nil), "quizzes.must_sit")
	}
	essay := s.whole(t, `SELECT min(id) FROM attempts`)
	_, err = s.quizzes.MarkEssay(ctx, officer, quizzes.NewMark{AttemptID: essay, Position: 1, Criteria: []items.Points{0, 0}})
	refused(t, err, "quizzes.must_sit")
	for _, dry := range []bool{true, false} {
		in := quizzes.RegradeInput{QuizID: s.quizID, Version: s.version(t, "so"), Correction: items.FullCredit, Note: "x", DryRun: dry}
		_, err = s.quizzes.Regrade(ctx, officer, in)
		refused(t, err, "quizzes.must_sit")
		if _, err := s.quizzes.Regrade(ctx, colleague, in); err != nil {
			t.Error(err)
		}
	}
}

// The files of a course whose bank another quiz asks tell and decide the key of that one.
func TestTheCourseOfABankIsClosedToWhoeverMustSitAQuizThatAsksFromIt(t *testing.T) {
	s, officer, colleague := sharedBank(t)
	ctx, quiz := context.Background(), "quiz.en.gift"
	easier := s.folder("pass_mark: 80", "\n::so:: What do I say? {=This ~That}\n")
	for _, dry := range []bool{true, false} {
		_, err := s.courses.Publish(ctx, officer, easier, dry, 0)
		refused(t, err, "courses.must_sit")
	}
	if files, err := s.courses.Export(ctx, officer, "handling", 0); err != nil || files[quiz] != nil {
		t.Errorf("an export with its quiz: %v", err)
	}
	if files, err := s.courses.Export(ctx, colleague, "handling", 0); err != nil || files[quiz] == nil {
		t.Errorf("an export for a colleague: %v", err)
	}
	if d, err := s.courses.DifferenceOf(ctx, officer, "handling", 1, 2, quiz); err != nil || d.Name != "" {
		t.Errorf("a comparison: %+v, %v", d, err)
	}
	if _, err := s.courses.OpenManuscript(ctx, officer, "handling", nil); err != nil {
		t.Fatal(err)
	}
	_, _, err := s.courses.File(ctx, officer, "handling", quiz)
	refused(t, err, "courses.must_sit")
	_, err = s.courses.SaveFile(ctx, officer, "handling", quiz, 1, []byte("::a:: A? {T}"))
	refused(t, err, "courses.must_sit")
	_, err = s.courses.PublishManuscript(ctx, officer, "handling", false, 0)
	refused(t, err, "courses.must_sit")
	if _, _, err := s.courses.File(ctx, colleague, "handling", quiz); err != nil {
		t.Error(err)
	}
}

// A course over a bank that is closed to its publisher would be practised with its key.
func TestNobodyPublishesADrawFromABankThatIsClosedToThem(t *testing.T) {
	s, officer, colleague := sharedBank(t)
	ctx, files := context.Background(), s.drawsFrom("mine", "handling", "practice: true, review: submitted, ")
	for _, dry := range []bool{true, false} {
		_, err := s.courses.Publish(ctx, officer, files, dry, 0)
		if errs.KindOf(err) != errs.Invalid || !hasFault(err, "quizzes.bank_closed") {
			t.Errorf("a course over a closed bank, dry run %v: %v", dry, err)
		}
	}
	if _, err := s.courses.Publish(ctx, colleague, files, false, 0); err != nil {
		t.Errorf("by a colleague: %v", err)
	}
}

// The dry run of a course finds what publishing would.
func TestADryRunFindsDrawsThatCannotBeFilled(t *testing.T) {
	s := open(t, testdb.New(t), "pass_mark: 80")
	officer := s.marker(t)
	tooMany := s.folder("pass_mark: 80, sections: [{draw: {count: 5}}]", gift)
	for code, files := range map[string]archive.Files{"quizzes.unknown_bank": s.drawsFrom("mine", "nowhere", ""), "quizzes.not_enough_items": tooMany} {
		_, err := s.courses.Publish(context.Background(), officer, files, true, 0)
		if errs.KindOf(err) != errs.Invalid || !hasFault(err, code) {
			t.Errorf("%s: %v", code, err)
		}
	}
	report, err := s.courses.Publish(context.Background(), officer, s.drawsFrom("mine", "handling", ""), true, 0)
	if err != nil || report.CourseID != 0 || report.RevisionID != 0 || report.Revision != 1 || s.whole(t, `SELECT count(*) FROM courses`) != 1 {
		t.Errorf("%+v, %v", report, err)
	}
}

func hasFault(err error, code string) bool {
	var e *errs.Error
	return errors.As(err, &e) && slices.ContainsFunc(e.Faults, func(f errs.Fault) bool { return f.Code == code })
}

// Words that stand in a closed bank are no duplicates: that would tell where, and of a
// short answer what.
func TestDuplicatesAreFoundInOpenBanksOnly(t *testing.T) {
	s, officer, colleague := sharedBank(t)
	ctx := context.Background()
	for bank, actor := range map[string]people.Actor{"hers": officer, "his": colleague} {
		if err := s.quizzes.OpenBank(ctx, actor, bank, i18n.Texts{i18n.English: bank}); err != nil {
			t.Fatal(err)
		}
		held := s.items(t, withEssay)
		report, err := s.quizzes.ImportItems(ctx, actor, bank, held, false, quizzes.Based{})
		if err != nil {
			t.Fatal(err)
		}
		told := slices.ContainsFunc(report.Duplicates, func(d quizzes.Duplicate) bool { return d.Bank == "handling" })
		if told != (bank == "his") {
			t.Errorf("%s: duplicates %+v", bank, report.Duplicates)
		}
		list, _, err := s.quizzes.BankItems(ctx, actor, quizzes.BankQuery{Bank: bank, Limit: 9})
		if err != nil || len(list) != len(held) {
			t.Fatalf("%+v, %v", list, err)
		}
		h, err := s.quizzes.History(ctx, actor, bank, list[0].ID)
		if err != nil || slices.ContainsFunc(h.Duplicates, func(d quizzes.Duplicate) bool { return d.Bank == "handling" }) != (bank == "his") {
			t.Errorf("%s: duplicates in the history %+v, %v", bank, h.Duplicates, err)
		}
	}
}
