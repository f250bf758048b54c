package records

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
)

// readNewestCyclesTx finds the newest cycle of each course of each person, as of an
// instant.
func readNewestCyclesTx(ctx context.Context, tx database.Tx, now time.Time, ids []int64) (map[int64][]NewestCycle, error) {
	var rows []struct {
		PersonID int64
		NewestCycle
	}
	err := tx.WithContext(ctx).Raw(`
		SELECT DISTINCT ON (a.person_id, c.slug) a.person_id, c.slug AS course_slug, r.titles AS course_titles, a.cycle,
			coalesce(a.due_on::text, '') AS due_on, coalesce(day_in(d.completed_at, u.zone)::text, '') AS completed_on,
			coalesce(k.serial, '') AS serial, coalesce(k.valid_until::text, '') AS valid_until, `+stateOn(`u.day`)+` AS state,
			coalesce(d.id IS NULL AND a.due_on < u.day, false) AS overdue
		FROM assignments a
		JOIN LATERAL (SELECT unit_zone AS zone, day_in(CAST(@now AS timestamptz), unit_zone) AS day FROM staff WHERE id = a.person_id) u ON true
		JOIN courses c ON c.id = a.course_id
		JOIN LATERAL (SELECT titles FROM course_revisions WHERE course_id = c.id ORDER BY number DESC LIMIT 1) r ON true
		LEFT JOIN completions d ON d.assignment_id = a.id
		LEFT JOIN certificates k ON k.completion_id = d.id
		LEFT JOIN certificate_revocations v ON v.certificate_id = k.id
		WHERE a.person_id = ANY (@ids)
		ORDER BY a.person_id, c.slug, a.cycle DESC`,
		map[string]any{"ids": database.Array[int64](ids), "now": now}).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("newest cycles of %d people: %w", len(ids), err)
	}
	cycles := make(map[int64][]NewestCycle, len(ids))
	for _, r := range rows {
		cycles[r.PersonID] = append(cycles[r.PersonID], r.NewestCycle)
	}
	return cycles, nil
}
