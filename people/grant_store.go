package people

import (
	"context"

	"anwen/internal/database"
)

func rolesOf(ctx context.Context, conn database.Conn, personID int64) ([]HeldRole, error) {
	var list []HeldRole
	err := conn.WithContext(ctx).Raw(`
		SELECT g.id, g.role, g.unit_id, u.path AS unit_path, u.names AS unit_names, g.granted_at
		FROM role_grants g JOIN units u ON u.id = g.unit_id
		WHERE g.person_id = ? AND g.revoked_at IS NULL ORDER BY g.id`, personID).Scan(&list).Error
	return list, err
}
