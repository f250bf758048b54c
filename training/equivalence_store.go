package training

import (
	"context"
	"time"

	"anwen/internal/database"
)

// credit is a completion that was credited from another one.
type credit struct {
	ID   int64
	Slug string // of its course
}

// insertCreditsTx completes the person's latest assignment of each course that
// accepts c as equivalent, unless it is completed.
func insertCreditsTx(ctx context.Context, tx database.Tx, c Completion, at time.Time) (credited []credit, err error) {
	err = tx.WithContext(ctx).Raw(`
		WITH open AS (
			SELECT a.id, a.person_id, a.course_id, a.cycle, r.id AS revision_id
			FROM assignments a
			JOIN LATERAL (SELECT id, equivalents FROM course_revisions WHERE course_id = a.course_id ORDER BY number DESC LIMIT 1) r ON true
			WHERE a.person_id = ? AND ? = ANY (r.equivalents)
				AND NOT EXISTS (SELECT FROM assignments n WHERE n.course_id = a.course_id AND n.person_id = a.person_id AND n.cycle > a.cycle)
		), written AS (
			INSERT INTO completions (assignment_id, person_id, course_id, revision_id, cycle, unit_id, completed_at, credited_from)
			SELECT id, person_id, course_id, revision_id, cycle, ?, ?, ? FROM open
			ON CONFLICT DO NOTHING RETURNING id, course_id
		)
		SELECT w.id, k.slug FROM written w JOIN courses k ON k.id = w.course_id`,
		c.PersonID, c.Slug, c.UnitID, at, c.ID).Scan(&credited).Error
	return credited, err
}
