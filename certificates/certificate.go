package certificates

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/training"
)

// Frozen is what a certificate says, as it was when it was issued. It is stored
// as JSON and never changes; names and titles that change later do not reach it.
type Frozen struct {
	Holder      string      `json:"holder"`
	EmployeeNo  string      `json:"employee_no"`
	Titles      i18n.Texts  `json:"titles"`
	Institution string      `json:"institution"`
	Locale      i18n.Locale `json:"locale"` // the holder's language
	VerifyURL   string      `json:"verify_url"`
}

// Certificate is one issued certificate.
type Certificate struct {
	ID         int64
	Serial     string
	PersonID   int64
	CourseSlug string
	Cycle      int
	Frozen     Frozen `gorm:"column:content;serializer:json"`
	IssuedAt   time.Time
	IssuedOn   time.Time
	ValidUntil *time.Time
	RevokedAt  *time.Time
	State      State
}

// CourseCompletedTx issues the certificate of a completion, in its transaction.
// A second call for the same person, course and cycle changes nothing: the
// unique constraint certificates_cycle_key holds it.
func (s *Service) CourseCompletedTx(ctx context.Context, tx database.Tx, c training.Completion) (serial string, err error) {
	h, certification, err := holderTx(ctx, tx, c.PersonID, c.CourseID, s.now())
	if err != nil {
		return "", fmt.Errorf("certificate of completion %d: %w", c.ID, err)
	}
	serial = newSerial()
	issuedOn := date.In(c.CompletedAt, h.location())
	var validUntil *time.Time
	if c.ValidMonths != nil {
		end := ValidUntil(issuedOn, *c.ValidMonths)
		validUntil = &end
	}
	content, err := json.Marshal(Frozen{
		Holder: h.Name, EmployeeNo: h.EmployeeNo, Titles: c.Titles, Institution: s.institution,
		Locale: i18n.Locale(h.Language), VerifyURL: s.publicURL + "/verify/" + serial,
	})
	if err != nil {
		return "", err
	}
	done := tx.WithContext(ctx).Exec(`
		INSERT INTO certificates (serial, certification_id, person_id, cycle, completion_id, content, issued_at, issued_on, valid_until)
		VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?) ON CONFLICT ON CONSTRAINT certificates_cycle_key DO NOTHING`,
		serial, certification, c.PersonID, c.Cycle, c.ID, string(content), c.CompletedAt, issuedOn, validUntil)
	if done.Error != nil {
		return "", fmt.Errorf("issue the certificate of completion %d: %w", c.ID, done.Error)
	}
	if done.RowsAffected == 0 {
		return "", nil
	}
	return serial, audit.RecordTx(ctx, tx, audit.Event{At: c.CompletedAt, ActorID: c.PersonID, Action: "certificates.issue",
		Subject: "certificate:" + serial, Data: map[string]any{"course": c.Slug, "cycle": c.Cycle, "completion": c.ID}})
}

// Mine lists every certificate of the actor, the newest first; earlier cycles
// stay in the list.
func (s *Service) Mine(ctx context.Context, actor people.Actor) ([]Certificate, error) {
	return s.find(ctx, actor.Location(), `c.person_id = ? ORDER BY c.issued_at DESC, c.id DESC LIMIT 500`, actor.PersonID)
}

// SerialOf returns the serial that the actor earned in a course, in its newest
// cycle, or "" while there is none.
func (s *Service) SerialOf(ctx context.Context, actor people.Actor, slug string) (serial string, err error) {
	err = s.db.WithContext(ctx).Raw(`
		SELECT c.serial FROM certificates c
		JOIN certifications n ON n.id = c.certification_id JOIN courses k ON k.id = n.course_id
		WHERE k.slug = ? AND c.person_id = ? ORDER BY c.cycle DESC LIMIT 1`, slug, actor.PersonID).Scan(&serial).Error
	return serial, err
}
