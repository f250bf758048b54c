package testdb

import (
	"context"
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"gorm.io/gorm"

	"anwen/internal/database"
)

// Unit inserts an org unit under the parent (0: a root) and returns its id and path.
func Unit(t testing.TB, db *database.Pool, parentID int64) (id int64, path string) {
	t.Helper()
	n := serial.Add(1)
	parentPath := "/"
	var parent *int64
	if parentID != 0 {
		parent = &parentID
		must(t, db.Raw(`SELECT path FROM units WHERE id = ?`, parentID).Scan(&parentPath))
	}
	must(t, db.Raw(`INSERT INTO units (code, names, parent_id, path)
		VALUES (?, ?::jsonb, ?, ?) RETURNING id`,
		fmt.Sprintf("U%d", n), fmt.Sprintf(`{"zh-Hans":"单位%d","zh-Hant":"單位%d","en":"Unit %d"}`, n, n, n), parent, fmt.Sprintf("/x%d/", n)).Scan(&id))
	path = fmt.Sprintf("%s%d/", parentPath, id)
	must(t, db.Exec(`UPDATE units SET path = ? WHERE id = ?`, path, id))
	return id, path
}

// Person inserts an active person of the unit and returns the id.
func Person(t testing.TB, db *database.Pool, unitID int64) (id int64) {
	t.Helper()
	n := serial.Add(1)
	must(t, db.Raw(`INSERT INTO people (employee_no, login, name, unit_id, position)
		VALUES (?, ?, ?, ?, 'teller') RETURNING id`,
		fmt.Sprintf("E%06d", n), fmt.Sprintf("e%06d", n), fmt.Sprintf("员工%d", n), unitID).Scan(&id))
	return id
}

// Grant gives the person the role over the unit.
func Grant(t testing.TB, db *database.Pool, personID int64, role string, unitID int64) {
	t.Helper()
	must(t, db.Exec(`INSERT INTO role_grants (person_id, role, unit_id, granted_at) VALUES (?, ?, ?, now())`, personID, role, unitID))
}

// Session opens a session of the person at the instant and returns its token.
func Session(t testing.TB, db *database.Pool, personID int64, at time.Time) (token string) {
	t.Helper()
	token = fmt.Sprintf("token %d", serial.Add(1))
	hash := sha256.Sum256([]byte(token))
	must(t, db.Exec(`INSERT INTO sessions (person_id, token_hash, created_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?)`,
		personID, hash[:], at, at, at.Add(16*time.Hour)))
	return token
}

// Changed changes one column of the person as of the instant: history has it.
func Changed(t testing.TB, db *database.Pool, personID int64, at time.Time, column string, value any) {
	t.Helper()
	err := db.Transaction(context.Background(), func(tx database.Tx) error {
		must(t, tx.Exec(`SELECT set_config('anwen.changed_at', CAST(? AS timestamptz)::text, true)`, at))
		must(t, tx.Table("people").Where("id = ?", personID).Update(column, value))
		must(t, tx.Exec(`SELECT set_config('anwen.changed_at', '', true)`)) // a Tx goes on
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func must(t testing.TB, done *gorm.DB) {
	t.Helper()
	if done.Error != nil {
		t.Fatal(done.Error)
	}
}
