package quizzes

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
)

// answerRow is one answer on its way to the database.
type answerRow struct {
	attemptID int64
	position  int
	after     int // the revision that the learner saw; -1: whatever there is
	response  string
	claimedAt *time.Time
	savedAt   time.Time
}

// answerLog writes answers together that arrive together: everybody who saves at
// the same moment shares one transaction, and nobody is told before it is
// committed. When thousands start at nine, that is the difference.
type answerLog struct {
	db database.Conn

	mu      sync.Mutex
	waiting []*waitingAnswer
	writers int
}

type waitingAnswer struct {
	answerRow
	revision int
	err      error
	done     chan struct{}
}

const (
	answerWriters = 2   // that write at the same time
	answerBatch   = 200 // rows of one transaction
)

// add returns the revision that the answer became. Conflict when another answer
// stands where it should, or when the attempt is submitted.
func (l *answerLog) add(ctx context.Context, row answerRow) (revision int, err error) {
	w := &waitingAnswer{answerRow: row, done: make(chan struct{})}
	l.mu.Lock()
	l.waiting = append(l.waiting, w)
	lead := l.writers < answerWriters
	if lead {
		l.writers++
	}
	l.mu.Unlock()
	if lead {
		// The writer outlives the request that made it: others wait for it too.
		go l.write(context.WithoutCancel(ctx))
	}
	select {
	case <-w.done:
		return w.revision, w.err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// write takes what waits until nothing does.
func (l *answerLog) write(ctx context.Context) {
	for {
		l.mu.Lock()
		batch := l.take()
		if len(batch) == 0 {
			l.writers--
			l.mu.Unlock()
			return
		}
		l.mu.Unlock()
		l.writeTogether(ctx, batch)
		for _, w := range batch {
			close(w.done)
		}
	}
}

// take removes a batch from what waits. Of two answers to the same question the
// second stays, so that what comes back says which of them was stored.
func (l *answerLog) take() (batch []*waitingAnswer) {
	type place struct {
		attempt  int64
		position int
	}
	taken := make(map[place]bool, min(len(l.waiting), answerBatch))
	var left []*waitingAnswer
	for i, w := range l.waiting {
		at := place{w.attemptID, w.position}
		if len(batch) == answerBatch {
			left = append(left, l.waiting[i:]...)
			break
		}
		if taken[at] {
			left = append(left, w)
			continue
		}
		taken[at] = true
		batch = append(batch, w)
	}
	l.waiting = left
	return batch
}

// writeTogether tries all in one statement, and one by one what did not get in:
// an answer that is refused must not take others with it.
func (l *answerLog) writeTogether(ctx context.Context, batch []*waitingAnswer) {
	err := insertAnswers(ctx, l.db, batch)
	if err == nil || len(batch) == 1 {
		for _, w := range batch {
			if w.revision == 0 {
				w.err = err
				l.explain(ctx, w)
			}
		}
		return
	}
	for _, w := range batch {
		w.err = insertAnswers(ctx, l.db, []*waitingAnswer{w})
		if w.revision == 0 {
			l.explain(ctx, w)
		}
	}
}

// explain says why an answer was not stored. The same answer that is stored
// already, because its acknowledgement was lost, is not refused.
func (l *answerLog) explain(ctx context.Context, w *waitingAnswer) {
	if w.err != nil {
		return
	}
	var there struct {
		Revision int
		Same     bool
	}
	err := l.db.WithContext(ctx).Raw(`SELECT revision, response = CAST(? AS jsonb) AS same FROM answers
		WHERE attempt_id = ? AND position = ? ORDER BY revision DESC LIMIT 1`, w.response, w.attemptID, w.position).Scan(&there).Error
	switch {
	case err != nil:
		w.err = err
	case there.Same:
		w.revision = there.Revision
	case w.after < 0: // somebody else was quicker: once more on top of that
		w.after = there.Revision
		w.err = insertAnswers(ctx, l.db, []*waitingAnswer{w})
		if w.err == nil && w.revision == 0 {
			w.err = errs.New(errs.Conflict, "quizzes.answered_elsewhere", nil)
		}
	default:
		w.err = errs.New(errs.Conflict, "quizzes.answered_elsewhere", nil)
	}
}

// insertAnswers stores the rows that follow what is there and notes their
// revisions; a row whose revision is taken stays at 0. The rows travel as JSON, so
// that the statement is the same for any number of them.
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
