package quizzes

import (
	"context"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// After so many wrong passwords within the time none is accepted until one of them
// is older than that.
const (
	passwordTries = 5
	passwordLock  = 15 * time.Minute
)

// conditionArgs are the arguments of conditionsInForce and inNetwork.
func conditionArgs(actor people.Actor, quizID int64, password string, now time.Time) map[string]any {
	args := map[string]any{"quiz": quizID, "person": actor.PersonID, "path": actor.UnitPath, "password": password,
		"tries": passwordTries, "locked_since": now.Add(-passwordLock), "now": now}
	args["address"] = nil
	if actor.From.IsValid() {
		args["address"] = actor.From.Unmap().WithZone("").String()
	}
	return args
}

// whyNotStarted says why no attempt was made. Always an error: NotFound, Conflict,
// Forbidden, TooMany or Invalid as Start.
func whyNotStarted(ctx context.Context, conn database.Conn, actor people.Actor, assignmentID int64, to startRequest, now time.Time) error {
	found, err := factsOfStart(ctx, conn, conditionArgs(actor, to.quizID, to.password, now), assignmentID)
	at := func(t time.Time) errs.Args {
		return errs.Args{"time": t.In(actor.Clock()).Format("2006-01-02 15:04")}
	}
	switch {
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

// whyNoPractice says why nobody may practise now. Always an error: NotFound or
// Conflict as Practise.
func (s *Service) whyNoPractice(ctx context.Context, conn database.Conn, actor people.Actor, quizID int64) error {
	offered, err := offersPractice(ctx, conn, quizID)
	if err != nil {
		return err
	}
	if !offered {
		return errs.New(errs.NotFound, "quizzes.no_practice", nil)
	}
	open, err := hasOpenAttempt(ctx, conn, actor.PersonID, quizID)
	if err != nil {
		return err
	}
	if open {
		return errs.New(errs.Conflict, "quizzes.practice_beside_attempt", nil)
	}
	return errs.New(errs.Conflict, "quizzes.bank_too_small", nil)
}
