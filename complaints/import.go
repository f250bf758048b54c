package complaints

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/internal/identifier"
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
			return report, nil
		}
	}
	err = s.db.Try(ctx, in.DryRun, func(tx database.Tx) error {
		return s.importTx(ctx, tx, actor, in, profile, facts, &report)
	})
	if err != nil {
		return ImportReport{}, err
	}
	return report, nil
}

func (s *Service) importTx(ctx context.Context, tx database.Tx, actor people.Actor, in ImportInput, profile Profile, facts []Fact, report *ImportReport) error {
	now := sync.OnceValue(s.now) // once the complaints are locked
	rows, stored, err := dateTx(ctx, tx, actor, in.FileName, profile, facts, now)
	if err != nil {
		return err
	}
	changes := report.compare(rows, stored)
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
	if err := writeTx(ctx, tx, rows, importID, profile.Measured); err != nil {
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
		Subject: fmt.Sprintf("complaint_import:%d", importID), Data: map[string]any{"profile": profile.Code, "rows": report.RowsRead,
			"created": report.Created, "updated": report.Updated, "dropped_columns": len(report.Dropped), "unknown_columns": report.Unknown}})
	return audit.RecordAllTx(ctx, tx, events)
}

// datedFact is a fact whose dates are instants in its unit's zone, with its time
// limit.
type datedFact struct {
	Fact
	unitID        int64
	responsibleID int64
	received      time.Time
	precision     Precision
	reply         *time.Time
	feedback      *time.Time
	closed        *time.Time
	due           Due
	ruleSetID     int64
}

// doneBeforeReceipt is the reply, the feedback or the closing that, as it will stand
// with what is stored, lies before the receipt; "" when none does.
func (r datedFact) doneBeforeReceipt(stored storedComplaint) Field {
	for _, stage := range []struct {
		field Field
		done  *time.Time
	}{{FirstReply, cmp.Or(r.reply, stored.FirstReplyAt)}, {FirstFeedback, cmp.Or(r.feedback, stored.FirstFeedbackAt)}, {ClosedAt, cmp.Or(r.closed, stored.ClosedAt)}} {
		if stage.done != nil && stage.done.Before(r.received) {
			return stage.field
		}
	}
	return ""
}

// dateTx finds the unit, the responsible person, the zone, the calendar and the rule
// set of every fact, and from these its time limit; stored are the complaints that the
// facts correct, by reference. Invalid names every fault.
func dateTx(ctx context.Context, tx database.Tx, actor people.Actor, file string, profile Profile, facts []Fact, now func() time.Time) (rows []datedFact, stored map[string]storedComplaint, err error) {
	desk := actor.Over(people.ComplaintDesk)
	units, err := loadUnitsTx(ctx, tx, desk)
	if err != nil {
		return nil, nil, fmt.Errorf("units of the complaints: %w", err)
	}
	staff, err := responsiblesTx(ctx, tx, desk, facts)
	if err != nil {
		return nil, nil, fmt.Errorf("responsible persons of the complaints: %w", err)
	}
	stored, err = lockStoredTx(ctx, tx, facts)
	if err != nil {
		return nil, nil, fmt.Errorf("complaints that the file corrects: %w", err)
	}
	rules, sets, err := loadRules(ctx, tx)
	if err != nil {
		return nil, nil, err
	}
	calendars := map[string]Calendar{}
	alike := make(map[string]storedComplaint, len(stored)) // by what alike references have in common
	for _, c := range stored {
		alike[identifier.Key(c.Reference)] = c
	}
	var faults errs.Faults
	rows = make([]datedFact, 0, len(facts))
	for _, f := range facts {
		u, found := units.of(f.UnitCode)
		if !found {
			faults.Add(f.place(file, Unit), "complaints.unknown_unit", errs.Args{"code": f.UnitCode})
			continue
		}
		before, corrects := stored[f.Reference]
		if !desk.Covers(u.Path) || corrects && !desk.Covers(before.UnitPath) {
			faults.Add(f.place(file, Unit), "complaints.outside_reach", nil)
			continue
		}
		if other, there := alike[identifier.Key(f.Reference)]; there && !corrects {
			if desk.Covers(other.UnitPath) {
				faults.Add(f.place(file, Reference), "complaints.reference_alike", errs.Args{"reference": other.Reference})
			} else {
				faults.Add(f.place(file, Unit), "complaints.outside_reach", nil)
			}
			continue
		}
		zone, calendar, err := clockTx(ctx, tx, u, profile, calendars)
		if err != nil {
			return nil, nil, fmt.Errorf("clock of unit %s: %w", u.Code, err)
		}
		r := datedFact{Fact: f, unitID: u.ID, received: f.ReceivedAt.in(zone), precision: Instant,
			reply: f.FirstReply.end(zone), feedback: f.FirstFeedback.end(zone), closed: f.ClosedAt.end(zone)}
		r.UnitCode = u.Code
		if f.ReceivedAt.dayOnly {
			r.precision = Day
		}
		if early := r.doneBeforeReceipt(before); early != "" {
			faults.Add(f.place(file, early), "complaints.done_before_receipt", nil)
		}
		if r.received.After(now()) {
			faults.Add(f.place(file, ReceivedAt), "complaints.received_in_future", nil)
		}
		if f.ResponsibleNo != "" && f.ResponsibleNo != before.ResponsibleNo {
			if r.responsibleID, found = staff[f.ResponsibleNo]; !found {
				faults.Add(f.place(file, Responsible), "complaints.unknown_person", errs.Args{"employee_no": f.ResponsibleNo})
			} else if ownChange(actor, before.ResponsibleID, r.responsibleID) {
				faults.Add(f.place(file, Responsible), "complaints.own_responsibility", nil)
			}
		}
		set := InForce(sets, date.In(r.received, zone))
		r.ruleSetID = rules[set.Number]
		r.due = DueOf(f.Class, Receipt{r.received, r.precision, zone}, set, calendar)
		rows = append(rows, r)
	}
	return rows, stored, faults.Err("complaints.import_faults")
}

// responsiblesTx are the ids of the responsible persons within the desk's reach that
// the facts name, by employee number, those who have left too: a file may tell of the
// past.
func responsiblesTx(ctx context.Context, tx database.Tx, desk people.Reach, facts []Fact) (map[string]int64, error) {
	var numbers []string
	for _, f := range facts {
		if f.ResponsibleNo != "" {
			numbers = append(numbers, f.ResponsibleNo)
		}
	}
	slices.Sort(numbers)
	found, err := people.ByNumber(ctx, tx, slices.Compact(numbers)...)
	if err != nil {
		return nil, err
	}
	ids := make(map[string]int64, len(found))
	for number, p := range found {
		if desk.Covers(p.UnitPath) {
			ids[number] = p.ID
		}
	}
	return ids, nil
}
