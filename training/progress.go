package training

import (
	"context"
	"fmt"
	"sync"
	"time"

	"anwen/courses"
	"anwen/internal/audit"
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
	lesson, err := findLesson(ctx, s.db, actor.PersonID, slug, n, revision)
	if err != nil {
		return Progress{}, fmt.Errorf("find lesson %d of course %s: %w", n, slug, err)
	}
	if lesson.LessonID == 0 {
		return Progress{}, courses.LessonNotFound(slug, n)
	}
	if lesson.Missing != "" {
		return Progress{}, errs.New(errs.Conflict, "training.prerequisite_missing", errs.Args{"courses": lesson.Missing})
	}
	var progress Progress
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		now := sync.OnceValue(s.now)
		a, err := openTx(ctx, tx, actor.PersonID, lesson.CourseID, now)
		if err != nil {
			return err
		}
		if !a.Done {
			err := audit.TogetherTx(ctx, tx, func(ctx context.Context) (err error) {
				a.Done, err = s.readTx(ctx, tx, a, slug, lesson, now())
				return err
			})
			if err != nil {
				return err
			}
		}
		progress, err = progressTx(ctx, tx, a)
		return err
	})
	if err != nil {
		return Progress{}, fmt.Errorf("read lesson %d of course %s: %w", n, slug, err)
	}
	return progress, nil
}

// readTx notes that the lesson was read, and completes the assignment when nothing else
// is missing.
func (s *Service) readTx(ctx context.Context, tx database.Tx, a lockedAssignment, slug string, lesson foundLesson, now time.Time) (completed bool, err error) {
	fresh, err := recordReadTx(ctx, tx, a.ID, lesson.Name, lesson.LessonID, now)
	if err != nil {
		return false, err
	}
	if fresh {
		err = audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: a.PersonID, Action: "courses.read_lesson", Subject: "course:" + slug,
			Data: map[string]any{"assignment": a.ID, "lesson": lesson.Name}})
		if err != nil {
			return false, err
		}
	}
	outcome, err := s.completeTx(ctx, tx, a, now)
	return outcome.Completed, err
}

// OpenAssignmentTx returns the person's latest assignment of a course and its
// cycle, under lock; without one it opens the first cycle as the person's own.
// Its cycle may be completed already: the caller decides what that means.
func (s *Service) OpenAssignmentTx(ctx context.Context, tx database.Tx, personID, courseID int64) (assignmentID int64, cycle int, err error) {
	a, err := lockLatestTx(ctx, tx, personID, courseID, s.now)
	return a.ID, a.Cycle, err
}

// QuizPassedTx notes that an attempt passed the quiz, once per assignment, and
// completes the course when nothing else is missing. Its errors are internal, or what
// the completion listener returns.
func (s *Service) QuizPassedTx(ctx context.Context, tx database.Tx, p QuizPass) (Outcome, error) {
	a, err := insertQuizPassTx(ctx, tx, p)
	if err != nil {
		return Outcome{}, fmt.Errorf("quiz pass of assignment %d: %w", p.AssignmentID, err)
	}
	if a.Done {
		return Outcome{Completed: true}, nil
	}
	at := p.At
	if p.Later {
		read, err := lastReadTx(ctx, tx, p.AssignmentID)
		if err != nil {
			return Outcome{}, fmt.Errorf("last reading of assignment %d: %w", p.AssignmentID, err)
		}
		if read != nil && read.After(at) {
			at = *read
		}
	}
	return s.completeTx(ctx, tx, a, at)
}
