package quizzes

import (
	"context"
	"time"

	"anwen/internal/database"
	"anwen/people"
)

// accommodationRow is a row of accommodations.
type accommodationRow struct {
	ID            int64
	PersonID      int64
	QuizID        *int64 // nil: every quiz
	ExtraPercent  int
	ExtraAttempts int
	ClosesAt      *time.Time
	Reason        string
	GrantedBy     *int64
	GrantedAt     time.Time
}

// TableName is for GORM.
func (accommodationRow) TableName() string { return "accommodations" }

// lockAccommodatingTx makes those who accommodate a person do it one after another: the
// newest row counts, and tells the latest instant.
func lockAccommodatingTx(ctx context.Context, tx database.Tx, personID int64) error {
	return tx.WithContext(ctx).Exec(`SELECT pg_advisory_xact_lock(hashtextextended('quizzes.accommodate:' || CAST(? AS bigint), 0))`, personID).Error
}

func insertAccommodationTx(ctx context.Context, tx database.Tx, row accommodationRow) error {
	return database.Table[accommodationRow](tx).Create(ctx, &row)
}

// listAccommodations reads the newest accommodation of each person within reach: the
// one for the quiz before one for every quiz.
func listAccommodations(ctx context.Context, conn database.Conn, quizID int64, reach people.Reach) ([]Accommodation, error) {
	var list []Accommodation
	err := conn.WithContext(ctx).Raw(`
		SELECT p.employee_no, p.name, m.quiz_id IS NULL AS everywhere, m.extra_percent, m.extra_attempts, m.closes_at AS closes, m.reason,
		       coalesce(g.name, '') AS granted_by, m.granted_at
		FROM (SELECT DISTINCT ON (person_id) * FROM accommodations WHERE quiz_id = @quiz OR quiz_id IS NULL ORDER BY person_id, quiz_id IS NULL, id DESC) m
		JOIN staff p ON p.id = m.person_id LEFT JOIN staff g ON g.id = m.granted_by
		WHERE p.unit_path LIKE ANY (@reach) AND (m.extra_percent > 0 OR m.extra_attempts > 0 OR m.closes_at IS NOT NULL)
		ORDER BY p.employee_no LIMIT 1000`,
		map[string]any{"quiz": quizID, "reach": reach.Patterns()}).Scan(&list).Error
	return list, err
}
