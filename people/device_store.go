package people

import (
	"context"
	"time"

	"anwen/internal/database"
)

// deviceRow is a row of known_devices.
type deviceRow struct {
	TokenHash []byte `gorm:"primaryKey"`
	PersonID  int64  `gorm:"primaryKey;autoIncrement:false"`
	Address   string
	SeenAt    time.Time
}

// TableName is for GORM.
func (deviceRow) TableName() string { return "known_devices" }

// knowDeviceTx makes the device one of the person's, or notes that it was seen again.
// The oldest of too many is forgotten, unless somebody else does that just now.
func knowDeviceTx(ctx context.Context, tx database.Tx, personID int64, from Client, now time.Time) error {
	return tx.WithContext(ctx).Exec(`WITH known AS (
			INSERT INTO known_devices (person_id, token_hash, address, seen_at) VALUES (@person, @hash, @address, @now)
			ON CONFLICT ON CONSTRAINT known_devices_key DO UPDATE SET address = excluded.address, seen_at = excluded.seen_at
		), old AS (
			SELECT token_hash FROM known_devices WHERE person_id = @person AND token_hash <> @hash
			ORDER BY seen_at DESC OFFSET @most FOR UPDATE SKIP LOCKED
		)
		DELETE FROM known_devices d USING old WHERE d.person_id = @person AND d.token_hash = old.token_hash`,
		map[string]any{"hash": from.deviceHash(), "person": personID, "address": clip(from.Address, 64), "now": now, "most": devicesOfPerson - 1}).Error
}

func deleteDevices(ctx context.Context, conn database.Conn, unseenSince time.Time) error {
	_, err := database.Table[deviceRow](conn).Where("seen_at <= ?", unseenSince).Delete(ctx)
	return err
}

// forgetDevicesTx makes every device of the person an unknown one: whoever signed in with
// the password that is taken away guesses the next one as a stranger.
func forgetDevicesTx(ctx context.Context, tx database.Tx, personID int64) error {
	_, err := database.Table[deviceRow](tx).Where("person_id = ?", personID).Delete(ctx)
	return err
}
