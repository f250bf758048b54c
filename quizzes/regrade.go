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

// Affected is an attempt whose grade the correction changes. Whose it is stands
// there only for people of units that the actor keeps compliance over.
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
// anew, as new rows beside the old ones. Who passes by it completes the course;
// who would fail by it keeps course and certificate, and the row says so. Forbidden
// to who does not keep compliance; NotFound when the quiz never asked the version;
// Conflict when ByNewKey finds no later version of the same form; Invalid without
// a note.
func (s *Service) Regrade(ctx context.Context, actor people.Actor, in RegradeInput) (RegradeReport, error) {
	if !actor.Has(people.Compliance) {
		return RegradeReport{}, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	if in.Note == "" && !in.DryRun {
		return RegradeReport{}, errs.New(errs.Invalid, "quizzes.regrade_needs_note", nil)
	}
	by, err := s.correctionKey(ctx, in)
	if err != nil {
		return RegradeReport{}, err
	}
	var ids []int64
	err = s.db.WithContext(ctx).Raw(`SELECT a.id FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id JOIN submissions b ON b.attempt_id = a.id
		WHERE r.quiz_id = ? AND NOT a.practice AND a.paper->'positions' @> jsonb_build_array(jsonb_build_object('item_version', ?::bigint)) ORDER BY a.id`, in.QuizID, in.Version).Scan(&ids).Error
	if err != nil {
		return RegradeReport{}, fmt.Errorf("attempts that asked item version %d: %w", in.Version, err)
	}
	report := RegradeReport{Asked: len(ids)}
	for _, id := range ids {
		affected, changed, err := s.regradeOne(ctx, actor, id, in, by)
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
	var versions []struct {
		ID   int64
		Body []byte
	}
	err := s.db.WithContext(ctx).Raw(`SELECT v.id, v.body FROM item_versions v WHERE v.item_id = (SELECT item_id FROM item_versions WHERE id = @version)
		AND (EXISTS (SELECT FROM quiz_items q JOIN quiz_revisions r ON r.id = q.revision_id WHERE r.quiz_id = @quiz AND q.item_version_id = @version)
		  OR EXISTS (SELECT FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id WHERE r.quiz_id = @quiz
		     AND a.paper->'positions' @> jsonb_build_array(jsonb_build_object('item_version', CAST(@version AS bigint)))))
		ORDER BY v.number`, map[string]any{"version": in.Version, "quiz": in.QuizID}).Scan(&versions).Error
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
func (s *Service) regradeOne(ctx context.Context, actor people.Actor, id int64, in RegradeInput, by items.Item) (Affected, bool, error) {
	var affected Affected
	changed := false
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		if _, err := lockAttemptTx(tx, id); err != nil {
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
		var path string
		err = tx.Raw(`SELECT p.employee_no, p.name, u.path FROM people p JOIN units u ON u.id = p.unit_id WHERE p.id = ?`, row.PersonID).
			Row().Scan(&affected.EmployeeNo, &affected.Name, &path)
		if err != nil {
			return err
		}
		if !actor.Covers(path, people.Compliance) {
			affected.EmployeeNo, affected.Name = "", ""
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
	if a.submitted == nil {
		return nil
	}
	grades := make([]items.Grade, len(a.submitted.Grades))
	for i, g := range a.submitted.Grades {
		grades[i] = items.Grade(g)
	}
	return grades
}

// regradeTx appends the grades as the attempt's next ones. The attempt is locked
// by the caller. Whoever passes by it completes the course at the instant of the
// submission: what was known then was right then.
func (s *Service) regradeTx(ctx context.Context, tx database.Tx, actor people.Actor, row attemptRow, grades []items.Grade, reason, note string) error {
	score := row.open.paper.Score(grades)
	raw, err := json.Marshal(storeGrades(grades))
	if err != nil {
		return err
	}
	now := s.now()
	var graded struct {
		SubmittedAt time.Time
		Passed      bool
	}
	err = tx.Raw(`WITH before AS (SELECT submitted_at, passed, regraded FROM attempt_grades WHERE attempt_id = @attempt), made AS (
			INSERT INTO regrades (attempt_id, number, reason, note, graded_by, graded_at, earned, possible, passed, grades)
			SELECT @attempt, regraded + 1, @reason, @note, @actor, @now, @earned, @possible, @passed, CAST(@grades AS jsonb) FROM before
		) SELECT submitted_at, passed FROM before`, map[string]any{
		"attempt": row.ID, "reason": reason, "note": note, "actor": actor.PersonID, "now": now,
		"earned": int64(score.Earned), "possible": int64(score.Possible), "passed": score.Passed, "grades": string(raw),
	}).Scan(&graded).Error
	if err != nil {
		return fmt.Errorf("regrade attempt %d: %w", row.ID, err)
	}
	err = audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "quizzes.regrade", Subject: fmt.Sprintf("attempt:%d", row.ID),
		Data: map[string]any{"reason": reason, "note": note, "earned": score.Earned, "possible": score.Possible, "passed": score.Passed}})
	if err != nil || graded.Passed {
		return err
	}
	passes, err := s.passesTx(tx, row, score)
	if err != nil || !passes {
		return err
	}
	_, err = s.progress.QuizPassedTx(ctx, tx, training.QuizPass{AssignmentID: row.AssignmentID, AttemptID: row.ID, At: graded.SubmittedAt, Later: true})
	return err
}
