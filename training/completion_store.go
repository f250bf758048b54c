package training

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
)

// insertCompletionTx asks and writes in one statement; completions_cycle_key is
// the last word on there being one per person, course and cycle.
func insertCompletionTx(ctx context.Context, tx database.Tx, assignmentID int64, at time.Time) (c Completion, done bool, err error) {
	var rows []struct { // not Completion itself: GORM cannot read a map
		ID, PersonID, CourseID, RevisionID, UnitID int64
		Cycle                                      int
		Slug, TitlesJSON                           string
		ValidMonths                                *int
		Credits                                    bool
	}
	err = tx.WithContext(ctx).Raw(`
		WITH finished AS (
			SELECT a.id, a.person_id, a.course_id, r.id AS revision_id, a.cycle, p.unit_id, k.slug, r.titles, r.valid_months
			FROM assignments a
			JOIN people p ON p.id = a.person_id
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
		SELECT w.id, w.person_id, w.course_id, w.revision_id, w.unit_id, w.cycle, finished.slug, finished.titles::text AS titles_json, finished.valid_months,
			EXISTS (SELECT FROM course_revisions q WHERE finished.slug = ANY (q.equivalents)) AS credits
		FROM written w JOIN finished ON finished.id = w.assignment_id`, assignmentID, at).Scan(&rows).Error
	if err != nil {
		return c, false, fmt.Errorf("complete assignment %d: %w", assignmentID, err)
	}
	if len(rows) == 0 {
		return c, false, nil
	}
	r := rows[0]
	titles, err := texts(r.TitlesJSON)
	if err != nil {
		return c, false, fmt.Errorf("titles of course %s: %w", r.Slug, err)
	}
	return Completion{
		ID: r.ID, AssignmentID: assignmentID, PersonID: r.PersonID, CourseID: r.CourseID, RevisionID: r.RevisionID, Cycle: r.Cycle,
		UnitID: r.UnitID, CompletedAt: at, Slug: r.Slug, Titles: titles, ValidMonths: r.ValidMonths, credits: r.Credits,
	}, true, nil
}
