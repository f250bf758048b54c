package complaints

import (
	"context"
	"time"

	"anwen/internal/database"
	"anwen/people"
)

// summarise counts the complaints between two instants, the second not included.
func summarise(ctx context.Context, db database.Conn, reach people.Reach, from, until, now time.Time) (sum Summary, err error) {
	span := map[string]any{"reach": reach.Patterns(), "from": from, "until": until,
		"now": now, "satisfied": SatisfiedFrom, "most": MostCauses}
	var rows []struct {
		Summary
		Cause string
		Whole bool // the total over all causes
	}
	err = db.WithContext(database.PlanAnew(ctx)).Raw(`
		WITH mine AS (
			SELECT *, received_at >= @from AND received_at < @until AS received, due_at >= @from AND due_at < @until AS due
			FROM complaint_standing(@now)
			WHERE unit_path LIKE ANY (@reach) AND (received_at >= @from AND received_at < @until OR due_at >= @from AND due_at < @until)
		)
		SELECT grouping(cause) = 1 AS whole, coalesce(cause, '') AS cause,
		       count(*) FILTER (WHERE received) AS received,
		       count(*) FILTER (WHERE received AND class = 'general') AS general,
		       count(*) FILTER (WHERE received AND class = 'complex') AS complex,
		       count(*) FILTER (WHERE received AND NOT named) AS unnamed,
		       count(*) FILTER (WHERE due AND state = 'met') AS met,
		       count(*) FILTER (WHERE due AND state = 'late') AS late,
		       count(*) FILTER (WHERE received AND state = 'open') AS open,
		       count(*) FILTER (WHERE received AND state = 'unmeasured') AS unmeasured,
		       count(satisfaction) FILTER (WHERE received) AS answered,
		       count(*) FILTER (WHERE received AND satisfaction >= @satisfied) AS satisfied
		FROM mine GROUP BY GROUPING SETS ((), (cause))
		ORDER BY whole DESC, received DESC, cause LIMIT 1 + @most`, span).Scan(&rows).Error
	for _, r := range rows {
		switch {
		case r.Whole:
			sum = r.Summary
		case r.Received > 0:
			sum.Causes = append(sum.Causes, CauseCount{Cause: r.Cause, Count: r.Received})
		}
	}
	return sum, err
}
