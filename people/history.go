package people

import (
	"fmt"
	"strconv"
	"time"

	"gorm.io/gorm"
)

// changeAsTx tells the triggers of people who changes what they are about to see,
// and when, until the transaction ends. The program itself is nobody.
func changeAsTx(tx *gorm.DB, actor Actor, now time.Time) error {
	by := ""
	if actor.PersonID != 0 {
		by = strconv.FormatInt(actor.PersonID, 10)
	}
	err := tx.Exec(`SELECT set_config('anwen.changed_by', ?, true), set_config('anwen.changed_at', ?, true)`,
		by, now.UTC().Format(time.RFC3339Nano)).Error
	if err != nil {
		return fmt.Errorf("name who changes people: %w", err)
	}
	return nil
}
