package quizzes

import (
	"context"

	"anwen/internal/database"
)

// turnsOfPair is how much has happened in either quiz so far: see turnsOf.
func turnsOfPair(ctx context.Context, conn database.Conn, quizzes pairOfQuizzes) (turns pairOfQuizzes, err error) {
	if turns.before, err = turnsOf(ctx, conn, quizzes.before); err == nil {
		turns.after, err = turnsOf(ctx, conn, quizzes.after)
	}
	return turns, err
}

// sharesOfPerson are what one person earned of two quizzes.
type sharesOfPerson struct{ Before, After float64 }

// sharesBeforeAndAfter reads the first attempt at one quiz and the last at the other
// of everybody who submitted the other one later. Only attempts of those are looked at who
// sat both.
func sharesBeforeAndAfter(ctx context.Context, conn database.Conn, beforeID, afterID int64) (pairs []sharesOfPerson, err error) {
	err = conn.WithContext(database.PlanAnew(ctx)).Raw(`
		WITH sat AS MATERIALIZED (
			SELECT quiz_id, person_id, attempt_id FROM quiz_counted WHERE quiz_id IN (@before, @after) AND what = 'submitted'
			UNION ALL SELECT quiz_id, person_id, attempt_id FROM quiz_uncounted WHERE quiz_id IN (@before, @after) AND what = 'submitted'
		), graded AS MATERIALIZED (
			SELECT s.quiz_id, s.person_id, s.attempt_id AS id, g.submitted_at, g.earned::float8 / g.possible AS share
			FROM sat s JOIN attempt_grades g ON g.attempt_id = s.attempt_id
			WHERE s.person_id IN (SELECT person_id FROM sat WHERE quiz_id = @before INTERSECT SELECT person_id FROM sat WHERE quiz_id = @after) AND g.possible > 0
			  AND s.attempt_id NOT IN (SELECT attempt_id FROM attempt_grades WHERE attempt_id IN `+everWaited+` AND grades @> '[{"status": "waiting"}]')
		), first AS (SELECT DISTINCT ON (person_id) * FROM graded WHERE quiz_id = @before ORDER BY person_id, id),
		last AS (SELECT DISTINCT ON (person_id) * FROM graded WHERE quiz_id = @after ORDER BY person_id, id DESC)
		SELECT f.share AS before, l.share AS after FROM first f JOIN last l USING (person_id) WHERE l.submitted_at > f.submitted_at`,
		map[string]any{"before": beforeID, "after": afterID}).Scan(&pairs).Error
	return pairs, err
}
