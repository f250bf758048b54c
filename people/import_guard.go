package people

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/errs"
)

// guardStaffTx refuses rows that change what the actor may not: the record of a
// person of another unit, in the words for another unit, so that they do not tell
// that there is such a person; the sign-in or the leaving of somebody with a role
// beyond the actor's reach; and the own leaving.
func guardStaffTx(ctx context.Context, tx database.Tx, actor Actor, file staffFile, next []staff, known map[string]staff, faults *errs.Faults) error {
	reach := actor.Over(Administrator, HR)
	higher, err := holdersOutsideTx(ctx, tx, reach, file.rows)
	if err != nil {
		return fmt.Errorf("who holds roles beyond reach: %w", err)
	}
	for i, n := range next {
		k, there := known[n.EmployeeNo]
		leaves := n.Status == Left && k.Status != Left
		switch {
		case !there:
		case !reach.Covers(k.Path) && n.UnitCode == k.UnitCode: // planUnitsTx has said so
		case !reach.Covers(k.Path):
			faults.Add(file.place(file.rows[i], "employee_no"), "people.outside_reach", nil)
		case leaves && n.EmployeeNo == actor.EmployeeNo:
			faults.Add(file.place(file.rows[i], "status"), "people.own_leaving", nil)
		case higher[n.EmployeeNo] && leaves:
			faults.Add(file.place(file.rows[i], "status"), "people.role_beyond_reach", nil)
		case higher[n.EmployeeNo] && k.Login != n.Login:
			faults.Add(file.place(file.rows[i], "login"), "people.role_beyond_reach", nil)
		}
	}
	return nil
}
