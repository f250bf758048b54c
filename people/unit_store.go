package people

import (
	"context"

	"gorm.io/gorm"

	"anwen/internal/database"
)

// BelowUnit is, in SQL, the pattern Below of the unit with the code @unit; null, which
// matches nothing, when there is none.
const BelowUnit = `(SELECT path || '%' FROM units WHERE code = @unit)`

// unitRow is a row of units.
type unitRow struct {
	Unit `gorm:"embedded"`
}

// TableName is for GORM.
func (unitRow) TableName() string { return "units" }

// listUnits reads every unit, parents before children.
func listUnits(ctx context.Context, conn database.Conn) ([]Unit, error) {
	return unitsOf(ctx, database.Table[unitRow](conn).Order("length(path), path"))
}

// unitsCoded reads the units with the codes.
func unitsCoded(ctx context.Context, conn database.Conn, codes []string) ([]Unit, error) {
	return unitsOf(ctx, database.Table[unitRow](conn).Where("code = ANY (?)", database.Array[string](codes)))
}

// rootUnits reads the units that have no parent.
func rootUnits(ctx context.Context, conn database.Conn) ([]Unit, error) {
	return unitsOf(ctx, database.Table[unitRow](conn).Where("parent_id IS NULL"))
}

func unitsOf(ctx context.Context, which gorm.ChainInterface[unitRow]) ([]Unit, error) {
	rows, err := which.Select("id, code, names, parent_id, path, zone, calendar").Find(ctx)
	units := make([]Unit, len(rows))
	for i, r := range rows {
		units[i] = r.Unit
	}
	return units, err
}
