package training

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
)

// insertCompletionTx checks and writes in one statement; completions_cycle_key makes
// sure that there is one per person, course and cycle. done is false when something
// is missing, or the completion was there. Courses that credit one another are
// completed one at a time by a person, lest each wait for the credit of the other.
func insertCompletionTx(ctx context.Context, tx database.Tx, assignmentID int64, at time.Time) (c Completion, done bool, err error) {
	var row struct {
		Completion
		Credits bool
	}
	err = tx.WithContext(ctx).Raw(`
		WITH finished AS (
			SELECT a.id, a.person_id, a.course_id, r.id AS revision_id, a.cycle, p.unit_id, k.slug, r.titles, r.valid_months,
				CASE WHEN EXISTS (SELECT FROM course_revisions q WHERE k.slug = ANY (q.equivalents))
					THEN pg_advisory_xact_lock(hashtextextended('training.credit:' || a.person_id, 0)) IS NOT NULL ELSE false END AS credits
			FROM assignments a
			JOIN staff p ON p.id = a.person_id
			JOIN courses k ON k.id = a.course_id
			JOIN LATERAL (SELECT * FROM course_revisions WHERE course_id = a.course_id ORDER BY number DESC LIMIT 1) r ON true
			WHERE a.id = ?
			  AND NOT EXISTS (SELECT 1 FROM lessons l WHERE l.revision_id = r.id
				AND NOT EXISTS (SELECT 1 FROM lesson_reads x WHERE x.assignment_id = a.id AND x.name = l.name))
			  AND (NOT r.has_quiz OR EXISTS (SELECT 1 FROM quiz_passes q WHERE q.assignment_id = a.id))
		), written AS (
			INSERT INTO completions (assignment_id, person_id, course_id, revision_id, cycle, unit_id, completed_at)
			SELECT id, person_id, course_id, revision_id, cycle, unit_id, ? FROM finished
			ON CONFLICT DO NOTHING
			RETURNING *
		)
		SELECT w.id, w.person_id, w.course_id, w.revision_id, w.unit_id, w.cycle, finished.slug, finished.titles, finished.valid_months, finished.credits
		FROM written w JOIN finished ON finished.id = w.assignment_id`, assignmentID, at).Scan(&row).Error
	if err != nil {
		return c, false, fmt.Errorf("complete assignment %d: %w", assignmentID, err)
	}
	c = row.Completion
	c.AssignmentID, c.CompletedAt, c.credits = assignmentID, at, row.Credits
	return c, c.ID != 0, nil
}
