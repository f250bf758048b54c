package policies

import (
	"context"
	"time"

	"anwen/internal/database"
)

// repealRow is a row of policy_repeals.
type repealRow struct {
	PolicyID      int64 `gorm:"primaryKey;autoIncrement:false"`
	EffectiveFrom string
	Reason        string
	RepealedAt    time.Time
	RepealedBy    *int64
}

func (repealRow) TableName() string { return "policy_repeals" }

// notRepealed keeps a policy p in force: it has no repeal, or one to come.
const notRepealed = `NOT EXISTS (SELECT FROM policy_repeals x WHERE x.policy_id = p.id AND x.effective_from <= @today)`

func isRepealedTx(ctx context.Context, tx database.Tx, policyID int64) (bool, error) {
	n, err := database.Table[repealRow](tx).Where("policy_id = ?", policyID).Count(ctx, "*")
	return n > 0, err
}

func insertRepealTx(ctx context.Context, tx database.Tx, row repealRow) error {
	return database.Table[repealRow](tx).Create(ctx, &row)
}
