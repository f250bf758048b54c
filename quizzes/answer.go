package quizzes

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"anwen/internal/errs"
	"anwen/items"
	"anwen/people"
)

// AnswerInput is an answer as the learner's page sends it.
type AnswerInput struct {
	Response items.Response
	// After is the revision of the position's answer that the page has seen, 0 for
	// none. Another newest one means that the question was answered elsewhere. Nil
	// makes the answer the newest whatever was stored before.
	After *int
	// ClaimedAt is when the answer was typed by the learner's clock: shown, and never
	// compared with a deadline.
	ClaimedAt *time.Time
}

// Saved is an answer that is durable.
type Saved struct {
	At       time.Time
	Revision int
}

// SaveAnswer stores the actor's answer to a position of the own attempt: when it
// returns, the answer is durable. The newest answer of a position counts; earlier
// ones stay as evidence. NotFound when the attempt does not exist, is not the actor's
// or has no such position; Invalid when the response does not fit the item; Forbidden
// from a network that the attempt does not allow; Conflict after the submission or
// the deadline, and when the position was answered in another tab or on another
// device since the page saw it.
func (s *Service) SaveAnswer(ctx context.Context, actor people.Actor, attemptID int64, position int, in AnswerInput) (Saved, error) {
	open, err := s.openPaper(ctx, attemptID)
	if err != nil {
		return Saved{}, err
	}
	if open.personID != actor.PersonID {
		return Saved{}, attemptNotFound()
	}
	if err := open.reachable(actor); err != nil {
		return Saved{}, err
	}
	asked, ok := open.paper.At(position)
	if !ok {
		return Saved{}, errs.New(errs.NotFound, "quizzes.unknown_position", errs.Args{"position": position})
	}
	it, ok := s.items.get(asked.ItemVersion)
	if !ok {
		return Saved{}, fmt.Errorf("attempt %d: item version %d is missing", attemptID, asked.ItemVersion)
	}
	r := open.paper.ToStored(position, it.Item, in.Response)
	if _, err := it.Grade(asked.Points, r); err != nil {
		return Saved{}, err
	}
	now := s.now()
	if open.over(now) {
		return Saved{}, errs.New(errs.Conflict, "quizzes.deadline_passed", nil)
	}
	raw, err := json.Marshal(r)
	if err != nil {
		return Saved{}, err
	}
	row := answerRow{attemptID: attemptID, position: position, after: -1, response: string(raw), claimedAt: in.ClaimedAt, savedAt: now}
	if in.After != nil {
		row.after = *in.After
	}
	revision, err := s.answers.add(ctx, row)
	if err != nil {
		return Saved{}, err
	}
	return Saved{At: now, Revision: revision}, nil
}

// openPaper is the frozen part of an attempt with its items in memory.
func (s *Service) openPaper(ctx context.Context, attemptID int64) (openPaper, error) {
	if open, ok := s.papers.get(attemptID); ok && s.holds(open.paper) {
		return open, nil
	}
	row, err := s.loadAttempt(ctx, s.db, attemptID)
	return row.open, err
}

func (s *Service) holds(p items.Paper) bool {
	for _, position := range p.Positions {
		if _, ok := s.items.get(position.ItemVersion); !ok {
			return false
		}
	}
	return true
}

// ShownAs turns a response by an item's own indexes into the one that the learner
// of the attempt would give. NotFound when there is no such attempt or position.
func (s *Service) ShownAs(ctx context.Context, attemptID int64, position int, r items.Response) (items.Response, error) {
	open, err := s.openPaper(ctx, attemptID)
	if err != nil {
		return items.Response{}, err
	}
	asked, ok := open.paper.At(position)
	it, there := s.items.get(asked.ItemVersion)
	if !ok || !there {
		return items.Response{}, errs.New(errs.NotFound, "quizzes.unknown_position", errs.Args{"position": position})
	}
	return open.paper.ToShown(position, it.Item, r), nil
}
