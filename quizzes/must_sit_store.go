package quizzes

import (
	"context"
	"fmt"

	"anwen/internal/database"
)

// mustSit reports whether the person was asked to complete the course of the quiz and
// has not yet. Who opened the course unasked, to look at it, is not among them.
func mustSit(ctx context.Context, conn database.Conn, quizID, personID int64) (must bool, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT EXISTS (SELECT FROM quizzes q JOIN assignments a ON a.course_id = q.course_id
		WHERE q.id = ? AND a.person_id = ? AND a.reason <> 'self' AND NOT EXISTS (
			SELECT FROM completions c WHERE c.person_id = a.person_id AND c.course_id = a.course_id AND c.cycle = a.cycle))`,
		quizID, personID).Scan(&must).Error
	if err != nil {
		return false, fmt.Errorf("whether person %d must sit quiz %d: %w", personID, quizID, err)
	}
	return must, nil
}
