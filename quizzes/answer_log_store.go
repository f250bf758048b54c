package quizzes

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
)

// insertAnswers stores the answers whose next revision is free, and whose last one is
// there, and notes it in them; the revision of the others stays 0. The rows are sent as
// JSON, so that the statement is the same for any number of them. Conflict when an
// attempt is submitted.
func insertAnswers(ctx context.Context, db database.Conn, batch []*waitingAnswer) error {
	rows := make([]storedAnswer, len(batch))
	for i, w := range batch {
		rows[i] = storedAnswer{w.attemptID, w.position, w.after, json.RawMessage(w.response), w.claimedAt, w.savedAt}
	}
	raw, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	var stored []struct {
		AttemptID          int64
		Position, Revision int
	}
	err = db.WithContext(ctx).Raw(`
		INSERT INTO answers (attempt_id, position, revision, response, claimed_at, saved_at)
		SELECT r.attempt_id, r.position,
		       CASE WHEN r.after >= 0 THEN r.after + 1
		            ELSE coalesce((SELECT max(w.revision) FROM answers w WHERE w.attempt_id = r.attempt_id AND w.position = r.position), 0) + 1 END,
		       r.response, r.claimed_at, r.saved_at
		FROM jsonb_to_recordset(?::jsonb) AS r(attempt_id bigint, position integer, after integer, response jsonb, claimed_at timestamptz, saved_at timestamptz)
		WHERE r.after <= 0 OR EXISTS (SELECT FROM answers w WHERE w.attempt_id = r.attempt_id AND w.position = r.position AND w.revision = r.after)
		ON CONFLICT ON CONSTRAINT answers_revision_key DO NOTHING
		RETURNING attempt_id, position, revision`, string(raw)).Scan(&stored).Error
	if database.Violated(err, "answers_before_submission") {
		return errs.New(errs.Conflict, "quizzes.already_submitted", nil)
	}
	if err != nil {
		return fmt.Errorf("save %d answers: %w", len(batch), err)
	}
	for _, s := range stored {
		for _, w := range batch {
			if w.revision == 0 && w.attemptID == s.AttemptID && w.position == s.Position && (w.after < 0 || w.after+1 == s.Revision) {
				w.revision = s.Revision
				break
			}
		}
	}
	return nil
}

type storedAnswer struct {
	AttemptID int64           `json:"attempt_id"`
	Position  int             `json:"position"`
	After     int             `json:"after"`
	Response  json.RawMessage `json:"response"`
	ClaimedAt *time.Time      `json:"claimed_at"`
	SavedAt   time.Time       `json:"saved_at"`
}

// storedBefore is the newest answer of a position.
type storedBefore struct {
	Revision int
	Same     bool // as the one that it was compared with
}

func newestAnswer(ctx context.Context, conn database.Conn, w answerRow) (there storedBefore, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT revision, response = CAST(? AS jsonb) AS same FROM answers
		WHERE attempt_id = ? AND position = ? ORDER BY revision DESC LIMIT 1`, w.response, w.attemptID, w.position).Scan(&there).Error
	return there, err
}
