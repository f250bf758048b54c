package people

import (
	"context"
	"errors"
	"testing"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/testdb"
)

func TestStaffAndUnitsThatDifferOnlyInCapitalsAreTheSame(t *testing.T) {
	b := open(t, testdb.Tx(t))
	b.load(t, "AH1,王芳,wang,HO,总行,,行长,,")
	for row, want := range map[string]string{
		"ah1,李敏,li,HO,总行,,,,":                         "people.number_alike AH1",
		"AH2,李敏,li,ho,总行,,,,":                         "people.unit_alike HO",
		"AH2,李敏,li,BR,支行,HO,,,\nAH3,张三,z,br,支行,HO,,,": "people.unit_alike BR",
		"AH2,李敏,li,HO,总行,,,,\nah2,张三,z,HO,总行,,,,":     "people.duplicate_employee_no ah2",
	} {
		_, err := b.Import(context.Background(), System(), "staff.csv", []byte(staffHeadings+row), true)
		var refused *errs.Error
		if !errors.As(err, &refused) || len(refused.Faults) != 1 {
			t.Errorf("%s: %v", row, err)
			continue
		}
		f := refused.Faults[0]
		named, _ := f.Args["code"].(string)
		if named == "" {
			named, _ = f.Args["employee_no"].(string)
		}
		if f.Code+" "+named != want {
			t.Errorf("%s: %s %s, want %s", row, f.Code, named, want)
		}
	}
}

// The indexes of migration 0035 hold it; without them this test is red.
func TestTwoUnitsOrNumbersAlikeAreNotStored(t *testing.T) {
	b := open(t, testdb.New(t))
	b.load(t, "AH1,王芳,wang,HO,总行,,行长,,")
	for index, sql := range map[string]string{
		"units_code_alike":    `INSERT INTO units (code, names, path) VALUES ('ho', '{}', '/x/')`,
		"people_number_alike": `INSERT INTO people (employee_no, login, name, unit_id) SELECT 'ah1', 'other', 'n', id FROM units`,
	} {
		if err := b.db.Exec(sql).Error; !database.Violated(err, index) {
			t.Errorf("%s: %v", index, err)
		}
	}
}
