package complaints

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// NameResponsible makes a person responsible for a complaint from now on; who
// was before stays in the history. NotFound when the actor's desk does not reach
// the complaint; Invalid for an unknown person; naming the same again changes
// nothing.
func (s *Service) NameResponsible(ctx context.Context, actor people.Actor, reference, employeeNo string) error {
	return s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		// The lock makes two namings of one complaint wait for one another.
		var found struct {
			ID   int64
			Path string
		}
		err := tx.Raw(`SELECT c.id, u.path FROM complaints c JOIN units u ON u.id = c.unit_id WHERE c.reference = ? FOR UPDATE OF c`,
			reference).Scan(&found).Error
		if err != nil {
			return fmt.Errorf("find complaint %s: %w", reference, err)
		}
		if found.ID == 0 || !actor.Covers(found.Path, people.ComplaintDesk) {
			return errs.New(errs.NotFound, "complaints.not_found", nil)
		}
		var person int64
		err = tx.Raw(`SELECT id FROM people WHERE employee_no = ? AND status <> 'left'`, employeeNo).Scan(&person).Error
		if err != nil {
			return fmt.Errorf("find employee %s: %w", employeeNo, err)
		}
		if person == 0 {
			return errs.New(errs.Invalid, "complaints.unknown_person", errs.Args{"employee_no": employeeNo})
		}
		named, err := s.nameTx(tx, actor, database.Array[int64]{found.ID}, database.Array[int64]{person})
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

// nameTx ends whoever is responsible and is somebody else, then names the new
// one where nobody is. The partial unique index holds that there is one at most.
func (s *Service) nameTx(tx *gorm.DB, actor people.Actor, complaints, persons database.Array[int64]) (named int64, err error) {
	err = tx.Exec(`
		UPDATE responsible_persons p SET ended_at = ?
		FROM unnest(?::bigint[], ?::bigint[]) AS f(complaint, person)
		WHERE p.complaint_id = f.complaint AND p.ended_at IS NULL AND p.person_id <> f.person`, s.now(), complaints, persons).Error
	if err != nil {
		return 0, err
	}
	done := tx.Exec(`
		INSERT INTO responsible_persons (complaint_id, person_id, named_at, named_by)
		SELECT f.complaint, f.person, ?, nullif(?, 0) FROM unnest(?::bigint[], ?::bigint[]) AS f(complaint, person)
		WHERE NOT EXISTS (SELECT FROM responsible_persons p WHERE p.complaint_id = f.complaint AND p.ended_at IS NULL)`,
		s.now(), actor.PersonID, complaints, persons)
	return done.RowsAffected, done.Error
}

// nameFromFileTx names whom the file names.
func (s *Service) nameFromFileTx(tx *gorm.DB, actor people.Actor, rows []judged) error {
	var references database.Array[string]
	var persons database.Array[int64]
	for _, r := range rows {
		if r.responsibleID != 0 {
			references, persons = append(references, r.Reference), append(persons, r.responsibleID)
		}
	}
	if len(references) == 0 {
		return nil
	}
	var ids database.Array[int64]
	err := tx.Raw(`SELECT c.id FROM unnest(?::text[]) WITH ORDINALITY AS f(reference, n) JOIN complaints c USING (reference) ORDER BY f.n`,
		references).Scan((*[]int64)(&ids)).Error
	if err != nil {
		return err
	}
	_, err = s.nameTx(tx, actor, ids, persons)
	return err
}
