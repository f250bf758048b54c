package certificates

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"
)

type holder struct{ Name, EmployeeNo, Language, Zone string }

func (h holder) location() *time.Location {
	loc, err := time.LoadLocation(h.Zone)
	if err != nil {
		return time.UTC
	}
	return loc
}

func holderTx(ctx context.Context, tx *gorm.DB, personID int64) (h holder, err error) {
	err = tx.WithContext(ctx).Raw(`SELECT p.name, p.employee_no, p.language, coalesce(nullif(p.zone, ''), u.zone) AS zone
		FROM people p JOIN units u ON u.id = p.unit_id WHERE p.id = ?`, personID).Take(&h).Error
	return h, err
}

// certificationTx returns the certification of the course and makes it when it
// is the first completion. Two first ones at once: the loser reads again.
func certificationTx(ctx context.Context, tx *gorm.DB, courseID int64, now time.Time) (id int64, err error) {
	for range 2 {
		err = tx.WithContext(ctx).Raw(`
			WITH made AS (INSERT INTO certifications (course_id, created_at)
				SELECT ?, ? WHERE NOT EXISTS (SELECT FROM certifications WHERE course_id = ?)
				ON CONFLICT DO NOTHING RETURNING id)
			SELECT id FROM made UNION ALL SELECT id FROM certifications WHERE course_id = ?`,
			courseID, now, courseID, courseID).Scan(&id).Error
		if err != nil || id != 0 {
			return id, err
		}
	}
	return 0, fmt.Errorf("the certification was neither made nor found")
}

// find loads certificates by a condition over c (certificates), k (courses) and
// r (revocations), judging each on the local date of the zone.
func (s *Service) find(ctx context.Context, zone *time.Location, condition string, args ...any) ([]Certificate, error) {
	var rows []struct {
		Certificate
		Content string
	}
	err := s.db.WithContext(ctx).Raw(`
		SELECT c.id, c.serial, c.person_id, k.slug AS course_slug, c.cycle, c.content::text AS content,
		       c.issued_at, c.issued_on, c.valid_until, r.revoked_at
		FROM certificates c
		JOIN certifications n ON n.id = c.certification_id
		JOIN courses k ON k.id = n.course_id
		LEFT JOIN certificate_revocations r ON r.certificate_id = c.id
		WHERE `+condition, args...).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("find certificates: %w", err)
	}
	today := localDate(s.now(), zone)
	list := make([]Certificate, len(rows))
	for i, row := range rows {
		list[i] = row.Certificate
		if err := json.Unmarshal([]byte(row.Content), &list[i].Frozen); err != nil {
			return nil, fmt.Errorf("read certificate %s: %w", row.Serial, err)
		}
		list[i].State = StateOn(today, list[i].ValidUntil, list[i].RevokedAt != nil)
	}
	return list, nil
}
