package complaints

import (
	"context"
	"fmt"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// NameResponsible makes a person responsible for a complaint from now on; earlier
// responsible persons stay in the history, and naming the same person again changes
// nothing. NotFound when the actor's complaint desk does not reach the complaint;
// Invalid for a person who does not work here.
func (s *Service) NameResponsible(ctx context.Context, actor people.Actor, reference, employeeNo string) error {
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		complaint, path, err := lockComplaintTx(ctx, tx, reference)
		if err != nil {
			return fmt.Errorf("find complaint %s: %w", reference, err)
		}
		if complaint == 0 || !actor.Over(people.ComplaintDesk).Covers(path) {
			return errs.New(errs.NotFound, "complaints.not_found", nil)
		}
		found, err := people.ByNumber(ctx, tx, employeeNo)
		if err != nil {
			return fmt.Errorf("find employee %s: %w", employeeNo, err)
		}
		person, known := found[employeeNo]
		if !known || person.Status == people.Left {
			return errs.New(errs.Invalid, "complaints.unknown_person", errs.Args{"employee_no": employeeNo})
		}
		named, err := nameTx(ctx, tx, actor.PersonID, database.Array[int64]{complaint}, database.Array[int64]{person.ID}, s.now())
		if err != nil {
			return fmt.Errorf("name the responsible person of %s: %w", reference, err)
		}
		if named == 0 {
			return nil
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "complaints.name_responsible",
			Subject: "complaint:" + reference, Data: map[string]string{"employee_no": employeeNo}})
	})
}
