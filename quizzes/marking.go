package quizzes

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/items"
	"anwen/people"
)

// Markable is an essay that waits for a mark. It names nobody: who wrote it must
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

// WaitingEssays lists the essays of a quiz that wait, oldest first, a hundred at most.
// The actor's own are not among them; marks of others are shown once they are
// disputed. Forbidden to who neither writes courses nor keeps compliance.
func (s *Service) WaitingEssays(ctx context.Context, actor people.Actor, quizID int64) ([]Markable, error) {
	if !actor.Has(people.Author, people.Compliance) {
		return nil, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	var ids []int64
	err := s.db.WithContext(ctx).Raw(`SELECT a.id FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id JOIN attempt_grades g ON g.attempt_id = a.id
		WHERE r.quiz_id = ? AND NOT a.practice AND a.person_id <> ? AND g.grades @> '[{"status": "waiting"}]' ORDER BY g.submitted_at LIMIT 100`, quizID, actor.PersonID).Scan(&ids).Error
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
		marks, err := s.marks(ctx, s.db, row.ID, i+1)
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

// marks are the newest mark of each marker, in the order of their first.
func (s *Service) marks(ctx context.Context, db database.Conn, attemptID int64, position int) ([]items.Mark, error) {
	var marks []items.Mark
	err := db.WithContext(ctx).Raw(`SELECT marker_id, earned, possible, decides FROM (
			SELECT DISTINCT ON (marker_id) *, min(id) OVER (PARTITION BY marker_id) AS first FROM marks
			WHERE attempt_id = ? AND position = ? ORDER BY marker_id, id DESC
		) m ORDER BY first`, attemptID, position).Scan(&marks).Error
	if err != nil {
		return nil, fmt.Errorf("marks of attempt %d: %w", attemptID, err)
	}
	return marks, nil
}

// NewMark is a mark as a marker gives it: points for each criterion of the rubric,
// or one number where the item has none.
type NewMark struct {
	AttemptID int64
	Position  int
	Criteria  []items.Points
	Comment   string
	Decides   bool
}

// MarkEssay keeps the actor's mark, and when the marks of the attempt are settled
// grades it anew: who passes by that completes the course as by the submission.
// NotFound when no such essay waits; Forbidden to who wrote it and to who may not
// mark; Conflict for a deciding mark without a dispute; Invalid for points beyond
// the rubric.
func (s *Service) MarkEssay(ctx context.Context, actor people.Actor, in NewMark) (items.Standing, error) {
	if !actor.Has(people.Author, people.Compliance) {
		return "", errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	var standing items.Standing
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		owner, err := lockAttemptTx(tx, in.AttemptID)
		if err != nil {
			return err
		}
		if owner == actor.PersonID {
			return errs.New(errs.Forbidden, "quizzes.own_essay", nil)
		}
		row, err := s.loadAttempt(ctx, tx, in.AttemptID)
		if err != nil {
			return err
		}
		standing, err = s.markTx(ctx, tx, actor, row, in)
		return err
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
	before, err := s.marks(ctx, tx, row.ID, in.Position)
	if err != nil {
		return "", err
	}
	if _, _, standing := items.Settle(before, it.Markers); in.Decides && standing != items.Disputed {
		return "", errs.New(errs.Conflict, "quizzes.nothing_disputed", nil)
	}
	raw, err := json.Marshal(in.Criteria)
	if err != nil {
		return "", err
	}
	now := s.now()
	err = tx.Exec(`INSERT INTO marks (attempt_id, position, marker_id, earned, possible, criteria, comment, decides, marked_at)
		VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)`, row.ID, in.Position, actor.PersonID, int64(earned), int64(possible), string(raw), in.Comment, in.Decides, now).Error
	if err != nil {
		return "", fmt.Errorf("mark attempt %d: %w", row.ID, err)
	}
	err = audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "quizzes.mark",
		Subject: fmt.Sprintf("attempt:%d", row.ID), Data: map[string]any{"position": in.Position, "earned": earned, "possible": possible}})
	if err != nil {
		return "", err
	}
	marks, err := s.marks(ctx, tx, row.ID, in.Position)
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
	return standing, s.regradeTx(ctx, tx, actor, row, grades, "marked", "")
}
