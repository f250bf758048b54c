package certificates

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/people"
)

type holder struct{ Name, EmployeeNo, Language, Zone string }

func (h holder) location() *time.Location { return people.Zone(h.Zone) }

// holderTx returns who a certificate is for, and the certification of the course,
// which is made when it is the first completion. Two first ones at once: the loser
// reads again.
func holderTx(ctx context.Context, tx database.Tx, personID, courseID int64, now time.Time) (h holder, certification int64, err error) {
	var found *int64
	for range 2 {
		err = tx.WithContext(ctx).Raw(`
			WITH made AS (INSERT INTO certifications (course_id, created_at)
				SELECT ?, ? WHERE NOT EXISTS (SELECT FROM certifications WHERE course_id = ?)
				ON CONFLICT DO NOTHING RETURNING id)
			SELECT p.name, p.employee_no, p.language, coalesce(nullif(p.zone, ''), u.zone) AS zone,
			       coalesce((SELECT id FROM made), (SELECT id FROM certifications WHERE course_id = ?)) AS certification
			FROM people p JOIN units u ON u.id = p.unit_id WHERE p.id = ?`, courseID, now, courseID, courseID, personID).
			Row().Scan(&h.Name, &h.EmployeeNo, &h.Language, &h.Zone, &found)
		if err != nil || found != nil {
			break
		}
	}
	if err == nil && found == nil {
		err = fmt.Errorf("the certification was neither made nor found")
	}
	if err != nil {
		return h, 0, err
	}
	return h, *found, nil
}

// find loads certificates by a condition over c (certificates), k (courses) and
// r (revocations), judging each on the local date of the zone.
func (s *Service) find(ctx context.Context, zone *time.Location, condition string, args ...any) ([]Certificate, error) {
	var list []Certificate
	err := s.db.WithContext(ctx).Raw(`
		SELECT c.id, c.serial, c.person_id, k.slug AS course_slug, c.cycle, c.content,
		       c.issued_at, c.issued_on, c.valid_until, r.revoked_at
		FROM certificates c
		JOIN certifications n ON n.id = c.certification_id
		JOIN courses k ON k.id = n.course_id
		LEFT JOIN certificate_revocations r ON r.certificate_id = c.id
		WHERE `+condition, args...).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("find certificates: %w", err)
	}
	today := date.In(s.now(), zone)
	for i := range list {
		list[i].State = StateOn(today, list[i].ValidUntil, list[i].RevokedAt != nil)
	}
	return list, nil
}
