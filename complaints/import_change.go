package complaints

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"anwen/internal/i18n"
)

// maxListedChanges is how many complaints an import lists with what changes; the audit
// log has them all.
const maxListedChanges = 10_000

// Change is what a file changes of a complaint that is stored already.
type Change struct {
	Reference string
	Line      int // of the file
	Fields    []FieldChange
}

// FieldChange is a field of a complaint before and after.
type FieldChange struct {
	Field, Before, After string
}

// values are the fields before and after, for the audit log.
func (c Change) values(importID int64) any {
	before, after := make(map[string]string, len(c.Fields)), make(map[string]string, len(c.Fields))
	for _, f := range c.Fields {
		before[f.Field], after[f.Field] = f.Before, f.After
	}
	return map[string]any{"import": importID, "line": c.Line, "before": before, "after": after}
}

// compare counts what the facts make, change and leave, puts the changes into the
// report and returns them all. It is pure.
func (r *ImportReport) compare(rows []datedFact, stored map[string]storedComplaint) []Change {
	var all []Change
	for _, f := range rows {
		before, there := stored[f.Reference]
		if !there {
			r.Created++
			continue
		}
		if fields := changesOf(before, f.over(before), f.received.Location()); len(fields) > 0 {
			all = append(all, Change{f.Reference, f.Line, fields})
		}
	}
	r.Updated, r.Unchanged = len(all), len(rows)-r.Created-len(all)
	r.Changes = all[:min(len(all), maxListedChanges)]
	r.ChangesLeftOff = len(all) - len(r.Changes)
	return all
}

// name gives the report the names of the units and persons in its changes and in the
// rows of its preview.
func (r *ImportReport) name(preview []datedFact, d factDates) {
	r.UnitNames, r.PersonNames = map[string]i18n.Texts{}, map[string]string{}
	unit := func(code string) {
		if u, there := d.units.byCode[code]; there {
			r.UnitNames[code] = u.Names
		}
	}
	person := func(number, name string) {
		if name = cmp.Or(name, d.staff[number].Name); name != "" {
			r.PersonNames[number] = name
		}
	}
	for _, f := range preview {
		before := d.stored[f.Reference]
		unit(f.UnitCode)
		person(f.ResponsibleNo, "")
		person(before.ResponsibleNo, before.Responsible)
	}
	for _, c := range r.Changes {
		before := d.stored[c.Reference]
		for _, f := range c.Fields {
			switch Field(f.Field) {
			case Unit:
				unit(f.Before)
				unit(f.After)
			case Responsible:
				person(f.Before, before.Responsible)
				person(f.After, "")
			}
		}
	}
}

// over is what the complaint will be: the fact, over what is stored. What the file
// leaves empty stays.
func (r datedFact) over(stored storedComplaint) storedComplaint {
	next := stored
	next.Class, next.UnitCode, next.ReceivedAt, next.ReceivedPrecision = r.Class, r.UnitCode, r.received, r.precision
	next.Channel, next.Product, next.Cause = cmp.Or(r.Channel, stored.Channel), cmp.Or(r.Product, stored.Product), cmp.Or(r.Cause, stored.Cause)
	next.FirstReplyAt, next.FirstFeedbackAt = cmp.Or(r.reply, stored.FirstReplyAt), cmp.Or(r.feedback, stored.FirstFeedbackAt)
	next.ClosedAt = cmp.Or(r.closed, stored.ClosedAt)
	next.ResponsibleNo = cmp.Or(r.ResponsibleNo, stored.ResponsibleNo)
	if r.Satisfaction != 0 {
		next.Satisfaction, next.AnsweredOn = r.Satisfaction, cmp.Or(r.Fact.AnsweredOn, stored.AnsweredOn)
	}
	next.Extra = maps.Clone(stored.Extra)
	if next.Extra == nil {
		next.Extra = map[string]string{}
	}
	maps.Copy(next.Extra, r.Extra)
	return next
}

// changesOf compares a complaint before and after; instants are written in the zone.
func changesOf(before, after storedComplaint, zone *time.Location) []FieldChange {
	var list []FieldChange
	add := func(field Field, old, new string) {
		if old != new {
			list = append(list, FieldChange{string(field), old, new})
		}
	}
	add(ClassOf, string(before.Class), string(after.Class))
	add(Unit, before.UnitCode, after.UnitCode)
	add(ReceivedAt, receipt(before, zone), receipt(after, zone))
	add(FirstReply, local(before.FirstReplyAt, zone), local(after.FirstReplyAt, zone))
	add(FirstFeedback, local(before.FirstFeedbackAt, zone), local(after.FirstFeedbackAt, zone))
	add(ClosedAt, local(before.ClosedAt, zone), local(after.ClosedAt, zone))
	add(Channel, before.Channel, after.Channel)
	add(Product, before.Product, after.Product)
	add(Cause, before.Cause, after.Cause)
	add(Responsible, before.ResponsibleNo, after.ResponsibleNo)
	add(Satisfaction, score(before.Satisfaction), score(after.Satisfaction))
	add(AnsweredOn, before.AnsweredOn, after.AnsweredOn)
	for _, heading := range slices.Sorted(maps.Keys(after.Extra)) {
		add(Field(heading), before.Extra[heading], after.Extra[heading])
	}
	return list
}

// receipt is a day alone when the source tells no more.
func receipt(c storedComplaint, zone *time.Location) string {
	if c.ReceivedPrecision == Day {
		return c.ReceivedAt.In(zone).Format(time.DateOnly)
	}
	return local(&c.ReceivedAt, zone)
}

func local(at *time.Time, zone *time.Location) string {
	if at == nil {
		return ""
	}
	return at.In(zone).Format(time.DateTime)
}

func score(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
