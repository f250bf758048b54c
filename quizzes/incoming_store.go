package quizzes

import (
	"context"

	"anwen/internal/database"
)

// heldItem is the newest version of an item that a bank holds.
type heldItem struct {
	ID     int64
	Name   string
	SHA256 []byte `gorm:"column:sha256"`
	Body   []byte
}

func heldItems(ctx context.Context, conn database.Conn, bank int64, names database.Array[string]) (held []heldItem, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT i.id, i.name, v.sha256, v.body FROM items i JOIN item_versions v ON v.id = i.version_id WHERE i.bank_id = ? AND i.name = ANY (?)`,
		bank, names).Scan(&held).Error
	return held, err
}

// duplicateRow is an item of any bank with its fingerprint.
type duplicateRow struct {
	ID                      int64
	Name, Bank, Fingerprint string
}

func duplicatesOf(ctx context.Context, conn database.Conn, fingerprints database.Array[string]) (same []duplicateRow, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT i.id, i.name, b.code AS bank, i.fingerprint FROM items i JOIN banks b ON b.id = i.bank_id
		WHERE i.fingerprint = ANY (?) AND i.fingerprint <> '' ORDER BY i.id`, fingerprints).Scan(&same).Error
	return same, err
}
