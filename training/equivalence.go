package training

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
)

// creditTx completes the person's open assignments of every course that takes
// the completed one for its own. The new completions name the one that stands
// for them; no certificate comes of a credit, because the course itself was not
// taken.
func (s *Service) creditTx(ctx context.Context, tx database.Tx, c Completion, at time.Time) error {
	var credited []struct {
		ID   int64
		Slug string
	}
	err := tx.WithContext(ctx).Raw(`
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
	if err != nil {
		return fmt.Errorf("credit completion %d: %w", c.ID, err)
	}
	for _, k := range credited {
		err := audit.RecordTx(ctx, tx, audit.Event{
			At: at, ActorID: c.PersonID, Action: "courses.credit", Subject: "course:" + k.Slug,
			Data: map[string]any{"completion": k.ID, "credited_from": c.ID, "course": c.Slug}})
		if err != nil {
			return err
		}
	}
	return nil
}
