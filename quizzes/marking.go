package quizzes

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"

	"anwen/internal/audit"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// Markable is an essay that waits for a mark. It names nobody: who wrote it must
// not matter.
type Markable struct {
	AttemptID   int64
	Position    int
	SubmittedAt time.Time
	Question    Question
	Answer      string
	GuideHTML   string
	Points      Points // what it is worth
	Markers     int    // how many people mark it
	Standing    Standing
	Mine        *Mark // the actor's own mark
	Others      []Mark
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
		if item.Grade.Status != Waiting {
			continue
		}
		it, _ := s.items.get(row.open.paper.Positions[i].ItemVersion)
		marks, err := s.marks(s.db.WithContext(ctx), row.ID, i+1)
		if err != nil {
			return nil, err
		}
		m := Markable{AttemptID: row.ID, Position: i + 1, SubmittedAt: result.SubmittedAt, Question: view.Questions[i],
			Points: item.Grade.Max, Markers: it.Markers, GuideHTML: it.guideHTML(actor.Locale)}
		if text := row.answers[i+1].Text; text != nil {
			m.Answer = *text
		}
		_, _, m.Standing = Settle(marks, it.Markers)
		for _, mark := range marks {
			if mark.MarkerID == actor.PersonID {
				mine := mark
				m.Mine = &mine
			} else if m.Standing == Disputed {
				m.Others = append(m.Others, mark)
			}
		}
		list = append(list, m)
	}
	return list, nil
}

func (it Item) guideHTML(want i18n.Locale) string {
	text, _ := it.Guide.Pick(want)
	return text.InlineHTML()
}

// marks are the newest mark of each marker, in the order of their first.
func (s *Service) marks(db *gorm.DB, attemptID int64, position int) ([]Mark, error) {
	var marks []Mark
	err := db.Raw(`SELECT marker_id, earned, possible, decides FROM (
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
	Criteria  []Points
	Comment   string
	Decides   bool
}

// MarkEssay keeps the actor's mark, and when the marks of the attempt are settled
// grades it anew: who passes by that completes the course as by the submission.
// NotFound when no such essay waits; Forbidden to who wrote it and to who may not
// mark; Conflict for a deciding mark without a dispute; Invalid for points beyond
// the rubric.
func (s *Service) MarkEssay(ctx context.Context, actor people.Actor, in NewMark) (Standing, error) {
	if !actor.Has(people.Author, people.Compliance) {
		return "", errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	var standing Standing
	err := s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
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

func (s *Service) markTx(ctx context.Context, tx *gorm.DB, actor people.Actor, row attemptRow, in NewMark) (Standing, error) {
	grades := row.grades()
	if in.Position < 1 || in.Position > len(grades) || grades[in.Position-1].Status != Waiting {
		return "", errs.New(errs.NotFound, "quizzes.no_essay_waits", nil)
	}
	it, _ := s.items.get(row.open.paper.Positions[in.Position-1].ItemVersion)
	worth := row.open.paper.Positions[in.Position-1].Points
	earned, possible, err := it.markOf(in.Criteria, worth)
	if err != nil {
		return "", err
	}
	before, err := s.marks(tx, row.ID, in.Position)
	if err != nil {
		return "", err
	}
	if _, _, standing := Settle(before, it.Markers); in.Decides && standing != Disputed {
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
	marks, err := s.marks(tx, row.ID, in.Position)
	if err != nil {
		return "", err
	}
	earned, possible, standing := Settle(marks, it.Markers)
	if standing != Settled {
		return standing, nil
	}
	if grades[in.Position-1], err = Marked(worth, earned, possible); err != nil {
		return "", err
	}
	return standing, s.regradeTx(ctx, tx, actor, row, grades, "marked", "")
}

// markOf adds the criteria up after comparing them with the rubric.
func (it Item) markOf(criteria []Points, worth Points) (earned, possible Points, err error) {
	most := []Points{worth}
	if len(it.Rubric) > 0 {
		most = most[:0]
		for _, c := range it.Rubric {
			most = append(most, c.Points)
		}
	}
	if len(criteria) != len(most) {
		return 0, 0, errs.New(errs.Invalid, "quizzes.mark_each", errs.Args{"count": len(most)})
	}
	for i, p := range criteria {
		if p < 0 || p > most[i] {
			return 0, 0, errs.New(errs.Invalid, "quizzes.bad_mark", errs.Args{"most": most[i].String()})
		}
		earned += p
		possible += most[i]
	}
	return earned, possible, nil
}
