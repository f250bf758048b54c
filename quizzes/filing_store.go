package quizzes

import (
	"context"

	"anwen/internal/database"
)

// refileTx changes what the change names and returns how many of the items the
// bank, which is locked, has.
func refileTx(ctx context.Context, tx database.Tx, bank int64, ids []int64, change Refiling) (refiled int64, err error) {
	state := ItemState("")
	if change.State != nil {
		state = *change.State
	}
	done := tx.WithContext(ctx).Exec(`UPDATE items SET
			category = coalesce(CAST(@category AS text), category),
			difficulty = CASE WHEN CAST(@level AS integer) >= 0 THEN nullif(CAST(@level AS integer), 0) ELSE difficulty END,
			state = coalesce(nullif(CAST(@state AS text), ''), state),
			tags = ARRAY(SELECT t FROM (SELECT unnest(tags) AS t UNION SELECT unnest(CAST(@add AS text[]))) x WHERE NOT t = ANY (CAST(@remove AS text[])) ORDER BY t)
		WHERE bank_id = @bank AND id = ANY (@ids)`, map[string]any{
		"category": change.Category, "level": change.Level, "state": string(state), "bank": bank, "ids": database.Array[int64](ids),
		"add": database.Array[string](append([]string{}, change.AddTags...)), "remove": database.Array[string](append([]string{}, change.RemoveTags...)),
	})
	return done.RowsAffected, done.Error
}
