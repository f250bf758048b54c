package policies

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/people"
)

// RequestInput asks a unit and everything below it to acknowledge a version.
type RequestInput struct {
	Code     string
	Number   int
	UnitCode string
	DueOn    string // date; empty: no due date
	DryRun   bool   // count, and change nothing
}

// Requested is whom a request reaches. The four parts add up to People.
type Requested struct {
	People       int // who work in the unit or below
	New          int // asked by this request
	Asked        int // had been asked before; their due date stays
	Acknowledged int // had acknowledged without being asked
	DryRun       bool
}

// RequestAcknowledgement asks everybody who works in the unit, and has neither
// been asked nor acknowledged yet. Forbidden without the role Compliance;
// NotFound for an unknown version and for a unit beyond the actor's reach;
// Invalid for a due date that has passed; Conflict for a version that a later one
// in force has replaced, and for a policy that has ended.
func (s *Service) RequestAcknowledgement(ctx context.Context, actor people.Actor, in RequestInput) (Requested, error) {
	var done Requested
	err := s.db.Transaction(ctx, func(tx database.Tx) (err error) {
		done, err = s.RequestAcknowledgementTx(ctx, tx, actor, in)
		return err
	})
	return done, err
}

// RequestAcknowledgementTx is RequestAcknowledgement in the caller's transaction:
// Forbidden, NotFound, Invalid and Conflict as there.
func (s *Service) RequestAcknowledgementTx(ctx context.Context, tx database.Tx, actor people.Actor, in RequestInput) (Requested, error) {
	reach := actor.Over(people.Compliance)
	if err := reach.Require(); err != nil {
		return Requested{}, err
	}
	now := s.now()
	today := date.Text(new(actor.Today(now)))
	due, err := dueDate(today, in.DueOn)
	if err != nil {
		return Requested{}, err
	}
	version, err := findVersion(ctx, tx, in.Code, in.Number)
	if err != nil {
		return Requested{}, err
	}
	unit, err := reach.Unit(ctx, tx, in.UnitCode)
	if err != nil {
		return Requested{}, err
	}
	if err := stillBindsTx(ctx, tx, version, today); err != nil {
		return Requested{}, err
	}
	args := map[string]any{
		"version": version.ID, "path": unit.Below(), "due": due, "now": now, "actor": actor.By(),
	}
	done, err := countRequestTx(ctx, tx, args)
	if err != nil {
		return Requested{}, fmt.Errorf("count whom to ask about policy %s: %w", in.Code, err)
	}
	done.DryRun = in.DryRun
	if in.DryRun || done.New == 0 {
		return done, nil
	}
	inserted, err := insertRequestsTx(ctx, tx, args)
	if err != nil {
		return Requested{}, fmt.Errorf("ask about policy %s: %w", in.Code, err)
	}
	// Somebody else's request may have come between the count and the insert.
	done.Asked += done.New - inserted
	if done.New = inserted; inserted == 0 {
		return done, nil
	}
	return done, audit.RecordTx(ctx, tx, audit.Event{
		At: now, ActorID: actor.PersonID, Action: "policies.request", Subject: fmt.Sprintf("policy:%s/%d", in.Code, in.Number),
		Data: map[string]any{"unit": in.UnitCode, "due_on": in.DueOn, "people": done.People, "new": done.New},
	})
}

// stillBindsTx refuses a version that nobody needs to know any more. It keeps others
// from publishing the next one meanwhile, which asks again whoever was asked before.
func stillBindsTx(ctx context.Context, tx database.Tx, v knownVersion, today string) error {
	if _, err := lockNewestTx(ctx, tx, v.Code); err != nil {
		return err
	}
	inForce, repealed, err := inForceTx(ctx, tx, v, today)
	switch {
	case err != nil:
		return err
	case repealed:
		return errs.New(errs.Conflict, "policies.repealed", nil)
	case inForce > v.Number:
		return errs.New(errs.Conflict, "policies.superseded", errs.Args{"number": v.Number, "newest": inForce})
	}
	return nil
}

// againDays is how long somebody has for what replaces a version that they were
// asked for, from the later of its effect and its publication.
const againDays = 14

// askAgainTx asks for a material version everybody who was asked for the one that
// it replaces, whether they had acknowledged that or not. The older requests stay.
func askAgainTx(ctx context.Context, tx database.Tx, actor people.Actor, d checked, version versionRow, newest newestVersion) (int, error) {
	if d.Editorial || newest.PolicyID == 0 {
		return 0, nil
	}
	return insertRequestsAgainTx(ctx, tx, actor, d, version, newest)
}

// asksAgain counts whom publishing the draft would ask, as askAgainTx does it. Until an
// approver decides, it counts as material.
func (s *Service) asksAgain(ctx context.Context, d Draft) (int, error) {
	if d.Material != nil && !*d.Material {
		return 0, nil
	}
	newest, err := findNewest(ctx, s.db, d.Code)
	if err != nil || newest.PolicyID == 0 {
		return 0, err
	}
	return countAgain(ctx, s.db, newest)
}

func dueDate(today, dueOn string) (*string, error) {
	if dueOn == "" {
		return nil, nil
	}
	var faults errs.Faults
	if _, err := date.Parse(dueOn); err != nil {
		faults.Add(errs.Place{Field: "due_on"}, "policies.bad_date", errs.Args{"value": dueOn})
	} else if dueOn < today {
		faults.Add(errs.Place{Field: "due_on"}, "policies.due_passed", errs.Args{"date": dueOn})
	}
	return &dueOn, faults.Err("policies.refused")
}

// MyRequest is what the actor is asked to acknowledge.
type MyRequest struct {
	Code           string
	Title          string
	Number         int
	EffectiveFrom  string
	RequestedAt    time.Time
	DueOn          string
	Overdue        bool
	AcknowledgedAt *time.Time
}

// MyRequests lists what the actor was asked to acknowledge: what is outstanding
// first, by due date, then what is done, the newest first.
func (s *Service) MyRequests(ctx context.Context, actor people.Actor) ([]MyRequest, error) {
	return myRequests(ctx, s.db, actor, s.today(actor))
}
