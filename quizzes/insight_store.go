package quizzes

import (
	"context"
	"encoding/json"
	"errors"

	"anwen/internal/database"
	"anwen/items"
)

// listOverviews reads every quiz, those with essays that wait first.
func listOverviews(ctx context.Context, conn database.Conn) ([]Overview, error) {
	var list []Overview
	err := conn.WithContext(database.PlanAnew(ctx)).Raw(`
		WITH fresh AS MATERIALIZED (SELECT * FROM quiz_uncounted), ` + addedToQuizzes + `, essays AS (
			SELECT v.quiz_id, count(*) AS waiting FROM attempts a JOIN quiz_revisions v ON v.id = a.revision_id JOIN attempt_grades b ON b.attempt_id = a.id
			WHERE a.id IN ` + everWaited + ` AND NOT a.practice AND b.grades @> '[{"status": "waiting"}]' GROUP BY v.quiz_id
		)
		SELECT q.id AS quiz_id, k.slug, r.pass_mark,
		       (SELECT v.titles FROM course_revisions v WHERE v.course_id = k.id ORDER BY v.number DESC LIMIT 1) AS titles,
		       (SELECT count(*) FROM quiz_items i WHERE i.revision_id = r.id AND i.points > 0)
		           + (SELECT coalesce(sum(coalesce((s->'draw'->>'count')::integer, (s->'draw'->>'scenarios')::integer * (s->'draw'->>'size')::integer)), 0) FROM jsonb_array_elements(r.plan->'sections') s) AS items,
		       coalesce(g.attempts, 0) + coalesce(n.attempts, 0) AS attempts, coalesce(g.people, 0) + coalesce(n.people, 0) AS people,
		       coalesce(g.passed, 0) + coalesce(n.passed, 0) AS passed, coalesce(e.waiting, 0) AS waiting, greatest(g.last_at, n.last_at) AS last_at
		FROM quizzes q JOIN courses k ON k.id = q.course_id
		JOIN LATERAL (SELECT * FROM quiz_revisions r WHERE r.quiz_id = q.id ORDER BY number DESC LIMIT 1) r ON true
		LEFT JOIN quiz_figures g ON g.quiz_id = q.id LEFT JOIN added n ON n.quiz_id = q.id LEFT JOIN essays e ON e.quiz_id = q.id
		ORDER BY coalesce(e.waiting, 0) DESC, k.slug`).Scan(&list).Error
	return list, err
}

// changedSinceTx are the attempts of the quiz that were submitted or graded anew since so
// many turns were counted, those that are not counted yet among them, and how many are now.
func changedSinceTx(ctx context.Context, tx database.Tx, quizID, turn int64) (changed []int64, now int64, err error) {
	args := map[string]any{"quiz": quizID, "turn": turn}
	err = tx.WithContext(ctx).Raw(`SELECT coalesce((SELECT turns FROM quiz_figures WHERE quiz_id = @quiz), 0)`, args).Scan(&now).Error
	if err == nil {
		err = tx.WithContext(database.PlanAnew(ctx)).Raw(`SELECT attempt_id FROM quiz_counted WHERE quiz_id = @quiz AND turn > @turn
			UNION ALL SELECT attempt_id FROM quiz_uncounted WHERE quiz_id = @quiz`, args).Scan(&changed).Error
	}
	return changed, now, err
}

// whoSatTx are the submitted attempts of the quiz.
func whoSatTx(ctx context.Context, tx database.Tx, quizID int64) (list []sat, err error) {
	err = tx.WithContext(database.PlanAnew(ctx)).Raw(`SELECT attempt_id, person_id FROM quiz_counted WHERE quiz_id = @quiz AND what = 'submitted'
		UNION ALL SELECT attempt_id, person_id FROM quiz_uncounted WHERE quiz_id = @quiz AND what = 'submitted'`, map[string]any{"quiz": quizID}).Scan(&list).Error
	return list, err
}

// attemptsAtOnce is how many attempts one statement reads.
const attemptsAtOnce = 2_000

// gradedAttemptsTx reads the attempts with the grades that count and what was chosen in
// their newest answers.
func gradedAttemptsTx(ctx context.Context, tx database.Tx, ids database.Array[int64], add func(id int64, marks []byte)) error {
	scan := func(row database.Scanner) error {
		var id int64
		var versionsJSON, gradesJSON, chosenJSON []byte
		if err := row.Scan(&id, &versionsJSON, &gradesJSON, &chosenJSON); err != nil {
			return err
		}
		var versions []int64
		var grades []items.Grade
		var chosen map[int]choice
		if err := errors.Join(json.Unmarshal(versionsJSON, &versions), json.Unmarshal(gradesJSON, &grades), json.Unmarshal(chosenJSON, &chosen)); err != nil {
			return err
		}
		add(id, pack(versions, grades, chosen))
		return nil
	}
	return database.Rows(database.PlanAnew(ctx), tx, scan, `
		SELECT a.id, jsonb_path_query_array(a.paper, '$.positions[*].item_version'), g.grades,
		       (SELECT coalesce(jsonb_object_agg(position, jsonb_build_object('Choice', response->'choice', 'Choices', response->'choices') ORDER BY position, revision), '{}')
		        FROM answers WHERE attempt_id = a.id) -- the newest of a position stays
		FROM attempts a JOIN attempt_grades g ON g.attempt_id = a.id WHERE a.id = ANY (?)`, ids)
}

// itemVersions reads versions, those of an item together and in their order.
func itemVersions(ctx context.Context, conn database.Conn, ids database.Array[int64]) ([]itemVersionRow, error) {
	return database.Table[itemVersionRow](conn).Where("id = ANY (?)", ids).Order("item_id, number").Find(ctx)
}
