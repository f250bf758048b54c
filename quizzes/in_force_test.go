package quizzes_test

import (
	"context"
	"net/netip"
	"sync"
	"testing"
	"time"

	"anwen/internal/errs"
	"anwen/internal/testdb"
	"anwen/items"
	"anwen/people"
	"anwen/quizzes"
)

func refused(t *testing.T, err error, code string) {
	t.Helper()
	if errs.CodeOf(err) != code {
		t.Errorf("%v, want %s", err, code)
	}
}

func (s *school) begin(actor people.Actor, password string) (quizzes.Attempt, error) {
	return s.quizzes.Start(context.Background(), actor, s.quizID, password)
}

// set changes the conditions on top of what there is.
func (s *school) set(t *testing.T, in quizzes.Conditions, password *string) {
	t.Helper()
	ctx, officer := context.Background(), s.marker(t)
	now, err := s.quizzes.ConditionsOf(ctx, officer, s.quizID)
	if err != nil {
		t.Fatal(err)
	}
	in.Number = now.Number
	if err := s.quizzes.SetConditions(ctx, officer, s.quizID, in, password); err != nil {
		t.Fatal(err)
	}
}

func (s *school) unitCode(t *testing.T, id int64) (code string) {
	t.Helper()
	if err := s.db.Raw(`SELECT code FROM units WHERE id = ?`, id).Scan(&code).Error; err != nil || code == "" {
		t.Fatalf("code of unit %d: %v", id, err)
	}
	return code
}

func (s *school) number(t *testing.T, actor people.Actor) (number string) {
	t.Helper()
	if err := s.db.Raw(`SELECT employee_no FROM people WHERE id = ?`, actor.PersonID).Scan(&number).Error; err != nil || number == "" {
		t.Fatalf("number of person %d: %v", actor.PersonID, err)
	}
	return number
}

func TestAQuizIsBegunInItsWindowAndEndsWithIt(t *testing.T) {
	s := open(t, testdb.New(t), "pass_mark: 80, minutes: 60")
	opens, closes := s.now.Add(time.Hour), s.now.Add(3*time.Hour)
	s.set(t, quizzes.Conditions{Opens: &opens, Closes: &closes}, nil)
	_, err := s.begin(s.actor, "")
	refused(t, err, "quizzes.not_open_yet")
	s.now = opens
	early, err := s.begin(s.actor, "")
	if err != nil || !early.DeadlineAt.Equal(opens.Add(time.Hour)) {
		t.Fatalf("%v, %v", early.DeadlineAt, err)
	}
	s.now = closes.Add(-20 * time.Minute)
	late, err := s.begin(s.another(t), "")
	if err != nil || !late.DeadlineAt.Equal(closes) {
		t.Fatalf("twenty minutes before the end: %v, %v", late.DeadlineAt, err)
	}
	s.now = closes
	_, err = s.begin(s.another(t), "")
	refused(t, err, "quizzes.closed")
}

func TestAQuizIsBegunWithItsPassword(t *testing.T) {
	s := open(t, testdb.New(t), "pass_mark: 80")
	password := "九點開始 9:00"
	s.set(t, quizzes.Conditions{}, &password)
	_, err := s.begin(s.actor, "")
	refused(t, err, "quizzes.password_needed")
	_, err = s.begin(s.actor, "nine")
	refused(t, err, "quizzes.wrong_password")
	a, err := s.begin(s.actor, password)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.begin(s.actor, ""); err != nil || again.ID != a.ID {
		t.Errorf("going on asked again: %v", err)
	}
	guesser := s.another(t)
	for range 5 {
		_, err := s.begin(guesser, "guess")
		refused(t, err, "quizzes.wrong_password")
	}
	_, err = s.begin(guesser, password)
	refused(t, err, "quizzes.too_many_passwords")
	s.now = s.now.Add(16 * time.Minute)
	if _, err := s.begin(guesser, password); err != nil {
		t.Errorf("after a rest: %v", err)
	}
	s.set(t, quizzes.Conditions{}, nil) // keeps it
	_, err = s.begin(s.another(t), "")
	refused(t, err, "quizzes.password_needed")
	none := ""
	s.set(t, quizzes.Conditions{}, &none)
	if _, err := s.begin(s.another(t), ""); err != nil {
		t.Errorf("without one: %v", err)
	}
	var found int
	if err := s.db.Raw(`SELECT count(*) FROM quiz_conditions WHERE position(convert_to(?, 'UTF8') IN secret) > 0`, password).Scan(&found).Error; err != nil || found != 0 {
		t.Errorf("the password itself is stored %d times, %v", found, err)
	}
}

// Guesses at once get no further than one after another.
func TestOfManyGuessesAtOnceFiveAreLookedAt(t *testing.T) {
	s := open(t, testdb.New(t), "pass_mark: 80")
	password := "九點開始 9:00"
	s.set(t, quizzes.Conditions{}, &password)
	guesser := s.another(t)
	var wait sync.WaitGroup
	var mu sync.Mutex
	codes := map[string]int{}
	for range 40 {
		wait.Go(func() {
			_, err := s.begin(guesser, "guess")
			mu.Lock()
			defer mu.Unlock()
			codes[errs.CodeOf(err)]++
		})
	}
	wait.Wait()
	if codes["quizzes.wrong_password"] != 5 || codes["quizzes.too_many_passwords"] != 35 {
		t.Errorf("%v", codes)
	}
}

func TestAQuizIsSatOnTheNetworkOfTheOwnUnit(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	own := quizzes.UnitNetwork{Unit: s.unitCode(t, s.actor.UnitID), Network: netip.MustParsePrefix("10.12.0.7/16")}
	elsewhere, path := testdb.Unit(t, s.db, 0)
	s.set(t, quizzes.Conditions{Networks: []quizzes.UnitNetwork{own, {Unit: s.unitCode(t, elsewhere), Network: netip.MustParsePrefix("2001:db8::/32")}}}, nil)
	at := func(actor people.Actor, address string) people.Actor {
		if address != "" {
			actor.From = netip.MustParseAddr(address)
		}
		return actor
	}
	for _, address := range []string{"", "10.13.0.1", "2001:db8::1"} {
		_, err := s.begin(at(s.actor, address), "")
		refused(t, err, "quizzes.wrong_network")
	}
	a, err := s.begin(at(s.actor, "::ffff:10.12.99.1"), "")
	if err != nil {
		t.Fatal(err)
	}
	home := at(s.actor, "192.0.2.1")
	_, err = s.begin(home, "")
	refused(t, err, "quizzes.wrong_network")
	_, err = s.quizzes.Attempt(ctx, home, a.ID)
	refused(t, err, "quizzes.wrong_network")
	_, err = s.quizzes.SaveAnswer(ctx, home, a.ID, 1, quizzes.AnswerInput{Response: items.Write("48")})
	refused(t, err, "quizzes.wrong_network")
	if _, err := s.quizzes.SaveAnswer(ctx, at(s.actor, "10.12.0.1"), a.ID, 1, quizzes.AnswerInput{Response: items.Write("48")}); err != nil {
		t.Errorf("in the own network: %v", err)
	}
	stranger := s.actor
	stranger.PersonID, stranger.UnitPath = testdb.Person(t, s.db, elsewhere), path
	_, err = s.begin(at(stranger, "10.12.0.1"), "")
	refused(t, err, "quizzes.wrong_network")
	if _, err := s.begin(at(stranger, "2001:db8::1"), ""); err != nil {
		t.Errorf("another unit in its own network: %v", err)
	}
	if _, err := s.quizzes.Submit(ctx, home, a.ID); err != nil {
		t.Errorf("what was saved is submitted from anywhere: %v", err)
	}
	if _, err := s.quizzes.Attempt(ctx, home, a.ID); err != nil {
		t.Errorf("and its result is seen from anywhere: %v", err)
	}
}

func TestConditionsOfTwoOfficersDoNotOverwriteEachOther(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer, late := s.marker(t), s.now.Add(time.Hour)
	if err := s.quizzes.SetConditions(ctx, officer, s.quizID, quizzes.Conditions{Closes: &late}, nil); err != nil {
		t.Fatal(err)
	}
	refused(t, s.quizzes.SetConditions(ctx, officer, s.quizID, quizzes.Conditions{}, nil), "quizzes.conditions_changed")
	refused(t, s.quizzes.SetConditions(ctx, officer, s.quizID, quizzes.Conditions{Number: 1, Opens: &late, Closes: &late}, nil), "quizzes.window_backwards")
	refused(t, s.quizzes.SetConditions(ctx, officer, s.quizID, quizzes.Conditions{Number: 1, Networks: []quizzes.UnitNetwork{{Unit: "nowhere", Network: netip.MustParsePrefix("10.0.0.0/8")}}}, nil), "quizzes.bad_networks")
	refused(t, s.quizzes.SetConditions(ctx, s.actor, s.quizID, quizzes.Conditions{Number: 1}, nil), "people.forbidden")
	found, err := s.quizzes.ConditionsOf(ctx, officer, s.quizID)
	if err != nil || found.Number != 1 || !found.Closes.Equal(late) {
		t.Errorf("%+v, %v", found, err)
	}
}

func TestAnAccommodationGivesMoreTimeAndAttempts(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80, minutes: 60, attempts: 1"), context.Background()
	closes, officer := s.now.Add(2*time.Hour), s.marker(t)
	s.set(t, quizzes.Conditions{Closes: &closes}, nil)
	grant := func(in quizzes.Accommodation) error {
		in.EmployeeNo, in.Reason = s.number(t, s.actor), "agreed with HR"
		return s.quizzes.Accommodate(ctx, officer, s.quizID, in)
	}
	if err := grant(quizzes.Accommodation{Everywhere: true, ExtraPercent: 100}); err != nil {
		t.Fatal(err)
	}
	later := s.now.Add(5 * time.Hour)
	if err := grant(quizzes.Accommodation{ExtraPercent: 50, ExtraAttempts: 1, Closes: &later}); err != nil {
		t.Fatal(err)
	}
	a := s.start(t)
	if !a.DeadlineAt.Equal(s.now.Add(90 * time.Minute)) {
		t.Errorf("the quiz's own grant counts before the general one: %s", a.DeadlineAt.Sub(s.now))
	}
	submit := func(id int64) {
		t.Helper()
		if _, err := s.quizzes.Submit(ctx, s.actor, id); err != nil {
			t.Fatal(err)
		}
	}
	submit(a.ID)
	s.now = closes.Add(time.Minute)
	a = s.start(t)
	submit(a.ID)
	_, err := s.begin(s.actor, "")
	refused(t, err, "quizzes.no_attempt_left")
	list, err := s.quizzes.Accommodations(ctx, officer, s.quizID)
	if err != nil || len(list) != 1 || list[0].ExtraPercent != 50 || list[0].Everywhere {
		t.Errorf("%+v, %v", list, err)
	}
	if err := grant(quizzes.Accommodation{}); err != nil {
		t.Fatal(err)
	}
	if list, err := s.quizzes.Accommodations(ctx, officer, s.quizID); err != nil || len(list) != 0 {
		t.Errorf("one that was ended is listed: %+v, %v", list, err)
	}
	refused(t, s.quizzes.Accommodate(ctx, officer, s.quizID, quizzes.Accommodation{EmployeeNo: s.number(t, s.actor), ExtraPercent: 50}), "quizzes.bad_accommodation")
	refused(t, grant(quizzes.Accommodation{ExtraPercent: 301}), "quizzes.bad_accommodation")
	branch := officer
	branch.Grants = []people.Grant{{Role: people.HR, UnitPath: "/999999/"}}
	refused(t, s.quizzes.Accommodate(ctx, branch, s.quizID, quizzes.Accommodation{EmployeeNo: s.number(t, s.actor), ExtraPercent: 50, Reason: "x"}), "quizzes.unknown_person")
}

func TestPracticeCountsForNothing(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80, attempts: 1, review: passed"), context.Background()
	_, err := s.quizzes.Practise(ctx, s.actor, s.quizID)
	refused(t, err, "quizzes.no_practice")
	s.publish(t, "pass_mark: 80, attempts: 1, minutes: 30, review: passed, practice: true", gift)
	for range 3 {
		a, err := s.quizzes.Practise(ctx, s.actor, s.quizID)
		if err != nil || !a.Practice || a.DeadlineAt != nil {
			t.Fatalf("%+v, %v", a, err)
		}
		s.answer(t, a.ID, 1, items.Write("12"))
		r, err := s.quizzes.Submit(ctx, s.actor, a.ID)
		if err != nil || len(r.Items) != 3 || r.Completed {
			t.Fatalf("%+v, %v", r, err)
		}
	}
	a, err := s.quizzes.Practise(ctx, s.actor, s.quizID)
	if err != nil || a.Number != 4 {
		t.Fatalf("%d, %v", a.Number, err)
	}
	s.answerAll(t, a.ID)
	if r, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil || !r.Passed || r.Completed {
		t.Fatalf("%+v, %v", r, err)
	}
	for _, table := range []string{"quiz_passes", "completions"} {
		if n := count(t, s.db, table); n != 0 {
			t.Errorf("%d %s follow from practice", n, table)
		}
	}
	if insight, err := s.quizzes.Insight(ctx, s.marker(t), s.quizID, true); err != nil || insight.Attempts != 0 {
		t.Errorf("%d attempts of practice are analysed, %v", insight.Attempts, err)
	}
	counted := s.start(t)
	if counted.Number != 1 {
		t.Errorf("the attempt that counts is number %d", counted.Number)
	}
	_, err = s.quizzes.Practise(ctx, s.actor, s.quizID)
	refused(t, err, "quizzes.practice_beside_attempt")
}

// An essay is not marked in practice, so nothing waits and its points do not count.
func TestAnEssayOfPracticeWaitsForNobody(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	s.publish(t, "pass_mark: 80, practice: true", withEssay)
	a, err := s.quizzes.Practise(ctx, s.actor, s.quizID)
	if err != nil {
		t.Fatal(err)
	}
	s.answer(t, a.ID, 1, items.Write("Because the clock starts."))
	s.answer(t, a.ID, 2, items.Choose(0))
	r, err := s.quizzes.Submit(ctx, s.actor, a.ID)
	if err != nil || r.Waiting != 0 || !r.Passed || r.Possible != items.Point || r.Items[0].Grade.Status != items.Stated {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestTwoTabsBeginOnePractice(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80, practice: true"), context.Background()
	var wg sync.WaitGroup
	ids := make([]int64, 8)
	for i := range ids {
		wg.Go(func() {
			a, err := s.quizzes.Practise(ctx, s.actor, s.quizID)
			if err != nil {
				t.Error(err)
			}
			ids[i] = a.ID
		})
	}
	wg.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("several: %v", ids)
		}
	}
}
