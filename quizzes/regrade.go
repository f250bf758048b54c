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
	AttemptID      int64
	EmployeeNo     string
	Name           string
	EarnedBefore   items.Points
	PossibleBefore items.Points
	EarnedAfter    items.Points
	Possible       items.Points // after
	PassedBefore   bool
	PassedAfter    bool
}

// RegradeReport is what a correction does.
type RegradeReport struct {
	Asked    int // submitted attempts that ask the item version: one that was left out before is not asked
	Own      int // the actor's, submitted or open, which somebody else must correct
	Open     int // of others, not submitted yet: they will be graded with the correction
	Affected []Affected
}

// Regrade makes the correction a fact, with which every attempt of the quiz is graded
// from then on, and grades every submitted one that asked the item version again, as new
// rows beside the old ones. An attempt that is being submitted at the same moment is
// either found here or finds the correction: both lock it first. Whoever passes by it
// completes the course; whoever would fail by it keeps course and certificate, and the
// row says so. The actor's own attempts stay as they are: the same correction by somebody
// else reaches them. Forbidden without the Compliance role over the root, and for whoever
// must still sit a quiz that may ask the same; NotFound when the quiz never asked the
// version; Conflict when ByNewKey finds no later version of the same form; Invalid
// without a note.
func (s *Service) Regrade(ctx context.Context, actor people.Actor, in RegradeInput) (RegradeReport, error) {
	reach := actor.Over(people.Compliance)
	if err := reach.Root(ctx, s.db); err != nil {
		return RegradeReport{}, err
	}
	if err := refuseWhoMustSit(ctx, s.db, in.QuizID, actor); err != nil {
		return RegradeReport{}, err
	}
	if in.Note == "" && !in.DryRun {
		return RegradeReport{}, errs.New(errs.Invalid, "quizzes.regrade_needs_note", nil)
	}
	by, err := s.correctionKey(ctx, in)
	if err != nil {
		return RegradeReport{}, err
	}
	if !in.DryRun { // committed before the attempts are listed
		if err := s.recordCorrection(ctx, actor, in, by); err != nil {
			return RegradeReport{}, err
		}
	}
	ids, err := attemptsThatAsk(ctx, s.db, in.QuizID, in.Version)
	if err != nil {
		return RegradeReport{}, fmt.Errorf("attempts that ask item version %d: %w", in.Version, err)
	}
	var report RegradeReport
	for _, id := range ids {
		one, err := s.regradeOne(ctx, actor, reach, id, in, by)
		if err != nil {
			return report, err
		}
		if one.asked {
			report.Asked++
		}
		if one.own && (one.asked || one.open) {
			report.Own++
		} else if one.open {
			report.Open++
		}
		if one.changed {
			report.Affected = append(report.Affected, one.Affected)
		}
	}
	if in.DryRun { // who looks at others' results is recorded, as in a correction itself
		err = audit.Record(ctx, s.db, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "quizzes.preview_regrade", Subject: fmt.Sprintf("quiz:%d", in.QuizID),
			Data: map[string]any{"version": in.Version, "affected": len(report.Affected), "open": report.Open}})
	}
	return report, err
}

// correctionKey is the newest version of the item, for ByNewKey; nil for the other
// corrections.
func (s *Service) correctionKey(ctx context.Context, in RegradeInput) (*int64, error) {
	versions, err := versionsBeside(ctx, s.db, in.QuizID, in.Version)
	if err != nil {
		return nil, fmt.Errorf("versions beside item version %d: %w", in.Version, err)
	}
	if len(versions) == 0 {
		return nil, errs.New(errs.NotFound, "quizzes.version_not_asked", nil)
	}
	if in.Correction != items.ByNewKey {
		return nil, nil
	}
	newest := versions[len(versions)-1]
	by, err := items.Decode(newest.Body)
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		if v.ID == in.Version {
			old, err := items.Decode(v.Body)
			if err != nil {
				return nil, err
			}
			if newest.ID == v.ID || old.Kind != by.Kind || len(old.Options) != len(by.Options) || len(old.Gaps) != len(by.Gaps) {
				return nil, errs.New(errs.Conflict, "quizzes.no_newer_key", nil)
			}
		}
	}
	return &newest.ID, nil
}

// regraded is what a correction does to one attempt.
type regraded struct {
	Affected
	asked   bool // until now the item counted
	own     bool // the actor's: it stays as it is
	open    bool // not submitted yet
	changed bool
}

// regradeOne corrects one attempt in its own transaction, unless it is the actor's own or
// still open.
func (s *Service) regradeOne(ctx context.Context, actor people.Actor, reach people.Reach, id int64, in RegradeInput, by *int64) (one regraded, err error) {
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		owner, err := lockAttemptTx(ctx, tx, id)
		if err != nil {
			return err
		}
		row, err := s.loadAttempt(ctx, tx, id)
		if err != nil {
			return err
		}
		one.own, one.open = owner == actor.PersonID, row.Submitted == nil
		before := row.grades()
		one.asked = row.open.paper.GradeOf(before, in.Version).Status != items.Unasked
		if one.own || one.open {
			return nil
		}
		counts := correction{Version: in.Version, Kind: in.Correction, ByVersion: by, Note: in.Note, MadeBy: actor.PersonID}
		if !in.DryRun { // it may be another by now: of two at once the newer one counts
			counts, _ = correctionOf(row.Corrections, in.Version)
		}
		after, err := s.corrected(ctx, tx, row, before, counts)
		if err != nil {
			return err
		}
		was, is := row.open.paper.Score(before), row.open.paper.Score(after)
		if one.changed = was != is; !one.changed {
			return nil
		}
		one.Affected = Affected{AttemptID: id, EarnedBefore: was.Earned, PossibleBefore: was.Possible, EarnedAfter: is.Earned, Possible: is.Possible, PassedBefore: was.Passed, PassedAfter: is.Passed}
		switch person, err := reach.PersonByID(ctx, tx, row.PersonID); {
		case err == nil:
			one.EmployeeNo, one.Name = person.EmployeeNo, person.Name
		case errs.KindOf(err) != errs.NotFound:
			return err
		}
		if in.DryRun {
			return nil
		}
		return audit.TogetherTx(ctx, tx, func(ctx context.Context) error {
			return s.regradeTx(ctx, tx, row, regradeRow{reason: "key", note: counts.Note, gradedBy: counts.MadeBy, gradedAt: s.now(), grades: after, score: is})
		})
	})
	if err != nil {
		return regraded{}, fmt.Errorf("regrade attempt %d: %w", id, err)
	}
	return one, nil
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
func (s *Service) regradeTx(ctx context.Context, tx database.Tx, row attemptRow, next regradeRow) error {
	submittedAt, err := appendGradesTx(ctx, tx, row, next)
	if err != nil {
		return err
	}
	// What counts may be another attempt than this one, or all of them.
	passes, err := passesTx(ctx, tx, row)
	if err != nil || !passes {
		return err
	}
	_, err = s.progress.QuizPassedTx(ctx, tx, training.QuizPass{AssignmentID: row.AssignmentID, AttemptID: row.ID, At: submittedAt, Later: true})
	return err
}

// appendGradesTx writes the row and its event, and returns when the attempt was submitted.
func appendGradesTx(ctx context.Context, tx database.Tx, row attemptRow, next regradeRow) (submittedAt time.Time, err error) {
	next.attemptID = row.ID
	digest, err := items.DigestOf(next.grades)
	if err != nil {
		return time.Time{}, err
	}
	submittedAt, err = insertRegradeTx(ctx, tx, next)
	if err != nil {
		return time.Time{}, fmt.Errorf("regrade attempt %d: %w", row.ID, err)
	}
	return submittedAt, audit.RecordTx(ctx, tx, audit.Event{At: next.gradedAt, ActorID: next.gradedBy, Action: "quizzes.regrade", Subject: fmt.Sprintf("attempt:%d", row.ID),
		Data: map[string]any{"reason": next.reason, "note": next.note, "earned": next.score.Earned, "possible": next.score.Possible, "passed": next.score.Passed, "grades": digest}})
}
