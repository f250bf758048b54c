package quizzes

import (
	"context"

	"anwen/internal/database"
)

// lockTallyTx reports whether this transaction is the one that may count.
func lockTallyTx(ctx context.Context, tx database.Tx) (mine bool, err error) {
	err = tx.WithContext(ctx).Raw(`SELECT pg_try_advisory_xact_lock(hashtextextended('quizzes.tally', 0))`).Scan(&mine).Error
	return mine, err
}

// addedToQuizzes makes passing, who passes by the rows of fresh, which are not counted yet,
// and added, what these add to the figures of their quizzes. Whoever is counted there
// already is not new. A pass is written together with the submission or the regrade that
// leads to it.
const addedToQuizzes = `passing AS (
	SELECT DISTINCT f.quiz_id, f.person_id FROM fresh f JOIN attempts a ON a.id = f.attempt_id JOIN quiz_passes p ON p.assignment_id = a.assignment_id
	WHERE NOT EXISTS (SELECT FROM quiz_passers d WHERE d.quiz_id = f.quiz_id AND d.person_id = f.person_id)
), added AS (
	SELECT f.quiz_id, sum(turns) AS turns, sum(attempts) AS attempts, count(*) FILTER (WHERE attempts > 0 AND sat IS NULL) AS people,
	       count(p.person_id) AS passed, max(last_at) AS last_at
	FROM (SELECT quiz_id, person_id, count(*) AS turns, count(*) FILTER (WHERE what = 'submitted') AS attempts,
	             max(at) FILTER (WHERE what = 'submitted') AS last_at FROM fresh GROUP BY quiz_id, person_id) f
	LEFT JOIN LATERAL (SELECT true AS sat FROM quiz_counted c WHERE c.quiz_id = f.quiz_id AND c.person_id = f.person_id AND c.what = 'submitted' LIMIT 1) s ON true
	LEFT JOIN passing p ON p.quiz_id = f.quiz_id AND p.person_id = f.person_id
	GROUP BY f.quiz_id)`

// addedToItems makes asked, what the rows of fresh add to the figures of item versions:
// the grades that they bring, less those in whose place these come.
const addedToItems = `asked AS (
	SELECT (p.position->>'item_version')::bigint AS item_version_id, sum(m.sign) AS asked, coalesce(sum(m.sign) FILTER (WHERE e->>'status' = 'right'), 0) AS "right",
	       coalesce(sum(m.sign) FILTER (WHERE e->>'status' = 'partly'), 0) AS partly, sum(m.sign * (e->>'earned')::bigint) AS earned, sum(m.sign * (e->>'max')::bigint) AS possible
	FROM (
		SELECT f.attempt_id, b.grades, 1 AS sign FROM fresh f JOIN submissions b ON b.attempt_id = f.attempt_id WHERE f.what = 'submitted'
		UNION ALL SELECT f.attempt_id, b.grades, -1 FROM fresh f JOIN submissions b ON b.attempt_id = f.attempt_id WHERE f.what = 'regraded' AND f.number = 1
		UNION ALL SELECT f.attempt_id, g.grades, 1 FROM fresh f JOIN regrades g ON g.attempt_id = f.attempt_id AND g.number = f.number WHERE f.what = 'regraded'
		UNION ALL SELECT f.attempt_id, g.grades, -1 FROM fresh f JOIN regrades g ON g.attempt_id = f.attempt_id AND g.number = f.number - 1 WHERE f.what = 'regraded'
	) m JOIN attempts a ON a.id = m.attempt_id
	CROSS JOIN LATERAL jsonb_array_elements(a.paper->'positions') WITH ORDINALITY AS p(position, n)
	CROSS JOIN LATERAL (SELECT m.grades->(p.n::integer - 1)) AS grade(e)
	WHERE e->>'status' NOT IN ('waiting', 'not_asked', 'stated') GROUP BY 1)`

// tallyTx counts the oldest of what is not counted, at most so many, and returns how many.
// The lock of lockTallyTx is held.
func tallyTx(ctx context.Context, tx database.Tx, most int) (n int, err error) {
	err = tx.WithContext(database.PlanAnew(ctx)).Raw(`
		WITH fresh AS (
			DELETE FROM quiz_uncounted WHERE ctid = ANY (ARRAY(SELECT ctid FROM quiz_uncounted ORDER BY attempt_id, what, number LIMIT ?)) RETURNING *
		), `+addedToQuizzes+`, `+addedToItems+`, counted AS (
			INSERT INTO quiz_counted (quiz_id, turn, person_id, attempt_id, what, number)
			SELECT f.quiz_id, coalesce(q.turns, 0) + row_number() OVER (PARTITION BY f.quiz_id ORDER BY f.attempt_id, f.what, f.number), f.person_id, f.attempt_id, f.what, f.number
			FROM fresh f LEFT JOIN quiz_figures q ON q.quiz_id = f.quiz_id
		), passers AS (
			INSERT INTO quiz_passers (quiz_id, person_id) SELECT quiz_id, person_id FROM passing
		), of_quizzes AS (
			INSERT INTO quiz_figures AS q (quiz_id, turns, attempts, people, passed, last_at) SELECT * FROM added
			ON CONFLICT ON CONSTRAINT quiz_figures_key DO UPDATE SET turns = q.turns + excluded.turns, attempts = q.attempts + excluded.attempts,
				people = q.people + excluded.people, passed = q.passed + excluded.passed, last_at = greatest(q.last_at, excluded.last_at)
		), of_items AS (
			INSERT INTO item_figures AS i (item_version_id, asked, "right", partly, earned, possible) SELECT * FROM asked
			ON CONFLICT ON CONSTRAINT item_figures_key DO UPDATE SET asked = i.asked + excluded.asked, "right" = i."right" + excluded."right",
				partly = i.partly + excluded.partly, earned = i.earned + excluded.earned, possible = i.possible + excluded.possible
		) SELECT count(*) FROM fresh`, most).Scan(&n).Error
	return n, err
}

// turnsOf is how much has happened in the quiz so far: when it is what it was, nothing has.
func turnsOf(ctx context.Context, conn database.Conn, quizID int64) (n int64, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT coalesce((SELECT turns FROM quiz_figures WHERE quiz_id = @quiz), 0)
		+ (SELECT count(*) FROM quiz_uncounted WHERE quiz_id = @quiz)`, map[string]any{"quiz": quizID}).Scan(&n).Error
	return n, err
}
