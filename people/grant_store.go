package people

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"
)

func rolesOf(ctx context.Context, conn *gorm.DB, personID int64) ([]HeldRole, error) {
	var rows []struct {
		HeldRole
		NamesJSON string
	}
	err := conn.WithContext(ctx).Raw(`
		SELECT g.id, g.role, g.unit_id, u.path AS unit_path, u.names::text AS names_json, g.granted_at
		FROM role_grants g JOIN units u ON u.id = g.unit_id
		WHERE g.person_id = ? AND g.revoked_at IS NULL ORDER BY g.id`, personID).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	list := make([]HeldRole, len(rows))
	for i, r := range rows {
		list[i] = r.HeldRole
		if err := json.Unmarshal([]byte(r.NamesJSON), &list[i].UnitNames); err != nil {
			return nil, fmt.Errorf("unit of grant %d: %w", r.ID, err)
		}
	}
	return list, nil
}
