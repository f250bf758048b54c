package complaints

import (
	"context"
	"time"

	"anwen/internal/database"
)

// lockedComplaint is a complaint with the path of its unit and who is responsible.
type lockedComplaint struct {
	ID            int64
	Path          string
	ResponsibleID int64 // 0: nobody
}

// lockComplaintTx finds a complaint and locks it against others who name its
// responsible person; the id is 0 when there is none. Who is responsible is read once
// the lock is held.
func lockComplaintTx(ctx context.Context, tx database.Tx, reference string) (found lockedComplaint, err error) {
	err = tx.WithContext(ctx).Raw(`SELECT c.id, u.path FROM complaints c JOIN units u ON u.id = c.unit_id WHERE c.reference = ? FOR UPDATE OF c`,
		reference).Scan(&found).Error
	if err == nil {
		err = tx.WithContext(ctx).Raw(`SELECT person_id FROM responsible_now WHERE complaint_id = ?`, found.ID).Scan(&found.ResponsibleID).Error
	}
	return found, err
}

// nameTx makes each person responsible for the complaint at the same place, unless that
// person is already: the newest naming of a complaint counts. It returns how many were
// named.
func nameTx(ctx context.Context, tx database.Tx, actorID int64, complaints, persons database.Array[int64], now time.Time) (named int64, err error) {
	done := tx.WithContext(ctx).Exec(`
		INSERT INTO responsible_persons (complaint_id, person_id, named_at, named_by)
		SELECT f.complaint, f.person, ?, nullif(?, 0) FROM unnest(?::bigint[], ?::bigint[]) AS f(complaint, person)
		WHERE NOT EXISTS (SELECT FROM responsible_now r WHERE r.complaint_id = f.complaint AND r.person_id = f.person)`,
		now, actorID, complaints, persons)
	return done.RowsAffected, done.Error
}

// nameFromFileTx names the responsible persons that an imported file names.
func nameFromFileTx(ctx context.Context, tx database.Tx, actorID int64, rows []datedFact, now time.Time) error {
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
	err := tx.WithContext(ctx).Raw(`SELECT c.id FROM unnest(?::text[]) WITH ORDINALITY AS f(reference, n) JOIN complaints c USING (reference)
		ORDER BY f.n FOR UPDATE OF c`,
		references).Scan((*[]int64)(&ids)).Error
	if err != nil {
		return err
	}
	_, err = nameTx(ctx, tx, actorID, ids, persons, now)
	return err
}
