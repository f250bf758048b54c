package complaints

import (
	"context"
	"fmt"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/identifier"
	"anwen/people"
)

// NameResponsible makes a person responsible for a complaint from now on; earlier
// responsible persons stay in the history, and naming the same person again changes
// nothing. NotFound when the actor's complaint desk does not reach the complaint;
// Invalid for a person who does not work within its reach; Forbidden when it would take
// the complaint from the actor, or from another person to the actor. Whoever finds
// nobody named may name themselves.
func (s *Service) NameResponsible(ctx context.Context, actor people.Actor, reference, employeeNo string) error {
	read, wrong := identifier.Read(employeeNo)
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		desk := actor.Over(people.ComplaintDesk)
		complaint, err := lockComplaintTx(ctx, tx, reference)
		if err != nil {
			return fmt.Errorf("find complaint %s: %w", reference, err)
		}
		if complaint.ID == 0 || !desk.Covers(complaint.Path) {
			return errs.New(errs.NotFound, "complaints.not_found", nil)
		}
		found, err := people.ByNumber(ctx, tx, employeeNo, read)
		if err != nil {
			return fmt.Errorf("find employee %s: %w", employeeNo, err)
		}
		person, known := found[employeeNo]
		if !known {
			person, known = found[read]
		}
		if !known && wrong != nil {
			return errs.New(errs.Invalid, wrong.Code, wrong.Args)
		}
		if !known || person.Status == people.Left || !desk.Covers(person.UnitPath) {
			return errs.New(errs.Invalid, "complaints.unknown_person", errs.Args{"employee_no": employeeNo})
		}
		if ownChange(actor, complaint.ResponsibleID, person.ID) {
			return errs.New(errs.Forbidden, "complaints.own_responsibility", nil)
		}
		now := s.now()
		named, err := nameTx(ctx, tx, actor.PersonID, database.Array[int64]{complaint.ID}, database.Array[int64]{person.ID}, now)
		if err != nil {
			return fmt.Errorf("name the responsible person of %s: %w", reference, err)
		}
		if named == 0 {
			return nil
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "complaints.name_responsible",
			Subject: "complaint:" + reference, Data: map[string]string{"employee_no": employeeNo}})
	})
}

// ownChange reports whether the actor would move a complaint from or to themselves:
// what people are responsible for is what they are judged by. It is pure.
func ownChange(actor people.Actor, from, to int64) bool {
	return from != 0 && from != to && (from == actor.PersonID || to == actor.PersonID)
}
