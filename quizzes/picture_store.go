package quizzes

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"anwen/internal/database"
)

// pictureRow is a stored picture, known by its bytes.
type pictureRow struct {
	SHA256    []byte `gorm:"column:sha256;primaryKey"`
	MediaType string
	Bytes     []byte
}

// TableName is for GORM.
func (pictureRow) TableName() string { return "pictures" }

// bankPictureRow is the name that texts of a bank have for a picture.
type bankPictureRow struct {
	BankID int64
	Name   string
	SHA256 []byte `gorm:"column:sha256"`
}

// TableName is for GORM.
func (bankPictureRow) TableName() string { return "bank_pictures" }

// insertPictureTx does nothing for a picture that is there.
func insertPictureTx(ctx context.Context, tx database.Tx, row pictureRow) error {
	return tx.WithContext(ctx).Exec(`INSERT INTO pictures (media_type, sha256, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
		row.MediaType, row.SHA256, row.Bytes).Error
}

// loadPicture reports false when there is no such picture.
func loadPicture(ctx context.Context, conn database.Conn, sum []byte) (row pictureRow, found bool, err error) {
	row, err = database.Table[pictureRow](conn).Select("media_type, bytes").Where("sha256 = ?", sum).Take(ctx)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return pictureRow{}, false, nil
	}
	return row, err == nil, err
}

func hasPictureTx(ctx context.Context, tx database.Tx, sha string) (there bool, err error) {
	sum, err := hex.DecodeString(sha)
	if err != nil {
		return false, err
	}
	n, err := database.Table[pictureRow](tx).Where("sha256 = ?", sum).Count(ctx, "*")
	return n > 0, err
}

// namePictureTx gives the name to the picture, whatever had it before.
func namePictureTx(ctx context.Context, tx database.Tx, row bankPictureRow) error {
	return tx.WithContext(ctx).Exec(`INSERT INTO bank_pictures (bank_id, name, sha256) VALUES (?, ?, ?)
		ON CONFLICT ON CONSTRAINT bank_pictures_key DO UPDATE SET sha256 = excluded.sha256`, row.BankID, row.Name, row.SHA256).Error
}

// picturesOfTx are the SHA-256 sums of the pictures of a bank, in hex, by their names.
func picturesOfTx(ctx context.Context, tx database.Tx, bank int64) (map[string]string, error) {
	rows, err := database.Table[bankPictureRow](tx).Where("bank_id = ?", bank).Find(ctx)
	if err != nil {
		return nil, fmt.Errorf("pictures of bank %d: %w", bank, err)
	}
	found := make(map[string]string, len(rows))
	for _, r := range rows {
		found[r.Name] = hex.EncodeToString(r.SHA256)
	}
	return found, nil
}
