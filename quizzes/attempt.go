package quizzes

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/people"
)

// AnswerGrace is how long after the deadline an answer that was on its way is
// still taken.
const AnswerGrace = 10 * time.Second

// Attempt is one attempt at a quiz as its learner sees it: no answer key, and
// the result only after the submission.
type Attempt struct {
	ID          int64
	QuizID      int64
	CourseSlug  string
	CourseTitle string
	Number      int
	Practice    bool // counts for nothing
	StartedAt   time.Time
	DeadlineAt  *time.Time
	PassMark    int
	Questions   []items.Question
	Answers     map[int]items.Response
	Revisions   map[int]int // of the newest answers
	Result      *Result
}

// openPaper is the frozen part of an attempt: it never changes, so it is kept
// in memory while answers come in.
type openPaper struct {
	personID     int64
	assignmentID int64
	deadline     *time.Time
	paper        items.Paper
	row          *attemptRow // what never changes of it
	fenced       bool        // answered from its networks only
	networks     []netip.Prefix
}

// reachable is Forbidden from outside the networks of an open attempt.
func (p openPaper) reachable(actor people.Actor) error {
	if p.fenced && !slices.ContainsFunc(p.networks, func(n netip.Prefix) bool { return n.Contains(actor.From.Unmap().WithZone("")) }) {
		return wrongNetwork()
	}
	return nil
}

func (p openPaper) over(now time.Time) bool {
	return p.deadline != nil && now.After(p.deadline.Add(AnswerGrace))
}

// Start opens an attempt, or returns the one that is open, which needs no password
// again. NotFound when there is no such quiz; Conflict when the quiz is passed
// already, no attempt is left, the time to wait between attempts or the quiz's own
// period says no, or a bank cannot fill the paper; Invalid for a missing or wrong
// password; TooMany after several wrong ones; Forbidden from a network that the quiz
// does not allow.
func (s *Service) Start(ctx context.Context, actor people.Actor, quizID int64, password string) (Attempt, error) {
	a, err := s.start(ctx, actor, quizID, password)
	if err != nil {
		return Attempt{}, err
	}
	if p, ok := s.papers.get(a.ID); ok && p.over(s.now()) {
		// The open one ran out of time: what was saved is submitted, and the
		// learner starts the next attempt if the limit allows.
		if _, err := s.Submit(ctx, actor, a.ID); err != nil {
			return Attempt{}, err
		}
		return s.start(ctx, actor, quizID, password)
	}
	return a, nil
}

// Practise opens an attempt that counts for nothing, or returns the one that is
// open: no limit, no password, no record, and always a review. NotFound when there is
// no such quiz or it is not offered for practice; Conflict while an attempt that counts
// is open, and when a bank cannot fill the paper.
func (s *Service) Practise(ctx context.Context, actor people.Actor, quizID int64) (Attempt, error) {
	row, err := s.practise(ctx, actor, quizID)
	if database.Violated(err, "attempts_practice_key") { // two at once: the other one was first
		row, err = s.practise(ctx, actor, quizID)
	}
	if err != nil {
		return Attempt{}, err
	}
	return s.view(row, actor.Locale)
}

func (s *Service) practise(ctx context.Context, actor people.Actor, quizID int64) (row attemptRow, err error) {
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		row, err = s.openAttemptTx(ctx, tx, actor, startRequest{quizID: quizID}, seed(), s.now())
		return err
	})
	return row, err
}

func seed() int64 {
	var raw [8]byte
	rand.Read(raw[:])
	return int64(binary.LittleEndian.Uint64(raw[:]))
}

func (s *Service) start(ctx context.Context, actor people.Actor, quizID int64, password string) (Attempt, error) {
	// Asked before the transaction: inside it, when many start at once, each would
	// hold one connection and wait for another.
	courseID, err := s.courseOf(ctx, quizID)
	if err != nil {
		return Attempt{}, err
	}
	var row attemptRow
	var wrong error
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		assignmentID, _, err := s.progress.OpenAssignmentTx(ctx, tx, actor.PersonID, courseID)
		if err != nil {
			return err
		}
		now := s.now()
		row, err = s.openAttemptTx(ctx, tx, actor, startRequest{quizID, &assignmentID, password}, seed(), now)
		if password != "" && errs.CodeOf(err) == "quizzes.password_needed" {
			// Counted before the assignment is let go: of guesses at once each sees those before it.
			wrong = errs.New(errs.Invalid, "quizzes.wrong_password", nil)
			return refusePasswordTx(ctx, tx, quizID, actor.PersonID, now)
		}
		return err
	})
	if err == nil {
		err = wrong
	}
	if err == nil {
		err = row.open.reachable(actor)
	}
	if err != nil {
		return Attempt{}, err
	}
	return s.view(row, actor.Locale)
}

// refusePasswordTx counts a wrong password.
func refusePasswordTx(ctx context.Context, tx database.Tx, quizID, personID int64, now time.Time) error {
	if err := insertRefusalTx(ctx, tx, quizID, personID, now); err != nil {
		return err
	}
	return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: personID, Action: "quizzes.refuse_password", Subject: fmt.Sprintf("quiz:%d", quizID)})
}

// Attempt returns the actor's own attempt with the answers saved so far, and the
// result once it is submitted. NotFound when it does not exist or is somebody else's;
// Forbidden while it is open, from a network that it does not allow.
func (s *Service) Attempt(ctx context.Context, actor people.Actor, id int64) (Attempt, error) {
	row, err := s.loadAttempt(ctx, s.db, id)
	if err != nil {
		return Attempt{}, err
	}
	if row.PersonID != actor.PersonID {
		return Attempt{}, attemptNotFound()
	}
	if row.Submitted == nil && row.open.over(s.now()) {
		if _, err := s.Submit(ctx, actor, id); err != nil {
			return Attempt{}, err
		}
		if row, err = s.loadAttempt(ctx, s.db, id); err != nil {
			return Attempt{}, err
		}
	}
	if row.Submitted == nil {
		if err := row.open.reachable(actor); err != nil {
			return Attempt{}, err
		}
	}
	return s.view(row, actor.Locale)
}

func attemptNotFound() error { return errs.New(errs.NotFound, "quizzes.attempt_not_found", nil) }

func (s *Service) view(row attemptRow, want i18n.Locale) (Attempt, error) {
	title := row.Titles.In(want)
	a := Attempt{
		ID: row.ID, QuizID: row.QuizID, CourseSlug: row.Slug, CourseTitle: title, Number: row.Number, Practice: row.Practice,
		StartedAt: row.StartedAt, DeadlineAt: row.DeadlineAt, PassMark: row.PassMark, Answers: map[int]items.Response{}, Revisions: row.revisions,
	}
	cases := map[string]int{} // position of the description of each scenario
	for i, position := range row.open.paper.Positions {
		it, ok := s.items.get(position.ItemVersion)
		if !ok {
			return Attempt{}, fmt.Errorf("attempt %d: item version %d is missing", row.ID, position.ItemVersion)
		}
		asked, err := row.open.paper.Ask(i+1, it.Item, want)
		if err != nil {
			return Attempt{}, err
		}
		q := asked.Question(it.rendered(want))
		if it.Set != "" && it.Kind == items.Description {
			cases[it.Set] = i + 1
		} else if it.Set != "" {
			q.Case = cases[it.Set]
		}
		if n := position.Section; n > 0 && n <= len(row.Plan.Sections) {
			q.Section = row.Plan.Sections[n-1].Titles.In(want)
		}
		if answer, ok := row.answers[i+1]; ok {
			a.Answers[i+1] = row.open.paper.ToShown(i+1, it.Item, answer)
		}
		a.Questions = append(a.Questions, q)
	}
	if row.Submitted != nil {
		result := s.resultOf(row, want).reviewed(row, s.now())
		a.Result = &result
	}
	return a, nil
}
