package training

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
)

// foundLesson is a lesson of a published revision; zero when there is none.
type foundLesson struct {
	LessonID, CourseID int64
	Name               string
	Missing            string // prerequisites that the person has not completed
}

func findLesson(ctx context.Context, conn database.Conn, personID int64, slug string, n, revision int) (lesson foundLesson, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT l.id AS lesson_id, c.id AS course_id, l.name,
			(SELECT string_agg(q, ', ') FROM unnest(r.requires) q WHERE NOT EXISTS (
				SELECT FROM completions x JOIN courses k ON k.id = x.course_id WHERE k.slug = q AND x.person_id = ?)) AS missing
		FROM courses c JOIN course_revisions r ON r.course_id = c.id JOIN lessons l ON l.revision_id = r.id
		WHERE c.slug = ? AND r.number = ? AND l.n = ?`, personID, slug, revision, n).Scan(&lesson).Error
	return lesson, err
}

// recordReadTx reports false when the lesson was read before.
func recordReadTx(ctx context.Context, tx database.Tx, assignmentID int64, name string, lessonID int64, now time.Time) (fresh bool, err error) {
	done := tx.WithContext(ctx).Exec(`INSERT INTO lesson_reads (assignment_id, name, lesson_id, read_at) VALUES (?, ?, ?, ?)
		ON CONFLICT ON CONSTRAINT lesson_reads_key DO NOTHING`, assignmentID, name, lessonID, now)
	if done.Error != nil {
		return false, fmt.Errorf("record the reading of %s: %w", name, done.Error)
	}
	return done.RowsAffected > 0, nil
}

// readOf counts the lessons of the current revision r that assignment a has read.
const readOf = `(SELECT count(*) FROM lessons l JOIN lesson_reads x ON x.name = l.name
	WHERE l.revision_id = r.id AND x.assignment_id = a.id)`

func progressTx(ctx context.Context, tx database.Tx, a lockedAssignment) (Progress, error) {
	var row struct {
		LessonsRead, LessonsTotal int
		QuizPassed                bool
	}
	err := tx.WithContext(ctx).Raw(`SELECT `+readOf+` AS lessons_read, r.lessons AS lessons_total,
			EXISTS (SELECT 1 FROM quiz_passes q WHERE q.assignment_id = a.id) AS quiz_passed
		FROM assignments a
		JOIN LATERAL (SELECT * FROM course_revisions WHERE course_id = a.course_id ORDER BY number DESC LIMIT 1) r ON true
		WHERE a.id = ?`, a.ID).Scan(&row).Error
	if err != nil {
		return Progress{}, fmt.Errorf("progress of assignment %d: %w", a.ID, err)
	}
	return Progress{
		CourseID: a.CourseID, AssignmentID: a.ID, Cycle: a.Cycle, LessonsRead: row.LessonsRead, LessonsTotal: row.LessonsTotal,
		QuizPassed: row.QuizPassed, Completed: a.Done,
	}, nil
}

// insertQuizPassTx locks the assignment, then notes the pass. A completion that
// another transaction writes meanwhile may not be seen here; then the constraint on
// completions keeps it the only one.
func insertQuizPassTx(ctx context.Context, tx database.Tx, p QuizPass) (a lockedAssignment, err error) {
	err = tx.WithContext(ctx).Raw(`WITH a AS (
			SELECT id, person_id, course_id, cycle FROM assignments WHERE id = ? FOR NO KEY UPDATE
		), pass AS (
			INSERT INTO quiz_passes (assignment_id, attempt_id, passed_at) SELECT id, ?, ? FROM a ON CONFLICT ON CONSTRAINT quiz_passes_key DO NOTHING
		) SELECT id, person_id, course_id, cycle,
		         EXISTS (SELECT FROM completions c WHERE c.person_id = a.person_id AND c.course_id = a.course_id AND c.cycle = a.cycle) FROM a`,
		p.AssignmentID, p.AttemptID, p.At).Row().Scan(&a.ID, &a.PersonID, &a.CourseID, &a.Cycle, &a.Done)
	return a, err
}

// lastReadTx is when the person last read a lesson of the assignment; nil for never.
func lastReadTx(ctx context.Context, tx database.Tx, assignmentID int64) (read *time.Time, err error) {
	err = tx.WithContext(ctx).Raw(`SELECT max(read_at) FROM lesson_reads WHERE assignment_id = ?`, assignmentID).Row().Scan(&read)
	return read, err
}
