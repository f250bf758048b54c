package quizzes_test

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"anwen/courses"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/items"
	"anwen/people"
	"anwen/quizzes"
	"anwen/training"
)

// school is a published course with a quiz of three items, and one learner.
type school struct {
	courses  *courses.Service
	training *training.Service
	quizzes  *quizzes.Service
	db       *database.Pool
	now      time.Time
	actor    people.Actor
	quizID   int64
}

const gift = `
::hours:: A general complaint is answered within how many hours? {#48}
::who:: Who answers for a complaint? {=One named person#Exactly. ~The branch ~Nobody}
::both:: What is kept out of the system? {~%50%Names ~%50%Narratives ~%-100%References}
`

func open(t *testing.T, db *database.Pool, settings string) *school {
	t.Helper()
	s := &school{db: db, now: time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return s.now }
	s.courses = courses.New(db, clock, nil, nil)
	s.training = training.New(db, clock, s.courses, nil)
	s.quizzes = quizzes.New(db, clock, s.training)
	s.courses.SetQuizPublisher(s.quizzes)
	unit, path := testdb.Unit(t, db, 0)
	s.actor = people.Actor{PersonID: testdb.Person(t, db, unit), UnitID: unit, UnitPath: path, Locale: i18n.English, Zone: "Asia/Shanghai"}
	s.publish(t, settings, gift)
	if err := db.Raw(`SELECT id FROM quizzes`).Scan(&s.quizID).Error; err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *school) publish(t *testing.T, settings, gift string) {
	t.Helper()
	_, err := s.courses.Publish(context.Background(), people.System(), s.folder(settings, gift), false, 0)
	if err != nil {
		t.Fatalf("publish: %v", err)
	}
}

// another is a second learner.
func (s *school) another(t *testing.T) people.Actor {
	t.Helper()
	actor := s.actor
	actor.PersonID = testdb.Person(t, s.db, s.actor.UnitID)
	return actor
}

func (s *school) start(t *testing.T) quizzes.Attempt {
	t.Helper()
	a, err := s.quizzes.Start(context.Background(), s.actor, s.quizID, "")
	if err != nil {
		t.Fatalf("start: %v", err)
	}
	return a
}

func (s *school) answer(t *testing.T, id int64, position int, r items.Response) {
	t.Helper()
	if _, err := s.quizzes.SaveAnswer(context.Background(), s.actor, id, position, quizzes.AnswerInput{Response: r}); err != nil {
		t.Fatalf("answer %d: %v", position, err)
	}
}

// shown is where the options with the texts stand at the position, 0 for true.
func (s *school) shown(t *testing.T, id int64, position int, texts ...string) (places []int) {
	t.Helper()
	a, err := s.quizzes.Attempt(context.Background(), s.actor, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		for _, o := range a.Questions[position-1].Options {
			if o.HTML == text {
				places = append(places, o.ID)
			}
		}
	}
	return places
}

func (s *school) choose(t *testing.T, id int64, position int, text string) {
	t.Helper()
	s.answer(t, id, position, items.Choose(s.shown(t, id, position, text)[0]))
}

func (s *school) answerAll(t *testing.T, id int64) {
	t.Helper()
	s.answer(t, id, 1, items.Write("48"))
	s.choose(t, id, 2, "One named person")
	s.answer(t, id, 3, items.ChooseAll(s.shown(t, id, 3, "Narratives", "Names")...))
}

func count(t *testing.T, db *database.Pool, table string) (n int) {
	t.Helper()
	if err := db.Raw(`SELECT count(*) FROM ` + table).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAnAttemptIsAnsweredSubmittedAndGraded(t *testing.T) {
	s, ctx := open(t, testdb.Tx(t), "pass_mark: 80"), context.Background()
	a := s.start(t)
	s.choose(t, a.ID, 2, "Nobody")
	s.answerAll(t, a.ID)
	again, err := s.quizzes.Attempt(ctx, s.actor, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := *again.Answers[2].Choice; got != s.shown(t, a.ID, 2, "One named person")[0] {
		t.Errorf("the newest answer of position 2 is %d", got)
	}
	if n := count(t, s.db, "answers"); n != 4 {
		t.Errorf("%d answers are kept, want every save", n)
	}
	r, err := s.quizzes.Submit(ctx, s.actor, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Passed || r.Earned != r.Possible || r.Completed {
		t.Errorf("got %+v; the lesson is not read yet", r)
	}
	if !strings.Contains(r.Items[1].Feedback, "Exactly.") {
		t.Errorf("feedback is %q", r.Items[1].Feedback)
	}
}

func TestReadingTheLastLessonAfterPassingCompletesTheCourse(t *testing.T) {
	s, ctx := open(t, testdb.Tx(t), "pass_mark: 80"), context.Background()
	a := s.start(t)
	s.answerAll(t, a.ID)
	if _, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil {
		t.Fatal(err)
	}
	p, err := s.training.ReadLesson(ctx, s.actor, "handling", 1, 1)
	if err != nil || !p.Completed {
		t.Fatalf("%+v %v", p, err)
	}
	if _, err := s.quizzes.Start(ctx, s.actor, s.quizID, ""); errs.KindOf(err) != errs.Conflict {
		t.Errorf("a completed course lets the quiz start again: %v", err)
	}
}

func TestBlankIsNotWrong(t *testing.T) {
	s, ctx := open(t, testdb.Tx(t), "pass_mark: 80"), context.Background()
	a := s.start(t)
	s.answer(t, a.ID, 1, items.Write("47"))
	s.answer(t, a.ID, 2, items.Choose(0))
	s.answer(t, a.ID, 2, items.Response{}) // cleared
	r, err := s.quizzes.Submit(ctx, s.actor, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []items.Status{items.Wrong, items.Blank, items.Blank} {
		if r.Items[i].Grade.Status != want {
			t.Errorf("position %d is %s, want %s", i+1, r.Items[i].Grade.Status, want)
		}
	}
	if r.Passed {
		t.Error("passed with nothing right")
	}
}

func TestNoAnswerKeyLeavesBeforeTheSubmission(t *testing.T) {
	s := open(t, testdb.Tx(t), "pass_mark: 80")
	raw, err := json.Marshal(s.start(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"Exactly.", "eight", "Weight", "48\""} {
		if strings.Contains(string(raw), secret) {
			t.Errorf("the attempt holds %q: %s", secret, raw)
		}
	}
}

func TestThePaperIsFrozenAgainstALaterRevision(t *testing.T) {
	s, ctx := open(t, testdb.Tx(t), "pass_mark: 80"), context.Background()
	a := s.start(t)
	s.publish(t, "pass_mark: 100", strings.Replace(gift, "{#48}", "{#72}", 1))
	s.answerAll(t, a.ID)
	r, err := s.quizzes.Submit(ctx, s.actor, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Passed || r.Items[0].Grade.Status != items.Right {
		t.Errorf("the later key graded the earlier paper: %+v", r)
	}
}

func TestTheAttemptLimitHolds(t *testing.T) {
	s, ctx := open(t, testdb.Tx(t), "pass_mark: 80, attempts: 2"), context.Background()
	for range 2 {
		if _, err := s.quizzes.Submit(ctx, s.actor, s.start(t).ID); err != nil {
			t.Fatal(err)
		}
	}
	_, err := s.quizzes.Start(ctx, s.actor, s.quizID, "")
	if errs.CodeOf(err) != "quizzes.no_attempt_left" {
		t.Fatalf("got %v", err)
	}
}

func TestAfterTheDeadlineWhatWasSavedIsSubmitted(t *testing.T) {
	s, ctx := open(t, testdb.Tx(t), "pass_mark: 80, minutes: 10"), context.Background()
	a := s.start(t)
	s.answerAll(t, a.ID)
	s.now = s.now.Add(10*time.Minute + quizzes.AnswerGrace + time.Second)
	if _, err := s.quizzes.SaveAnswer(ctx, s.actor, a.ID, 1, quizzes.AnswerInput{Response: items.Write("1")}); errs.CodeOf(err) != "quizzes.deadline_passed" {
		t.Errorf("a late answer: %v", err)
	}
	if n, err := s.quizzes.SubmitExpired(ctx); err != nil || n != 1 {
		t.Fatalf("submitted %d, %v", n, err)
	}
	got, err := s.quizzes.Attempt(ctx, s.actor, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got.Result == nil || !got.Result.Passed || !got.Result.ByDeadline || !got.Result.SubmittedAt.Equal(*a.DeadlineAt) {
		t.Errorf("got %+v", got.Result)
	}
}

func TestRefusals(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	a := s.start(t)
	stranger := s.another(t)
	save := func(actor people.Actor, id int64, position int, r items.Response) error {
		_, err := s.quizzes.SaveAnswer(ctx, actor, id, position, quizzes.AnswerInput{Response: r})
		return err
	}
	for name, c := range map[string]struct {
		err  error
		kind errs.Kind
	}{
		"somebody else's attempt":       {save(stranger, a.ID, 1, items.Write("48")), errs.NotFound},
		"an attempt that is not there":  {save(s.actor, a.ID+99, 1, items.Write("48")), errs.NotFound},
		"a position not on the paper":   {save(s.actor, a.ID, 4, items.Write("48")), errs.NotFound},
		"an option that is not there":   {save(s.actor, a.ID, 2, items.Choose(7)), errs.Invalid},
		"the form of another kind":      {save(s.actor, a.ID, 2, items.Write("48")), errs.Invalid},
		"a submission by somebody else": {func() error { _, err := s.quizzes.Submit(ctx, stranger, a.ID); return err }(), errs.NotFound},
		"a look by somebody else":       {func() error { _, err := s.quizzes.Attempt(ctx, stranger, a.ID); return err }(), errs.NotFound},
		"a quiz that is not there":      {func() error { _, err := s.quizzes.Start(ctx, s.actor, 999, ""); return err }(), errs.NotFound},
	} {
		if errs.KindOf(c.err) != c.kind {
			t.Errorf("%s: %v, want %s", name, c.err, c.kind)
		}
	}
	if n := count(t, s.db, "answers"); n != 0 {
		t.Errorf("%d answers were written", n)
	}
	if _, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil {
		t.Fatal(err)
	}
	if err := save(s.actor, a.ID, 1, items.Write("48")); errs.CodeOf(err) != "quizzes.already_submitted" {
		t.Errorf("an answer after the submission: %v", err)
	}
}

func TestTwentyStartsAtOnceOpenOneAttempt(t *testing.T) {
	s := open(t, testdb.New(t), "pass_mark: 80, attempts: 3")
	ids := make(chan int64, 20)
	var ready, wait sync.WaitGroup
	release := make(chan struct{})
	for range 20 {
		ready.Add(1)
		wait.Go(func() {
			ready.Done()
			<-release
			a, err := s.quizzes.Start(context.Background(), s.actor, s.quizID, "")
			if err != nil {
				t.Error(err)
			}
			ids <- a.ID
		})
	}
	ready.Wait()
	close(release)
	wait.Wait()
	close(ids)
	seen := map[int64]bool{}
	for id := range ids {
		seen[id] = true
	}
	if n := count(t, s.db, "attempts"); len(seen) != 1 || n != 1 {
		t.Fatalf("%d attempts were returned, %d are stored", len(seen), n)
	}
}

// An answer that races with the submission is either graded or refused: never
// acknowledged and left out.
func TestAnAcknowledgedAnswerIsAlwaysGraded(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	for round := range 30 {
		a := s.start(t)
		var wait sync.WaitGroup
		var saved error
		release := make(chan struct{})
		wait.Go(func() {
			<-release
			_, saved = s.quizzes.SaveAnswer(ctx, s.actor, a.ID, 1, quizzes.AnswerInput{Response: items.Write("47")})
		})
		wait.Go(func() {
			<-release
			if _, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil {
				t.Error(err)
			}
		})
		close(release)
		wait.Wait()
		got, err := s.quizzes.Attempt(ctx, s.actor, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		switch status := got.Result.Items[0].Grade.Status; {
		case saved == nil && status != items.Wrong:
			t.Fatalf("round %d: the answer was saved, and the grade is %s", round, status)
		case saved != nil && errs.CodeOf(saved) != "quizzes.already_submitted":
			t.Fatalf("round %d: %v", round, saved)
		}
	}
}

func TestStatementsStayWithinTheirBudget(t *testing.T) {
	s := open(t, testdb.New(t), "pass_mark: 80")
	budget := func(what string, most int64, do func(context.Context) error) {
		t.Helper()
		ctx, counter := database.WithCounter(context.Background())
		if err := do(ctx); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		t.Logf("%s: %d statements, %d transactions", what, counter.Statements(), counter.Transactions())
		if counter.Statements() > most {
			t.Errorf("%s runs %d statements, at most %d", what, counter.Statements(), most)
		}
	}
	var a quizzes.Attempt
	err := s.db.Transaction(context.Background(), func(tx database.Tx) error {
		_, _, err := s.training.OpenAssignmentTx(context.Background(), tx, s.actor.PersonID, 1)
		return err
	})
	if err != nil {
		t.Fatal(err) // the learner was assigned the course
	}
	// The session is one statement more where it is not in memory.
	budget("the first start of a quiz in this process", 3, func(ctx context.Context) (err error) {
		a, err = s.quizzes.Start(ctx, s.actor, s.quizID, "")
		return err
	})
	budget("going on", 2, func(ctx context.Context) error {
		_, err := s.quizzes.Start(ctx, s.actor, s.quizID, "")
		return err
	})
	budget("an answer", 1, func(ctx context.Context) error {
		_, err := s.quizzes.SaveAnswer(ctx, s.actor, a.ID, 1, quizzes.AnswerInput{Response: items.Write("48")})
		return err
	})
	budget("the submission", 4, func(ctx context.Context) error {
		_, err := s.quizzes.Submit(ctx, s.actor, a.ID)
		return err
	})
}

func TestTheSameItemsAreNotVersionedAgain(t *testing.T) {
	s := open(t, testdb.Tx(t), "pass_mark: 80")
	s.publish(t, "pass_mark: 90", gift)
	if n := count(t, s.db, "item_versions"); n != 3 {
		t.Errorf("%d item versions for three unchanged items", n)
	}
	if n := count(t, s.db, "quiz_revisions"); n != 2 {
		t.Errorf("%d revisions, want one for the new pass mark", n)
	}
	s.publish(t, "pass_mark: 90", strings.Replace(gift, "{#48}", "{#72}", 1))
	if n := count(t, s.db, "item_versions"); n != 4 {
		t.Errorf("%d item versions after one item changed", n)
	}
}

func TestPublishingABrokenQuizNamesEveryFault(t *testing.T) {
	s := open(t, testdb.Tx(t), "pass_mark: 80")
	check, faults := s.quizzes.CheckQuiz(courses.QuizFiles{GIFT: map[i18n.Locale][]byte{i18n.English: []byte("::a:: No right one {~x ~y}\n\n::b:: Open {=x")}})
	if len(faults) < 1 {
		t.Fatalf("%d items and no fault", check.Items)
	}
	for _, f := range faults {
		if f.Line == 0 || f.File == "" {
			t.Errorf("a fault without its place: %+v", f)
		}
	}
}

func TestAScenarioIsShownWithItsQuestions(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	s.publish(t, "pass_mark: 80", "// [set:a]\n::case::A customer complains.\n\n// [set:a]\n::first:: What first? {=Record it ~Wait}\n\n::other:: True? {T}\n")
	a := s.start(t)
	if a.Questions[0].Kind != items.Description || a.Questions[1].Case != 1 || a.Questions[2].Case != 0 {
		t.Fatalf("%+v", a.Questions)
	}
	s.choose(t, a.ID, 2, "Record it")
	s.answer(t, a.ID, 3, items.Choose(0))
	r, err := s.quizzes.Submit(ctx, s.actor, a.ID)
	if err != nil || !r.Passed || r.Possible != 2*items.Point || r.Items[0].Grade.Status != items.Stated {
		t.Errorf("%+v, %v", r, err)
	}
}
