package quizzes

import (
	"context"
	"fmt"
	"slices"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/items"
	"anwen/people"
	"anwen/training"
)

// RegradeInput asks for a correction. DryRun shows whom it affects and changes
// nothing.
type RegradeInput struct {
	QuizID     int64
	Version    int64
	Correction items.Correction
	Note       string
	DryRun     bool
}

// Affected is an attempt whose grade the correction changes. Whose it is, it says only
// for people within reach of the actor's Compliance role.
type Affected struct {
	AttemptID    int64
	EmployeeNo   string
	Name         string
	EarnedBefore items.Points
	EarnedAfter  items.Points
	Possible     items.Points // after
	PassedBefore bool
	PassedAfter  bool
}

// RegradeReport is what a correction does.
type RegradeReport struct {
	Asked    int // submitted attempts that asked the item version
	Affected []Affected
}

// Regrade grades every submitted attempt of the quiz that asked the item version
// again, as new rows beside the old ones. Whoever passes by it completes the course;
// whoever would fail by it keeps course and certificate, and the row says so.
// Forbidden without the Compliance role; NotFound when the quiz never asked the
// version; Conflict when ByNewKey finds no later version of the same form; Invalid
// without a note.
func (s *Service) Regrade(ctx context.Context, actor people.Actor, in RegradeInput) (RegradeReport, error) {
	reach := actor.Over(people.Compliance)
	if err := reach.Require(); err != nil {
		return RegradeReport{}, err
	}
	if in.Note == "" && !in.DryRun {
		return RegradeReport{}, errs.New(errs.Invalid, "quizzes.regrade_needs_note", nil)
	}
	by, err := s.correctionKey(ctx, in)
	if err != nil {
		return RegradeReport{}, err
	}
	ids, err := attemptsThatAsked(ctx, s.db, in.QuizID, in.Version)
	if err != nil {
		return RegradeReport{}, fmt.Errorf("attempts that asked item version %d: %w", in.Version, err)
	}
	report := RegradeReport{Asked: len(ids)}
	for _, id := range ids {
		affected, changed, err := s.regradeOne(ctx, actor, reach, id, in, by)
		if err != nil {
			return report, err
		}
		if changed {
			report.Affected = append(report.Affected, affected)
		}
	}
	if in.DryRun { // who looks at others' results is recorded, as in a correction itself
		err = audit.Record(ctx, s.db, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "quizzes.preview_regrade", Subject: fmt.Sprintf("quiz:%d", in.QuizID),
			Data: map[string]any{"version": in.Version, "affected": len(report.Affected)}})
	}
	return report, err
}

// correctionKey is the newest version of the item, for ByNewKey.
func (s *Service) correctionKey(ctx context.Context, in RegradeInput) (items.Item, error) {
	versions, err := versionsBeside(ctx, s.db, in.QuizID, in.Version)
	if err != nil {
		return items.Item{}, fmt.Errorf("versions beside item version %d: %w", in.Version, err)
	}
	if len(versions) == 0 {
		return items.Item{}, errs.New(errs.NotFound, "quizzes.version_not_asked", nil)
	}
	if in.Correction != items.ByNewKey {
		return items.Item{}, nil
	}
	newest := versions[len(versions)-1]
	by, err := items.Decode(newest.Body)
	if err != nil {
		return items.Item{}, err
	}
	for _, v := range versions {
		if v.ID == in.Version {
			old, err := items.Decode(v.Body)
			if err != nil {
				return items.Item{}, err
			}
			if newest.ID == v.ID || old.Kind != by.Kind || len(old.Options) != len(by.Options) || len(old.Gaps) != len(by.Gaps) {
				return items.Item{}, errs.New(errs.Conflict, "quizzes.no_newer_key", nil)
			}
		}
	}
	return by, nil
}

// regradeOne corrects one attempt in its own transaction.
func (s *Service) regradeOne(ctx context.Context, actor people.Actor, reach people.Reach, id int64, in RegradeInput, by items.Item) (Affected, bool, error) {
	var affected Affected
	changed := false
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		if _, err := lockAttemptTx(ctx, tx, id); err != nil {
			return err
		}
		row, err := s.loadAttempt(ctx, tx, id)
		if err != nil {
			return err
		}
		before := row.grades()
		after := row.open.paper.Correct(before, row.answers, in.Version, in.Correction, by)
		was, is := row.open.paper.Score(before), row.open.paper.Score(after)
		if changed = was != is; !changed {
			return nil
		}
		affected = Affected{AttemptID: id, EarnedBefore: was.Earned, EarnedAfter: is.Earned, Possible: is.Possible, PassedBefore: was.Passed, PassedAfter: is.Passed}
		switch person, err := reach.PersonByID(ctx, tx, row.PersonID); {
		case err == nil:
			affected.EmployeeNo, affected.Name = person.EmployeeNo, person.Name
		case errs.KindOf(err) != errs.NotFound:
			return err
		}
		if in.DryRun {
			return nil
		}
		return s.regradeTx(ctx, tx, actor, row, after, "key", in.Note)
	})
	if err != nil {
		return Affected{}, false, fmt.Errorf("regrade attempt %d: %w", id, err)
	}
	return affected, changed, nil
}

// grades are those that count now.
func (a attemptRow) grades() []items.Grade {
	if a.Submitted == nil {
		return nil
	}
	return slices.Clone(a.Submitted.Grades) // a regrade changes its own
}

// regradeTx appends the grades as the attempt's next ones. The attempt is locked
// by the caller. Whoever passes by it completes the course at the instant of the
// submission: what was known then was right then.
func (s *Service) regradeTx(ctx context.Context, tx database.Tx, actor people.Actor, row attemptRow, grades []items.Grade, reason, note string) error {
	score := row.open.paper.Score(grades)
	now := s.now()
	before, err := insertRegradeTx(ctx, tx, regradeRow{attemptID: row.ID, reason: reason, note: note, gradedBy: actor.PersonID, gradedAt: now, score: score, grades: grades})
	if err != nil {
		return fmt.Errorf("regrade attempt %d: %w", row.ID, err)
	}
	err = audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "quizzes.regrade", Subject: fmt.Sprintf("attempt:%d", row.ID),
		Data: map[string]any{"reason": reason, "note": note, "earned": score.Earned, "possible": score.Possible, "passed": score.Passed}})
	if err != nil || before.Passed {
		return err
	}
	passes, err := passesTx(ctx, tx, row, score)
	if err != nil || !passes {
		return err
	}
	_, err = s.progress.QuizPassedTx(ctx, tx, training.QuizPass{AssignmentID: row.AssignmentID, AttemptID: row.ID, At: before.SubmittedAt, Later: true})
	return err
}
