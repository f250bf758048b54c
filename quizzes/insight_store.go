package quizzes

import (
	"context"
	"encoding/json"
	"errors"

	"anwen/internal/database"
	"anwen/items"
	"anwen/items/analysis"
)

// listOverviews reads every quiz, those with essays that wait first.
func listOverviews(ctx context.Context, conn database.Conn) ([]Overview, error) {
	var list []Overview
	err := conn.WithContext(database.PlanAnew(ctx)).Raw(`
		WITH sat AS MATERIALIZED (
			SELECT v.quiz_id, a.person_id, a.assignment_id, b.submitted_at
			FROM attempts a JOIN quiz_revisions v ON v.id = a.revision_id JOIN submissions b ON b.attempt_id = a.id WHERE NOT a.practice
		), people AS (
			SELECT quiz_id, sum(attempts) AS attempts, count(*) AS people, count(*) FILTER (WHERE passed) AS passed, max(last_at) AS last_at FROM (
				SELECT s.quiz_id, s.person_id, count(*) AS attempts, bool_or(p.assignment_id IS NOT NULL) AS passed, max(s.submitted_at) AS last_at
				FROM sat s LEFT JOIN quiz_passes p ON p.assignment_id = s.assignment_id GROUP BY s.quiz_id, s.person_id) each
			GROUP BY quiz_id
		), essays AS (
			SELECT v.quiz_id, count(*) AS waiting FROM attempts a JOIN quiz_revisions v ON v.id = a.revision_id JOIN attempt_grades b ON b.attempt_id = a.id
			WHERE a.id IN ` + everWaited + ` AND NOT a.practice AND b.grades @> '[{"status": "waiting"}]' GROUP BY v.quiz_id
		)
		SELECT q.id AS quiz_id, k.slug, r.pass_mark,
		       (SELECT v.titles FROM course_revisions v WHERE v.course_id = k.id ORDER BY v.number DESC LIMIT 1) AS titles,
		       (SELECT count(*) FROM quiz_items i WHERE i.revision_id = r.id AND i.points > 0)
		           + (SELECT coalesce(sum(coalesce((s->'draw'->>'count')::integer, (s->'draw'->>'scenarios')::integer * (s->'draw'->>'size')::integer)), 0) FROM jsonb_array_elements(r.plan->'sections') s) AS items,
		       coalesce(g.attempts, 0) AS attempts, coalesce(g.people, 0) AS people, coalesce(g.passed, 0) AS passed,
		       coalesce(e.waiting, 0) AS waiting, g.last_at
		FROM quizzes q JOIN courses k ON k.id = q.course_id
		JOIN LATERAL (SELECT * FROM quiz_revisions r WHERE r.quiz_id = q.id ORDER BY number DESC LIMIT 1) r ON true
		LEFT JOIN people g ON g.quiz_id = q.id LEFT JOIN essays e ON e.quiz_id = q.id
		ORDER BY coalesce(e.waiting, 0) DESC, k.slug`).Scan(&list).Error
	return list, err
}

// gradedAttempts reads submitted attempts with their newest answers, one by one:
// papers are large. Unless all are asked for, only the first of each person.
func gradedAttempts(ctx context.Context, conn database.Conn, quizID int64, all bool) ([]analysis.Attempt, error) {
	var list []analysis.Attempt
	scan := func(row database.Scanner) error {
		var person int64
		var paperJSON, gradesJSON, answersJSON []byte
		if err := row.Scan(&person, &paperJSON, &gradesJSON, &answersJSON); err != nil {
			return err
		}
		var paper items.Paper
		var grades []items.Grade
		answers := map[int]items.Response{}
		if err := errors.Join(json.Unmarshal(paperJSON, &paper), json.Unmarshal(gradesJSON, &grades), json.Unmarshal(answersJSON, &answers)); err != nil {
			return err
		}
		list = append(list, gradedAttempt(person, paper, grades, answers))
		return nil
	}
	err := database.Rows(ctx, conn, scan, `
		SELECT a.person_id, a.paper, g.grades,
		       (SELECT coalesce(jsonb_object_agg(w.position, w.response), '{}') FROM (
		           SELECT DISTINCT ON (position) position, response FROM answers WHERE attempt_id = a.id ORDER BY position, revision DESC) w)
		FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id JOIN attempt_grades g ON g.attempt_id = a.id
		WHERE r.quiz_id = ? AND NOT a.practice AND (? OR NOT EXISTS (
			SELECT FROM attempts e JOIN quiz_revisions q ON q.id = e.revision_id JOIN submissions b ON b.attempt_id = e.id
			WHERE e.person_id = a.person_id AND q.quiz_id = r.quiz_id AND NOT e.practice AND e.id < a.id))
		ORDER BY a.id DESC LIMIT ?`, quizID, all, maxAnalysed)
	return list, err
}

// itemVersions reads versions, those of an item together and in their order.
func itemVersions(ctx context.Context, conn database.Conn, ids database.Array[int64]) ([]itemVersionRow, error) {
	return database.Table[itemVersionRow](conn).Where("id = ANY (?)", ids).Order("item_id, number").Find(ctx)
}

// sharesOfPerson are what one person earned of two quizzes.
type sharesOfPerson struct{ Before, After float64 }

// sharesBeforeAndAfter reads the first attempt at one quiz and the last at the other
// of everybody who submitted the other one later.
func sharesBeforeAndAfter(ctx context.Context, conn database.Conn, beforeID, afterID int64) (pairs []sharesOfPerson, err error) {
	err = conn.WithContext(database.PlanAnew(ctx)).Raw(`
		WITH graded AS (
			SELECT r.quiz_id, a.person_id, a.id, g.submitted_at, g.earned::float8 / g.possible AS share
			FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id JOIN attempt_grades g ON g.attempt_id = a.id
			WHERE r.quiz_id IN (@before, @after) AND NOT a.practice AND g.possible > 0 AND NOT g.grades @> '[{"status": "waiting"}]'
		), first AS (SELECT DISTINCT ON (person_id) * FROM graded WHERE quiz_id = @before ORDER BY person_id, id),
		last AS (SELECT DISTINCT ON (person_id) * FROM graded WHERE quiz_id = @after ORDER BY person_id, id DESC)
		SELECT f.share AS before, l.share AS after FROM first f JOIN last l USING (person_id) WHERE l.submitted_at > f.submitted_at`,
		map[string]any{"before": beforeID, "after": afterID}).Scan(&pairs).Error
	return pairs, err
}
