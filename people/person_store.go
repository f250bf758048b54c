package people

import (
	"context"

	"anwen/internal/database"
)

// listStaff reads one row more than the page holds, if there is one.
func listStaff(ctx context.Context, conn database.Conn, reach Reach, q ListQuery) ([]Person, error) {
	condition := `unit_path LIKE ANY (?) AND employee_no > ?`
	args := []any{reach.Patterns(), q.After}
	if q.Search != "" {
		condition += ` AND (name LIKE ? OR employee_no LIKE ?)`
		args = append(args, "%"+database.LikeLiteral(q.Search)+"%", database.LikeLiteral(q.Search)+"%")
	}
	if q.UnitCode != "" {
		condition += ` AND unit_path LIKE (SELECT path || '%' FROM units WHERE code = ?)`
		args = append(args, q.UnitCode)
	}
	return staffWhere(ctx, conn, condition+` ORDER BY employee_no LIMIT ?`, append(args, q.Limit+1)...)
}

// staffWhere reads the people that the condition on the view staff holds for.
func staffWhere(ctx context.Context, conn database.Conn, condition string, args ...any) ([]Person, error) {
	var list []Person
	err := conn.WithContext(ctx).Raw(`SELECT id, employee_no, name, unit_id, unit_code, unit_path, unit_names,
			position, status, language
		FROM staff WHERE `+condition, args...).Scan(&list).Error
	return list, err
}
