package training

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
)

func recordReadTx(ctx context.Context, tx database.Tx, assignmentID int64, name string, lessonID int64, now time.Time) error {
	err := tx.WithContext(ctx).Exec(`INSERT INTO lesson_reads (assignment_id, name, lesson_id, read_at) VALUES (?, ?, ?, ?)
		ON CONFLICT ON CONSTRAINT lesson_reads_key DO NOTHING`, assignmentID, name, lessonID, now).Error
	if err != nil {
		return fmt.Errorf("record the reading of %s: %w", name, err)
	}
	return nil
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
