package quizzes

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/items"
)

// itemRow is a row of items: the columns that are updated alone.
type itemRow struct {
	ID        int64
	VersionID int64 // the newest
	State     ItemState
}

// TableName is for GORM.
func (itemRow) TableName() string { return "items" }

// itemVersionRow is a row of item_versions.
type itemVersionRow struct {
	ID        int64
	ItemID    int64
	Number    int
	Body      []byte    // canonical bytes of the item
	SHA256    []byte    `gorm:"column:sha256"`
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
}

// TableName is for GORM.
func (itemVersionRow) TableName() string { return "item_versions" }

// versionTx returns the version of the item that has exactly these bytes, and
// makes the next one when the newest has others. Filing and state of the item are
// set either way.
func versionTx(ctx context.Context, tx database.Tx, bankID int64, it items.Item, state ItemState, now time.Time) (int64, error) {
	body, sum, err := it.Digest()
	if err != nil {
		return 0, err
	}
	var itemID int64
	err = tx.WithContext(ctx).Raw(`INSERT INTO items (bank_id, name, kind, scenario, points, category, tags, difficulty, fingerprint, state, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?)
		ON CONFLICT ON CONSTRAINT items_name_key DO UPDATE SET kind = excluded.kind, scenario = excluded.scenario, points = excluded.points,
			category = excluded.category, tags = excluded.tags, difficulty = excluded.difficulty, fingerprint = excluded.fingerprint,
			state = excluded.state RETURNING id`,
		bankID, it.Name, string(it.Kind), it.Set, int64(it.Points), it.Category, database.Array[string](append([]string{}, it.Tags...)), it.Difficulty,
		it.Fingerprint(), string(state), now).Scan(&itemID).Error
	if err != nil {
		return 0, err
	}
	next := itemVersionRow{ItemID: itemID, Number: 1, Body: body, SHA256: sum[:], CreatedAt: now}
	newest, err := database.Table[itemVersionRow](tx).Select("id", "number", "sha256").Where("item_id = ?", itemID).Order("number DESC").Limit(1).Find(ctx)
	if err != nil {
		return 0, err
	}
	for _, v := range newest {
		if bytes.Equal(v.SHA256, sum[:]) {
			return v.ID, nil
		}
		next.Number = v.Number + 1
	}
	if err := database.Table[itemVersionRow](tx).Create(ctx, &next); err != nil {
		return 0, err
	}
	_, err = database.Table[itemRow](tx).Where("id = ?", itemID).Update(ctx, "version_id", next.ID)
	return next.ID, err
}

// retireOthersTx retires the items of the course's bank that its quiz files no longer
// hold, so that they are not drawn.
func retireOthersTx(ctx context.Context, tx database.Tx, bank int64, kept []items.Item) error {
	names := make(database.Array[string], len(kept))
	for i, it := range kept {
		names[i] = it.Name
	}
	_, err := database.Table[itemRow](tx).Where("bank_id = ? AND state <> ? AND name <> ALL (?)", bank, string(Retired), names).Update(ctx, "state", string(Retired))
	if err != nil {
		return fmt.Errorf("retire what the files of bank %d no longer hold: %w", bank, err)
	}
	return nil
}
