package quizzes

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
)

// insertEventsTx keeps events as long as there are no more than MaxEvents of the attempt,
// and says how many it kept.
func insertEventsTx(ctx context.Context, tx database.Tx, attemptID int64, events []Event, now time.Time) (kept int64, err error) {
	kinds, claimed := make(database.Array[string], len(events)), make(database.Array[*time.Time], len(events))
	for i, e := range events {
		kinds[i], claimed[i] = string(e.Kind), e.ClaimedAt
	}
	done := tx.WithContext(ctx).Exec(`INSERT INTO attempt_events (attempt_id, kind, claimed_at, at)
		SELECT @attempt, e.kind, e.claimed_at, @now
		FROM unnest(CAST(@kinds AS text[]), CAST(@claimed AS timestamptz[])) WITH ORDINALITY AS e(kind, claimed_at, n)
		WHERE (SELECT count(*) FROM attempt_events WHERE attempt_id = @attempt) + e.n <= @most ORDER BY e.n`,
		map[string]any{"attempt": attemptID, "kinds": kinds, "claimed": claimed, "now": now, "most": MaxEvents})
	return done.RowsAffected, done.Error
}

// listEvents reads everything that happened in an attempt, in the order of the
// server's clock.
func listEvents(ctx context.Context, conn database.Conn, attemptID int64) ([]Event, error) {
	var events []Event
	err := conn.WithContext(ctx).Raw(`
		SELECT 'started' AS kind, started_at AS at, NULL::timestamptz AS claimed_at, NULL::integer AS position, 0 AS n FROM attempts WHERE id = @id
		UNION ALL SELECT 'answered', saved_at, claimed_at, position, id FROM answers WHERE attempt_id = @id
		UNION ALL SELECT kind, at, claimed_at, NULL, id FROM attempt_events WHERE attempt_id = @id
		UNION ALL SELECT 'submitted', submitted_at, NULL, NULL, 9e18 FROM submissions WHERE attempt_id = @id
		UNION ALL SELECT 'regraded', graded_at, NULL, NULL, 9e18 FROM regrades WHERE attempt_id = @id
		ORDER BY at, n LIMIT 10000`, map[string]any{"id": attemptID}).Scan(&events).Error
	if err != nil {
		return nil, fmt.Errorf("log of attempt %d: %w", attemptID, err)
	}
	return events, nil
}
