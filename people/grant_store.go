package people

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"anwen/internal/database"
	"anwen/internal/errs"
)

// grantRow is a row of role_grants: it is ended, never deleted.
type grantRow struct {
	ID        int64
	PersonID  int64
	Role      Role
	UnitID    int64
	GrantedAt time.Time
	GrantedBy *int64
	RevokedAt *time.Time
	RevokedBy *int64
}

// TableName is for GORM.
func (grantRow) TableName() string { return "role_grants" }

// insertGrantTx reports false when the person holds the role over the unit already.
// Conflict when the person has left.
func insertGrantTx(ctx context.Context, tx database.Tx, row grantRow) (made bool, err error) {
	done := gorm.WithResult()
	err = database.Table[grantRow](tx, done, clause.OnConflict{DoNothing: true}).Create(ctx, &row)
	return done.RowsAffected > 0, hasLeft(err)
}

// endGrantTx reports false when the grant is not current. Conflict as
// lastAdministrator.
func endGrantTx(ctx context.Context, tx database.Tx, id int64, by *int64, now time.Time) (ended bool, err error) {
	n, err := database.Table[grantRow](tx).Where("id = ? AND revoked_at IS NULL", id).Select("revoked_at", "revoked_by").
		Updates(ctx, grantRow{RevokedAt: &now, RevokedBy: by})
	return n > 0, lastAdministrator(err)
}

func rolesOf(ctx context.Context, conn database.Conn, personID int64) ([]HeldRole, error) {
	var list []HeldRole
	err := conn.WithContext(ctx).Raw(`
		SELECT g.id, g.role, g.unit_id, u.path AS unit_path, u.names AS unit_names, g.granted_at
		FROM role_grants g JOIN units u ON u.id = g.unit_id
		WHERE g.person_id = ? AND g.revoked_at IS NULL ORDER BY g.id`, personID).Scan(&list).Error
	return list, err
}

// lastAdministrator is Conflict where the database refused to end the last grant of
// an administrator over a root: the institution would have nobody who grants roles.
func lastAdministrator(err error) error {
	if database.Violated(err, "role_grants_last_administrator") {
		return errs.New(errs.Conflict, "people.last_administrator", nil).Because(err)
	}
	return err
}

// hasLeft is Conflict where the database refused to give a role or a password to
// somebody who has left.
func hasLeft(err error) error {
	if database.Violated(err, "people_left_no_access") {
		return errs.New(errs.Conflict, "people.has_left", nil).Because(err)
	}
	return err
}
