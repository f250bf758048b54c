package quizzes

import (
	"context"

	"anwen/internal/database"
)

// courseQuizzesOf reads the quiz of a course for one person; no row when it has none.
func courseQuizzesOf(ctx context.Context, conn database.Conn, courseID, personID int64) ([]CourseQuiz, error) {
	var found []CourseQuiz
	err := conn.WithContext(ctx).Raw(`
		WITH newest AS (
			SELECT id FROM assignments WHERE course_id = @course AND person_id = @person ORDER BY cycle DESC LIMIT 1
		), practised AS (
			SELECT max(a.id) AS open_id FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id JOIN quizzes q ON q.id = r.quiz_id
			WHERE a.person_id = @person AND a.practice AND q.course_id = @course AND NOT EXISTS (SELECT FROM submissions b WHERE b.attempt_id = a.id)
		), mine AS (
			SELECT a.id, b.attempt_id IS NOT NULL AS done, b.earned, b.possible
			FROM attempts a LEFT JOIN attempt_grades b ON b.attempt_id = a.id
			WHERE a.assignment_id = (SELECT id FROM newest)
		)
		SELECT q.id AS quiz_id, r.pass_mark, r.attempt_limit + coalesce(m.extra_attempts, 0) AS attempt_limit,
		       ceil(r.minutes * (100 + coalesce(m.extra_percent, 0)) / 100.0)::integer AS minutes, coalesce(m.extra_percent, 0) AS extra_percent,
		       c.opens_at AS opens, coalesce(m.closes_at, c.closes_at) AS closes, c.secret IS NOT NULL AS has_password, coalesce(c.networks, '[]') <> '[]' AS fenced,
		       coalesce((r.plan->>'practice')::boolean, false) AS practice, (SELECT open_id FROM practised) AS open_practice,
		       (SELECT count(*) FROM quiz_items i WHERE i.revision_id = r.id AND i.points > 0)
		           + (SELECT coalesce(sum(coalesce((s->'draw'->>'count')::integer, (s->'draw'->>'scenarios')::integer * (s->'draw'->>'size')::integer)), 0) FROM jsonb_array_elements(r.plan->'sections') s) AS items,
		       (SELECT count(*) FROM mine) AS attempts_used,
		       (SELECT max(id) FROM mine WHERE NOT done) AS open_attempt,
		       EXISTS (SELECT FROM quiz_passes WHERE assignment_id = (SELECT id FROM newest)) AS passed,
		       (SELECT max(earned * 100 / nullif(possible, 0)) FROM mine) AS best_percent
		FROM quizzes q JOIN LATERAL (
			SELECT * FROM quiz_revisions r WHERE r.quiz_id = q.id ORDER BY number DESC LIMIT 1
		) r ON true
		LEFT JOIN quiz_conditions c ON c.id = (SELECT id FROM quiz_conditions WHERE quiz_id = q.id ORDER BY number DESC LIMIT 1)
		LEFT JOIN accommodations m ON m.id = (SELECT id FROM accommodations WHERE person_id = @person AND (quiz_id = q.id OR quiz_id IS NULL) ORDER BY quiz_id IS NULL, id DESC LIMIT 1)
		WHERE q.course_id = @course`,
		map[string]any{"course": courseID, "person": personID}).Scan(&found).Error
	return found, err
}
