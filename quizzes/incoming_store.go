package quizzes

import (
	"context"
	"fmt"

	"anwen/internal/database"
)

// heldItem is the newest version of an item that a bank holds.
type heldItem struct {
	ID      int64
	Name    string
	Version int
	SHA256  []byte `gorm:"column:sha256"`
	Body    []byte
}

func heldItems(ctx context.Context, conn database.Conn, bank int64, names database.Array[string]) (held []heldItem, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT i.id, i.name, v.number AS version, v.sha256, v.body FROM items i JOIN item_versions v ON v.id = i.version_id WHERE i.bank_id = ? AND i.name = ANY (?)`,
		bank, names).Scan(&held).Error
	return held, err
}

// duplicateRow is an item of an open bank with its fingerprint.
type duplicateRow struct {
	ID                      int64
	Name, Bank, Fingerprint string
}

func duplicatesOf(ctx context.Context, conn database.Conn, banks database.Array[int64], fingerprints database.Array[string]) (same []duplicateRow, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT i.id, i.name, b.code AS bank, i.fingerprint FROM items i JOIN banks b ON b.id = i.bank_id
		WHERE i.fingerprint = ANY (?) AND i.fingerprint <> '' AND i.bank_id = ANY (?) ORDER BY i.id`, fingerprints, banks).Scan(&same).Error
	return same, err
}

// versionsBefore are all versions of the items of a bank but the newest, without their
// bytes, in their order.
func versionsBefore(ctx context.Context, conn database.Conn, bank int64, names database.Array[string]) (older []heldItem, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT i.id, i.name, v.number AS version, v.sha256 FROM items i JOIN item_versions v ON v.item_id = i.id AND v.id <> i.version_id
		WHERE i.bank_id = ? AND i.name = ANY (?) ORDER BY v.number`, bank, names).Scan(&older).Error
	return older, err
}

// versionHeldTx is the number of the newest version of an item of the bank; 0 for one
// that is not in it.
func versionHeldTx(ctx context.Context, tx database.Tx, bank, item int64) (version int, err error) {
	err = tx.WithContext(ctx).Raw(`SELECT coalesce(max(v.number), 0) FROM items i JOIN item_versions v ON v.id = i.version_id WHERE i.bank_id = ? AND i.id = ?`,
		bank, item).Scan(&version).Error
	if err != nil {
		return 0, fmt.Errorf("version of item %d: %w", item, err)
	}
	return version, nil
}
