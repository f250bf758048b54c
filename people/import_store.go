package people

import (
	"context"
	"fmt"
	"strings"
	"time"

	"anwen/internal/database"
)

// lockStaffTx keeps other imports waiting: two would race for new units and logins.
func lockStaffTx(ctx context.Context, tx database.Tx) error {
	return tx.WithContext(ctx).Exec(`LOCK TABLE units, people IN SHARE ROW EXCLUSIVE MODE`).Error
}

// staff is a person as a file can say it.
type staff struct {
	EmployeeNo, Name, Login, UnitCode, Path, Position, ManagerNo, Zone, Email, Language string
	ManagerName, ManagerPath                                                            string // as they are stored
	Status                                                                              Status
}

// knownStaffTx reads whoever the file names or names as manager, also in other capitals,
// and who owns the logins that it uses: by login or by number, which both sign in.
func knownStaffTx(ctx context.Context, tx database.Tx, rows []staffRow) (known map[string]staff, logins map[string]string, err error) {
	var numbers, names []string
	for _, r := range rows {
		numbers = append(numbers, r.EmployeeNo, r.Login)
		names = append(names, r.Login, strings.ToLower(r.EmployeeNo))
		if r.ManagerNo != "" {
			numbers = append(numbers, r.ManagerNo)
		}
	}
	var found []staff
	err = tx.WithContext(ctx).Raw(`SELECT p.employee_no, p.name, p.login, u.code AS unit_code, u.path, p.position, coalesce(m.employee_no, '') AS manager_no,
			coalesce(m.name, '') AS manager_name, coalesce(w.path, '') AS manager_path, p.zone, p.email, p.language, p.status
		FROM people p JOIN units u ON u.id = p.unit_id LEFT JOIN people m ON m.id = p.manager_id LEFT JOIN units w ON w.id = m.unit_id
		WHERE lower(p.employee_no) = ANY (ARRAY(SELECT lower(n) FROM unnest(CAST(? AS text[])) n)) OR p.login = ANY (?)`, database.Array[string](numbers), database.Array[string](names)).Scan(&found).Error
	if err != nil {
		return nil, nil, err
	}
	known, logins = make(map[string]staff, len(found)), make(map[string]string, len(found))
	for _, k := range found {
		known[k.EmployeeNo], logins[k.Login] = k, k.EmployeeNo
	}
	return known, logins, nil
}

// manyRows is from how many on people are joined as sets. The trigger that writes history
// joins the rows before and after, of which the planner may believe that they are few:
// then it compares each with each.
const manyRows = 1_000

// writeStaffTx upserts people as arrays, one statement for all: whoever is new and
// whom the same file names as a manager are written together, so that history has
// one row for each.
func writeStaffTx(ctx context.Context, tx database.Tx, actor Actor, rows []staff, units map[string]Unit, now time.Time) error {
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
	if err := changeAsTx(ctx, tx, actor, now); err != nil {
		return err
	}
	if len(rows) > manyRows {
		if err := tx.WithContext(ctx).Exec(`SELECT set_config('enable_nestloop', 'off', true)`).Error; err != nil {
			return fmt.Errorf("plan for many people: %w", err)
		}
	}
	err := tx.WithContext(ctx).Exec(`
		WITH named AS (
			SELECT coalesce(known, nextval(pg_get_serial_sequence('people', 'id'))) AS id, n, e, f, l, u, p, z, m, g, s, b
			FROM (
				SELECT k.id AS known, f.*
				FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
				     WITH ORDINALITY AS f(e, f, l, u, p, z, m, g, s, b, n) LEFT JOIN people k ON k.employee_no = f.e ORDER BY f.n
			) ordered
		)
		INSERT INTO people (id, employee_no, name, login, unit_id, position, zone, email, language, status, manager_id, created_at, updated_at)
			OVERRIDING SYSTEM VALUE
		SELECT n.id, n.e, n.f, n.l, n.u, n.p, n.z, n.m, n.g, n.s, coalesce(fresh.id, known.id), ?, ?
		FROM named n LEFT JOIN named fresh ON fresh.e = n.b LEFT JOIN people known ON known.employee_no = n.b ORDER BY n.n
		ON CONFLICT ON CONSTRAINT people_employee_no_key DO UPDATE SET name = excluded.name, login = excluded.login,
			unit_id = excluded.unit_id, position = excluded.position, zone = excluded.zone, email = excluded.email,
			language = excluded.language, status = excluded.status, manager_id = excluded.manager_id, updated_at = excluded.updated_at`,
		numbers, names, logins, unitIDs, positions, zones, emails, languages, statuses, managers, now, now).Error
	if err != nil {
		return fmt.Errorf("write people: %w", err)
	}
	return nil
}
