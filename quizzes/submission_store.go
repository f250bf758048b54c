package quizzes

import (
	"context"
	"encoding/json"
	"time"

	"anwen/internal/database"
	"anwen/items"
)

func insertSubmissionTx(ctx context.Context, tx database.Tx, attemptID int64, b submission) error {
	raw, err := json.Marshal(b.Grades)
	if err != nil {
		return err
	}
	return tx.WithContext(ctx).Exec(`INSERT INTO submissions (attempt_id, submitted_at, by_deadline, earned, possible, passed, grades)
		VALUES (?, ?, ?, ?, ?, ?, ?::jsonb)`, attemptID, b.SubmittedAt, b.ByDeadline, int64(b.Earned), int64(b.Possible), b.Passed, string(raw)).Error
}

// scoresOfTx are what the submitted attempts of an assignment earned, in their order.
func scoresOfTx(ctx context.Context, tx database.Tx, assignmentID int64) (scores []items.Score, err error) {
	err = tx.WithContext(ctx).Raw(`SELECT g.earned, g.possible, g.passed FROM attempts a JOIN attempt_grades g ON g.attempt_id = a.id
		WHERE a.assignment_id = ? ORDER BY a.number`, assignmentID).Scan(&scores).Error
	return scores, err
}

// expiredAttempts are up to a hundred open attempts whose deadline lies between the
// instants.
func expiredAttempts(ctx context.Context, conn database.Conn, from, to time.Time) (ids []int64, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT a.id FROM attempts a
		WHERE a.deadline_at BETWEEN ? AND ? AND NOT EXISTS (SELECT FROM submissions b WHERE b.attempt_id = a.id)
		ORDER BY a.deadline_at LIMIT 100`, from, to).Scan(&ids).Error
	return ids, err
}
