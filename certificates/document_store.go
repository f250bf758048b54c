package certificates

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"anwen/internal/database"
)

// documentRow is the stored document of one certificate.
type documentRow struct {
	CertificateID int64 `gorm:"primaryKey;autoIncrement:false"`
	PDF           []byte
	SHA256        []byte `gorm:"column:sha256"`
	RenderedAt    time.Time
}

// TableName is for GORM.
func (documentRow) TableName() string { return "certificate_documents" }

// loadDocument reads the document of a certificate; found is false when there is none.
func loadDocument(ctx context.Context, conn database.Conn, certificateID int64) (row documentRow, found bool, err error) {
	row, err = database.Table[documentRow](conn).Select("pdf, sha256").Where("certificate_id = ?", certificateID).Take(ctx)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return documentRow{}, false, nil
	}
	return row, err == nil, err
}

// insertDocumentTx reports false when the certificate has a document.
func insertDocumentTx(ctx context.Context, tx database.Tx, row documentRow) (inserted bool, err error) {
	made := gorm.WithResult()
	err = database.Table[documentRow](tx, made, clause.OnConflict{DoNothing: true}).Create(ctx, &row)
	return made.RowsAffected > 0, err
}
