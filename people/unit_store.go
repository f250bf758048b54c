package people

import (
	"context"

	"anwen/internal/database"
)

// unitsWhere reads the units that the condition holds for, parents before children.
func unitsWhere(ctx context.Context, conn database.Conn, condition string, args ...any) ([]Unit, error) {
	var units []Unit
	err := conn.WithContext(ctx).Raw(`SELECT id, code, names, parent_id, path, zone, calendar
		FROM units WHERE `+condition+` ORDER BY length(path), path`, args...).Scan(&units).Error
	return units, err
}
