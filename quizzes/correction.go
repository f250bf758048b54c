package quizzes

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/items"
	"anwen/people"
)

// correction is a fact about an item version on the papers of a quiz: it was wrong, and
// this counts instead. The newest of a version counts for everybody but its maker, of
// whom the newest by somebody else does. What is graded while it is there is graded with
// it; what was graded before gets a regrade by it.
type correction struct {
	ID        int64            `json:"id"`
	Version   int64            `json:"version"`
	Kind      items.Correction `json:"correction"`
	ByVersion *int64           `json:"by_version"` // whose key counts, of ByNewKey
	Note      string           `json:"note"`
	MadeBy    int64            `json:"made_by"`
}

// recordCorrection makes the correction a fact. From then on it counts for every attempt
// that is submitted, so that only those that are submitted already are left to regrade.
func (s *Service) recordCorrection(ctx context.Context, actor people.Actor, in RegradeInput, byVersion *int64) error {
	now := s.now()
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		id, err := insertCorrectionTx(ctx, tx, correctionRow{QuizID: in.QuizID, ItemVersionID: in.Version, Correction: in.Correction, ByVersionID: byVersion,
			Note: in.Note, MadeBy: actor.PersonID, MadeAt: now})
		if err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "quizzes.correct", Subject: fmt.Sprintf("quiz:%d", in.QuizID),
			Data: map[string]any{"id": id, "version": in.Version, "correction": in.Correction, "by_version": byVersion, "note": in.Note}})
	})
	if err != nil {
		return fmt.Errorf("correct item version %d of quiz %d: %w", in.Version, in.QuizID, err)
	}
	return nil
}

// correctionOf is the correction of an item version; found is false when none counts.
func correctionOf(list []correction, version int64) (c correction, found bool) {
	for _, c := range list {
		if c.Version == version {
			return c, true
		}
	}
	return correction{}, false
}

// corrected are the grades of an attempt after a correction.
func (s *Service) corrected(ctx context.Context, conn database.Conn, row attemptRow, grades []items.Grade, c correction) ([]items.Grade, error) {
	var by items.Item
	if c.ByVersion != nil {
		it, err := s.item(ctx, conn, *c.ByVersion)
		if err != nil {
			return nil, err
		}
		by = it
	}
	return row.open.paper.Correct(grades, row.answers, c.Version, c.Kind, by), nil
}

// correctTx grades an attempt that is submitted now with every correction that counts for
// it: one regrade for each that changes the score, beside the submission, whose own grade
// is that of the frozen paper.
func (s *Service) correctTx(ctx context.Context, tx database.Tx, row *attemptRow, now time.Time) error {
	for _, c := range row.Corrections {
		grades, err := s.corrected(ctx, tx, *row, row.grades(), c)
		if err != nil {
			return err
		}
		after := row.open.paper.Score(grades)
		if after == row.open.paper.Score(row.grades()) {
			continue
		}
		if _, err := appendGradesTx(ctx, tx, *row, regradeRow{reason: "key", note: c.Note, gradedBy: c.MadeBy, gradedAt: now, score: after, grades: grades}); err != nil {
			return err
		}
		row.Submitted.Earned, row.Submitted.Possible, row.Submitted.Passed, row.Submitted.Grades = after.Earned, after.Possible, after.Passed, grades
	}
	return nil
}
