package quizzes

import (
	"context"
	"time"

	"anwen/internal/database"
	"anwen/people"
)

// startRequest asks for an attempt: for an assignment, or for practice, which belongs
// to none and counts for nothing.
type startRequest struct {
	quizID     int64
	assignment *int64
	password   string
}

// The tables that drawing reads, for an attempt that counts.
const countedTables = `quiz AS (
	SELECT * FROM quiz_revisions WHERE quiz_id = @quiz ORDER BY number DESC LIMIT 1
), used AS (
	SELECT count(*) AS n, max(a.id) FILTER (WHERE b.attempt_id IS NULL) AS open_id,
	       EXISTS (SELECT FROM quiz_passes WHERE assignment_id = @assignment) AS passed, max(b.submitted_at) AS last_at
	FROM attempts a LEFT JOIN submissions b ON b.attempt_id = a.id WHERE a.assignment_id = @assignment
), ` + conditionsInForce

// The same for practice: without limits, and not while an attempt that counts is open.
const practiceTables = `mine AS (
	SELECT a.id, a.practice, b.attempt_id IS NULL AS open
	FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id LEFT JOIN submissions b ON b.attempt_id = a.id
	WHERE a.person_id = @person AND r.quiz_id = @quiz
), quiz AS (
	SELECT id, quiz_id, pass_mark, plan - 'wait_hours' AS plan, CAST(NULL AS integer) AS attempt_limit, CAST(NULL AS integer) AS minutes
	FROM (SELECT * FROM quiz_revisions WHERE quiz_id = @quiz ORDER BY number DESC LIMIT 1) r
	WHERE (plan->>'practice')::boolean AND NOT EXISTS (SELECT FROM mine WHERE open AND NOT practice)
), used AS (
	SELECT count(*) AS n, max(id) FILTER (WHERE open) AS open_id, false AS passed, CAST(NULL AS timestamptz) AS last_at FROM mine WHERE practice
), in_force AS (
	SELECT CAST(NULL AS bigint) AS condition_id, CAST(NULL AS bigint) AS accommodation_id, CAST(NULL AS timestamptz) AS opens_at, CAST(NULL AS timestamptz) AS closes_at,
	       0 AS extra_percent, 0 AS extra_attempts, true AS password_right, false AS password_locked, CAST(NULL AS cidr[]) AS networks
)`

// openAttemptTx returns the open attempt for the request, or makes the next one with
// its frozen paper. An assignment is locked by the caller, so two starts at once
// cannot both count the same attempts; a second practice is refused by a key. The
// database writes the event of a new one.
func (s *Service) openAttemptTx(ctx context.Context, tx database.Tx, actor people.Actor, to startRequest, seed int64, now time.Time) (attemptRow, error) {
	tables := countedTables
	if to.assignment == nil {
		tables = practiceTables
	}
	args := conditionArgs(actor, to.quizID, to.password, now)
	args["assignment"], args["seed"], args["known"] = to.assignment, seed, database.Array[int64](s.items.known())
	row, err := s.scanAttempt(ctx, tx, `
		WITH RECURSIVE `+tables+`, `+drawing+`, made AS (
			INSERT INTO attempts (revision_id, assignment_id, practice, person_id, number, seed, paper, pass_mark, started_at, deadline_at,
			                      condition_id, accommodation_id, networks)
			SELECT quiz.id, CAST(@assignment AS bigint), CAST(@assignment AS bigint) IS NULL, @person, used.n + 1, @seed,
			       jsonb_build_object('seed', CAST(@seed AS bigint), 'pass_mark', quiz.pass_mark, 'positions', paper.positions), quiz.pass_mark, @now,
			       least(CAST(@now AS timestamptz) + quiz.minutes * (100 + in_force.extra_percent) * interval '0.6 seconds', in_force.closes_at),
			       in_force.condition_id, in_force.accommodation_id, in_force.networks
			FROM quiz, used, in_force, paper
			WHERE `+mayStart+` AND paper.complete
			RETURNING *
		), a AS (
			SELECT * FROM made
			UNION ALL
			SELECT t.* FROM attempts t WHERE t.id = (SELECT open_id FROM used)
		)
		SELECT `+attemptColumns+` FROM a`+attemptJoins, args)
	switch {
	case err != nil:
		return row, err
	case row.ID == 0 && to.assignment == nil:
		return row, s.whyNoPractice(ctx, tx, actor, to.quizID)
	case row.ID == 0:
		return row, whyNotStarted(ctx, tx, actor, *to.assignment, to, now)
	}
	return row, nil
}
