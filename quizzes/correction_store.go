package quizzes

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/items"
)

// correctionRow is a row of corrections.
type correctionRow struct {
	ID                    int64
	QuizID, ItemVersionID int64
	Correction            items.Correction
	ByVersionID           *int64
	Note                  string
	MadeBy                int64
	MadeAt                time.Time
}

// TableName is for GORM.
func (correctionRow) TableName() string { return "corrections" }

func insertCorrectionTx(ctx context.Context, tx database.Tx, row correctionRow) (id int64, err error) {
	err = database.Table[correctionRow](tx).Create(ctx, &row)
	return row.ID, err
}

// item is an item version, which is read when this process has not seen it.
func (s *Service) item(ctx context.Context, conn database.Conn, version int64) (items.Item, error) {
	if it, ok := s.items.get(version); ok {
		return it.Item, nil
	}
	row, err := database.Table[itemVersionRow](conn).Select("body").Where("id = ?", version).Take(ctx)
	if err != nil {
		return items.Item{}, fmt.Errorf("read item version %d: %w", version, err)
	}
	return items.Decode(row.Body)
}
