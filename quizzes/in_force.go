package quizzes

import (
	"context"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// A wrong password may be given so often within the time; then no password is taken for as long.
const (
	passwordTries = 5
	passwordLock  = 15 * time.Minute
)

// conditionsInForce makes in_force: what holds for one person who wants to begin a quiz: the newest
// conditions of it, and what the person is granted beyond them.
const conditionsInForce = `in_force AS (
	SELECT c.id AS condition_id, m.id AS accommodation_id, c.opens_at, coalesce(m.closes_at, c.closes_at) AS closes_at,
	       coalesce(m.extra_percent, 0) AS extra_percent, coalesce(m.extra_attempts, 0) AS extra_attempts,
	       c.secret IS NULL OR sha256(c.salt || convert_to(@password, 'UTF8')) = c.secret AS password_right,
	       c.secret IS NOT NULL AND (SELECT count(*) FROM quiz_refusals f WHERE f.quiz_id = @quiz AND f.person_id = @person
	           AND f.at > CAST(@now AS timestamptz) - interval '15 minutes') >= @tries AS password_locked,
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

// mayStart is when a next attempt may begin, of quiz, used and in_force.
const mayStart = `used.open_id IS NULL AND NOT used.passed AND (quiz.attempt_limit IS NULL OR used.n < quiz.attempt_limit + in_force.extra_attempts)
	AND (used.last_at IS NULL OR used.last_at + coalesce((quiz.plan->>'wait_hours')::integer, 0) * interval '1 hour' <= CAST(@now AS timestamptz))
	AND (in_force.opens_at IS NULL OR in_force.opens_at <= CAST(@now AS timestamptz)) AND (in_force.closes_at IS NULL OR in_force.closes_at > CAST(@now AS timestamptz))
	AND in_force.password_right AND NOT in_force.password_locked AND ` + inNetwork

// conditionArgs are what in_force and inNetwork need.
func (s *Service) conditionArgs(actor people.Actor, quizID int64, password string) map[string]any {
	args := map[string]any{"quiz": quizID, "person": actor.PersonID, "path": actor.UnitPath, "password": password, "tries": passwordTries, "now": s.now()}
	args["address"] = nil
	if actor.From.IsValid() {
		args["address"] = actor.From.Unmap().WithZone("").String()
	}
	return args
}

// whyNotStarted says why no attempt was made.
func (s *Service) whyNotStarted(ctx context.Context, conn database.Conn, actor people.Actor, assignmentID, quizID int64, password string) error {
	var found struct {
		There, Passed, PasswordRight, PasswordLocked, InNetwork bool
		Limit, Used, Wait                                       int
		LastAt, OpensAt, ClosesAt                               *time.Time
	}
	args := s.conditionArgs(actor, quizID, password)
	args["assignment"] = assignmentID
	err := conn.WithContext(ctx).Raw(`WITH `+conditionsInForce+`
		SELECT r.id IS NOT NULL AS there, EXISTS (SELECT FROM quiz_passes WHERE assignment_id = @assignment) AS passed,
		       coalesce(r.attempt_limit + in_force.extra_attempts, 0) AS "limit", u.used, u.last_at, coalesce((r.plan->>'wait_hours')::integer, 0) AS wait,
		       in_force.opens_at, in_force.closes_at, in_force.password_right, in_force.password_locked, `+inNetwork+` AS in_network
		FROM in_force, (SELECT count(*) AS used, max(b.submitted_at) AS last_at FROM attempts a LEFT JOIN submissions b ON b.attempt_id = a.id WHERE a.assignment_id = @assignment) u
		LEFT JOIN LATERAL (SELECT * FROM quiz_revisions WHERE quiz_id = @quiz ORDER BY number DESC LIMIT 1) r ON true`, args).Scan(&found).Error
	at := func(t time.Time) errs.Args {
		return errs.Args{"time": t.In(actor.Location()).Format("2006-01-02 15:04")}
	}
	switch now := s.now(); {
	case err != nil:
		return err
	case !found.There:
		return errs.New(errs.NotFound, "quizzes.quiz_not_found", nil)
	case found.Passed:
		return errs.New(errs.Conflict, "quizzes.already_passed", nil)
	case found.Limit > 0 && found.Used >= found.Limit:
		return errs.New(errs.Conflict, "quizzes.no_attempt_left", errs.Args{"limit": found.Limit})
	case found.OpensAt != nil && found.OpensAt.After(now):
		return errs.New(errs.Conflict, "quizzes.not_open_yet", at(*found.OpensAt))
	case found.ClosesAt != nil && !found.ClosesAt.After(now):
		return errs.New(errs.Conflict, "quizzes.closed", at(*found.ClosesAt))
	case found.LastAt != nil && found.LastAt.Add(time.Duration(found.Wait)*time.Hour).After(now):
		return errs.New(errs.Conflict, "quizzes.wait_until", at(found.LastAt.Add(time.Duration(found.Wait)*time.Hour)))
	case !found.InNetwork:
		return wrongNetwork()
	case found.PasswordLocked:
		return errs.New(errs.TooMany, "quizzes.too_many_passwords", errs.Args{"minutes": int(passwordLock.Minutes())})
	case !found.PasswordRight:
		return errs.New(errs.Invalid, "quizzes.password_needed", nil)
	}
	return errs.New(errs.Conflict, "quizzes.bank_too_small", nil)
}

func wrongNetwork() error { return errs.New(errs.Forbidden, "quizzes.wrong_network", nil) }

// noteRefusal counts a wrong password; an empty one is only the question for it.
func (s *Service) noteRefusal(ctx context.Context, db database.Conn, actor people.Actor, quizID int64) error {
	return db.WithContext(ctx).Exec(`INSERT INTO quiz_refusals (quiz_id, person_id, at) VALUES (?, ?, ?)`, quizID, actor.PersonID, s.now()).Error
}

// whyNoPractice says why nobody may practise now.
func (s *Service) whyNoPractice(ctx context.Context, conn database.Conn, actor people.Actor, quizID int64) error {
	var offered, open bool
	err := conn.WithContext(ctx).Raw(`SELECT coalesce((plan->>'practice')::boolean, false) FROM quiz_revisions WHERE quiz_id = ? ORDER BY number DESC LIMIT 1`, quizID).Scan(&offered).Error
	if err != nil {
		return err
	}
	if !offered {
		return errs.New(errs.NotFound, "quizzes.no_practice", nil)
	}
	err = conn.WithContext(ctx).Raw(`SELECT EXISTS (SELECT FROM attempts a JOIN quiz_revisions r ON r.id = a.revision_id LEFT JOIN submissions b ON b.attempt_id = a.id
		WHERE a.person_id = ? AND r.quiz_id = ? AND NOT a.practice AND b.attempt_id IS NULL)`, actor.PersonID, quizID).Scan(&open).Error
	if err == nil && open {
		return errs.New(errs.Conflict, "quizzes.practice_beside_attempt", nil)
	}
	if err == nil {
		err = errs.New(errs.Conflict, "quizzes.bank_too_small", nil)
	}
	return err
}
