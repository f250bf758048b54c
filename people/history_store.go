package people

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
)

// changeAsTx tells the triggers of people who changes what they are about to see,
// and when, until the transaction ends. The program itself is nobody.
func changeAsTx(ctx context.Context, tx database.Tx, actor Actor, now time.Time) error {
	err := tx.WithContext(ctx).Exec(`SELECT set_config('anwen.changed_by', coalesce(CAST(? AS bigint)::text, ''), true),
		set_config('anwen.changed_at', CAST(? AS timestamptz)::text, true)`, actor.By(), now).Error
	if err != nil {
		return fmt.Errorf("name who changes people: %w", err)
	}
	return nil
}
