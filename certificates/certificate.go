package certificates

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
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

// Frozen is what a certificate says since it was issued. It is stored as JSON and never
// changes, whatever names and titles change later.
type Frozen struct {
	Holder      string      `json:"holder"`
	EmployeeNo  string      `json:"employee_no"`
	Titles      i18n.Texts  `json:"titles"`
	Institution string      `json:"institution"`
	Locale      i18n.Locale `json:"locale"` // the holder's language
	VerifyURL   string      `json:"verify_url"`
}

// Digest is the SHA-256 of what the certificate says, in hexadecimal: the audit log keeps
// it of every one that is issued. Its errors are internal.
func (f Frozen) Digest() (string, error) {
	raw, err := json.Marshal(f)
	if err != nil {
		return "", fmt.Errorf("digest of a certificate: %w", err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
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
	Zone       string // of the holder's unit: its local date decides the state
	State      State
}

// CourseCompletedTx issues the certificate of a completion, in the transaction of the
// completion, and returns its serial. A second call for the same person, course and
// cycle changes nothing and returns "": the unique constraint certificates_cycle_key
// holds that.
func (s *Service) CourseCompletedTx(ctx context.Context, tx database.Tx, c training.Completion) (serial string, err error) {
	h, certification, err := holderTx(ctx, tx, c.PersonID, c.CourseID, s.now())
	if err != nil {
		return "", fmt.Errorf("certificate of completion %d: %w", c.ID, err)
	}
	serial = newSerial()
	issuedOn := date.In(c.CompletedAt, people.Zone(h.Zone))
	var validUntil *time.Time
	if c.ValidMonths != nil {
		end := ValidUntil(issuedOn, *c.ValidMonths)
		validUntil = &end
	}
	frozen := Frozen{Holder: h.Name, EmployeeNo: h.EmployeeNo, Titles: c.Titles, Institution: s.institution.In(h.Language),
		Locale: h.Language, VerifyURL: s.publicURL + "/verify/" + serial}
	digest, err := frozen.Digest()
	if err != nil {
		return "", err
	}
	issued, err := insertCertificateTx(ctx, tx, certificateRow{
		Serial: serial, CertificationID: certification, PersonID: c.PersonID, Cycle: c.Cycle, CompletionID: c.ID,
		Frozen: frozen, IssuedAt: c.CompletedAt, IssuedOn: issuedOn, ValidUntil: validUntil,
	})
	if err != nil {
		return "", fmt.Errorf("issue the certificate of completion %d: %w", c.ID, err)
	}
	if !issued {
		return "", nil
	}
	return serial, audit.RecordTx(ctx, tx, audit.Event{At: c.CompletedAt, ActorID: c.PersonID, Action: "certificates.issue",
		Subject: "certificate:" + serial, Data: map[string]any{"course": c.Slug, "cycle": c.Cycle, "completion": c.ID,
			"issued_on": date.Text(&issuedOn), "valid_until": date.Text(validUntil), "content": digest}})
}

// Mine lists every certificate of the actor, the newest first; earlier cycles
// stay in the list.
func (s *Service) Mine(ctx context.Context, actor people.Actor) ([]Certificate, error) {
	list, err := certificatesOf(ctx, s.db, actor.PersonID)
	if err != nil {
		return nil, fmt.Errorf("certificates of person %d: %w", actor.PersonID, err)
	}
	for i := range list {
		list[i] = list[i].at(s.now())
	}
	return list, nil
}

// at is the certificate with its state on the local date of its holder's unit.
func (c Certificate) at(now time.Time) Certificate {
	c.State = StateOn(date.In(now, people.Zone(c.Zone)), c.ValidUntil, c.RevokedAt != nil)
	return c
}

// bySerial is the certificate with the serial, with its state today; it reports false
// when there is none.
func (s *Service) bySerial(ctx context.Context, serial string) (Certificate, bool, error) {
	c, found, err := certificateWith(ctx, s.db, serial)
	if err != nil {
		return Certificate{}, false, fmt.Errorf("find certificate %s: %w", serial, err)
	}
	return c.at(s.now()), found, nil
}

// SerialOf returns the serial of the certificate that the actor earned in the newest
// cycle of a course, or "" when there is none.
func (s *Service) SerialOf(ctx context.Context, actor people.Actor, slug string) (string, error) {
	return newestSerial(ctx, s.db, slug, actor.PersonID)
}
