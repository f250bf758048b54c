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

// Document returns the PDF of a certificate, for the holder and for HR, Auditor and
// Compliance over the holder's unit, whose reading is audited. The document is rendered
// once, from the frozen content, and stored; every later call returns the same bytes.
// NotFound for everybody else; Conflict when a character has no glyph or a text is too
// long; Unavailable when the program was built without fonts.
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

// visible finds a certificate that the actor may read. NotFound when there is none.
func (s *Service) visible(ctx context.Context, actor people.Actor, serial string) (Certificate, error) {
	missing := errs.New(errs.NotFound, "certificates.not_found", nil)
	serial, ok := ParseSerial(serial)
	if !ok {
		return Certificate{}, missing
	}
	c, found, err := s.bySerial(ctx, serial)
	if err != nil {
		return Certificate{}, err
	}
	if !found {
		return Certificate{}, missing
	}
	if c.PersonID == actor.PersonID {
		return c, nil
	}
	_, err = actor.Over(people.HR, people.Auditor, people.Compliance).PersonByID(ctx, s.db, c.PersonID)
	if kind := errs.KindOf(err); kind == errs.Forbidden || kind == errs.NotFound {
		return Certificate{}, missing
	}
	return c, err
}

// stored is the document of a certificate, checked against its SHA-256.
func (s *Service) stored(ctx context.Context, c Certificate) (Document, bool, error) {
	row, found, err := loadDocument(ctx, s.db, c.ID)
	if err != nil || !found {
		return Document{}, false, err
	}
	if sha256.Sum256(row.PDF) != [32]byte(row.SHA256) {
		return Document{}, false, fmt.Errorf("the stored document of %s does not have its SHA-256", c.Serial)
	}
	return Document{Serial: c.Serial, PDF: row.PDF, SHA256: row.SHA256}, true, nil
}

// render draws the document and stores it. When two first downloads meet, the document
// is what was stored first.
func (s *Service) render(ctx context.Context, c Certificate) (Document, error) {
	pdf, err := Render(contentOf(c))
	if err != nil {
		return Document{}, err
	}
	sum := sha256.Sum256(pdf)
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		now := s.now()
		inserted, err := insertDocumentTx(ctx, tx, documentRow{CertificateID: c.ID, PDF: pdf, SHA256: sum[:], RenderedAt: now})
		if err != nil || !inserted {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, Action: "certificates.render",
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
