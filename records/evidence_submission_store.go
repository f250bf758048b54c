package records

import (
	"context"
	"time"

	"anwen/internal/database"
	"anwen/items"
)

// submissionEvidence is a submission with everything that it follows from, and what the
// audit log tells of it.
type submissionEvidence struct {
	AttemptID   int64
	Practice    bool
	Paper       items.Paper `gorm:"serializer:json"`
	DeadlineAt  *time.Time
	SubmittedAt time.Time
	ByDeadline  bool
	Earned      items.Points
	Possible    items.Points
	Passed      bool
	Grades      []items.Grade          `gorm:"serializer:json"`
	Answered    map[int]items.Answered `gorm:"serializer:json"`
	Events      int64
	ToldAt      *time.Time
	Told        *toldSubmission `gorm:"serializer:json"`
}

// toldSubmission is the event of a submission.
type toldSubmission struct {
	Earned   items.Points `json:"earned"`
	Possible items.Points `json:"possible"`
	Passed   bool         `json:"passed"`
	Digest   string       `json:"digest"` // "" for one from before digests were kept
}

// submissionsAfterTx reads submissions whose attempts are there, in the order of their
// attempts, so many at most.
func submissionsAfterTx(ctx context.Context, tx database.Tx, after int64, limit int) (list []submissionEvidence, err error) {
	err = tx.WithContext(ctx).Raw(`
		SELECT b.attempt_id, a.practice, a.paper, a.deadline_at, b.submitted_at, b.by_deadline, b.earned, b.possible, b.passed, b.grades,
			(SELECT json_object_agg(w.position, json_build_object('Response', w.response, 'Revision', w.revision)) FROM (
				SELECT DISTINCT ON (position) position, response, revision FROM answers WHERE attempt_id = a.id ORDER BY position, revision DESC) w) AS answered,
			(SELECT count(*) FROM audit_events e WHERE e.subject = 'attempt:' || a.id AND e.action = 'quizzes.submit') AS events, e.at AS told_at, e.data AS told
		FROM submissions b JOIN attempts a ON a.id = b.attempt_id
		LEFT JOIN LATERAL (SELECT at, data FROM audit_events e WHERE e.subject = 'attempt:' || a.id AND e.action = 'quizzes.submit' ORDER BY e.id LIMIT 1) e ON true
		WHERE b.attempt_id > ? ORDER BY b.attempt_id LIMIT ?`, after, limit).Scan(&list).Error
	return list, err
}

// itemBodiesTx are the stored items of the versions.
func itemBodiesTx(ctx context.Context, tx database.Tx, versions []int64) (map[int64][]byte, error) {
	var rows []struct {
		ID   int64
		Body []byte
	}
	err := tx.WithContext(ctx).Raw(`SELECT id, body FROM item_versions WHERE id = ANY (?)`, database.Array[int64](versions)).Scan(&rows).Error
	bodies := make(map[int64][]byte, len(rows))
	for _, r := range rows {
		bodies[r.ID] = r.Body
	}
	return bodies, err
}

// regradeEvidence is a regrade with the paper that it grades and the digest that the
// audit log keeps of its grades.
type regradeEvidence struct {
	ID        int64
	AttemptID int64
	Number    int
	Paper     items.Paper `gorm:"serializer:json"`
	Earned    items.Points
	Possible  items.Points
	Passed    bool
	Grades    []items.Grade `gorm:"serializer:json"`
	Digest    string        // "" for one from before digests were kept
}

// regradesAfterTx reads regrades in the order of their ids, so many at most.
func regradesAfterTx(ctx context.Context, tx database.Tx, after int64, limit int) (list []regradeEvidence, err error) {
	err = tx.WithContext(ctx).Raw(`
		SELECT g.id, g.attempt_id, g.number, a.paper, g.earned, g.possible, g.passed, g.grades, coalesce((SELECT e.data->>'grades' FROM audit_events e
			WHERE e.subject = 'attempt:' || g.attempt_id AND e.action = 'quizzes.regrade' ORDER BY e.id OFFSET g.number - 1 LIMIT 1), '') AS digest
		FROM regrades g JOIN attempts a ON a.id = g.attempt_id
		WHERE g.id > ? ORDER BY g.id LIMIT ?`, after, limit).Scan(&list).Error
	return list, err
}
