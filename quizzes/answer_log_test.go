package quizzes_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"anwen/internal/errs"
	"anwen/internal/testdb"
	"anwen/items"
	"anwen/quizzes"
)

func after(n int, text string) quizzes.AnswerInput {
	return quizzes.AnswerInput{Response: items.Write(text), After: &n}
}

func TestTwoTabsNeverOverwriteEachOtherInSilence(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	a := s.start(t)
	save := func(g quizzes.AnswerInput) (int, error) {
		done, err := s.quizzes.SaveAnswer(ctx, s.actor, a.ID, 1, g)
		return done.Revision, err
	}
	if n, err := save(after(0, "48")); err != nil || n != 1 {
		t.Fatalf("the first answer: %d, %v", n, err)
	}
	if n, err := save(after(0, "48")); err != nil || n != 1 {
		t.Errorf("the same answer again, as when its acknowledgement was lost: %d, %v", n, err)
	}
	if _, err := save(after(0, "47")); errs.CodeOf(err) != "quizzes.answered_elsewhere" || errs.KindOf(err) != errs.Conflict {
		t.Errorf("another tab that saw nothing: %v", err)
	}
	for _, unseen := range []int{2, 7, 2_000_000_000} {
		if n, err := save(after(unseen, "47")); errs.KindOf(err) != errs.Conflict {
			t.Errorf("after a revision %d that nobody has seen: %d, %v", unseen, n, err)
		}
	}
	if n, err := save(after(1, "47")); err != nil || n != 2 {
		t.Errorf("after having seen it: %d, %v", n, err)
	}
	if n, err := save(quizzes.AnswerInput{Response: items.Write("46")}); err != nil || n != 3 {
		t.Errorf("on top of whatever is there: %d, %v", n, err)
	}
	got, err := s.quizzes.Attempt(ctx, s.actor, a.ID)
	if err != nil || *got.Answers[1].Text != "46" || got.Revisions[1] != 3 {
		t.Errorf("%+v, %v", got.Answers[1], err)
	}
}

// Many tabs that saw the same answer: one is stored, all the others are told.
func TestOfManyTabsAtOnceOneIsStored(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	a := s.start(t)
	for round := range 10 {
		var wait sync.WaitGroup
		var mu sync.Mutex
		stored, told := 0, 0
		for tab := range 12 {
			wait.Go(func() {
				_, err := s.quizzes.SaveAnswer(ctx, s.actor, a.ID, 1, after(round, fmt.Sprint(100+tab)))
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					stored++
				case errs.CodeOf(err) == "quizzes.answered_elsewhere":
					told++
				default:
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if stored != 1 || told != 11 {
			t.Fatalf("round %d: %d stored, %d told", round, stored, told)
		}
	}
}

// Who does not say which answer was seen is not asked: of many at once, on two instances,
// each is stored after the others.
func TestAnswersOnTopOfWhateverThereIsAreAllStored(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	a := s.start(t)
	second := quizzes.New(s.db, func() time.Time { return s.now }, s.training)
	if _, err := second.Attempt(ctx, s.actor, a.ID); err != nil {
		t.Fatal(err)
	}
	const many = 60
	var wait sync.WaitGroup
	release := make(chan struct{})
	revisions := make([]int, many)
	for n := range many {
		at := s.quizzes
		if n%2 == 1 {
			at = second
		}
		wait.Go(func() {
			<-release
			done, err := at.SaveAnswer(ctx, s.actor, a.ID, 1, quizzes.AnswerInput{Response: items.Write(fmt.Sprint(n))})
			if err != nil {
				t.Error(err)
			}
			revisions[n] = done.Revision
		})
	}
	close(release)
	wait.Wait()
	slices.Sort(revisions)
	for i, r := range revisions {
		if r != i+1 {
			t.Fatalf("revisions %v", revisions)
		}
	}
	if n := count(t, s.db, "answers"); n != many {
		t.Errorf("%d answers are stored", n)
	}
}

// Whatever is acknowledged is in the database, whoever else was in the batch.
func TestEveryAcknowledgedAnswerIsStoredThoughOthersAreRefused(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	a := s.start(t)
	b := s.start(t)
	if a.ID != b.ID {
		t.Fatal("a second attempt was opened")
	}
	other := s.another(t)
	c, err := s.quizzes.Start(ctx, other, s.quizID, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.quizzes.Submit(ctx, other, c.ID); err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	var mu sync.Mutex
	acknowledged := map[int]string{}
	for n := range 60 {
		wait.Go(func() {
			if n%3 == 0 { // refused, in the midst of the others
				if _, err := s.quizzes.SaveAnswer(ctx, other, c.ID, 1, quizzes.AnswerInput{Response: items.Write("1")}); errs.CodeOf(err) != "quizzes.already_submitted" {
					t.Errorf("an answer after the submission: %v", err)
				}
				return
			}
			text := fmt.Sprint(n)
			done, err := s.quizzes.SaveAnswer(ctx, s.actor, a.ID, 1, quizzes.AnswerInput{Response: items.Write(text)})
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			acknowledged[done.Revision] = text
			mu.Unlock()
		})
	}
	wait.Wait()
	if len(acknowledged) != 40 {
		t.Errorf("%d of 40 were acknowledged", len(acknowledged))
	}
	for revision, text := range acknowledged {
		var stored string
		err := s.db.Raw(`SELECT response->>'text' FROM answers WHERE attempt_id = ? AND position = 1 AND revision = ?`, a.ID, revision).Scan(&stored).Error
		if err != nil || stored != text {
			t.Errorf("revision %d was acknowledged as %q and is %q, %v", revision, text, stored, err)
		}
	}
}

func TestTheClaimedInstantIsKeptAndNotTrusted(t *testing.T) {
	s, ctx := open(t, testdb.Tx(t), "pass_mark: 80, minutes: 30"), context.Background()
	a := s.start(t)
	long := s.now.Add(-time.Hour)
	s.now = s.now.Add(40 * time.Minute)
	given := quizzes.AnswerInput{Response: items.Write("48"), ClaimedAt: &long}
	if _, err := s.quizzes.SaveAnswer(ctx, s.actor, a.ID, 1, given); errs.CodeOf(err) != "quizzes.deadline_passed" {
		t.Errorf("a clock that is behind saves nothing: %v", err)
	}
	s.now = s.now.Add(-20 * time.Minute)
	if _, err := s.quizzes.SaveAnswer(ctx, s.actor, a.ID, 1, given); err != nil {
		t.Fatal(err)
	}
	var kept time.Time
	if err := s.db.Raw(`SELECT claimed_at FROM answers`).Scan(&kept).Error; err != nil || !kept.Equal(long) {
		t.Errorf("claimed %s, kept %s, %v", long, kept, err)
	}
}

func TestTheLogOfAnAttemptTellsWhatHappened(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	a := s.start(t)
	step := func() { s.now = s.now.Add(time.Minute) }
	step()
	s.answer(t, a.ID, 1, items.Write("48"))
	step()
	claimed := s.now.Add(-time.Hour)
	if err := s.quizzes.RecordEvents(ctx, s.actor, a.ID, []quizzes.Event{{Kind: quizzes.Left, ClaimedAt: &claimed}, {Kind: quizzes.Returned}}); err != nil {
		t.Fatal(err)
	}
	step()
	if _, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil {
		t.Fatal(err)
	}
	events, err := s.quizzes.Log(ctx, s.marker(t), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []quizzes.EventKind
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	if want := []quizzes.EventKind{quizzes.Started, quizzes.Answered, quizzes.Left, quizzes.Returned, quizzes.Submitted}; fmt.Sprint(kinds) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", kinds, want)
	}
	if events[2].ClaimedAt == nil || !events[2].ClaimedAt.Equal(claimed) || *events[1].Position != 1 {
		t.Errorf("%+v", events)
	}
	if err := s.quizzes.RecordEvents(ctx, s.another(t), a.ID, []quizzes.Event{{Kind: quizzes.Left}}); errs.KindOf(err) != errs.NotFound {
		t.Errorf("events of somebody else's attempt: %v", err)
	}
	for range 25 {
		if err := s.quizzes.RecordEvents(ctx, s.actor, a.ID, make100()); err != nil {
			t.Fatal(err)
		}
	}
	if n := count(t, s.db, "attempt_events"); n != quizzes.MaxEvents {
		t.Errorf("%d events are kept, at most %d", n, quizzes.MaxEvents)
	}
}

func make100() []quizzes.Event {
	events := make([]quizzes.Event, 100)
	for i := range events {
		events[i].Kind = quizzes.Left
	}
	return events
}

// An answer that is being stored when the submission comes is graded: the submission
// waits for it. Without the lock of the attempt it would not.
func TestASubmissionWaitsForAnswersThatAreBeingStored(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	a := s.start(t)
	s.answer(t, a.ID, 1, items.Write("12"))
	storing := s.db.Begin()
	defer storing.Rollback()
	err := storing.Exec(`INSERT INTO answers (attempt_id, position, revision, response, saved_at) VALUES (?, 1, 2, '{"text": "48"}', ?)`, a.ID, s.now).Error
	if err != nil {
		t.Fatal(err)
	}
	type outcome struct {
		result quizzes.Result
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		r, err := s.quizzes.Submit(ctx, s.actor, a.ID)
		done <- outcome{r, err}
	}()
	if !testdb.Waits(t, s.db, done) {
		t.Fatal("submitted beside an answer that is being stored")
	}
	if err := storing.Commit().Error; err != nil {
		t.Fatal(err)
	}
	if o := <-done; o.err != nil || o.result.Items[0].Grade.Status != items.Right {
		t.Errorf("%+v, %v", o.result, o.err)
	}
}
