package testdb

import (
	"fmt"
	"testing"

	"gorm.io/gorm"
)

// Unit inserts an org unit under the parent (0: a root) and returns its id and path.
func Unit(t testing.TB, db *gorm.DB, parentID int64) (id int64, path string) {
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
func Person(t testing.TB, db *gorm.DB, unitID int64) (id int64) {
	t.Helper()
	n := serial.Add(1)
	must(t, db.Raw(`INSERT INTO people (employee_no, login, name, unit_id, position)
		VALUES (?, ?, ?, ?, 'teller') RETURNING id`,
		fmt.Sprintf("E%06d", n), fmt.Sprintf("e%06d", n), fmt.Sprintf("员工%d", n), unitID).Scan(&id))
	return id
}

func must(t testing.TB, db *gorm.DB) {
	t.Helper()
	if db.Error != nil {
		t.Fatal(db.Error)
	}
}
