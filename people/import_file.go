package people

import (
	"cmp"
	"slices"
	"strings"

	"anwen/internal/errs"
	"anwen/internal/identifier"
	"anwen/internal/sheet"
)

// staffFile is a staff file as it was read: who is in it, and which columns it has.
type staffFile struct {
	table   *sheet.Table
	columns map[string]int
	rows    []staffRow
}

// staffRow is one person of the file: what the cells say, empty for an empty cell.
type staffRow struct {
	line                                         int
	parentLine                                   int      // of a described unit: the row that says its parent
	faulty                                       []string // the fields whose cells have a fault
	EmployeeNo, Name, Login, UnitCode, UnitName  string
	UnitNameHant, UnitNameEn                     string
	ParentUnit, Position, ManagerNo, Zone, Email string
	Language                                     string
	Status                                       Status
}

// The columns by their headings, in the file's language.
var staffColumns = sheet.Fields{
	"employee_no":      {"employee_no", "工号", "员工编号", "员工号", "員工編號", "工號"},
	"name":             {"name", "姓名", "员工姓名", "員工姓名"},
	"login":            {"login", "登录名", "登入名稱"},
	"unit_code":        {"unit_code", "机构编码", "机构代码", "機構代碼", "單位代碼"},
	"unit_name":        {"unit_name", "机构名称", "機構名稱", "單位名稱"},
	"unit_name_hant":   {"unit_name_zh_hant"},
	"unit_name_en":     {"unit_name_en"},
	"parent_unit_code": {"parent_unit_code", "上级机构编码", "上级机构代码", "上級機構代碼", "上級單位代碼"},
	"position":         {"position", "岗位", "职位", "崗位", "職位"},
	"manager":          {"manager_no", "主管工号", "主管工號", "主管員工編號"},
	"zone":             {"zone", "时区", "時區"},
	"language":         {"language", "语言", "語言"},
	"status":           {"status", "状态", "狀態"},
	"email":            {"email", "邮箱", "电子邮箱", "電子郵件"},
}

// sound reports whether the cell of the field could be read and has no fault.
func (r staffRow) sound(field string) bool { return !slices.Contains(r.faulty, field) }

// readStaff is pure: it reads every row, and what is wrong with single cells is among
// the table's Faults. Invalid when a column is missing that every row needs.
func readStaff(t *sheet.Table) (staffFile, error) {
	f := staffFile{table: t, columns: t.Columns()}
	missing := false
	for _, needed := range []string{"employee_no", "name", "unit_code"} {
		if !f.has(needed) {
			t.Faults.Add(errs.Place{File: t.Name, Line: t.HeadingLine}, "people.missing_columns", errs.Args{"column": needed})
			missing = true
		}
	}
	if missing {
		return staffFile{}, t.Faults.Err("people.import_faults")
	}
	f.rows = make([]staffRow, len(t.Rows))
	for i, record := range t.Rows {
		f.rows[i] = f.readRow(record)
	}
	return f, nil
}

// has reports whether the file has a column for the field.
func (f staffFile) has(field string) bool {
	_, there := f.columns[field]
	return there
}

// place is the cell of the field in the row, for faults; without such a column it is
// the row.
func (f staffFile) place(r staffRow, field string) errs.Place {
	at := errs.Place{File: f.table.Name, Line: r.line}
	if i, there := f.columns[field]; there {
		at.Column = f.table.Headings[i]
	}
	return at
}

// over is what everybody in the file will be: what the file says, over what is stored.
// It is pure.
func (f staffFile) over(known map[string]staff) []staff {
	next := make([]staff, len(f.rows))
	position, manager, zone, email := f.has("position"), f.has("manager"), f.has("zone"), f.has("email")
	for i, r := range f.rows {
		n, there := known[r.EmployeeNo]
		if !there {
			n = staff{EmployeeNo: r.EmployeeNo, Login: strings.ToLower(r.EmployeeNo), Language: "zh-Hans", Status: Active}
		}
		n.Name, n.UnitCode = r.Name, r.UnitCode
		// An empty cell empties what may be empty.
		if position {
			n.Position = r.Position
		}
		if manager {
			n.ManagerNo = r.ManagerNo
		}
		if zone {
			n.Zone = r.Zone
		}
		if email {
			n.Email = r.Email
		}
		// And leaves what may not.
		if r.Login != "" {
			n.Login = r.Login
		}
		if r.Language != "" {
			n.Language = r.Language
		}
		if r.Status != "" {
			n.Status = r.Status
		}
		next[i] = n
	}
	return next
}

// check notes what of the file does not go together with what is stored. It tells
// nothing of people whom the actor does not reach: as a manager, such a person is as
// unknown as somebody who does not exist, except where that is the manager already. It
// is pure.
func (f staffFile) check(next []staff, known map[string]staff, logins map[string]string, reach Reach, faults *errs.Faults) {
	firsts := f.firsts()
	used := make(map[string]int, len(next)) // the line of each login
	alike := make(map[string]staff, len(known))
	for _, k := range known {
		alike[identifier.Key(k.EmployeeNo)] = k
	}
	for i, n := range next {
		r := f.rows[i]
		first := firsts[identifier.Key(n.EmployeeNo)].line
		if r.EmployeeNo != "" && first != r.line {
			faults.Add(f.place(r, "employee_no"), "people.duplicate_employee_no", errs.Args{"employee_no": r.EmployeeNo, "row": first})
		}
		if k, there := known[n.EmployeeNo]; there && !reach.Covers(k.Path) {
			continue // guardStaffTx has said so
		} else if k, other := alike[identifier.Key(n.EmployeeNo)]; other && !there {
			f.noteAlike(r, k, reach, faults)
			continue
		}
		if n.EmployeeNo != "" && r.sound("login") && (r.Login != "" || first == r.line) {
			from := "login"
			if r.Login == "" {
				from = "employee_no" // which it follows, or which has it already
			}
			code, args := loginFault(n, known, logins, used, reach)
			if changed := n.Login != known[n.EmployeeNo].Login; code == "" && changed {
				code, args = numberFault(n.Login, n, alike[n.Login], firsts[n.Login], reach)
			}
			if _, there := known[n.EmployeeNo]; code == "" && !there { // somebody's login is no number of another
				from = "employee_no"
				number := identifier.Key(n.EmployeeNo)
				code, args = numberFault(number, n, known[logins[number]], staffRow{}, reach)
			}
			if code != "" {
				faults.Add(f.place(r, from), code, args)
			}
			used[n.Login] = cmp.Or(used[n.Login], r.line)
		}
		manager, there := known[r.ManagerNo]
		if seen := there && reach.Covers(manager.Path) || firsts[identifier.Key(r.ManagerNo)].EmployeeNo == r.ManagerNo; r.ManagerNo != "" && !seen && r.ManagerNo != known[n.EmployeeNo].ManagerNo {
			faults.Add(f.place(r, "manager"), "people.unknown_manager", errs.Args{"employee_no": r.ManagerNo})
		}
	}
}

// loginFault says that somebody else has the login that n is to have; no code is no
// fault. Of somebody whom the actor does not reach it says no more than that the login
// cannot be given.
func loginFault(n staff, known map[string]staff, logins map[string]string, used map[string]int, reach Reach) (code string, args errs.Args) {
	owner, taken := logins[n.Login]
	line, twice := used[n.Login]
	switch {
	case taken && owner != n.EmployeeNo && reach.Covers(known[owner].Path):
		return "people.login_taken", errs.Args{"login": n.Login, "employee_no": owner}
	case taken && owner != n.EmployeeNo:
		return "people.login_not_given", errs.Args{"login": n.Login}
	case twice:
		return "people.duplicate_login", errs.Args{"login": n.Login, "row": line}
	}
	return "", nil
}

// numberFault says that a login of n, or a number that is as good as one, signs somebody
// else in already: who is stored, or who stands in the file. No code is no fault.
func numberFault(login string, n, stored staff, inFile staffRow, reach Reach) (code string, args errs.Args) {
	switch {
	case stored.EmployeeNo != "" && stored.EmployeeNo != n.EmployeeNo && !reach.Covers(stored.Path):
		return "people.login_not_given", errs.Args{"login": login}
	case stored.EmployeeNo != "" && stored.EmployeeNo != n.EmployeeNo:
		return "people.login_taken", errs.Args{"login": login, "employee_no": stored.EmployeeNo}
	case inFile.EmployeeNo != "" && inFile.EmployeeNo != n.EmployeeNo:
		return "people.login_taken", errs.Args{"login": login, "employee_no": inFile.EmployeeNo}
	}
	return "", nil
}

// noteAlike notes that the number of the row differs only in capitals from that of
// somebody who is stored: whose it is, if the actor reaches them.
func (f staffFile) noteAlike(r staffRow, k staff, reach Reach, faults *errs.Faults) {
	if !reach.Covers(k.Path) {
		faults.Add(f.place(r, "employee_no"), "people.outside_reach", nil)
		return
	}
	faults.Add(f.place(r, "employee_no"), "people.number_alike", errs.Args{"employee_no": k.EmployeeNo})
}

// firsts are the rows on which each employee number stands first, by what alike numbers
// have in common.
func (f staffFile) firsts() map[string]staffRow {
	firsts := make(map[string]staffRow, len(f.rows))
	for _, r := range f.rows {
		if _, there := firsts[identifier.Key(r.EmployeeNo)]; !there {
			firsts[identifier.Key(r.EmployeeNo)] = r
		}
	}
	return firsts
}
