package quizzes

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/items"
	"anwen/people"
	"anwen/training"
)

// Result is the graded outcome of an attempt.
type Result struct {
	AttemptID   int64
	CourseSlug  string
	SubmittedAt time.Time
	ByDeadline  bool // the time ran out; what was saved was submitted
	Earned      items.Points
	Possible    items.Points
	Passed      bool
	Completed   bool         // this submission completed the course
	Certificate string       // serial, that it led to
	Waiting     int          // essays that are not marked yet
	Items       []ItemResult // none while the quiz does not let them be seen
	Hidden      items.Review // why there are none

	HiddenFeedback items.Review // why none of them has feedback
}

// ItemResult is how one position went, with the feedback that teaches.
type ItemResult struct {
	Position int
	Grade    items.Grade
	Feedback string // HTML
}

// submission is a submitted attempt as it counts now.
type submission struct {
	SubmittedAt time.Time     `json:"submitted_at"`
	ByDeadline  bool          `json:"by_deadline"`
	Earned      items.Points  `json:"earned"`
	Possible    items.Points  `json:"possible"`
	Passed      bool          `json:"passed"`
	Grades      []items.Grade `json:"grades"`
}

// Submit grades the attempt, with every correction that is known, and in the same
// transaction tells training that the quiz is passed, which may complete the course and
// issue its certificate. A second submission, at the same moment or later, changes
// nothing and returns the same result. NotFound when the attempt does not exist or is
// not the actor's.
func (s *Service) Submit(ctx context.Context, actor people.Actor, attemptID int64) (Result, error) {
	var row attemptRow
	var outcome training.Outcome
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		var err error
		if row, err = s.lockedAttemptTx(ctx, tx, attemptID); err != nil {
			return err
		}
		if row.PersonID != actor.PersonID {
			return attemptNotFound()
		}
		if row.Submitted != nil {
			return nil
		}
		return audit.TogetherTx(ctx, tx, func(ctx context.Context) error {
			outcome, err = s.submitTx(ctx, tx, &row)
			return err
		})
	})
	if err != nil {
		return Result{}, err
	}
	result := s.resultOf(row, actor.Locale)
	result.Completed, result.Certificate = outcome.Completed, outcome.Certificate
	row.ClosesAt = nil // it may have been moved since the attempt was read: the next request shows it
	return result.reviewed(row, s.now()), nil
}

func (s *Service) submitTx(ctx context.Context, tx database.Tx, row *attemptRow) (training.Outcome, error) {
	now := s.now()
	at, late := now, row.DeadlineAt != nil && now.After(*row.DeadlineAt)
	if late {
		at = *row.DeadlineAt
	}
	grades, score, err := s.grade(*row)
	if err != nil {
		return training.Outcome{}, err
	}
	if row.Practice {
		grades, score = row.open.paper.WithoutEssays(grades, score)
	}
	digest, err := row.open.paper.Digest(row.Newest)
	if err != nil {
		return training.Outcome{}, err
	}
	row.Submitted = &submission{SubmittedAt: at, ByDeadline: late, Earned: score.Earned, Possible: score.Possible, Passed: score.Passed, Grades: grades}
	if err := insertSubmissionTx(ctx, tx, row.ID, *row.Submitted); err != nil {
		return training.Outcome{}, fmt.Errorf("submit attempt %d: %w", row.ID, err)
	}
	err = audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: row.PersonID, Action: "quizzes.submit", Subject: fmt.Sprintf("attempt:%d", row.ID),
		Data: map[string]any{"earned": score.Earned, "possible": score.Possible, "passed": score.Passed, "digest": digest}})
	if err != nil {
		return training.Outcome{}, err
	}
	if err := s.correctTx(ctx, tx, row, now); err != nil {
		return training.Outcome{}, err
	}
	if row.Practice {
		return training.Outcome{}, nil
	}
	passes := row.Submitted.Passed // the newest attempt, which is all that counts unless others do
	if keep := row.Plan.Keep; keep == items.First || keep == items.Average {
		passes, err = passesTx(ctx, tx, *row)
	}
	if err != nil || !passes {
		return training.Outcome{}, err
	}
	return s.progress.QuizPassedTx(ctx, tx, training.QuizPass{AssignmentID: row.AssignmentID, AttemptID: row.ID, At: at, Later: late})
}

// passesTx reports whether the attempts of the assignment, as they are graded now, pass
// the quiz under the plan's rule of which one counts.
func passesTx(ctx context.Context, tx database.Tx, row attemptRow) (bool, error) {
	scores, err := scoresOfTx(ctx, tx, row.AssignmentID)
	if err != nil {
		return false, fmt.Errorf("attempts of assignment %d: %w", row.AssignmentID, err)
	}
	return row.Plan.Keep.Passed(scores, row.PassMark), nil
}

func (s *Service) grade(row attemptRow) ([]items.Grade, items.Score, error) {
	versions := make(map[int64]items.Item, len(row.open.paper.Positions))
	for _, position := range row.open.paper.Positions {
		if it, ok := s.items.get(position.ItemVersion); ok {
			versions[position.ItemVersion] = it.Item
		}
	}
	grades, err := row.open.paper.Grade(versions, row.answers)
	if err != nil {
		return nil, items.Score{}, fmt.Errorf("grade attempt %d: %w", row.ID, err)
	}
	return grades, row.open.paper.Score(grades), nil
}

func (s *Service) resultOf(row attemptRow, want i18n.Locale) Result {
	stored := row.Submitted
	r := Result{AttemptID: row.ID, CourseSlug: row.Slug, SubmittedAt: stored.SubmittedAt, ByDeadline: stored.ByDeadline,
		Earned: stored.Earned, Possible: stored.Possible, Passed: stored.Passed}
	for i, g := range stored.Grades {
		item := ItemResult{Position: i + 1, Grade: g}
		if g.Status == items.Waiting {
			r.Waiting++
		}
		if it, ok := s.items.get(row.open.paper.Positions[i].ItemVersion); ok {
			item.Feedback = it.FeedbackHTML(row.answers[i+1], want)
		}
		r.Items = append(r.Items, item)
	}
	return r
}

// reviewed leaves out what the plan does not let the learner see.
func (r Result) reviewed(row attemptRow, now time.Time) Result {
	if row.Practice {
		return r
	}
	closed := row.ClosesAt != nil && now.After(*row.ClosesAt)
	if !row.Plan.Review.Shows(r.Passed, closed) {
		r.Items, r.Hidden = nil, row.Plan.Review
	} else if f := row.Plan.Feedback; f != "" && !f.Shows(r.Passed, closed) {
		r.HiddenFeedback = f
		for i := range r.Items {
			r.Items[i].Feedback = ""
		}
	}
	return r
}

// SubmitExpired submits attempts whose time ran out without a submission,
// up to a hundred at a time, and returns how many. Several instances may run it
// at once.
func (s *Service) SubmitExpired(ctx context.Context) (int, error) {
	now := s.now()
	ids, err := expiredAttempts(ctx, s.db, now.Add(-7*24*time.Hour), now.Add(-AnswerGrace))
	if err != nil {
		return 0, fmt.Errorf("find attempts out of time: %w", err)
	}
	for i, id := range ids {
		err := s.db.Transaction(ctx, func(tx database.Tx) error {
			if _, err := lockAttemptTx(ctx, tx, id); err != nil {
				return err
			}
			row, err := s.loadAttempt(ctx, tx, id)
			if err != nil || row.Submitted != nil {
				return err
			}
			return audit.TogetherTx(ctx, tx, func(ctx context.Context) error {
				_, err := s.submitTx(ctx, tx, &row)
				return err
			})
		})
		if err != nil && !database.Violated(err, "submissions_key") {
			return i, err
		}
	}
	return len(ids), nil
}
