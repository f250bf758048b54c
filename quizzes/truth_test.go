package quizzes_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/testdb"
	"anwen/items"
	"anwen/people"
	"anwen/quizzes"
)

// What a corrected key makes of the attempts is what everything reads: the card of the
// course, the rule of which attempt counts, and the course itself.
func TestTheCorrectedGradeIsTheOnlyOne(t *testing.T) {
	const blank, right, wrong = "blank", "right", "wrong"
	for name, c := range map[string]struct {
		settings string
		attempts []string // right is wrong by the wrong key of one of three items
		before   bool     // passed by the wrong key
		after    bool
		best     [2]int // percent on the card, before and after
	}{
		"best: the only one passes":                    {"pass_mark: 80, keep: best", []string{right}, false, true, [2]int{66, 100}},
		"best: the first passes beside a worse last":   {"pass_mark: 80, keep: best", []string{right, blank}, false, true, [2]int{66, 100}},
		"first: the first passes":                      {"pass_mark: 80, keep: first", []string{right, blank}, false, true, [2]int{66, 100}},
		"first: the second alone passes":               {"pass_mark: 80, keep: first", []string{blank, right}, false, false, [2]int{66, 100}},
		"first: the second passed all along":           {"pass_mark: 60, keep: first", []string{blank, right}, false, false, [2]int{66, 100}},
		"last: the last passes":                        {"pass_mark: 80, keep: last", []string{blank, right}, false, true, [2]int{66, 100}},
		"last: one that was not the last passes":       {"pass_mark: 80, keep: last", []string{right, blank}, false, false, [2]int{66, 100}},
		"average: both rise":                           {"pass_mark: 80, keep: average", []string{right, right}, false, true, [2]int{66, 100}},
		"average: one that had passed alone rises":     {"pass_mark: 50, keep: average", []string{blank, right}, false, true, [2]int{66, 100}},
		"average: not enough":                          {"pass_mark: 80, keep: average", []string{blank, right}, false, false, [2]int{66, 100}},
		"best: who is wrong by every key stays failed": {"pass_mark: 80, keep: best", []string{wrong}, false, false, [2]int{0, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
			s.publish(t, c.settings, strings.Replace(gift, "{#48}", "{#72}", 1))
			for _, how := range c.attempts {
				a := s.start(t)
				switch how {
				case right:
					s.answerAll(t, a.ID)
				case wrong:
					s.answer(t, a.ID, 1, items.Write("1"))
				}
				if _, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil {
					t.Fatal(err)
				}
				s.now = s.now.Add(time.Hour)
			}
			s.stands(t, c.before, c.best[0])
			var version int64
			if err := s.db.Raw(`SELECT (paper->'positions'->0->>'item_version')::bigint FROM attempts ORDER BY id LIMIT 1`).Scan(&version).Error; err != nil {
				t.Fatal(err)
			}
			s.publish(t, c.settings, gift)
			in := quizzes.RegradeInput{QuizID: s.quizID, Version: version, Correction: items.ByNewKey, Note: "It is 48."}
			if _, err := s.quizzes.Regrade(ctx, s.marker(t), in); err != nil {
				t.Fatal(err)
			}
			s.stands(t, c.after, c.best[1])
		})
	}
}

// stands holds that the card, the course and the overview say the same.
func (s *school) stands(t *testing.T, passed bool, best int) {
	t.Helper()
	ctx := context.Background()
	course, err := s.training.Course(ctx, s.actor, "handling")
	if err != nil {
		t.Fatal(err)
	}
	card, err := s.quizzes.QuizOfCourse(ctx, s.actor, course.CourseID)
	if err != nil {
		t.Fatal(err)
	}
	if card.Passed != passed || course.Assignment.QuizPassed != passed {
		t.Errorf("passed is %t on the card and %t in the course, want %t", card.Passed, course.Assignment.QuizPassed, passed)
	}
	if card.BestPercent == nil || *card.BestPercent != best {
		t.Errorf("the best attempt on the card: %v %%, want %d", card.BestPercent, best)
	}
	list, err := s.quizzes.Overviews(ctx, s.marker(t))
	if err != nil || len(list) != 1 || (list[0].Passed == 1) != passed {
		t.Errorf("the overview: %+v, %v", list, err)
	}
}

// An attempt of which everything was left out has nothing to be the best of.
func TestTheCardSurvivesAPaperOfWhichNothingIsLeft(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	s.publish(t, "pass_mark: 80", "::hours:: How many hours? {#72}\n")
	a := s.start(t)
	s.answer(t, a.ID, 1, items.Write("48"))
	if _, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil {
		t.Fatal(err)
	}
	in := quizzes.RegradeInput{QuizID: s.quizID, Version: s.asked(t, a.ID), Correction: items.LeftOut, Note: "It asks for nothing."}
	if _, err := s.quizzes.Regrade(ctx, s.marker(t), in); err != nil {
		t.Fatal(err)
	}
	card, err := s.quizzes.QuizOfCourse(ctx, s.actor, 1)
	if err != nil || card.Passed || card.BestPercent != nil {
		t.Errorf("%+v, %v", card, err)
	}
}

// asked is the item version at the first position of the paper.
func (s *school) asked(t *testing.T, attempt int64) (version int64) {
	t.Helper()
	if err := s.db.Raw(`SELECT (paper->'positions'->0->>'item_version')::bigint FROM attempts WHERE id = ?`, attempt).Scan(&version).Error; err != nil {
		t.Fatal(err)
	}
	return version
}

func TestAnItemThatWasLeftOutIsNotCountedAsAsked(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	a := s.start(t)
	s.answerAll(t, a.ID)
	if _, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil {
		t.Fatal(err)
	}
	officer, version := s.marker(t), s.asked(t, a.ID)
	var item int64
	if err := s.db.Raw(`SELECT item_id FROM item_versions WHERE id = ?`, version).Scan(&item).Error; err != nil {
		t.Fatal(err)
	}
	asked := func() (history, insight, correction int) {
		t.Helper()
		h, err := s.quizzes.History(ctx, officer, "handling", item)
		if err != nil || len(h.Versions) != 1 {
			t.Fatalf("%+v, %v", h, err)
		}
		in, err := s.quizzes.Insight(ctx, officer, s.quizID, true)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range in.Items {
			if found.Name == h.Name {
				insight = found.Asked
			}
		}
		r, err := s.quizzes.Regrade(ctx, officer, quizzes.RegradeInput{QuizID: s.quizID, Version: version, Correction: items.FullCredit, DryRun: true})
		if err != nil {
			t.Fatal(err)
		}
		return h.Versions[0].Asked, insight, r.Asked
	}
	if h, i, c := asked(); h != 1 || i != 1 || c != 1 {
		t.Errorf("before: asked %d times in its history, %d in the analysis, %d in a correction", h, i, c)
	}
	in := quizzes.RegradeInput{QuizID: s.quizID, Version: version, Correction: items.LeftOut, Note: "It asks for nothing."}
	if r, err := s.quizzes.Regrade(ctx, officer, in); err != nil || r.Asked != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if h, i, c := asked(); h != 0 || i != 0 || c != 0 {
		t.Errorf("left out: asked %d times in its history, %d in the analysis, %d in a correction", h, i, c)
	}
}

func TestOfTwoMarkersWhoDisagreeNeitherDecides(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	s.publish(t, "pass_mark: 80", withEssay)
	a := s.submitted(t)
	one, two, three := s.marker(t), s.marker(t), s.marker(t)
	mark := func(actor people.Actor, decides bool, points ...items.Points) (items.Standing, error) {
		return s.quizzes.MarkEssay(ctx, actor, quizzes.NewMark{AttemptID: a.ID, Position: 1, Criteria: points, Decides: decides})
	}
	for _, m := range []struct {
		by     people.Actor
		points items.Points
		want   items.Standing
	}{{one, 3000, items.Unmarked}, {one, 2500, items.Unmarked}, {two, 0, items.Disputed}} {
		if got, err := mark(m.by, false, 1000, m.points); err != nil || got != m.want {
			t.Fatalf("%s, %v", got, err)
		}
	}
	for name, c := range map[string]struct {
		by      people.Actor
		decides bool
		points  items.Points
	}{
		"the first decides": {one, true, 2500}, "the second decides": {two, true, 0},
		"the first gives in": {one, false, 0}, "the second gives in": {two, false, 2500},
	} {
		if _, err := mark(c.by, c.decides, 1000, c.points); errs.CodeOf(err) != "quizzes.another_decides" {
			t.Errorf("%s: %v", name, err)
		}
	}
	err := s.db.Exec(`INSERT INTO marks (attempt_id, position, marker_id, earned, possible, criteria, decides, marked_at) VALUES (?, 1, ?, 0, 4000, '[]', true, now())`, a.ID, one.PersonID).Error
	if !database.Violated(err, "marks_decided_by_another") {
		t.Errorf("the database takes the decision of one of the two: %v", err)
	}
	if n := count(t, s.db, "regrades"); n != 0 {
		t.Fatalf("%d grades", n)
	}
	// A third person's mark decides, whether or not it says so.
	if got, err := mark(three, false, 1000, 3000); err != nil || got != items.Settled {
		t.Fatalf("%s, %v", got, err)
	}
	got, err := s.quizzes.Attempt(ctx, s.actor, a.ID)
	if err != nil || got.Result.Items[0].Grade.Earned != 4000 {
		t.Errorf("%+v, %v", got.Result, err)
	}
}

// The time ran out before the last lesson was read, and that was noticed afterwards.
func TestACourseIsNotCompletedBeforeWhatCompletedIt(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80, minutes: 10"), context.Background()
	a := s.start(t)
	s.answerAll(t, a.ID)
	read := a.DeadlineAt.Add(time.Minute)
	s.now = read
	if _, err := s.training.ReadLesson(ctx, s.actor, "handling", 1, 1); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(time.Hour)
	if n, err := s.quizzes.SubmitExpired(ctx); err != nil || n != 1 {
		t.Fatalf("submitted %d, %v", n, err)
	}
	var completed time.Time
	if err := s.db.Raw(`SELECT completed_at FROM completions`).Row().Scan(&completed); err != nil || !completed.Equal(read) {
		t.Errorf("completed at %s, read at %s, %v", completed, read, err)
	}
}
