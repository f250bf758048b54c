package quizzes

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// SaveAnswer stores the actor's response to a position of the own attempt and
// returns the instant it was saved: when it returns, the answer is durable. The
// newest response of a position counts; earlier ones stay as evidence. NotFound
// when the attempt is not the actor's or the paper has no such position; Invalid
// when the response does not fit the item; Conflict after the submission or the
// deadline.
func (s *Service) SaveAnswer(ctx context.Context, actor people.Actor, attemptID int64, position int, r Response) (time.Time, error) {
	open, err := s.openPaper(ctx, attemptID)
	if err != nil {
		return time.Time{}, err
	}
	if open.personID != actor.PersonID {
		return time.Time{}, attemptNotFound()
	}
	asked, ok := open.paper.At(position)
	if !ok {
		return time.Time{}, errs.New(errs.NotFound, "quizzes.unknown_position", errs.Args{"position": position})
	}
	it, ok := s.items.get(asked.ItemVersion)
	if !ok {
		return time.Time{}, fmt.Errorf("attempt %d: item version %d is missing", attemptID, asked.ItemVersion)
	}
	r = open.paper.Stored(position, it.Item, r)
	if _, err := it.Grade(asked.Points, r); err != nil {
		return time.Time{}, err
	}
	now := s.now()
	if open.over(now) {
		return time.Time{}, errs.New(errs.Conflict, "quizzes.deadline_passed", nil)
	}
	raw, err := json.Marshal(r)
	if err != nil {
		return time.Time{}, err
	}
	err = s.db.WithContext(ctx).Exec(`INSERT INTO answers (attempt_id, position, response, saved_at) VALUES (?, ?, ?::jsonb, ?)`,
		attemptID, position, string(raw), now).Error
	if database.Violated(err, "answers_before_submission") {
		return time.Time{}, errs.New(errs.Conflict, "quizzes.already_submitted", nil)
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("save answer %d of attempt %d: %w", position, attemptID, err)
	}
	return now, nil
}

// openPaper is the frozen part of an attempt with its items in memory.
func (s *Service) openPaper(ctx context.Context, attemptID int64) (openPaper, error) {
	if open, ok := s.papers.get(attemptID); ok && s.holds(open.paper) {
		return open, nil
	}
	row, err := s.loadAttempt(ctx, s.db, attemptID)
	return row.open, err
}

func (s *Service) holds(p Paper) bool {
	for _, position := range p.Positions {
		if _, ok := s.items.get(position.ItemVersion); !ok {
			return false
		}
	}
	return true
}
