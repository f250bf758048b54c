package quizzes

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/items"
	"anwen/people"
)

// markRow is a row of marks.
type markRow struct {
	ID        int64
	AttemptID int64
	Position  int
	MarkerID  int64
	Earned    items.Points
	Possible  items.Points
	Criteria  []items.Points `gorm:"serializer:json"`
	Comment   string
	Decides   bool
	MarkedAt  time.Time
}

// TableName is for GORM.
func (markRow) TableName() string { return "marks" }

func insertMarkTx(ctx context.Context, tx database.Tx, row markRow) error {
	return database.Table[markRow](tx).Create(ctx, &row)
}

// everWaited are the attempts with a grade, old or new, in which an essay waits: few,
// which two indexes know. Whether it still waits is for the grade that counts to say.
const everWaited = `(SELECT attempt_id FROM submissions WHERE grades @> '[{"status": "waiting"}]' UNION SELECT attempt_id FROM regrades WHERE grades @> '[{"status": "waiting"}]')`

// attemptsToMark are up to a hundred attempts of people within reach with an essay that
// waits and that the marker did not write.
func attemptsToMark(ctx context.Context, conn database.Conn, quizID, markerID int64, reach people.Reach) (ids []int64, err error) {
	err = conn.WithContext(database.PlanAnew(ctx)).Raw(`SELECT a.id FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id JOIN attempt_grades g ON g.attempt_id = a.id
		JOIN staff p ON p.id = a.person_id
		WHERE a.id IN `+everWaited+` AND r.quiz_id = ? AND NOT a.practice AND a.person_id <> ? AND p.unit_path LIKE ANY (?) AND g.grades @> '[{"status": "waiting"}]' ORDER BY g.submitted_at LIMIT 100`, quizID, markerID, reach.Patterns()).Scan(&ids).Error
	return ids, err
}

// newestMarks are the newest mark of each marker, in the order of their first.
func newestMarks(ctx context.Context, conn database.Conn, attemptID int64, position int) ([]items.Mark, error) {
	var marks []items.Mark
	err := conn.WithContext(ctx).Raw(`SELECT marker_id, earned, possible, decides FROM (
			SELECT DISTINCT ON (marker_id) *, min(id) OVER (PARTITION BY marker_id) AS first FROM marks
			WHERE attempt_id = ? AND position = ? ORDER BY marker_id, id DESC
		) m ORDER BY first`, attemptID, position).Scan(&marks).Error
	if err != nil {
		return nil, fmt.Errorf("marks of attempt %d: %w", attemptID, err)
	}
	return marks, nil
}
