package people

import (
	"context"
	"fmt"
	"slices"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/internal/sheet"
)

// MaxImportRows bounds one staff file.
const MaxImportRows = 200_000

// ImportReport says what a staff file did, or would do in a dry run.
type ImportReport struct {
	RowsRead       int
	Created        int
	Updated        int
	Unchanged      int
	UnitsCreated   int
	UnitsKept      []KeptUnit
	Encoding       string
	DryRun         bool
	LeftOut        sheet.LeftOut
	Changes        []PersonChange        // who comes back, who leaves, who changes, who is new
	ChangesLeftOff int                   // people beyond MaxListedChanges
	Preview        []ImportPreview       // the first rows, as they were understood
	UnitNames      map[string]i18n.Texts // of the units that the changes name, by code
	PersonNames    map[string]string     // of the managers that the changes name, by employee number
}

// ImportPreview is a row of the file as it was understood.
type ImportPreview struct {
	EmployeeNo, Name, UnitCode, Position, Login string
	Status                                      Status
}

// KeptUnit is something that the file says of a unit which exists, and which an import
// of people does not change.
type KeptUnit struct {
	Code, Field, Stored, InFile string
}

const previewRows = 20

// Import reads staff and their units from a CSV or XLSX file, all or nothing: with one
// fault nothing is written. People are matched by employee number; who is not in the
// file stays as is, and so does what the file has no column for. An empty cell empties a
// position, a manager, a time zone or an e-mail address; it leaves what cannot be empty,
// a login, a status or a language. New units may be described by the columns unit_name
// and parent_unit_code. Every change of a person is an audit event. Forbidden without
// the role of administrator or HR; TooLarge when the file has too many rows or bytes;
// Invalid with a fault per place, for what is outside the actor's reach too, a new
// manager among it; Conflict when the last administrator over the root would leave.
func (s *Service) Import(ctx context.Context, actor Actor, name string, raw []byte, dryRun bool) (ImportReport, error) {
	if err := actor.Over(Administrator, HR).Require(); err != nil {
		return ImportReport{}, err
	}
	table, err := sheet.Read(name, raw, sheet.Limits{Rows: MaxImportRows}, staffColumns.Known())
	if err != nil {
		return ImportReport{}, err
	}
	file, err := readStaff(table)
	if err != nil {
		return ImportReport{}, err
	}
	report := ImportReport{RowsRead: len(file.rows), Encoding: table.Encoding, DryRun: dryRun, LeftOut: table.LeftOut}
	err = s.db.Try(ctx, dryRun, func(tx database.Tx) error {
		return s.importTx(ctx, tx, actor, file, &report)
	})
	if err != nil {
		return ImportReport{}, lastAdministrator(err)
	}
	if !dryRun {
		s.Reset()
	}
	return report, nil
}

// importTx checks the file against what is stored, so that what is wrong with it is told
// together with what is wrong with its cells, and writes what it says, in sets: units,
// then people and who manages whom, then what was done. The instant is that of the
// file's turn: history tells of files in the order in which they were taken.
func (s *Service) importTx(ctx context.Context, tx database.Tx, actor Actor, file staffFile, report *ImportReport) error {
	if err := lockStaffTx(ctx, tx); err != nil {
		return fmt.Errorf("import people: %w", err)
	}
	now, reach := s.now(), actor.Over(Administrator, HR)
	faults := file.table.Faults
	units, fresh, err := planUnitsTx(ctx, tx, reach, file, report, &faults)
	if err != nil {
		return fmt.Errorf("units of the people: %w", err)
	}
	known, logins, err := knownStaffTx(ctx, tx, file.rows)
	if err != nil {
		return fmt.Errorf("import people: %w", err)
	}
	next := file.over(known)
	if err := guardStaffTx(ctx, tx, actor, file, next, known, &faults); err != nil {
		return fmt.Errorf("import people: %w", err)
	}
	file.check(next, known, logins, reach, &faults)
	if err := faults.Err("people.import_faults"); err != nil {
		return err
	}
	if err := makeUnitsTx(ctx, tx, fresh, units); err != nil {
		return err
	}
	report.UnitsCreated = len(fresh)
	var changed []staff
	var changes []PersonChange
	for i, n := range next {
		if i < previewRows {
			report.Preview = append(report.Preview, ImportPreview{n.EmployeeNo, n.Name, n.UnitCode, n.Position, n.Login, n.Status})
		}
		before, there := known[n.EmployeeNo]
		c := changeOf(before, n, there)
		switch {
		case !there:
			report.Created++
		case len(c.Fields) == 0:
			report.Unchanged++
			continue
		default:
			report.Updated++
		}
		c.Line = file.rows[i].line
		changed, changes = append(changed, n), append(changes, c)
	}
	if err := writeStaffTx(ctx, tx, actor, changed, units, now); err != nil {
		return err
	}
	report.list(changes)
	report.name(units, next, known, reach)
	if report.DryRun {
		return nil
	}
	return recordImportTx(ctx, tx, actor, now, file.table.Name, *report, changes)
}

// A list that makes more people than singly is in the audit log in events of many new
// people each: an event a person would take as long as the import.
const (
	singly    = 1_000
	manyEvent = 500
)

// recordImportTx writes who was changed into the audit log, person by person, and that
// a file did so.
func recordImportTx(ctx context.Context, tx database.Tx, actor Actor, now time.Time, name string, report ImportReport, changes []PersonChange) error {
	event := func(verb, subject string, data any) audit.Event {
		return audit.Event{At: now, ActorID: actor.PersonID, Action: "people." + verb, Subject: subject, Data: data}
	}
	events := make([]audit.Event, 0, len(changes)+1)
	var fresh []any
	for _, c := range changes {
		if c.Kind == IsNew && report.Created > singly {
			fresh = append(fresh, map[string]any{"employee_no": c.EmployeeNo, "created": c.values(name)})
			continue
		}
		events = append(events, event(c.verb(), "person:"+c.EmployeeNo, c.values(name)))
	}
	for part := range slices.Chunk(fresh, manyEvent) {
		events = append(events, event("create", "people:"+name, map[string]any{"people": part}))
	}
	events = append(events, event("import", "people:"+name, map[string]any{"rows": report.RowsRead, "created": report.Created, "updated": report.Updated,
		"units": report.UnitsCreated, "left_out": report.LeftOut.Columns}))
	return audit.RecordAllTx(ctx, tx, events)
}
