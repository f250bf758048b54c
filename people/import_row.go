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

// readRow reads one row, and notes what is wrong with its cells. A cell with a fault is
// empty in the row.
func (f staffFile) readRow(record sheet.Row) staffRow {
	c := staffCells{file: f, record: record, row: staffRow{line: record.Line}}
	r := &c.row
	r.EmployeeNo, r.Name, r.UnitCode = c.code("employee_no"), c.text("name"), c.code("unit_code")
	r.Login, r.ParentUnit, r.ManagerNo = strings.ToLower(c.code("login")), c.code("parent_unit_code"), c.code("manager")
	r.Zone, r.Email = c.zone(), c.code("email")
	r.Position, r.UnitName, r.UnitNameHant, r.UnitNameEn = c.text("position"), c.text("unit_name"), c.text("unit_name_hant"), c.text("unit_name_en")
	for _, needed := range [3][2]string{{"employee_no", r.EmployeeNo}, {"name", r.Name}, {"unit_code", r.UnitCode}} {
		if needed[1] == "" && r.sound(needed[0]) {
			c.fault(needed[0], "people.value_missing", nil)
		}
	}
	if r.EmployeeNo == "." || r.EmployeeNo == ".." { // what addresses make something else of
		r.EmployeeNo = c.fault("employee_no", "people.unusable_number", nil)
	}
	var known bool
	status, language := c.word("status"), c.word("language")
	if r.Status, known = statusWords[strings.ToLower(status)]; !known {
		c.fault("status", "people.unknown_status", errs.Args{"value": errs.Clip(status)})
	}
	if r.Language, known = languageWords[strings.ToLower(language)]; !known {
		c.fault("language", "people.unknown_language", errs.Args{"language": errs.Clip(language)})
	}
	if r.ManagerNo != "" && r.ManagerNo == r.EmployeeNo {
		r.ManagerNo = c.fault("manager", "people.own_manager", nil)
	}
	return *r
}

// staffCells reads the cells of one row.
type staffCells struct {
	file   staffFile
	record sheet.Row
	row    staffRow
}

// fault notes what is wrong with the cell of the field, and returns what then stands
// for its value.
func (c *staffCells) fault(field, code string, args errs.Args) (nothing string) {
	c.file.table.Faults.Add(c.file.place(c.row, field), code, args)
	c.row.faulty = append(c.row.faulty, field)
	return ""
}

// text is what the cell says.
func (c *staffCells) text(field string) string {
	i, there := c.file.columns[field]
	if !there {
		return ""
	}
	if c.file.table.Unread(c.record, i) {
		c.row.faulty = append(c.row.faulty, field)
		return ""
	}
	v := strings.TrimSpace(c.record.Cells[i])
	if !identifier.Shows(v) && field == "name" {
		return ""
	}
	if utf8.RuneCountInString(v) > maxStaffText {
		return c.fault(field, "people.value_too_long", errs.Args{"max": maxStaffText})
	}
	return v
}

// code is the text, which identifies something.
func (c *staffCells) code(field string) string {
	v, wrong := identifier.Read(c.text(field))
	if wrong != nil {
		return c.fault(field, wrong.Code, wrong.Args)
	}
	return v
}

// word is the text, which is one of a list of words.
func (c *staffCells) word(field string) string {
	v, wrong := identifier.Word(c.text(field))
	if wrong != nil {
		return c.fault(field, wrong.Code, wrong.Args)
	}
	return v
}

func (c *staffCells) zone() string {
	zone := c.word("zone")
	if zone == "" {
		return ""
	}
	if _, err := time.LoadLocation(zone); err != nil || zone == "Local" {
		return c.fault("zone", "people.unknown_zone", errs.Args{"value": errs.Clip(zone)})
	}
	return zone
}
