package people

import (
	"strings"
	"time"
	"unicode/utf8"

	"anwen/internal/errs"
	"anwen/internal/identifier"
	"anwen/internal/sheet"
)

// maxStaffText bounds a name, a position, a code: longer ones are a wrong column.
const maxStaffText = 200

var statusWords = map[string]Status{
	"": "", "active": Active, "在职": Active, "在職": Active,
	"on_leave": OnLeave, "休假": OnLeave, "留职": OnLeave, "留職停薪": OnLeave,
	"left": Left, "离职": Left, "離職": Left,
}

var languageWords = map[string]string{
	"": "", "zh-hans": "zh-Hans", "zh-cn": "zh-Hans", "简体中文": "zh-Hans", "zh-hant": "zh-Hant", "zh-tw": "zh-Hant",
	"zh-hk": "zh-Hant", "繁體中文": "zh-Hant", "en": "en", "english": "en",
}

// readRow reads one row, and notes what is wrong with its cells.
func (f staffFile) readRow(record sheet.Row, faults *errs.Faults) staffRow {
	r := staffRow{line: record.Line}
	cell := func(field string) string {
		i, ok := f.columns[field]
		if !ok {
			return ""
		}
		v := strings.TrimSpace(record.Cells[i])
		if utf8.RuneCountInString(v) > maxStaffText {
			faults.Add(f.place(r, field), "people.value_too_long", errs.Args{"max": maxStaffText})
		}
		return v
	}
	coded := func(field string) string {
		v, ok := identifier.Read(cell(field))
		if !ok {
			faults.Add(f.place(r, field), "sheet.unseen_character", nil)
		}
		return v
	}
	r.EmployeeNo, r.Name, r.UnitCode = coded("employee_no"), cell("name"), coded("unit_code")
	r.Login, r.ParentUnit, r.ManagerNo = strings.ToLower(coded("login")), coded("parent_unit_code"), coded("manager")
	r.Zone, r.Email = coded("zone"), coded("email")
	r.Position, r.UnitName, r.UnitNameHant, r.UnitNameEn = cell("position"), cell("unit_name"), cell("unit_name_hant"), cell("unit_name_en")
	for _, needed := range [3][2]string{{"employee_no", r.EmployeeNo}, {"name", r.Name}, {"unit_code", r.UnitCode}} {
		if needed[1] == "" {
			faults.Add(f.place(r, needed[0]), "people.value_missing", nil)
		}
	}
	if r.EmployeeNo == "." || r.EmployeeNo == ".." { // what addresses make something else of
		faults.Add(f.place(r, "employee_no"), "people.unusable_number", nil)
	}
	var known bool
	status, language := coded("status"), coded("language")
	if r.Status, known = statusWords[strings.ToLower(status)]; !known {
		faults.Add(f.place(r, "status"), "people.unknown_status", errs.Args{"value": errs.Clip(status)})
	}
	if r.Language, known = languageWords[strings.ToLower(language)]; !known {
		faults.Add(f.place(r, "language"), "people.unknown_language", errs.Args{"language": errs.Clip(language)})
	}
	if r.Zone != "" {
		if _, err := time.LoadLocation(r.Zone); err != nil || r.Zone == "Local" {
			faults.Add(f.place(r, "zone"), "people.unknown_zone", errs.Args{"value": errs.Clip(r.Zone)})
		}
	}
	if r.ManagerNo != "" && r.ManagerNo == r.EmployeeNo {
		faults.Add(f.place(r, "manager"), "people.own_manager", nil)
	}
	return r
}
