package training

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
)

// creditTx completes the person's open assignments of every course that accepts the
// completed one as equivalent. Each new completion names the one that it was
// credited from; a credit earns no certificate, because the course itself was not
// taken.
func (s *Service) creditTx(ctx context.Context, tx database.Tx, c Completion, at time.Time) error {
	credited, err := insertCreditsTx(ctx, tx, c, at)
	if err != nil {
		return fmt.Errorf("credit completion %d: %w", c.ID, err)
	}
	for _, k := range credited {
		err := audit.RecordTx(ctx, tx, audit.Event{
			At: at, ActorID: c.PersonID, Action: "courses.credit", Subject: "course:" + k.Slug,
			Data: map[string]any{"completion": k.ID, "credited_from": c.ID, "course": c.Slug}})
		if err != nil {
			return err
		}
	}
	return nil
}
