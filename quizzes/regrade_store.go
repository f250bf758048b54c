package quizzes

import (
	"context"
	"encoding/json"
	"time"

	"anwen/internal/database"
	"anwen/items"
)

// attemptsThatAsk are the attempts of the quiz that count and ask the item version, open
// ones among them.
func attemptsThatAsk(ctx context.Context, conn database.Conn, quizID, version int64) (ids []int64, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT a.id FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id
		WHERE r.quiz_id = ? AND NOT a.practice AND a.paper->'positions' @> jsonb_build_array(jsonb_build_object('item_version', ?::bigint)) ORDER BY a.id`, quizID, version).Scan(&ids).Error
	return ids, err
}

// versionsBeside are all versions of the item that the version is one of, in their
// order; none when the quiz never asked the version.
func versionsBeside(ctx context.Context, conn database.Conn, quizID, version int64) (versions []itemVersionRow, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT v.id, v.item_id, v.number, v.body FROM item_versions v WHERE v.item_id = (SELECT item_id FROM item_versions WHERE id = @version)
		AND (EXISTS (SELECT FROM quiz_items q JOIN quiz_revisions r ON r.id = q.revision_id WHERE r.quiz_id = @quiz AND q.item_version_id = @version)
		  OR EXISTS (SELECT FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id WHERE r.quiz_id = @quiz
		     AND a.paper->'positions' @> jsonb_build_array(jsonb_build_object('item_version', CAST(@version AS bigint)))))
		ORDER BY v.number`, map[string]any{"version": version, "quiz": quizID}).Scan(&versions).Error
	return versions, err
}

// regradeRow is the next row of regrades of an attempt.
type regradeRow struct {
	attemptID    int64
	reason, note string
	gradedBy     int64
	gradedAt     time.Time
	score        items.Score
	grades       []items.Grade
}

// insertRegradeTx appends the row and returns when the attempt was submitted.
func insertRegradeTx(ctx context.Context, tx database.Tx, row regradeRow) (submittedAt time.Time, err error) {
	raw, err := json.Marshal(row.grades)
	if err != nil {
		return submittedAt, err
	}
	err = tx.WithContext(ctx).Raw(`WITH before AS (SELECT submitted_at, regraded FROM attempt_grades WHERE attempt_id = @attempt), made AS (
			INSERT INTO regrades (attempt_id, number, reason, note, graded_by, graded_at, earned, possible, passed, grades)
			SELECT @attempt, regraded + 1, @reason, @note, @actor, @now, @earned, @possible, @passed, CAST(@grades AS jsonb) FROM before
		) SELECT submitted_at FROM before`, map[string]any{
		"attempt": row.attemptID, "reason": row.reason, "note": row.note, "actor": row.gradedBy, "now": row.gradedAt,
		"earned": int64(row.score.Earned), "possible": int64(row.score.Possible), "passed": row.score.Passed, "grades": string(raw),
	}).Row().Scan(&submittedAt)
	return submittedAt, err
}
