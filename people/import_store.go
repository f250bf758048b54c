package people

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// errDryRun rolls a dry run back; it never leaves this room.
var errDryRun = errors.New("dry run")

// importTx writes what the file says, in sets: units, then people, then who
// manages whom.
func importTx(ctx context.Context, tx *gorm.DB, actor Actor, now time.Time, rows []staffRow, report *ImportReport) error {
	tx = tx.WithContext(ctx)
	// One import at a time: two would race for new units and logins.
	if err := tx.Exec(`LOCK TABLE units, people IN SHARE ROW EXCLUSIVE MODE`).Error; err != nil {
		return fmt.Errorf("import people: %w", err)
	}
	var faults errs.Faults
	units, err := importUnits(tx, actor, rows, report, &faults)
	if err != nil {
		return fmt.Errorf("import units: %w", err)
	}
	known, logins, err := knownStaff(tx, rows)
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
		if k, there := known[r.EmployeeNo]; there && !actor.Covers(k.Path, Administrator, HR) {
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
	return writeStaff(tx, changed, units, now)
}

type unitRow struct {
	ID         int64
	Code, Path string
}

// importUnits makes the units that the file describes and nobody knows yet.
func importUnits(tx *gorm.DB, actor Actor, rows []staffRow, report *ImportReport, faults *errs.Faults) (map[string]unitRow, error) {
	var existing []unitRow
	if err := tx.Raw(`SELECT id, code, path FROM units`).Scan(&existing).Error; err != nil {
		return nil, err
	}
	units := make(map[string]unitRow, len(existing))
	for _, u := range existing {
		units[u.Code] = u
	}
	fresh := map[string]staffRow{}
	var order []string
	for _, r := range rows {
		if _, there := units[r.UnitCode]; there {
			continue
		}
		first, seen := fresh[r.UnitCode]
		if !seen {
			fresh[r.UnitCode] = r
			order = append(order, r.UnitCode)
			if r.UnitName == "" {
				faults.Add(errs.Place{Line: r.line}, "people.unit_name_missing", errs.Args{"code": r.UnitCode})
			}
			continue
		}
		if (r.UnitName != "" && r.UnitName != first.UnitName) || (r.ParentUnit != "" && r.ParentUnit != first.ParentUnit) {
			faults.Add(errs.Place{Line: r.line}, "people.unit_mismatch", errs.Args{"code": r.UnitCode, "row": first.line})
		}
	}
	var make func(code string, depth int) bool
	var failure error
	make = func(code string, depth int) bool {
		if _, there := units[code]; there {
			return true
		}
		r, described := fresh[code]
		if !described || depth > len(fresh) || failure != nil {
			return false
		}
		var parent *int64
		path := "/"
		if r.ParentUnit != "" {
			if !make(r.ParentUnit, depth+1) {
				return false
			}
			id := units[r.ParentUnit].ID
			parent, path = &id, units[r.ParentUnit].Path
		}
		u, err := insertUnit(tx, r, parent, path)
		if err != nil {
			failure = err
			return false
		}
		units[code] = u
		report.UnitsCreated++
		return true
	}
	for _, code := range order {
		if !make(code, 0) && failure == nil {
			faults.Add(errs.Place{Line: fresh[code].line}, "people.unknown_parent_unit", errs.Args{"code": fresh[code].ParentUnit})
		}
	}
	for _, r := range rows {
		if u, there := units[r.UnitCode]; there && !actor.Covers(u.Path, Administrator, HR) {
			faults.Add(errs.Place{Line: r.line}, "people.outside_reach", errs.Args{"code": r.UnitCode})
		}
	}
	return units, failure
}

func insertUnit(tx *gorm.DB, r staffRow, parent *int64, parentPath string) (unitRow, error) {
	names := map[i18n.Locale]string{i18n.Hans: r.UnitName}
	if r.UnitNameHant != "" {
		names[i18n.Hant] = r.UnitNameHant
	}
	if r.UnitNameEn != "" {
		names[i18n.English] = r.UnitNameEn
	}
	raw, err := json.Marshal(names)
	if err != nil {
		return unitRow{}, err
	}
	u := unitRow{Code: r.UnitCode}
	err = tx.Raw(`WITH fresh AS (SELECT nextval(pg_get_serial_sequence('units', 'id')) AS id)
		INSERT INTO units (id, code, names, parent_id, path) OVERRIDING SYSTEM VALUE
		SELECT id, ?, ?::jsonb, ?, ?::text || id || '/' FROM fresh RETURNING id, path`,
		r.UnitCode, string(raw), parent, parentPath).Row().Scan(&u.ID, &u.Path)
	return u, err
}

type staff struct {
	EmployeeNo, Name, Login, UnitCode, Path, Position, ManagerNo, Zone, Email, Language string
	Status                                                                              Status
}

func (k staff) same(r staffRow) bool {
	return k.Name == r.Name && k.Login == r.Login && k.UnitCode == r.UnitCode && k.Position == r.Position && k.ManagerNo == r.ManagerNo &&
		k.Zone == r.Zone && k.Email == r.Email && k.Language == r.Language && k.Status == r.Status
}

// knownStaff reads whoever the file names or names as manager, and who owns the
// logins that it uses.
func knownStaff(tx *gorm.DB, rows []staffRow) (known map[string]staff, logins map[string]string, err error) {
	var numbers, names []string
	for _, r := range rows {
		numbers = append(numbers, r.EmployeeNo)
		names = append(names, r.Login)
		if r.ManagerNo != "" {
			numbers = append(numbers, r.ManagerNo)
		}
	}
	var found []staff
	err = tx.Raw(`SELECT p.employee_no, p.name, p.login, u.code AS unit_code, u.path, p.position, coalesce(m.employee_no, '') AS manager_no,
			p.zone, p.email, p.language, p.status
		FROM people p JOIN units u ON u.id = p.unit_id LEFT JOIN people m ON m.id = p.manager_id
		WHERE p.employee_no = ANY (?) OR p.login = ANY (?)`, database.Array[string](numbers), database.Array[string](names)).Scan(&found).Error
	if err != nil {
		return nil, nil, err
	}
	known, logins = make(map[string]staff, len(found)), make(map[string]string, len(found))
	for _, k := range found {
		known[k.EmployeeNo], logins[k.Login] = k, k.EmployeeNo
	}
	return known, logins, nil
}

// writeStaff upserts people as arrays, one statement for all.
func writeStaff(tx *gorm.DB, rows []staffRow, units map[string]unitRow, now time.Time) error {
	if len(rows) == 0 {
		return nil
	}
	var numbers, names, logins, positions, zones, emails, languages, statuses, managers database.Array[string]
	var unitIDs database.Array[int64]
	for _, r := range rows {
		numbers, names, logins = append(numbers, r.EmployeeNo), append(names, r.Name), append(logins, r.Login)
		positions, zones, emails = append(positions, r.Position), append(zones, r.Zone), append(emails, r.Email)
		languages, statuses = append(languages, r.Language), append(statuses, string(r.Status))
		managers, unitIDs = append(managers, r.ManagerNo), append(unitIDs, units[r.UnitCode].ID)
	}
	err := tx.Exec(`
		INSERT INTO people (employee_no, name, login, unit_id, position, zone, email, language, status, created_at, updated_at)
		SELECT e, n, l, u, p, z, m, g, s, ?, ?
		FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
		     AS f(e, n, l, u, p, z, m, g, s)
		ON CONFLICT ON CONSTRAINT people_employee_no_key DO UPDATE SET name = excluded.name, login = excluded.login,
			unit_id = excluded.unit_id, position = excluded.position, zone = excluded.zone, email = excluded.email,
			language = excluded.language, status = excluded.status, updated_at = excluded.updated_at`,
		now, now, numbers, names, logins, unitIDs, positions, zones, emails, languages, statuses).Error
	if err != nil {
		return fmt.Errorf("write people: %w", err)
	}
	err = tx.Exec(`
		UPDATE people p SET manager_id = m.id
		FROM unnest(?::text[], ?::text[]) AS f(e, b) LEFT JOIN people m ON m.employee_no = f.b
		WHERE p.employee_no = f.e AND p.manager_id IS DISTINCT FROM m.id`, numbers, managers).Error
	if err != nil {
		return fmt.Errorf("write managers: %w", err)
	}
	return nil
}
