package quizzes

import (
	"context"
	"fmt"

	"anwen/internal/database"
)

// tallied is the most that is counted in one transaction.
const tallied = 20_000

// Tally counts what was submitted and graded since into the figures of quizzes and items,
// and returns how much. Figures are whole without it: what is not counted is added by
// whoever reads them, and this keeps it little. Several instances may call it at once:
// one counts, the others return 0.
func (s *Service) Tally(ctx context.Context) (total int, err error) {
	for n := tallied; n == tallied; total += n {
		err = s.db.Transaction(ctx, func(tx database.Tx) error {
			mine, err := lockTallyTx(ctx, tx)
			if n = 0; err != nil || !mine {
				return err
			}
			n, err = tallyTx(ctx, tx, tallied)
			return err
		})
		if err != nil {
			return total, fmt.Errorf("count the figures of quizzes: %w", err)
		}
	}
	return total, nil
}
