package quizzes

import (
	"context"
	"fmt"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/items"
	"anwen/people"
)

// Refiling changes the filing and the state of items; what is nil stays.
type Refiling struct {
	Category   *string
	AddTags    []string
	RemoveTags []string
	Level      *int // 0 takes the difficulty away
	State      *ItemState
}

// MaxRefiled is the most items that one change may name.
const MaxRefiled = 2000

// Refile changes the filing of many items of a bank, all or none, without a new
// version of any. Forbidden without the Author or Compliance role; Invalid for an
// unknown difficulty or state and for too many items; NotFound for a bank that does
// not exist and when one of the items is not in it.
func (s *Service) Refile(ctx context.Context, actor people.Actor, code string, ids []int64, change Refiling) error {
	bank, err := s.bank(ctx, actor, code)
	if err != nil {
		return err
	}
	state := ItemState("")
	if change.State != nil {
		state = *change.State
	}
	known := state == "" || state == Drafted || state == Reviewed || state == Retired
	if !known || change.Level != nil && *change.Level > items.MaxDifficulty || len(ids) == 0 || len(ids) > MaxRefiled {
		return errs.New(errs.Invalid, "quizzes.bad_refiling", errs.Args{"most": MaxRefiled})
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		if _, err := lockBankTx(ctx, tx, bank.ID); err != nil {
			return err
		}
		refiled, err := refileTx(ctx, tx, bank.ID, ids, change)
		if err != nil {
			return fmt.Errorf("refile items of bank %s: %w", code, err)
		}
		if refiled != int64(len(ids)) {
			return errs.New(errs.NotFound, "quizzes.item_not_in_bank", nil)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "quizzes.refile", Subject: "bank:" + code,
			Data: map[string]any{"items": ids, "state": string(state), "category": change.Category, "level": change.Level}})
	})
}
