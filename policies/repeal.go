package policies

import (
	"context"
	"fmt"
	"strings"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/people"
)

// Repeal ends a policy from a date on: no version of it is in force any more, and
// none follows. Versions and acknowledgements stay. Forbidden without the role
// Compliance; NotFound for an unknown policy; Invalid for a date before the newest
// version's or without a reason; Conflict when it was repealed before or has an
// open draft.
func (s *Service) Repeal(ctx context.Context, actor people.Actor, code, from, reason string) error {
	if err := actor.Over(people.Compliance).Require(); err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		newest, err := lockNewestTx(ctx, tx, code)
		if err != nil {
			return err
		}
		if newest.PolicyID == 0 {
			return errs.New(errs.NotFound, "policies.not_found", errs.Args{"code": code})
		}
		var faults errs.Faults
		if _, err := date.Parse(from); err != nil {
			faults.Add(errs.Place{Field: "effective_from"}, "policies.bad_date", errs.Args{"value": from})
		} else if from < newest.EffectiveFrom {
			faults.Add(errs.Place{Field: "effective_from"}, "policies.effective_before_previous", errs.Args{"date": newest.EffectiveFrom, "number": newest.Number})
		}
		if reason == "" {
			faults.Add(errs.Place{Field: "reason"}, "policies.reason_missing", nil)
		}
		if err := faults.Err("policies.refused"); err != nil {
			return err
		}
		open, err := hasOpenDraftTx(ctx, tx, code)
		if err != nil {
			return err
		}
		if open {
			return draftOpen(code)
		}
		err = insertRepealTx(ctx, tx, repealRow{PolicyID: newest.PolicyID, EffectiveFrom: from, Reason: reason, RepealedAt: s.now(), RepealedBy: actor.By()})
		if database.Violated(err, "policy_repeals_pkey") {
			return errs.New(errs.Conflict, "policies.repealed", nil)
		}
		if err != nil {
			return fmt.Errorf("repeal policy %s: %w", code, err)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "policies.repeal", Subject: "policy:" + code,
			Data: map[string]any{"effective_from": from, "reason": reason}})
	})
}

// openToVersionsTx refuses a version of a policy that has ended or is about to.
func openToVersionsTx(ctx context.Context, tx database.Tx, policyID int64) error {
	repealed, err := isRepealedTx(ctx, tx, policyID)
	if err != nil {
		return err
	}
	if repealed {
		return errs.New(errs.Conflict, "policies.repealed", nil)
	}
	return nil
}
