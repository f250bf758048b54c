package complaints

import (
	"context"
	"fmt"
	"sync"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/sheet"
	"anwen/people"
)

// ImportInput is one file of complaint facts.
type ImportInput struct {
	FileName string
	Raw      []byte
	Profile  string
	DryRun   bool // report what would happen and change nothing
}

// ImportReport says what the file did, or would do.
type ImportReport struct {
	Report
	Profile            string
	Created            int
	Updated            int
	Unchanged          int
	DryRun             bool
	CalendarIncomplete int      // due dates for which the calendar does not know every holiday
	FileOnly           bool     // a dry run before there is any unit: the file was read and compared with nothing
	Changes            []Change // what becomes of complaints that are stored already
	ChangesLeftOff     int      // complaints beyond maxListedChanges
	Preview            []Preview
	UnitNames          map[string]i18n.Texts // of the units that changes and preview name, by code
	PersonNames        map[string]string     // of the responsible persons there, by employee number
}

// Preview is one row of the file as it was read, with its due date.
type Preview struct {
	Reference   string
	Class       Class
	UnitCode    string
	ReceivedAt  time.Time
	DueOn       time.Time
	DueAt       time.Time
	Responsible string // employee number
}

const previewRows = 20

// Import reads complaint facts, all or nothing: with one fault nothing is written.
// A complaint is known by its reference: a later file may add to it, and a cell that
// a file leaves empty keeps the stored value. A dry run before there is any unit
// reads the file only. Forbidden without the ComplaintDesk role; TooLarge when the
// file has too many rows or bytes; Invalid for an unknown profile and for every fault
// of the file, with row and column. Among them are a unit outside the actor's reach and,
// in the same words, a complaint that is another unit's; a responsible person outside
// it who is not named already; and whatever NameResponsible forbids.
func (s *Service) Import(ctx context.Context, actor people.Actor, in ImportInput) (ImportReport, error) {
	if err := actor.Over(people.ComplaintDesk).Require(); err != nil {
		return ImportReport{}, err
	}
	profile, known := ProfileByCode(in.Profile)
	if !known {
		return ImportReport{}, errs.New(errs.Invalid, "complaints.unknown_profile", errs.Args{"profile": in.Profile})
	}
	table, err := sheet.Read(in.FileName, in.Raw, sheet.Limits{}, profile.known)
	if err != nil {
		return ImportReport{}, err
	}
	facts, read, err := profile.ReadFacts(table)
	if err != nil {
		return ImportReport{}, err
	}
	report := ImportReport{Report: read, Profile: profile.Code, DryRun: in.DryRun}
	if in.DryRun {
		hasAny, err := hasUnits(ctx, s.db)
		if err != nil {
			return ImportReport{}, err
		}
		if report.FileOnly = !hasAny; report.FileOnly {
			return report, table.Faults.Err("complaints.import_faults")
		}
	}
	err = s.db.Try(ctx, in.DryRun, func(tx database.Tx) error {
		return s.importTx(ctx, tx, actor, in, factFile{profile, facts, table.Faults}, &report)
	})
	if err != nil {
		return ImportReport{}, err
	}
	return report, nil
}

// factFile is a file as it was read, and what is wrong with it so far.
type factFile struct {
	profile Profile
	facts   []Fact
	faults  errs.Faults
}

func (s *Service) importTx(ctx context.Context, tx database.Tx, actor people.Actor, in ImportInput, file factFile, report *ImportReport) error {
	now := sync.OnceValue(s.now) // once the complaints are locked
	rows, d, err := dateTx(ctx, tx, actor, in.FileName, file, now)
	if err != nil {
		return err
	}
	changes := report.compare(rows, d.stored)
	report.name(rows[:min(len(rows), previewRows)], d)
	for i, r := range rows {
		if r.due.CalendarIncomplete {
			report.CalendarIncomplete++
		}
		if i < previewRows {
			report.Preview = append(report.Preview, Preview{Reference: r.Reference, Class: r.Class, UnitCode: r.UnitCode,
				ReceivedAt: r.received, DueOn: r.due.On, DueAt: r.due.At, Responsible: r.ResponsibleNo})
		}
	}
	importID, err := insertImportTx(ctx, tx, actor.PersonID, in, *report, now())
	if err != nil {
		return fmt.Errorf("note the import of %s: %w", in.FileName, err)
	}
	if err := writeTx(ctx, tx, rows, importID, file.profile.Measured); err != nil {
		return fmt.Errorf("import %s: %w", in.FileName, err)
	}
	if err := nameFromFileTx(ctx, tx, actor.PersonID, rows, now()); err != nil {
		return fmt.Errorf("name the responsible persons of %s: %w", in.FileName, err)
	}
	events := make([]audit.Event, 0, len(changes)+1)
	for _, c := range changes {
		events = append(events, audit.Event{At: now(), ActorID: actor.PersonID, Action: "complaints.change", Subject: "complaint:" + c.Reference, Data: c.values(importID)})
	}
	events = append(events, audit.Event{At: now(), ActorID: actor.PersonID, Action: "complaints.import",
		Subject: fmt.Sprintf("complaint_import:%d", importID), Data: map[string]any{"profile": file.profile.Code, "rows": report.RowsRead,
			"created": report.Created, "updated": report.Updated, "dropped_columns": len(report.Dropped), "unknown_columns": report.Unknown}})
	return audit.RecordAllTx(ctx, tx, events)
}
