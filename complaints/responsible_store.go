package complaints

import (
	"context"
	"time"

	"anwen/internal/database"
)

// lockComplaintTx finds a complaint with the path of its unit and locks it against
// others who name its responsible person; id is 0 when there is none.
func lockComplaintTx(ctx context.Context, tx database.Tx, reference string) (id int64, path string, err error) {
	var found struct {
		ID   int64
		Path string
	}
	err = tx.WithContext(ctx).Raw(`SELECT c.id, u.path FROM complaints c JOIN units u ON u.id = c.unit_id WHERE c.reference = ? FOR UPDATE OF c`,
		reference).Scan(&found).Error
	return found.ID, found.Path, err
}

// nameTx makes each person responsible for the complaint at the same place: it ends
// the responsibility of anybody else, then names the person where nobody is named.
// A partial unique index allows one responsible person at a time. It returns how
// many were named.
func nameTx(ctx context.Context, tx database.Tx, actorID int64, complaints, persons database.Array[int64], now time.Time) (named int64, err error) {
	err = tx.WithContext(ctx).Exec(`
		UPDATE responsible_persons p SET ended_at = ?
		FROM unnest(?::bigint[], ?::bigint[]) AS f(complaint, person)
		WHERE p.complaint_id = f.complaint AND p.ended_at IS NULL AND p.person_id <> f.person`, now, complaints, persons).Error
	if err != nil {
		return 0, err
	}
	done := tx.WithContext(ctx).Exec(`
		INSERT INTO responsible_persons (complaint_id, person_id, named_at, named_by)
		SELECT f.complaint, f.person, ?, nullif(?, 0) FROM unnest(?::bigint[], ?::bigint[]) AS f(complaint, person)
		WHERE NOT EXISTS (SELECT FROM responsible_persons p WHERE p.complaint_id = f.complaint AND p.ended_at IS NULL)`,
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
	err := tx.WithContext(ctx).Raw(`SELECT c.id FROM unnest(?::text[]) WITH ORDINALITY AS f(reference, n) JOIN complaints c USING (reference) ORDER BY f.n`,
		references).Scan((*[]int64)(&ids)).Error
	if err != nil {
		return err
	}
	_, err = nameTx(ctx, tx, actorID, ids, persons, now)
	return err
}
