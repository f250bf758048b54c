package certificates

import (
	"context"
	"crypto/sha256"
	"fmt"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// Document is the stored PDF of a certificate.
type Document struct {
	Serial string
	PDF    []byte
	SHA256 []byte
}

// Document returns the PDF of a certificate. It is rendered once, from the
// frozen row, and stored; every later call returns the same bytes. The holder
// may have it, and HR, auditors and compliance officers over the holder's unit;
// to everybody else it is NotFound. Conflict when a character has no glyph,
// Unavailable when the program was built without fonts.
func (s *Service) Document(ctx context.Context, actor people.Actor, serial string) (Document, error) {
	c, err := s.visible(ctx, actor, serial)
	if err != nil {
		return Document{}, err
	}
	d, found, err := s.stored(ctx, c)
	if err != nil {
		return Document{}, err
	}
	if !found {
		if d, err = s.render(ctx, c); err != nil {
			return Document{}, err
		}
	}
	if c.PersonID != actor.PersonID {
		err = audit.Record(ctx, s.db, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "certificates.view",
			Subject: "certificate:" + c.Serial})
	}
	return d, err
}

func (s *Service) visible(ctx context.Context, actor people.Actor, serial string) (Certificate, error) {
	missing := errs.New(errs.NotFound, "certificates.not_found", nil)
	serial, ok := ParseSerial(serial)
	if !ok {
		return Certificate{}, missing
	}
	found, err := s.find(ctx, actor.Location(), `c.serial = ?`, serial)
	if err != nil {
		return Certificate{}, err
	}
	if len(found) == 0 {
		return Certificate{}, missing
	}
	c := found[0]
	if c.PersonID == actor.PersonID {
		return c, nil
	}
	var path string
	err = s.db.WithContext(ctx).Raw(`SELECT u.path FROM people p JOIN units u ON u.id = p.unit_id WHERE p.id = ?`, c.PersonID).Scan(&path).Error
	if err != nil {
		return Certificate{}, err
	}
	if !actor.Covers(path, people.HR, people.Auditor, people.Compliance) {
		return Certificate{}, missing
	}
	return c, nil
}

func (s *Service) stored(ctx context.Context, c Certificate) (d Document, found bool, err error) {
	var rows []Document
	err = s.db.WithContext(ctx).Raw(`SELECT pdf, sha256 FROM certificate_documents WHERE certificate_id = ?`, c.ID).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return Document{}, false, err
	}
	d = rows[0]
	d.Serial = c.Serial
	if sha256.Sum256(d.PDF) != [32]byte(d.SHA256) {
		return Document{}, false, fmt.Errorf("the stored document of %s does not have its SHA-256", c.Serial)
	}
	return d, true, nil
}

// render draws the document and stores it; when two first downloads meet, the
// bytes that were stored first are the document.
func (s *Service) render(ctx context.Context, c Certificate) (Document, error) {
	pdf, err := Render(contentOf(c))
	if err != nil {
		return Document{}, err
	}
	sum := sha256.Sum256(pdf)
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		done := tx.Exec(`INSERT INTO certificate_documents (certificate_id, pdf, sha256, rendered_at) VALUES (?, ?, ?, ?)
			ON CONFLICT DO NOTHING`, c.ID, pdf, sum[:], s.now())
		if done.Error != nil || done.RowsAffected == 0 {
			return done.Error
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), Action: "certificates.render",
			Subject: "certificate:" + c.Serial, Data: map[string]string{"sha256": fmt.Sprintf("%x", sum)}})
	})
	if err != nil {
		return Document{}, fmt.Errorf("store the document of %s: %w", c.Serial, err)
	}
	d, found, err := s.stored(ctx, c)
	if err == nil && !found {
		err = fmt.Errorf("the document of %s is not there after storing it", c.Serial)
	}
	return d, err
}
