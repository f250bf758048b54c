package policies

import (
	"context"
	"fmt"
	"strings"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/people"
)

// RepealProposal is somebody's wish to end a policy from a date on. A policy has one
// open proposal at most.
type RepealProposal struct {
	ID            int64
	Code          string // of the policy
	Title         string `gorm:"-"` // in the actor's language
	Number        int    // of the newest version when it was made
	Newest        int    // number of the newest version now
	EffectiveFrom string
	Reason        string
	ProposedAt    time.Time
	ProposedBy    string // name; empty: the program
	Mine          bool   // the actor made it, and cannot approve it
	Draft         int64  // the open draft of the policy, which a repeal would leave to be withdrawn; 0: none
}

// RepealInput is a wish to end a policy. Newest is the number of the newest version
// that was shown to whoever wishes it; 0: not told.
type RepealInput struct {
	Code          string
	Newest        int
	EffectiveFrom string
	Reason        string
}

// ProposeRepeal asks that a policy ends from a date on, which somebody else decides.
// Forbidden without the role Compliance over the root; NotFound for an unknown policy;
// Invalid for a date before the newest version's or without a reason; Conflict when it
// was repealed before or has an open proposal, and when there is a newer
// version than was shown.
func (s *Service) ProposeRepeal(ctx context.Context, actor people.Actor, in RepealInput) error {
	in.Reason = strings.TrimSpace(in.Reason)
	return s.repealing(ctx, actor, in.Code, "propose_repeal", func(tx database.Tx, newest newestVersion, now time.Time) (map[string]any, error) {
		if in.Newest != 0 && in.Newest != newest.Number {
			return nil, errs.New(errs.Conflict, "policies.repeal_of_older", errs.Args{"number": newest.Number})
		}
		if err := repealable(newest, in.EffectiveFrom, in.Reason); err != nil {
			return nil, err
		}
		err := insertProposalTx(ctx, tx, proposalRow{PolicyID: newest.PolicyID, Number: newest.Number, EffectiveFrom: in.EffectiveFrom, Reason: in.Reason,
			ProposedAt: now, ProposedBy: actor.By()})
		return map[string]any{"effective_from": in.EffectiveFrom, "reason": in.Reason, "number": newest.Number}, err
	})
}

// ApproveRepeal ends a policy as somebody else proposed: from the date on no version of it
// is in force, and none follows. Versions and acknowledgements stay. Forbidden without the
// role Compliance over the root and for whoever proposed it (constraint
// policy_repeals_two_people); NotFound for an unknown policy and when the proposal is not
// its open one; Conflict when it was repealed before, and when a version came after it was
// proposed (trigger policy_repeals_of_the_newest).
func (s *Service) ApproveRepeal(ctx context.Context, actor people.Actor, code string, proposal int64) error {
	return s.repealing(ctx, actor, code, "repeal", func(tx database.Tx, newest newestVersion, now time.Time) (map[string]any, error) {
		p, err := lockProposalTx(ctx, tx, newest.PolicyID, proposal)
		if err != nil {
			return nil, err
		}
		if p.Number != newest.Number {
			return nil, errs.New(errs.Conflict, "policies.repeal_of_older", errs.Args{"number": newest.Number})
		}
		err = insertRepealTx(ctx, tx, repealRow{PolicyID: newest.PolicyID, EffectiveFrom: p.EffectiveFrom, Reason: p.Reason, RepealedAt: now, RepealedBy: actor.By(), ProposalID: &p.ID})
		return map[string]any{"effective_from": p.EffectiveFrom, "reason": p.Reason, "proposal": p.ID}, err
	})
}

// WithdrawRepeal takes back the open proposal to repeal a policy. Forbidden without
// the role Compliance over the root; NotFound for an unknown policy and when it has no
// open proposal; Conflict when it is repealed.
func (s *Service) WithdrawRepeal(ctx context.Context, actor people.Actor, code string) error {
	return s.repealing(ctx, actor, code, "withdraw_repeal", func(tx database.Tx, newest newestVersion, now time.Time) (map[string]any, error) {
		p, err := lockProposalTx(ctx, tx, newest.PolicyID, 0)
		if err != nil {
			return nil, err
		}
		return map[string]any{"proposal": p.ID}, withdrawProposalTx(ctx, tx, p.ID, actor.By(), now)
	})
}

// repealing takes one step towards a repeal of a policy that nobody else changes
// meanwhile, and records it with what the step tells.
func (s *Service) repealing(ctx context.Context, actor people.Actor, code, verb string, step func(tx database.Tx, newest newestVersion, now time.Time) (map[string]any, error)) error {
	if err := actor.Over(people.Compliance).Root(ctx, s.db); err != nil {
		return err
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		newest, err := lockNewestTx(ctx, tx, code)
		if err != nil {
			return err
		}
		if newest.PolicyID == 0 {
			return errs.New(errs.NotFound, "policies.not_found", errs.Args{"code": code})
		}
		repealed, err := isRepealedTx(ctx, tx, newest.PolicyID)
		if err != nil {
			return err
		}
		if repealed {
			return errs.New(errs.Conflict, "policies.repealed", nil)
		}
		now := s.now()
		data, err := step(tx, newest, now)
		if err != nil {
			return fmt.Errorf("%s of policy %s: %w", verb, code, err)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "policies." + verb, Subject: "policy:" + code, Data: data})
	})
}

// repealable refuses a date before the newest version's, and no reason. It is pure.
func repealable(newest newestVersion, from, reason string) error {
	var faults errs.Faults
	if _, err := date.Parse(from); err != nil {
		faults.Add(errs.Place{Field: "effective_from"}, "policies.bad_date", errs.Args{"value": from})
	} else if from < newest.EffectiveFrom {
		faults.Add(errs.Place{Field: "effective_from"}, "policies.effective_before_previous", errs.Args{"date": newest.EffectiveFrom, "number": newest.Number})
	}
	if reason == "" {
		faults.Add(errs.Place{Field: "reason"}, "policies.reason_missing", nil)
	}
	return faults.Err("policies.refused")
}

// openToVersionsTx refuses a version of a policy that has ended or is about to: Conflict.
func openToVersionsTx(ctx context.Context, tx database.Tx, policyID int64) error {
	repealed, err := isRepealedTx(ctx, tx, policyID)
	if err != nil {
		return err
	}
	if repealed {
		return errs.New(errs.Conflict, "policies.no_version_follows", nil)
	}
	return nil
}
