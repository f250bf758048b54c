package complaints

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/internal/identifier"
	"anwen/people"
)

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

// doneBeforeReceipt are the reply, the feedback and the closing that, as they will stand
// with what is stored, lie before the receipt.
func (r datedFact) doneBeforeReceipt(stored storedComplaint) (early []Field) {
	for _, stage := range []struct {
		field Field
		done  *time.Time
	}{{FirstReply, cmp.Or(r.reply, stored.FirstReplyAt)}, {FirstFeedback, cmp.Or(r.feedback, stored.FirstFeedbackAt)}, {ClosedAt, cmp.Or(r.closed, stored.ClosedAt)}} {
		if stage.done != nil && stage.done.Before(r.received) {
			early = append(early, stage.field)
		}
	}
	return early
}

// factDates are what facts are dated by and checked against.
type factDates struct {
	actor     people.Actor
	desk      people.Reach
	file      string
	profile   Profile
	units     unitSet
	staff     map[string]people.Person // within the desk's reach, by employee number
	stored    map[string]storedComplaint
	alike     map[string]storedComplaint // by what alike references have in common
	rules     map[int]int64
	sets      []RuleSet
	calendars map[string]Calendar
	now       time.Time
	faults    *errs.Faults
}

// dateTx finds the unit, the responsible person, the zone, the calendar and the rule
// set of every fact, and from these its time limit, and returns with them what it found.
// Invalid names every fault, those among them that the file had before it was compared
// with anything.
func dateTx(ctx context.Context, tx database.Tx, actor people.Actor, name string, file factFile, now func() time.Time) (rows []datedFact, d factDates, err error) {
	d = factDates{actor: actor, desk: actor.Over(people.ComplaintDesk), file: name, profile: file.profile, calendars: map[string]Calendar{}, faults: &file.faults}
	if d.units, err = loadUnitsTx(ctx, tx, d.desk); err != nil {
		return nil, d, fmt.Errorf("units of the complaints: %w", err)
	}
	if d.staff, err = responsiblesTx(ctx, tx, d.desk, file.facts); err != nil {
		return nil, d, fmt.Errorf("responsible persons of the complaints: %w", err)
	}
	if d.stored, err = lockStoredTx(ctx, tx, file.facts); err != nil {
		return nil, d, fmt.Errorf("complaints that the file corrects: %w", err)
	}
	d.alike = make(map[string]storedComplaint, len(d.stored))
	for _, c := range d.stored {
		d.alike[identifier.Key(c.Reference)] = c
	}
	d.now = now()
	if d.rules, d.sets, err = loadRules(ctx, tx); err != nil {
		return nil, d, err
	}
	rows = make([]datedFact, 0, len(file.facts))
	for _, f := range file.facts {
		r, err := d.dateTx(ctx, tx, f)
		if err != nil {
			return nil, d, err
		}
		rows = append(rows, r)
	}
	return rows, d, file.faults.Err("complaints.import_faults")
}

// dateTx dates one fact and notes what is wrong with it. What cannot be known because of
// a fault is left out: the time limit of a complaint without a class or a receipt, and
// whatever is stored of a complaint that is out of reach.
func (d *factDates) dateTx(ctx context.Context, tx database.Tx, f Fact) (datedFact, error) {
	r := datedFact{Fact: f, precision: Instant}
	before, corrects := d.stored[f.Reference]
	other, alike := d.alike[identifier.Key(f.Reference)]
	alike = alike && !corrects
	u, found := d.units.of(f.UnitCode)
	switch {
	case !f.sound(Unit):
		found = false
	case !found:
		d.faults.Add(f.place(d.file, Unit), "complaints.unknown_unit", errs.Args{"code": f.UnitCode})
	case !d.desk.Covers(u.Path) || corrects && !d.desk.Covers(before.UnitPath) || alike && !d.desk.Covers(other.UnitPath):
		d.faults.Add(f.place(d.file, Unit), "complaints.outside_reach", nil)
		found, before, alike = false, storedComplaint{}, false
	}
	if alike && d.desk.Covers(other.UnitPath) {
		d.faults.Add(f.place(d.file, Reference), "complaints.reference_alike", errs.Args{"reference": other.Reference})
	}
	d.name(&r, before)
	if !found {
		return r, nil
	}
	zone, calendar, err := clockTx(ctx, tx, u, d.profile, d.calendars)
	if err != nil {
		return r, fmt.Errorf("clock of unit %s: %w", u.Code, err)
	}
	r.UnitCode, r.unitID = u.Code, u.ID
	r.reply, r.feedback, r.closed = f.FirstReply.end(zone), f.FirstFeedback.end(zone), f.ClosedAt.end(zone)
	if !f.sound(ReceivedAt) {
		return r, nil
	}
	r.received = f.ReceivedAt.in(zone)
	if f.ReceivedAt.dayOnly {
		r.precision = Day
	}
	for _, early := range r.doneBeforeReceipt(before) {
		if f.sound(early) {
			d.faults.Add(f.place(d.file, early), "complaints.done_before_receipt", nil)
		}
	}
	if r.received.After(d.now) {
		d.faults.Add(f.place(d.file, ReceivedAt), "complaints.received_in_future", nil)
	}
	set := InForce(d.sets, date.In(r.received, zone))
	r.ruleSetID = d.rules[set.Number]
	if f.sound(ClassOf) {
		r.due = DueOf(f.Class, Receipt{r.received, r.precision, zone}, set, calendar)
	}
	return r, nil
}

// name finds the responsible person whom the fact names anew.
func (d *factDates) name(r *datedFact, before storedComplaint) {
	if r.ResponsibleNo == "" || r.ResponsibleNo == before.ResponsibleNo {
		return
	}
	person, found := d.staff[r.ResponsibleNo]
	switch {
	case !found:
		d.faults.Add(r.place(d.file, Responsible), "complaints.unknown_person", errs.Args{"employee_no": r.ResponsibleNo})
	case ownChange(d.actor, before.ResponsibleID, person.ID):
		d.faults.Add(r.place(d.file, Responsible), "complaints.own_responsibility", nil)
	}
	r.responsibleID = person.ID
}

// responsiblesTx are the responsible persons within the desk's reach that the facts
// name, by employee number, those who have left too: a file may tell of the past.
func responsiblesTx(ctx context.Context, tx database.Tx, desk people.Reach, facts []Fact) (map[string]people.Person, error) {
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
	maps.DeleteFunc(found, func(_ string, p people.Person) bool { return !desk.Covers(p.UnitPath) })
	return found, nil
}
