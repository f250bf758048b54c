package people

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"
)

// unitsWhere reads the units that the condition holds for, parents before children.
func unitsWhere(ctx context.Context, conn *gorm.DB, condition string, args ...any) ([]Unit, error) {
	var rows []struct {
		Unit
		NamesJSON string
	}
	err := conn.WithContext(ctx).Raw(`SELECT id, code, names::text AS names_json, parent_id, path, zone, calendar
		FROM units WHERE `+condition+` ORDER BY length(path), path`, args...).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	units := make([]Unit, len(rows))
	for i, r := range rows {
		units[i] = r.Unit
		if err := json.Unmarshal([]byte(r.NamesJSON), &units[i].Names); err != nil {
			return nil, fmt.Errorf("names of unit %s: %w", r.Code, err)
		}
	}
	return units, nil
}
