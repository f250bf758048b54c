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

// Refiling changes where items stand in their bank; what is nil stays.
type Refiling struct {
	Category   *string
	AddTags    []string
	RemoveTags []string
	Level      *int // 0 takes the difficulty away
	State      *ItemState
}

// MaxRefiled is how many items one change takes.
const MaxRefiled = 2000

// Refile files many items of a bank anew, all or none, without a new version of
// any. Invalid for a difficulty or a state that is none and for too many items;
// NotFound when one of them is not in the bank.
func (s *Service) Refile(ctx context.Context, actor people.Actor, code string, ids []int64, change Refiling) error {
	bank, err := s.bank(ctx, actor, code)
	if err != nil {
		return err
	}
	state := ItemState("")
	if change.State != nil {
		state = *change.State
	}
	level := -1
	if change.Level != nil {
		level = *change.Level
	}
	known := state == "" || state == Drafted || state == Reviewed || state == Retired
	if !known || level > items.MaxDifficulty || len(ids) == 0 || len(ids) > MaxRefiled {
		return errs.New(errs.Invalid, "quizzes.bad_refiling", errs.Args{"most": MaxRefiled})
	}
	category, keep := "", true
	if change.Category != nil {
		category, keep = *change.Category, false
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		done := tx.Exec(`UPDATE items SET
				category = CASE WHEN @keep THEN category ELSE @category END,
				difficulty = CASE WHEN @level < 0 THEN difficulty ELSE nullif(@level, 0) END,
				state = coalesce(nullif(@state, ''), state),
				tags = ARRAY(SELECT t FROM (SELECT unnest(tags) AS t UNION SELECT unnest(CAST(@add AS text[]))) x WHERE NOT t = ANY (CAST(@remove AS text[])) ORDER BY t)
			WHERE bank_id = @bank AND id = ANY (@ids)`, map[string]any{
			"keep": keep, "category": category, "level": level, "state": string(state), "bank": bank, "ids": database.Array[int64](ids),
			"add": database.Array[string](append([]string{}, change.AddTags...)), "remove": database.Array[string](append([]string{}, change.RemoveTags...)),
		})
		if done.Error != nil {
			return fmt.Errorf("refile items of bank %s: %w", code, done.Error)
		}
		if done.RowsAffected != int64(len(ids)) {
			return errs.New(errs.NotFound, "quizzes.item_not_in_bank", nil)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "quizzes.refile", Subject: "bank:" + code,
			Data: map[string]any{"items": ids, "state": string(state), "category": change.Category, "level": change.Level}})
	})
}
