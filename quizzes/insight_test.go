package quizzes_test

import (
	"context"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/testdb"
	"anwen/items"
	"anwen/people"
)

func TestTheAnswersTellHowGoodTheItemsAre(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	learner := s.actor
	for n := range 4 {
		s.actor = s.another(t)
		a := s.start(t)
		s.choose(t, a.ID, 2, []string{"One named person", "The branch", "One named person", "Nobody"}[n])
		if n%2 == 0 {
			s.answer(t, a.ID, 1, items.Write("48"))
			s.answer(t, a.ID, 3, items.ChooseAll(s.shown(t, a.ID, 3, "Names", "Narratives")...))
		}
		if _, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil {
			t.Fatal(err)
		}
	}
	s.actor = learner
	officer := s.marker(t)
	in, err := s.quizzes.Insight(ctx, officer, s.quizID, false)
	if err != nil || in.Attempts != 4 || len(in.Items) != 3 {
		t.Fatalf("%+v, %v", in, err)
	}
	for _, it := range in.Items {
		if it.Facility != .5 || it.Discrimination < .99 || it.Asked != 4 || it.Since != nil {
			t.Errorf("%s: %+v", it.Name, it)
		}
		if it.Name == "who" && (it.Options[0].Chosen != 2 || !it.Options[0].Right || it.Options[1].Chosen != 1 || it.Options[2].HTML != "Nobody") {
			t.Errorf("the table of options: %+v", it.Options)
		}
		if it.Name == "hours" && it.Blank != 2 {
			t.Errorf("%d blanks", it.Blank)
		}
	}
	if in.Reliability.Alpha != 1 {
		t.Errorf("all items say the same: %+v", in.Reliability)
	}
	list, err := s.quizzes.Overviews(ctx, officer)
	if err != nil || len(list) != 1 || list[0].Attempts != 4 || list[0].Passed != 2 || list[0].People != 4 {
		t.Errorf("%+v, %v", list, err)
	}
	if _, err := s.quizzes.Insight(ctx, learner, s.quizID, false); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee: %v", err)
	}
	if c, err := s.quizzes.Learning(ctx, officer, s.quizID, s.quizID); err != nil || c.N != 0 {
		t.Errorf("nobody sat it twice: %+v, %v", c, err)
	}
}

// The second attempt of a person says nothing about the items.
func TestOnlyTheFirstAttemptOfAPersonCounts(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 100"), context.Background()
	for range 2 {
		a := s.start(t)
		if _, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil {
			t.Fatal(err)
		}
	}
	officer := people.Actor{Grants: []people.Grant{{Role: people.Auditor, UnitPath: "/"}}}
	first, err := s.quizzes.Insight(ctx, officer, s.quizID, false)
	if err != nil || first.Attempts != 1 {
		t.Errorf("%d attempts, %v", first.Attempts, err)
	}
	all, err := s.quizzes.Insight(ctx, officer, s.quizID, true)
	if err != nil || all.Attempts != 2 {
		t.Errorf("%d attempts, %v", all.Attempts, err)
	}
}
