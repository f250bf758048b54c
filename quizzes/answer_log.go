package quizzes

import (
	"context"
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

// answerLog writes the answers that come in at the same moment in one transaction.
// No save returns before that transaction is committed. It is what lets thousands
// of people start at nine o'clock.
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

// add returns the revision that the answer became. Conflict when it follows another one
// than the newest, and when the attempt is submitted.
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
		// The writer goes on when the request that began it ends: others wait for it too.
		go l.write(context.WithoutCancel(ctx))
	}
	select {
	case <-w.done:
		if w.err != nil && !database.Unsent(w.err) {
			database.NoteChange(ctx) // it was written under the context of another one
		}
		return w.revision, w.err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// write stores batches until no answer waits.
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

// take removes a batch from the waiting answers. Of two answers to one question the
// second waits for the next batch, so that each gets a revision of its own.
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

// writeTogether stores a batch in one statement, and when that fails each answer in
// its own: an answer that is refused must not take others with it. While the database is
// away each would wait in vain.
func (l *answerLog) writeTogether(ctx context.Context, batch []*waitingAnswer) {
	err := insertAnswers(ctx, l.db, batch)
	if err == nil || len(batch) == 1 || database.Away(err) {
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
// already, because its acknowledgement was lost, is not refused. One that goes on top of
// whatever there is does so in the end: each time that it does not, another one was stored.
func (l *answerLog) explain(ctx context.Context, w *waitingAnswer) {
	if w.err != nil {
		return
	}
	onTop := w.after < 0
	for {
		there, err := newestAnswer(ctx, l.db, w.answerRow)
		switch {
		case err != nil:
			w.err = err
		case there.Same:
			w.revision = there.Revision
		case onTop: // somebody else was quicker: it is the revision after that one
			w.after = there.Revision
			w.err = insertAnswers(ctx, l.db, []*waitingAnswer{w})
		default:
			w.err = errs.New(errs.Conflict, "quizzes.answered_elsewhere", nil)
		}
		if w.err != nil || w.revision > 0 {
			return
		}
	}
}
