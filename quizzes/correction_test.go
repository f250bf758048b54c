package quizzes_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"anwen/internal/errs"
	"anwen/internal/testdb"
	"anwen/items"
	"anwen/people"
	"anwen/quizzes"
)

var wrongKey = strings.Replace(gift, "{#48}", "{#72}", 1)

// answering opens an attempt of the actor, who answers the first question.
func (s *school) answering(t *testing.T, actor people.Actor, hours string) int64 {
	t.Helper()
	a, err := s.quizzes.Start(context.Background(), actor, s.quizID, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.quizzes.SaveAnswer(context.Background(), actor, a.ID, 1, quizzes.AnswerInput{Response: items.Write(hours)}); err != nil {
		t.Fatal(err)
	}
	return a.ID
}

// graded is what counts of an attempt, in points.
type graded struct {
	Earned, Possible int64
	Passed           bool
}

func (s *school) graded(t *testing.T, attempt int64) (g graded) {
	t.Helper()
	if err := s.db.Raw(`SELECT earned / 1000 AS earned, possible / 1000 AS possible, passed FROM attempt_grades WHERE attempt_id = ?`, attempt).Scan(&g).Error; err != nil {
		t.Fatal(err)
	}
	return g
}

// byCorrection is how an attempt with one answer counts after a correction of the key 72
// to 48. It is passed with 30 %.
func byCorrection(c items.Correction, hours string) graded {
	switch right := c == items.FullCredit || c == items.ByNewKey && hours == "48"; {
	case c == items.LeftOut:
		return graded{0, 2, false}
	case right:
		return graded{1, 3, true}
	default:
		return graded{0, 3, false}
	}
}

func TestWhatIsSubmittedAfterACorrectionIsGradedWithIt(t *testing.T) {
	for _, c := range []struct {
		kind  items.Correction
		hours string
	}{{items.ByNewKey, "48"}, {items.ByNewKey, "72"}, {items.FullCredit, "1"}, {items.LeftOut, "72"}} {
		for name, submit := range map[string]func(*school, people.Actor, int64) error{
			"by the learner": func(s *school, a people.Actor, id int64) error {
				r, err := s.quizzes.Submit(context.Background(), a, id)
				if err == nil && (r.Passed != byCorrection(c.kind, c.hours).Passed || int64(r.Earned)/1000 != byCorrection(c.kind, c.hours).Earned) {
					t.Errorf("the learner is told %+v", r)
				}
				return err
			},
			"by another process": func(s *school, a people.Actor, id int64) error {
				_, err := quizzes.New(s.db, func() time.Time { return s.now }, s.training).Submit(context.Background(), a, id)
				return err
			},
			"when the time runs out": func(s *school, _ people.Actor, _ int64) error {
				s.now = s.now.Add(time.Hour)
				_, err := s.quizzes.SubmitExpired(context.Background())
				return err
			},
		} {
			t.Run(string(c.kind)+" of "+c.hours+" "+name, func(t *testing.T) {
				s, ctx := open(t, testdb.Tx(t), "pass_mark: 30, minutes: 10"), context.Background()
				s.publish(t, "pass_mark: 30, minutes: 10", wrongKey)
				id := s.answering(t, s.actor, c.hours)
				var version int64
				if err := s.db.Raw(`SELECT (paper->'positions'->0->>'item_version')::bigint FROM attempts WHERE id = ?`, id).Scan(&version).Error; err != nil {
					t.Fatal(err)
				}
				s.publish(t, "pass_mark: 30, minutes: 10", strings.Replace(gift, "{#48}", "{#48.0}", 1))
				in := quizzes.RegradeInput{QuizID: s.quizID, Version: version, Correction: c.kind, Note: "The key said 72.", DryRun: true}
				officer := s.marker(t)
				for range 2 {
					if report, err := s.quizzes.Regrade(ctx, officer, in); err != nil || report.Open != 1 || report.Asked != 0 || report.Own != 0 {
						t.Fatalf("the preview and the correction count what is open: %+v, %v", report, err)
					}
					in.DryRun = false
				}
				if err := submit(s, s.actor, id); err != nil {
					t.Fatal(err)
				}
				want := byCorrection(c.kind, c.hours)
				if got := s.graded(t, id); got != want {
					t.Errorf("got %+v, want %+v", got, want)
				}
				if n := count(t, s.db, "quiz_passes"); (n == 1) != want.Passed {
					t.Errorf("%d passes, want %v", n, want.Passed)
				}
				if n := count(t, s.db, "corrections"); n != 1 {
					t.Errorf("%d corrections: the preview is none", n)
				}
			})
		}
	}
}

// Nobody corrects the own attempt, and that it is still open is no way round it.
func TestTheOwnOpenAttemptIsCorrectedBySomebodyElse(t *testing.T) {
	s, ctx := open(t, testdb.Tx(t), "pass_mark: 30"), context.Background()
	s.publish(t, "pass_mark: 30", wrongKey)
	officer, other := s.marker(t), s.marker(t)
	id := s.answering(t, officer, "1")
	version := s.whole(t, `SELECT (paper->'positions'->0->>'item_version')::bigint FROM attempts`)
	in := quizzes.RegradeInput{QuizID: s.quizID, Version: version, Correction: items.FullCredit, Note: "Badly asked."}
	_, err := s.quizzes.Regrade(ctx, officer, in)
	refused(t, err, "quizzes.must_sit")
	if _, err := s.quizzes.Submit(ctx, officer, id); err != nil {
		t.Fatal(err)
	}
	if got := s.graded(t, id); got != (graded{0, 3, false}) {
		t.Errorf("the own correction counts for the own attempt: %+v", got)
	}
	if _, err := s.quizzes.Regrade(ctx, other, in); err != nil {
		t.Fatal(err)
	}
	if got := s.graded(t, id); got != (graded{1, 3, true}) {
		t.Errorf("the correction of somebody else does not: %+v", got)
	}
}

func (s *school) whole(t *testing.T, sql string) (n int64) {
	t.Helper()
	if err := s.db.Raw(sql).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// A submission that has read which corrections there are, and is not committed, is
// neither submitted for the correction nor corrected: the correction must wait for it.
func TestACorrectionWaitsForASubmissionUnderWay(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 30"), context.Background()
	s.publish(t, "pass_mark: 30", wrongKey)
	id := s.answering(t, s.actor, "48")
	version := s.whole(t, `SELECT (paper->'positions'->0->>'item_version')::bigint FROM attempts`)
	inside, goOn := make(chan struct{}), make(chan struct{})
	var once sync.Once
	slow := quizzes.New(s.db, func() time.Time {
		once.Do(func() { close(inside); <-goOn })
		return s.now
	}, s.training)
	submitted, corrected := make(chan error, 1), make(chan error, 1)
	go func() { _, err := slow.Submit(ctx, s.actor, id); submitted <- err }()
	<-inside // the attempt is locked, and the corrections are read
	officer := s.marker(t)
	go func() {
		_, err := s.quizzes.Regrade(ctx, officer, quizzes.RegradeInput{QuizID: s.quizID, Version: version, Correction: items.FullCredit, Note: "x"})
		corrected <- err
	}()
	waits := testdb.Waits(t, s.db, corrected)
	close(goOn)
	if !waits {
		t.Fatal("the correction is done before the submission")
	}
	for _, done := range []chan error{submitted, corrected} {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	if got, want := s.graded(t, id), byCorrection(items.FullCredit, "48"); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// Learners submit while two officers correct, all at once and again and again. However
// that falls, each attempt ends with the grade by the newest correction.
func TestNoOrderOfSubmissionsAndCorrectionsLeavesTheWrongKey(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 30"), context.Background()
	s.publish(t, "pass_mark: 30", wrongKey)
	version := s.whole(t, `SELECT q.item_version_id FROM quiz_items q JOIN quiz_revisions r ON r.id = q.revision_id WHERE q.position = 1 ORDER BY r.number DESC LIMIT 1`)
	officers := []people.Actor{s.marker(t), s.marker(t)}
	hours, actors := map[int64]string{}, map[int64]people.Actor{}
	var begun []int64
	const rounds, together = 8, 3
	for i := range rounds * together {
		actor, answer := s.another(t), []string{"48", "72"}[i%2]
		id := s.answering(t, actor, answer)
		begun, hours[id], actors[id] = append(begun, id), answer, actor
	}
	s.publish(t, "pass_mark: 30", strings.Replace(gift, "{#48}", "{#48.0}", 1))
	random := rand.New(rand.NewPCG(1, 2))
	kinds := []items.Correction{items.ByNewKey, items.FullCredit, items.LeftOut}
	for round := range rounds {
		start, failed := make(chan struct{}), make(chan error, 16)
		var all sync.WaitGroup
		at := func(delay time.Duration, do func() error) {
			all.Go(func() {
				<-start
				time.Sleep(delay)
				if err := do(); err != nil {
					failed <- err
				}
			})
		}
		for _, id := range begun[round*together : (round+1)*together] {
			actor := actors[id]
			at(time.Duration(random.IntN(40))*time.Millisecond, func() error { _, err := s.quizzes.Submit(ctx, actor, id); return err })
		}
		for _, officer := range officers {
			in := quizzes.RegradeInput{QuizID: s.quizID, Version: version, Correction: kinds[random.IntN(3)], Note: "x"}
			at(time.Duration(random.IntN(40))*time.Millisecond, func() error { _, err := s.quizzes.Regrade(ctx, officer, in); return err })
		}
		close(start)
		all.Wait()
		select {
		case err := <-failed:
			t.Fatal(errs.CodeOf(err), err)
		default:
		}
		var newest items.Correction
		if err := s.db.Raw(`SELECT correction FROM corrections ORDER BY id DESC LIMIT 1`).Scan(&newest).Error; err != nil {
			t.Fatal(err)
		}
		for _, id := range begun[:(round+1)*together] {
			answer := hours[id]
			if got, want := s.graded(t, id), byCorrection(newest, answer); got != want {
				t.Errorf("round %d, attempt %d with %s after %s: %+v, want %+v", round, id, answer, newest, got, want)
			}
		}
	}
}
