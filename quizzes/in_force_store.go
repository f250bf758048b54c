package quizzes

import (
	"context"
	"time"

	"anwen/internal/database"
)

// conditionsInForce makes in_force, what holds for one person who wants to begin a
// quiz: its newest conditions, and what the person is granted besides.
const conditionsInForce = `in_force AS (
	SELECT c.id AS condition_id, m.id AS accommodation_id, c.opens_at, coalesce(m.closes_at, c.closes_at) AS closes_at,
	       coalesce(m.extra_percent, 0) AS extra_percent, coalesce(m.extra_attempts, 0) AS extra_attempts,
	       c.secret IS NULL OR sha256(c.salt || convert_to(@password, 'UTF8')) = c.secret AS password_right,
	       c.secret IS NOT NULL AND (SELECT count(*) FROM quiz_refusals f WHERE f.quiz_id = @quiz AND f.person_id = @person
	           AND f.at > CAST(@locked_since AS timestamptz)) >= @tries AS password_locked,
	       CASE WHEN c.networks <> '[]' THEN (
	           SELECT coalesce(array_agg(n.network), '{}') FROM jsonb_to_recordset(c.networks) AS n(unit_id bigint, network cidr)
	           JOIN units u ON u.id = n.unit_id WHERE starts_with(@path, u.path)) END AS networks
	FROM (VALUES (1)) AS one(n)
	LEFT JOIN quiz_conditions c ON c.id = (SELECT id FROM quiz_conditions WHERE quiz_id = @quiz ORDER BY number DESC LIMIT 1)
	LEFT JOIN accommodations m ON m.id = (SELECT id FROM accommodations WHERE person_id = @person AND (quiz_id = @quiz OR quiz_id IS NULL)
	                                      ORDER BY quiz_id IS NULL, id DESC LIMIT 1)
)`

// inNetwork is whether the caller's address is in one of the networks of in_force.
const inNetwork = `(in_force.networks IS NULL OR EXISTS (SELECT FROM unnest(in_force.networks) AS n(network) WHERE CAST(@address AS inet) <<= n.network))`

// mayStart is the condition on quiz, used and in_force that a next attempt may begin.
const mayStart = `used.open_id IS NULL AND NOT used.passed AND (quiz.attempt_limit IS NULL OR used.n < quiz.attempt_limit + in_force.extra_attempts)
	AND (used.last_at IS NULL OR used.last_at + coalesce((quiz.plan->>'wait_hours')::integer, 0) * interval '1 hour' <= CAST(@now AS timestamptz))
	AND (in_force.opens_at IS NULL OR in_force.opens_at <= CAST(@now AS timestamptz)) AND (in_force.closes_at IS NULL OR in_force.closes_at > CAST(@now AS timestamptz))
	AND in_force.password_right AND NOT in_force.password_locked AND ` + inNetwork

// startFacts are what decides whether somebody may begin a next attempt at a quiz.
type startFacts struct {
	There, Passed, PasswordRight, PasswordLocked, InNetwork bool
	Limit, Used, Wait                                       int
	LastAt, OpensAt, ClosesAt                               *time.Time
}

// factsOfStart reads what mayStart decided on; the arguments are those of conditionArgs.
func factsOfStart(ctx context.Context, conn database.Conn, args map[string]any, assignmentID int64) (found startFacts, err error) {
	args["assignment"] = assignmentID
	err = conn.WithContext(ctx).Raw(`WITH `+conditionsInForce+`
		SELECT r.id IS NOT NULL AS there, EXISTS (SELECT FROM quiz_passes WHERE assignment_id = @assignment) AS passed,
		       coalesce(r.attempt_limit + in_force.extra_attempts, 0) AS "limit", u.used, u.last_at, coalesce((r.plan->>'wait_hours')::integer, 0) AS wait,
		       in_force.opens_at, in_force.closes_at, in_force.password_right, in_force.password_locked, `+inNetwork+` AS in_network
		FROM in_force, (SELECT count(*) AS used, max(b.submitted_at) AS last_at FROM attempts a LEFT JOIN submissions b ON b.attempt_id = a.id WHERE a.assignment_id = @assignment) u
		LEFT JOIN LATERAL (SELECT * FROM quiz_revisions WHERE quiz_id = @quiz ORDER BY number DESC LIMIT 1) r ON true`, args).Scan(&found).Error
	return found, err
}

// refusalRow is a row of quiz_refusals: a wrong password.
type refusalRow struct {
	ID               int64
	QuizID, PersonID int64
	At               time.Time
}

// TableName is for GORM.
func (refusalRow) TableName() string { return "quiz_refusals" }

// insertRefusalTx counts a wrong password; an empty one only asks for the password.
func insertRefusalTx(ctx context.Context, tx database.Tx, quizID, personID int64, now time.Time) error {
	return database.Table[refusalRow](tx).Create(ctx, &refusalRow{QuizID: quizID, PersonID: personID, At: now})
}

func offersPractice(ctx context.Context, conn database.Conn, quizID int64) (offered bool, err error) {
	newest, err := database.Table[quizRevisionRow](conn).Select("plan").Where("quiz_id = ?", quizID).Order("number DESC").Limit(1).Find(ctx)
	return len(newest) > 0 && newest[0].Plan.Practice, err
}

// hasOpenAttempt tells whether the person has an open attempt at the quiz that counts.
func hasOpenAttempt(ctx context.Context, conn database.Conn, personID, quizID int64) (open bool, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT EXISTS (SELECT FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id LEFT JOIN submissions b ON b.attempt_id = a.id
		WHERE a.person_id = ? AND r.quiz_id = ? AND NOT a.practice AND b.attempt_id IS NULL)`, personID, quizID).Scan(&open).Error
	return open, err
}
