package certificates

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"anwen/internal/database"
	"anwen/internal/i18n"
)

// certificateRow is one issued certificate.
type certificateRow struct {
	ID              int64
	Serial          string
	CertificationID int64
	PersonID        int64
	Cycle           int
	CompletionID    int64
	Frozen          Frozen `gorm:"column:content;serializer:json"`
	IssuedAt        time.Time
	IssuedOn        time.Time
	ValidUntil      *time.Time // nil: no end
}

// TableName is for GORM.
func (certificateRow) TableName() string { return "certificates" }

// insertCertificateTx reports false when the person has a certificate of the cycle.
func insertCertificateTx(ctx context.Context, tx database.Tx, row certificateRow) (inserted bool, err error) {
	made := gorm.WithResult()
	once := clause.OnConflict{OnConstraint: "certificates_cycle_key", DoNothing: true}
	err = database.Table[certificateRow](tx, made, once).Create(ctx, &row)
	return made.RowsAffected > 0, err
}

// holder is the person a certificate is for.
type holder struct {
	Name, EmployeeNo string
	Language         i18n.Locale
	Zone             string
}

// holderTx finds the holder, and the certification of the course, which the first
// completion makes. Where two first completions meet, the second waits for the first
// and does not see the row that it waited for, so it asks once more.
func holderTx(ctx context.Context, tx database.Tx, personID, courseID int64, now time.Time) (h holder, certification int64, err error) {
	var found *int64
	for range 2 {
		err = tx.WithContext(ctx).Raw(`
			WITH made AS (INSERT INTO certifications (course_id, created_at)
				SELECT ?, ? WHERE NOT EXISTS (SELECT FROM certifications WHERE course_id = ?)
				ON CONFLICT DO NOTHING RETURNING id)
			SELECT name, employee_no, language, unit_zone,
			       coalesce((SELECT id FROM made), (SELECT id FROM certifications WHERE course_id = ?)) AS certification
			FROM staff WHERE id = ?`, courseID, now, courseID, courseID, personID).
			Row().Scan(&h.Name, &h.EmployeeNo, &h.Language, &h.Zone, &found)
		if err != nil || found != nil {
			break
		}
	}
	if err == nil && found == nil {
		err = fmt.Errorf("the certification of course %d was neither made nor found", courseID)
	}
	if err != nil {
		return h, 0, err
	}
	return h, *found, nil
}

// certificatesOf reads the certificates of a person, the newest first.
func certificatesOf(ctx context.Context, conn database.Conn, personID int64) ([]Certificate, error) {
	return certificatesWhere(ctx, conn, `c.person_id = ? ORDER BY c.issued_at DESC, c.id DESC LIMIT 500`, personID)
}

// certificateWith reports false when no certificate has the serial.
func certificateWith(ctx context.Context, conn database.Conn, serial string) (c Certificate, found bool, err error) {
	list, err := certificatesWhere(ctx, conn, `c.serial = ?`, serial)
	if err != nil || len(list) == 0 {
		return Certificate{}, false, err
	}
	return list[0], true, nil
}

// certificatesWhere reads certificates by a condition over c (certificates), k
// (courses) and r (revocations), without their state.
func certificatesWhere(ctx context.Context, conn database.Conn, condition string, args ...any) ([]Certificate, error) {
	var list []Certificate
	err := conn.WithContext(ctx).Raw(`
		SELECT c.id, c.serial, c.person_id, k.slug AS course_slug, c.cycle, c.content,
		       c.issued_at, c.issued_on, c.valid_until, r.revoked_at, p.unit_zone AS zone
		FROM certificates c
		JOIN staff p ON p.id = c.person_id
		JOIN certifications n ON n.id = c.certification_id
		JOIN courses k ON k.id = n.course_id
		LEFT JOIN certificate_revocations r ON r.certificate_id = c.id
		WHERE `+condition, args...).Scan(&list).Error
	return list, err
}

// newestSerial is the serial of a person's certificate of the newest cycle of a course;
// "" when there is none.
func newestSerial(ctx context.Context, conn database.Conn, slug string, personID int64) (serial string, err error) {
	err = conn.WithContext(ctx).Raw(`
		SELECT c.serial FROM certificates c
		JOIN certifications n ON n.id = c.certification_id JOIN courses k ON k.id = n.course_id
		WHERE k.slug = ? AND c.person_id = ? ORDER BY c.cycle DESC LIMIT 1`, slug, personID).Scan(&serial).Error
	return serial, err
}
