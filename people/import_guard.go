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
func guardStaffTx(ctx context.Context, tx database.Tx, actor Actor, reach Reach, rows []staffRow, known map[string]staff, logins map[string]string, faults *errs.Faults) error {
	higher, err := holdersOutsideTx(ctx, tx, reach, rows)
	if err != nil {
		return fmt.Errorf("who holds roles beyond reach: %w", err)
	}
	for _, r := range rows {
		at := errs.Place{Line: r.line}
		if owner, taken := logins[r.Login]; taken && owner != r.EmployeeNo {
			if reach.Covers(known[owner].Path) {
				faults.Add(at, "people.login_taken", errs.Args{"login": r.Login, "employee_no": owner})
			} else {
				faults.Add(at, "people.login_in_use", errs.Args{"login": r.Login})
			}
		}
		k, there := known[r.EmployeeNo]
		switch {
		case !there:
		case !reach.Covers(k.Path):
			faults.Add(at, "people.outside_reach", nil)
		case r.Status == Left && k.Status != Left && r.EmployeeNo == actor.EmployeeNo:
			faults.Add(at, "people.own_leaving", nil)
		case higher[r.EmployeeNo] && (k.Login != r.Login || r.Status == Left && k.Status != Left):
			faults.Add(at, "people.role_beyond_reach", nil)
		}
	}
	return nil
}
