package people

import (
	"strings"
	"time"
	"unicode/utf8"

	"anwen/internal/errs"
	"anwen/internal/sheet"
)

// maxStaffText bounds a name, a position, a code: longer ones are a wrong column.
const maxStaffText = 200

func readStaffRow(t *sheet.Table, record sheet.Row, columns map[string]int, faults *errs.Faults) staffRow {
	cell := func(field string) string {
		i, ok := columns[field]
		if !ok {
			return ""
		}
		v := strings.TrimSpace(record.Cells[i])
		if utf8.RuneCountInString(v) > maxStaffText {
			faults.Add(t.Place(record, i), "people.value_too_long", errs.Args{"max": maxStaffText})
		}
		return v
	}
	needed := func(field string) string {
		v := cell(field)
		if v == "" {
			faults.Add(t.Place(record, columns[field]), "people.value_missing", nil)
		}
		return v
	}
	r := staffRow{
		line: record.Line, EmployeeNo: needed("employee_no"), Name: needed("name"), UnitCode: needed("unit_code"),
		Login: strings.ToLower(cell("login")), UnitName: cell("unit_name"), UnitNameHant: cell("unit_name_hant"), UnitNameEn: cell("unit_name_en"),
		ParentUnit: cell("parent_unit_code"), Position: cell("position"), ManagerNo: cell("manager"), Zone: cell("zone"), Email: cell("email"),
	}
	if r.Login == "" {
		r.Login = strings.ToLower(r.EmployeeNo)
	}
	var known bool
	if r.Status, known = statusWords[strings.ToLower(cell("status"))]; !known {
		faults.Add(t.Place(record, columns["status"]), "people.unknown_status", errs.Args{"value": cell("status")})
	}
	if r.Language, known = languageWords[strings.ToLower(cell("language"))]; !known {
		faults.Add(t.Place(record, columns["language"]), "people.unknown_language", errs.Args{"language": cell("language")})
	}
	if r.Zone != "" {
		if _, err := time.LoadLocation(r.Zone); err != nil || r.Zone == "Local" {
			faults.Add(t.Place(record, columns["zone"]), "people.unknown_zone", errs.Args{"value": r.Zone})
		}
	}
	if r.ManagerNo != "" && r.ManagerNo == r.EmployeeNo {
		faults.Add(t.Place(record, columns["manager"]), "people.own_manager", nil)
	}
	return r
}
