package quizzes

import (
	"context"
	"fmt"
	"slices"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/items"
	"anwen/people"
)

// Markable is an essay that waits for a mark. It does not say who wrote it: that must
// not matter.
type Markable struct {
	AttemptID   int64
	Position    int
	SubmittedAt time.Time
	Question    items.Question
	Answer      string
	GuideHTML   string
	Points      items.Points // what it is worth
	Markers     int          // how many people mark it
	Standing    items.Standing
	Mine        *items.Mark // the actor's own mark
	Others      []items.Mark
}

// markers may mark essays of others.
var markers = []people.Role{people.Author, people.Compliance}

// WaitingEssays lists the essays of a quiz that wait, of people within the actor's
// reach, oldest first, a hundred at most. The actor's own are not among them; marks of
// others are shown once they are disputed. Forbidden without the Author or Compliance
// role, and for whoever must still sit the quiz or another one over its bank.
func (s *Service) WaitingEssays(ctx context.Context, actor people.Actor, quizID int64) ([]Markable, error) {
	reach := actor.Over(markers...)
	if err := reach.Require(); err != nil {
		return nil, err
	}
	if err := refuseWhoMustSit(ctx, s.db, quizID, actor); err != nil {
		return nil, err
	}
	ids, err := attemptsToMark(ctx, s.db, quizID, actor.PersonID, reach)
	if err != nil {
		return nil, fmt.Errorf("essays of quiz %d: %w", quizID, err)
	}
	var list []Markable
	for _, id := range ids {
		row, err := s.loadAttempt(ctx, s.db, id)
		if err != nil {
			return nil, err
		}
		found, err := s.markables(ctx, actor, row)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

// markables are the essays of an attempt that wait.
func (s *Service) markables(ctx context.Context, actor people.Actor, row attemptRow) ([]Markable, error) {
	result := s.resultOf(row, actor.Locale)
	view, err := s.view(row, actor.Locale)
	if err != nil {
		return nil, err
	}
	var list []Markable
	for i, item := range result.Items {
		if item.Grade.Status != items.Waiting {
			continue
		}
		it, _ := s.items.get(row.open.paper.Positions[i].ItemVersion)
		marks, err := newestMarks(ctx, s.db, row.ID, i+1)
		if err != nil {
			return nil, err
		}
		m := Markable{AttemptID: row.ID, Position: i + 1, SubmittedAt: result.SubmittedAt, Question: view.Questions[i],
			Points: item.Grade.Max, Markers: it.Markers, GuideHTML: it.GuideHTML(actor.Locale)}
		if text := row.answers[i+1].Text; text != nil {
			m.Answer = *text
		}
		_, _, m.Standing = items.Settle(marks, it.Markers)
		for _, mark := range marks {
			if mark.MarkerID == actor.PersonID {
				mine := mark
				m.Mine = &mine
			} else if m.Standing == items.Disputed {
				m.Others = append(m.Others, mark)
			}
		}
		list = append(list, m)
	}
	return list, nil
}

// NewMark is a mark as a marker enters it: points for each criterion of the rubric,
// or one number where the item has none.
type NewMark struct {
	AttemptID int64
	Position  int
	Criteria  []items.Points
	Comment   string
	Decides   bool
}

// MarkEssay keeps the actor's mark, and when the marks of the essay are settled
// grades the attempt again: whoever passes by that completes the course as by the
// submission. What two markers see differently is decided by the mark of a third person,
// whether or not it says so; neither of the two changes anything any more. Forbidden
// without the Author or Compliance role, for the actor's own essay, and for whoever must
// still sit the quiz; NotFound when no such essay of somebody within reach waits; Conflict
// for a deciding mark without a dispute, and for one by somebody who is part of it;
// Invalid for points that the rubric does not allow.
func (s *Service) MarkEssay(ctx context.Context, actor people.Actor, in NewMark) (items.Standing, error) {
	reach := actor.Over(markers...)
	if err := reach.Require(); err != nil {
		return "", err
	}
	var standing items.Standing
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		owner, err := lockAttemptTx(ctx, tx, in.AttemptID)
		if err != nil {
			return err
		}
		if owner == actor.PersonID {
			return errs.New(errs.Forbidden, "quizzes.own_essay", nil)
		}
		if _, err := reach.PersonByID(ctx, tx, owner); errs.KindOf(err) == errs.NotFound {
			return errs.New(errs.NotFound, "quizzes.no_essay_waits", nil)
		} else if err != nil {
			return err
		}
		row, err := s.loadAttempt(ctx, tx, in.AttemptID)
		if err != nil {
			return err
		}
		if err := refuseWhoMustSit(ctx, tx, row.QuizID, actor); err != nil {
			return err
		}
		return audit.TogetherTx(ctx, tx, func(ctx context.Context) (err error) {
			standing, err = s.markTx(ctx, tx, actor, row, in)
			return err
		})
	})
	return standing, err
}

func (s *Service) markTx(ctx context.Context, tx database.Tx, actor people.Actor, row attemptRow, in NewMark) (items.Standing, error) {
	grades := row.grades()
	if in.Position < 1 || in.Position > len(grades) || grades[in.Position-1].Status != items.Waiting {
		return "", errs.New(errs.NotFound, "quizzes.no_essay_waits", nil)
	}
	it, _ := s.items.get(row.open.paper.Positions[in.Position-1].ItemVersion)
	worth := row.open.paper.Positions[in.Position-1].Points
	earned, possible, err := it.AddUp(in.Criteria, worth)
	if err != nil {
		return "", err
	}
	before, err := newestMarks(ctx, tx, row.ID, in.Position)
	if err != nil {
		return "", err
	}
	_, _, was := items.Settle(before, it.Markers)
	switch disputed := was == items.Disputed; {
	case disputed && slices.ContainsFunc(before, func(m items.Mark) bool { return m.MarkerID == actor.PersonID }):
		return "", errs.New(errs.Conflict, "quizzes.another_decides", nil)
	case in.Decides && !disputed:
		return "", errs.New(errs.Conflict, "quizzes.nothing_disputed", nil)
	default:
		in.Decides = disputed
	}
	now := s.now()
	err = insertMarkTx(ctx, tx, markRow{AttemptID: row.ID, Position: in.Position, MarkerID: actor.PersonID, Earned: earned, Possible: possible,
		Criteria: in.Criteria, Comment: in.Comment, Decides: in.Decides, MarkedAt: now})
	if err != nil {
		return "", fmt.Errorf("mark attempt %d: %w", row.ID, err)
	}
	err = audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "quizzes.mark",
		Subject: fmt.Sprintf("attempt:%d", row.ID), Data: map[string]any{"position": in.Position, "earned": earned, "possible": possible}})
	if err != nil {
		return "", err
	}
	marks, err := newestMarks(ctx, tx, row.ID, in.Position)
	if err != nil {
		return "", err
	}
	earned, possible, standing := items.Settle(marks, it.Markers)
	if standing != items.Settled {
		return standing, nil
	}
	if grades[in.Position-1], err = items.Marked(worth, earned, possible); err != nil {
		return "", err
	}
	return standing, s.regradeTx(ctx, tx, row, regradeRow{reason: "marked", gradedBy: actor.PersonID, gradedAt: now, grades: grades, score: row.open.paper.Score(grades)})
}
