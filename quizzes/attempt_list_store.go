package quizzes

import (
	"context"

	"anwen/internal/database"
	"anwen/people"
)

// listAttempts reads up to limit attempts of people within reach, of those that are
// sought when find is not empty, before the one with the id before when that is not 0.
func listAttempts(ctx context.Context, conn database.Conn, quizID int64, reach people.Reach, find string, before int64, limit int) ([]AttemptLine, error) {
	var list []AttemptLine
	whose := `FROM attempts a JOIN staff p ON p.id = a.person_id WHERE p.unit_path LIKE ANY (@reach)`
	found := ``
	if find != "" { // few are found, and their attempts stand anywhere among the others
		found = `found AS MATERIALIZED (SELECT p.id FROM staff p WHERE p.unit_path LIKE ANY (@reach) AND ` + people.Sought("p") + `), `
		whose = `FROM attempts a WHERE a.person_id IN (SELECT id FROM found)`
	}
	err := conn.WithContext(database.PlanAnew(ctx)).Raw(`
		WITH `+found+`page AS MATERIALIZED (
			SELECT each.id FROM quiz_revisions r CROSS JOIN LATERAL (
				SELECT a.id `+whose+` AND a.revision_id = r.id AND NOT a.practice AND (CAST(@before AS bigint) = 0 OR a.id < @before)
				ORDER BY a.id DESC LIMIT @limit) each
			WHERE r.quiz_id = @quiz ORDER BY each.id DESC LIMIT @limit
		)
		SELECT a.id AS attempt_id, p.employee_no, p.name, p.unit_code, a.number, a.started_at, a.deadline_at, b.submitted_at, coalesce(b.by_deadline, false) AS by_deadline,
		       coalesce(b.earned, 0) AS earned, coalesce(b.possible, 0) AS possible, coalesce(b.passed, false) AS passed, coalesce(b.regraded, 0) AS regraded,
		       coalesce(b.grades @> '[{"status": "waiting"}]', false) AS waiting,
		       a.accommodation_id IS NOT NULL AS extra,
		       (SELECT count(*) FROM attempt_events e WHERE e.attempt_id = a.id AND e.kind = 'left') AS leaves
		FROM page JOIN attempts a ON a.id = page.id JOIN staff p ON p.id = a.person_id LEFT JOIN attempt_grades b ON b.attempt_id = a.id
		ORDER BY a.id DESC`, map[string]any{"quiz": quizID, "reach": reach.Patterns(), "before": before,
		"sought": find, "search": database.LikeLiteral(find), "limit": limit}).Scan(&list).Error
	return list, err
}

// unitPathOfAttempt is the path of the unit of the person whose attempt it is, ""
// when there is no such attempt.
func unitPathOfAttempt(ctx context.Context, conn database.Conn, attemptID int64) (path string, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT p.unit_path FROM attempts a JOIN staff p ON p.id = a.person_id WHERE a.id = ?`, attemptID).Scan(&path).Error
	return path, err
}
