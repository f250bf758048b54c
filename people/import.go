package people

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/sheet"
)

// MaxImportRows bounds one staff file.
const MaxImportRows = 200_000

// ImportReport says what a staff file did, or would do in a dry run.
type ImportReport struct {
	RowsRead     int
	Created      int
	Updated      int
	Unchanged    int
	UnitsCreated int
	Encoding     string
	DryRun       bool
	Preview      []ImportPreview // the first rows, as they were understood
}

// ImportPreview is a row of the file as it was understood.
type ImportPreview struct {
	EmployeeNo, Name, UnitCode, Position, Login string
	Status                                      Status
}

const previewRows = 20

// Import reads staff and their units from a CSV or XLSX file, all or nothing:
// with one fault nothing is written. People are matched by employee number; who
// is not in the file stays as is. New units may be described by the columns
// unit_name and parent_unit_code. Forbidden without the role of administrator or
// HR; TooLarge when the file has too many rows or bytes; Invalid with a fault per
// place, for a unit outside the actor's reach too.
func (s *Service) Import(ctx context.Context, actor Actor, name string, raw []byte, dryRun bool) (ImportReport, error) {
	if err := actor.Over(Administrator, HR).Require(); err != nil {
		return ImportReport{}, err
	}
	table, err := sheet.Read(name, raw, sheet.Limits{Rows: MaxImportRows})
	if err != nil {
		return ImportReport{}, err
	}
	rows, err := readStaff(table)
	if err != nil {
		return ImportReport{}, err
	}
	report := ImportReport{RowsRead: len(rows), Encoding: table.Encoding, DryRun: dryRun}
	for _, r := range rows[:min(len(rows), previewRows)] {
		report.Preview = append(report.Preview, ImportPreview{r.EmployeeNo, r.Name, r.UnitCode, r.Position, r.Login, r.Status})
	}
	err = s.db.Try(ctx, dryRun, func(tx database.Tx) error {
		if err := importTx(ctx, tx, actor, s.now(), rows, &report); err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "people.import", Subject: "people:" + name,
			Data: map[string]any{"rows": report.RowsRead, "created": report.Created, "updated": report.Updated, "units": report.UnitsCreated}})
	})
	if err != nil {
		return ImportReport{}, err
	}
	if !dryRun {
		s.Reset()
	}
	return report, nil
}

// importTx writes what the file says, in sets: units, then people, then who
// manages whom.
func importTx(ctx context.Context, tx database.Tx, actor Actor, now time.Time, rows []staffRow, report *ImportReport) error {
	if err := lockStaffTx(ctx, tx); err != nil {
		return fmt.Errorf("import people: %w", err)
	}
	var faults errs.Faults
	reach := actor.Over(Administrator, HR)
	units, err := importUnitsTx(ctx, tx, reach, rows, report, &faults)
	if err != nil {
		return fmt.Errorf("import units: %w", err)
	}
	known, logins, err := knownStaffTx(ctx, tx, rows)
	if err != nil {
		return fmt.Errorf("import people: %w", err)
	}
	inFile := make(map[string]bool, len(rows))
	for _, r := range rows {
		inFile[r.EmployeeNo] = true
	}
	for _, r := range rows {
		at := errs.Place{Line: r.line}
		if owner, taken := logins[r.Login]; taken && owner != r.EmployeeNo {
			faults.Add(at, "people.login_taken", errs.Args{"login": r.Login, "employee_no": owner})
		}
		if _, there := known[r.ManagerNo]; r.ManagerNo != "" && !there && !inFile[r.ManagerNo] {
			faults.Add(at, "people.unknown_manager", errs.Args{"employee_no": r.ManagerNo})
		}
		if k, there := known[r.EmployeeNo]; there && !reach.Covers(k.Path) {
			faults.Add(at, "people.outside_reach", errs.Args{"code": k.UnitCode})
		}
	}
	if err := faults.Err("people.import_faults"); err != nil {
		return err
	}
	var changed []staffRow
	for _, r := range rows {
		k, there := known[r.EmployeeNo]
		switch {
		case !there:
			report.Created++
		case k.same(r):
			report.Unchanged++
			continue
		default:
			report.Updated++
		}
		changed = append(changed, r)
	}
	return writeStaffTx(ctx, tx, actor, changed, units, now)
}

// same reports whether the file says nothing new of the person.
func (k staff) same(r staffRow) bool {
	return k.Name == r.Name && k.Login == r.Login && k.UnitCode == r.UnitCode && k.Position == r.Position && k.ManagerNo == r.ManagerNo &&
		k.Zone == r.Zone && k.Email == r.Email && k.Language == r.Language && k.Status == r.Status
}

// staffRow is one person of the file.
type staffRow struct {
	line                                         int
	EmployeeNo, Name, Login, UnitCode, UnitName  string
	UnitNameHant, UnitNameEn                     string
	ParentUnit, Position, ManagerNo, Zone, Email string
	Language                                     string
	Status                                       Status
}

// The columns by their headings, in the file's language.
var staffColumns = map[string][]string{
	"employee_no":      {"employee_no", "工号", "员工编号", "員工編號", "工號"},
	"name":             {"name", "姓名"},
	"login":            {"login", "登录名", "登入名稱"},
	"unit_code":        {"unit_code", "机构编码", "機構代碼", "單位代碼"},
	"unit_name":        {"unit_name", "机构名称", "機構名稱", "單位名稱"},
	"unit_name_hant":   {"unit_name_zh_hant"},
	"unit_name_en":     {"unit_name_en"},
	"parent_unit_code": {"parent_unit_code", "上级机构编码", "上級機構代碼", "上級單位代碼"},
	"position":         {"position", "岗位", "崗位", "職位"},
	"manager":          {"manager_no", "主管工号", "主管工號", "主管員工編號"},
	"zone":             {"zone", "时区", "時區"},
	"language":         {"language", "语言", "語言"},
	"status":           {"status", "状态", "狀態"},
	"email":            {"email", "邮箱", "電子郵件"},
}

var statusWords = map[string]Status{
	"": Active, "active": Active, "在职": Active, "在職": Active,
	"on_leave": OnLeave, "休假": OnLeave, "留职": OnLeave, "留職停薪": OnLeave,
	"left": Left, "离职": Left, "離職": Left,
}

var languageWords = map[string]string{
	"": "zh-Hans", "zh-hans": "zh-Hans", "zh-cn": "zh-Hans", "简体中文": "zh-Hans", "zh-hant": "zh-Hant", "zh-tw": "zh-Hant",
	"zh-hk": "zh-Hant", "繁體中文": "zh-Hant", "en": "en", "english": "en",
}

// readStaff is pure: it understands every row, or says everything that is wrong.
func readStaff(t *sheet.Table) ([]staffRow, error) {
	var faults errs.Faults
	columns := map[string]int{}
	for i, heading := range t.Headings {
		field := fieldOf(heading)
		if field == "" {
			faults.Add(errs.Place{File: t.Name, Line: t.HeadingLine, Column: heading}, "people.unknown_column", errs.Args{"column": heading})
			continue
		}
		columns[field] = i
	}
	for _, needed := range []string{"employee_no", "name", "unit_code"} {
		if _, ok := columns[needed]; !ok {
			faults.Add(errs.Place{File: t.Name, Line: t.HeadingLine}, "people.missing_columns", errs.Args{"column": needed})
		}
	}
	if faults.Len() > 0 {
		return nil, faults.Err("people.import_faults")
	}
	rows := make([]staffRow, 0, len(t.Rows))
	numbers, logins := map[string]int{}, map[string]int{}
	for _, record := range t.Rows {
		r := readStaffRow(t, record, columns, &faults)
		if line, dup := numbers[r.EmployeeNo]; dup && r.EmployeeNo != "" {
			faults.Add(t.Place(record, columns["employee_no"]), "people.duplicate_employee_no", errs.Args{"employee_no": r.EmployeeNo, "row": line})
		}
		if line, dup := logins[r.Login]; dup && r.Login != "" {
			faults.Add(t.Place(record, columns["login"]), "people.duplicate_login", errs.Args{"login": r.Login, "row": line})
		}
		numbers[r.EmployeeNo], logins[r.Login] = r.line, r.line
		rows = append(rows, r)
	}
	return rows, faults.Err("people.import_faults")
}

func fieldOf(heading string) string {
	heading = strings.ToLower(strings.TrimSpace(heading))
	for field, names := range staffColumns {
		if slices.Contains(names, heading) {
			return field
		}
	}
	return ""
}
