package people

import (
	"context"

	"anwen/internal/database"
)

// holdersOutsideTx are the employee numbers of those in the file who hold a role over
// a unit that is not within reach.
func holdersOutsideTx(ctx context.Context, tx database.Tx, reach Reach, rows []staffRow) (map[string]bool, error) {
	numbers := make(database.Array[string], len(rows))
	for i, r := range rows {
		numbers[i] = r.EmployeeNo
	}
	var found []string
	err := tx.WithContext(ctx).Raw(`SELECT DISTINCT p.employee_no FROM people p JOIN role_grants g ON g.person_id = p.id JOIN units u ON u.id = g.unit_id
		WHERE g.revoked_at IS NULL AND NOT u.path LIKE ANY (?) AND p.employee_no = ANY (?)`, reach.Patterns(), numbers).Scan(&found).Error
	holders := make(map[string]bool, len(found))
	for _, no := range found {
		holders[no] = true
	}
	return holders, err
}
