package training

import (
	"context"
	"fmt"
	"time"

	"anwen/courses"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// Progress is how far a person is after reading a lesson.
type Progress struct {
	CourseID     int64
	AssignmentID int64
	Cycle        int
	LessonsRead  int
	LessonsTotal int
	QuizPassed   bool
	Completed    bool
}

// ReadLesson notes that the actor read lesson n of a revision, once; a repetition
// changes nothing. It opens the course for the actor when nobody assigned it, and
// completes it at once when nothing else is missing. Reading again after
// completion is only reading. NotFound for an unknown course, lesson or revision;
// Conflict while a prerequisite is not completed.
func (s *Service) ReadLesson(ctx context.Context, actor people.Actor, slug string, n, revision int) (Progress, error) {
	var found []struct {
		LessonID, CourseID int64
		Name               string
		Missing            string // prerequisites
	}
	err := s.db.WithContext(ctx).Raw(`SELECT l.id AS lesson_id, c.id AS course_id, l.name,
			(SELECT string_agg(q, ', ') FROM unnest(r.requires) q WHERE NOT EXISTS (
				SELECT FROM completions x JOIN courses k ON k.id = x.course_id WHERE k.slug = q AND x.person_id = ?)) AS missing
		FROM courses c JOIN course_revisions r ON r.course_id = c.id JOIN lessons l ON l.revision_id = r.id
		WHERE c.slug = ? AND r.number = ? AND l.n = ?`, actor.PersonID, slug, revision, n).Scan(&found).Error
	if err != nil {
		return Progress{}, fmt.Errorf("find lesson %d of course %s: %w", n, slug, err)
	}
	if len(found) == 0 {
		return Progress{}, courses.LessonNotFound(slug, n)
	}
	lesson := found[0]
	if lesson.Missing != "" {
		return Progress{}, errs.New(errs.Conflict, "training.prerequisite_missing", errs.Args{"courses": lesson.Missing})
	}
	var progress Progress
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		a, err := openTx(ctx, tx, actor.PersonID, lesson.CourseID, s.now())
		if err != nil {
			return err
		}
		if !a.Done {
			if err := recordReadTx(ctx, tx, a.ID, lesson.Name, lesson.LessonID, s.now()); err != nil {
				return err
			}
			outcome, err := s.completeTx(ctx, tx, a, s.now())
			if err != nil {
				return err
			}
			a.Done = outcome.Completed
		}
		progress, err = progressTx(ctx, tx, a)
		return err
	})
	if err != nil {
		return Progress{}, fmt.Errorf("read lesson %d of course %s: %w", n, slug, err)
	}
	return progress, nil
}

// OpenAssignmentTx returns the person's latest assignment of a course and its
// cycle, under lock; without one it opens the first cycle as the person's own.
// Its cycle may be completed: who acts on it says what that means.
func (s *Service) OpenAssignmentTx(ctx context.Context, tx database.Tx, personID, courseID int64) (assignmentID int64, cycle int, err error) {
	a, err := lockLatestTx(ctx, tx, personID, courseID, s.now())
	return a.ID, a.Cycle, err
}

// QuizPassedTx notes that an attempt passed the quiz, once per assignment, and
// completes the course when nothing else is missing.
func (s *Service) QuizPassedTx(ctx context.Context, tx database.Tx, p QuizPass) (Outcome, error) {
	// The assignment is locked first. A completion that another transaction makes
	// meanwhile is seen at the latest by the constraint on completions.
	var a lockedAssignment
	err := tx.WithContext(ctx).Raw(`WITH a AS (
			SELECT id, person_id, course_id, cycle FROM assignments WHERE id = ? FOR UPDATE
		), pass AS (
			INSERT INTO quiz_passes (assignment_id, attempt_id, passed_at) SELECT id, ?, ? FROM a ON CONFLICT ON CONSTRAINT quiz_passes_key DO NOTHING
		) SELECT id, person_id, course_id, cycle,
		         EXISTS (SELECT FROM completions c WHERE c.person_id = a.person_id AND c.course_id = a.course_id AND c.cycle = a.cycle) FROM a`,
		p.AssignmentID, p.AttemptID, p.At).Row().Scan(&a.ID, &a.PersonID, &a.CourseID, &a.Cycle, &a.Done)
	if err != nil {
		return Outcome{}, fmt.Errorf("quiz pass of assignment %d: %w", p.AssignmentID, err)
	}
	if a.Done {
		return Outcome{Completed: true}, nil
	}
	at := p.At
	if p.Later {
		var read *time.Time
		err := tx.WithContext(ctx).Raw(`SELECT max(read_at) FROM lesson_reads WHERE assignment_id = ?`, p.AssignmentID).Row().Scan(&read)
		if err != nil {
			return Outcome{}, fmt.Errorf("last reading of assignment %d: %w", p.AssignmentID, err)
		}
		if read != nil && read.After(at) {
			at = *read
		}
	}
	return s.completeTx(ctx, tx, a, at)
}
