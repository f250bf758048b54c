package complaints

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"anwen/internal/audit"
	"anwen/internal/database"
)

type ruleSetRow struct {
	ID            int64
	Code          string
	Number        int
	EffectiveFrom string
	Body          RuleSet `gorm:"serializer:json"` // writes the bytes that RuleSet.Encode returns
	SHA256        []byte  `gorm:"column:sha256"`
	PublishedAt   time.Time
}

// TableName is for GORM.
func (ruleSetRow) TableName() string { return "complaint_rule_sets" }

// seedRulesTx writes a rule set unless one with its code and number is there.
func seedRulesTx(ctx context.Context, tx database.Tx, r RuleSet, now time.Time) error {
	_, sum, err := r.Encode()
	if err != nil {
		return err
	}
	row := ruleSetRow{Code: r.Code, Number: r.Number, EffectiveFrom: r.EffectiveFrom, Body: r, SHA256: sum[:], PublishedAt: now}
	made := gorm.WithResult()
	once := clause.OnConflict{OnConstraint: "complaint_rule_sets_number_key", DoNothing: true}
	if err := database.Table[ruleSetRow](tx, made, once).Create(ctx, &row); err != nil || made.RowsAffected == 0 {
		return err
	}
	return audit.RecordTx(ctx, tx, audit.Event{At: now, Action: "complaints.seed",
		Subject: fmt.Sprintf("rule_set:%s/%d", r.Code, r.Number), Data: map[string]string{"sha256": fmt.Sprintf("%x", sum)}})
}

// loadRules reads the house rule sets, and the id of each by its number.
func loadRules(ctx context.Context, db database.Conn) (ids map[int]int64, sets []RuleSet, err error) {
	rows, err := database.Table[ruleSetRow](db).Select("id, body").Where("code = ?", HouseRules().Code).Order("number").Find(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("rule sets: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil, fmt.Errorf("there is no rule set: the database was not seeded")
	}
	ids = make(map[int]int64, len(rows))
	for _, r := range rows {
		ids[r.Body.Number], sets = r.ID, append(sets, r.Body)
	}
	return ids, sets, nil
}
