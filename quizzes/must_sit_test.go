package quizzes_test

import (
	"context"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/quizzes"
)

// reviewed makes every item of the bank one that may be drawn.
func (s *school) reviewed(t *testing.T, officer people.Actor, bank string) {
	t.Helper()
	list, _, err := s.quizzes.BankItems(context.Background(), officer, quizzes.BankQuery{Bank: bank, Limit: 99})
	if err != nil {
		t.Fatal(err)
	}
	state := quizzes.Reviewed
	var ids []int64
	for _, b := range list {
		ids = append(ids, b.ID)
	}
	if err := s.quizzes.Refile(context.Background(), officer, bank, ids, quizzes.Refiling{State: &state}); err != nil {
		t.Fatal(err)
	}
}

// closed tells whether the bank is closed to the actor, by every verb that opens it.
func (s *school) closed(t *testing.T, actor people.Actor, bank string) bool {
	t.Helper()
	ctx := context.Background()
	_, _, items := s.quizzes.BankItems(ctx, actor, quizzes.BankQuery{Bank: bank, Limit: 9})
	_, contents := s.quizzes.BankContents(ctx, actor, bank)
	_, imported := s.quizzes.ImportItems(ctx, actor, bank, nil, true, quizzes.Based{})
	state := quizzes.Retired
	refused, open := 0, []string{}
	for name, err := range map[string]error{"items": items, "contents": contents, "import": imported, "filing": s.quizzes.Refile(ctx, actor, bank, []int64{999999}, quizzes.Refiling{State: &state})} {
		if errs.CodeOf(err) == "quizzes.must_sit_from_bank" && errs.KindOf(err) == errs.Forbidden {
			refused++
		} else {
			open = append(open, name)
		}
	}
	if refused > 0 && len(open) > 0 {
		t.Errorf("%s is closed to %d and open to %v", bank, refused, open)
	}
	return refused > 0
}

// Every bank that a quiz may ask from is closed to whoever must sit it, until then.
func TestABankIsClosedToWhoeverMustSitAQuizThatAsksFromIt(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer, colleague := s.marker(t), s.marker(t)
	for _, bank := range []string{"risk", "other"} {
		if err := s.quizzes.OpenBank(ctx, officer, bank, i18n.Texts{i18n.English: bank}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.quizzes.ImportItems(ctx, officer, bank, s.items(t, "::"+bank+":: One? {T}\n"), false, quizzes.Based{}); err != nil {
			t.Fatal(err)
		}
		s.reviewed(t, officer, bank)
	}
	s.publish(t, "pass_mark: 80, sections: [{draw: {bank: risk, count: 1}}]", gift)
	if s.closed(t, officer, "risk") || s.closed(t, officer, "handling") {
		t.Error("closed to an officer who need not sit the quiz")
	}
	s.mustSit(t, officer)
	for bank, want := range map[string]bool{"risk": true, "handling": true, "other": false} {
		if got := s.closed(t, officer, bank); got != want {
			t.Errorf("%s is closed: %v", bank, got)
		}
		if s.closed(t, colleague, bank) {
			t.Errorf("%s is closed to a colleague", bank)
		}
	}
	banks, err := s.quizzes.Banks(ctx, officer)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range banks {
		if b.MustSit != (b.Code != "other") || b.Kept == b.MustSit {
			t.Errorf("%s in the list: %+v", b.Code, b)
		}
	}
	if err := s.quizzes.ChangeBank(ctx, officer, "risk", 1, i18n.Texts{i18n.English: "Risk!"}, ""); err != nil {
		t.Errorf("its name tells no key: %v", err)
	}
	if _, err := s.courses.Publish(ctx, officer, s.folder("pass_mark: 10", gift), false, 0); errs.CodeOf(err) != "courses.must_sit" {
		t.Errorf("an easier quiz by whoever must sit it: %v", err)
	}
	s.now = s.now.AddDate(0, 0, 1)
	if err := s.db.Exec(`INSERT INTO completions (assignment_id, person_id, course_id, revision_id, cycle, unit_id, completed_at)
		SELECT a.id, a.person_id, a.course_id, r.id, a.cycle, ?, now() FROM assignments a JOIN course_revisions r ON r.course_id = a.course_id
		WHERE a.person_id = ? LIMIT 1`, officer.UnitID, officer.PersonID).Error; err != nil {
		t.Fatal(err)
	}
	if s.closed(t, officer, "risk") {
		t.Error("closed to an officer who has passed")
	}
}

// Who opened a course unasked to look at it keeps its bank; who is being examined in it
// does not, asked or not.
func TestABankIsClosedToWhoeverIsBeingExaminedUnasked(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer := s.marker(t)
	if _, err := s.training.ReadLesson(ctx, officer, "handling", 1, 1); err != nil {
		t.Fatal(err)
	}
	if s.closed(t, officer, "handling") {
		t.Error("closed to who looked at the course")
	}
	if _, err := s.quizzes.Start(ctx, officer, s.quizID, ""); err != nil {
		t.Fatal(err)
	}
	if !s.closed(t, officer, "handling") {
		t.Error("open to who answers its questions")
	}
}

// Practice is no examination: nothing that counts is asked.
func TestABankStaysOpenToWhoeverPractisesUnasked(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80, practice: true"), context.Background()
	officer := s.marker(t)
	if _, err := s.training.ReadLesson(ctx, officer, "handling", 1, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := s.quizzes.Practise(ctx, officer, s.quizID); err != nil {
		t.Fatal(err)
	}
	if s.closed(t, officer, "handling") {
		t.Error("closed to who only practises")
	}
}

// An attempt goes on with the questions that it began with, whatever the quiz asks by now.
func TestABankIsClosedToWhoeverAnswersAnOlderRevisionThatAskedFromIt(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer := s.marker(t)
	if err := s.quizzes.OpenBank(ctx, officer, "risk", i18n.Texts{i18n.English: "Risk"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.quizzes.ImportItems(ctx, officer, "risk", s.items(t, "::risk:: One? {T}\n"), false, quizzes.Based{}); err != nil {
		t.Fatal(err)
	}
	s.reviewed(t, officer, "risk")
	s.publish(t, "pass_mark: 80, sections: [{draw: {bank: risk, count: 1}}]", gift)
	s.mustSit(t, officer)
	a, err := s.quizzes.Start(ctx, officer, s.quizID, "")
	if err != nil {
		t.Fatal(err)
	}
	s.publish(t, "pass_mark: 80", gift)
	if !s.closed(t, officer, "risk") {
		t.Error("open to who answers what was drawn from it")
	}
	if _, err := s.quizzes.Submit(ctx, officer, a.ID); err != nil {
		t.Fatal(err)
	}
	if s.closed(t, officer, "risk") {
		t.Error("closed when nothing asks from it any more")
	}
}
