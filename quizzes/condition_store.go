package quizzes

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
)

// conditionRow is a row of quiz_conditions.
type conditionRow struct {
	quizID        int64
	number        int
	opens, closes *time.Time
	salt, secret  []byte // sha256(salt || password); nil without one
	networks      string // JSON
	setBy         *int64
	setAt         time.Time
}

// newestConditions is the zero value for a quiz that has none.
func newestConditions(ctx context.Context, conn database.Conn, quizID int64) (found Conditions, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT c.number, c.opens_at AS opens, c.closes_at AS closes, c.secret IS NOT NULL AS has_password, coalesce(p.name, '') AS set_by, c.set_at,
			(SELECT coalesce(json_agg(json_build_object('Unit', u.code, 'Network', n.network) ORDER BY u.code, n.network), '[]')
			 FROM jsonb_to_recordset(c.networks) AS n(unit_id bigint, network cidr) JOIN units u ON u.id = n.unit_id) AS networks
		FROM quiz_conditions c LEFT JOIN staff p ON p.id = c.set_by WHERE c.quiz_id = ? ORDER BY c.number DESC LIMIT 1`, quizID).Scan(&found).Error
	return found, err
}

// insertConditionsTx makes the row the newest of its quiz; keep takes the password of
// the one before. Conflict when the one before has not the number before.
func insertConditionsTx(ctx context.Context, tx database.Tx, row conditionRow, keep bool) error {
	done := tx.WithContext(ctx).Exec(`INSERT INTO quiz_conditions (quiz_id, number, opens_at, closes_at, salt, secret, networks, set_by, set_at)
		SELECT @quiz, CAST(@number AS bigint), @opens, @closes, CASE WHEN @keep THEN c.salt ELSE @salt END,
		       CASE WHEN @keep THEN c.secret ELSE @secret END, CAST(@networks AS jsonb), @actor, @now
		FROM (VALUES (1)) AS one(n) LEFT JOIN quiz_conditions c ON c.id = (SELECT id FROM quiz_conditions WHERE quiz_id = @quiz ORDER BY number DESC LIMIT 1)
		WHERE coalesce(c.number, 0) = CAST(@number AS bigint) - 1`, map[string]any{
		"quiz": row.quizID, "number": row.number, "opens": row.opens, "closes": row.closes, "keep": keep, "salt": bytesOrNull(row.salt), "secret": bytesOrNull(row.secret),
		"networks": row.networks, "actor": row.setBy, "now": row.setAt})
	if done.Error == nil && done.RowsAffected == 0 || database.Violated(done.Error, "quiz_conditions_number_key") {
		return errs.New(errs.Conflict, "quizzes.conditions_changed", nil)
	}
	if done.Error != nil {
		return fmt.Errorf("set the conditions of quiz %d: %w", row.quizID, done.Error)
	}
	return nil
}

// bytesOrNull keeps the driver from writing an empty value for none.
func bytesOrNull(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}
