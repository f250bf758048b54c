package records

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
)

// readHeld finds where each person stands in each course at an instant.
func readHeldTx(ctx context.Context, tx database.Tx, l i18n.Locale, now time.Time, ids []int64) (map[int64][]Held, error) {
	var rows []struct {
		PersonID int64
		Held
	}
	err := tx.WithContext(ctx).Raw(`
		SELECT DISTINCT ON (a.person_id, c.slug) a.person_id, c.slug AS course_slug, `+picked("r.titles", l)+` AS course_title, a.cycle,
			coalesce(a.due_on::text, '') AS due_on, coalesce((d.completed_at AT TIME ZONE u.zone)::date::text, '') AS completed_on,
			coalesce(k.serial, '') AS serial, coalesce(k.valid_until::text, '') AS valid_until, `+stateOf+` AS state,
			coalesce(d.id IS NULL AND a.due_on < u.day, false) AS overdue
		FROM assignments a
		JOIN people p ON p.id = a.person_id
		JOIN LATERAL (SELECT zone, (CAST(@now AS timestamptz) AT TIME ZONE zone)::date AS day FROM units WHERE id = p.unit_id) u ON true
		JOIN courses c ON c.id = a.course_id
		JOIN LATERAL (SELECT titles FROM course_revisions WHERE course_id = c.id ORDER BY number DESC LIMIT 1) r ON true
		LEFT JOIN completions d ON d.assignment_id = a.id
		LEFT JOIN certificates k ON k.completion_id = d.id
		LEFT JOIN certificate_revocations v ON v.certificate_id = k.id
		WHERE a.person_id = ANY (@ids)
		ORDER BY a.person_id, c.slug, a.cycle DESC`,
		map[string]any{"ids": database.Array[int64](ids), "now": now}).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("certifications of %d people: %w", len(ids), err)
	}
	held := make(map[int64][]Held, len(ids))
	for _, r := range rows {
		held[r.PersonID] = append(held[r.PersonID], r.Held)
	}
	return held, nil
}
