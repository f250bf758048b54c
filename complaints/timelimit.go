package complaints

import "time"

// Class is how demanding a complaint is.
type Class string

// The classes.
const (
	General Class = "general"
	Complex Class = "complex"
)

// Precision says how exactly a receipt is known.
type Precision string

// The precisions. Of a day alone the limit runs from its end, so that nobody is
// late for a time that nobody wrote down.
const (
	Instant Precision = "instant"
	Day     Precision = "day"
)

// Receipt is when a complaint arrived, and where.
type Receipt struct {
	At        time.Time
	Precision Precision
	Zone      *time.Location
}

// Due is when a complaint is due.
type Due struct {
	On             time.Time // local date, as midnight UTC
	At             time.Time // the last instant that is in time
	BeyondCalendar bool      // holidays of the span are not all known
}

// DueOf computes when the stage that the class is judged by must be done.
//
// General: hours run from the moment of receipt (PRC Civil Code art. 201). Complex:
// working days, the day of receipt not counted (art. 201), rest days skipped
// (art. 203), until 24:00 of the last (art. 203).
func DueOf(class Class, r Receipt, rules RuleSet, c Calendar) Due {
	received := dateIn(r.At, r.Zone)
	if class == General {
		start := r.At
		if r.Precision == Day {
			start = midnight(received.AddDate(0, 0, 1), r.Zone)
		}
		at := start.Add(time.Duration(rules.GeneralHours) * time.Hour)
		return Due{On: dateIn(at, r.Zone), At: at}
	}
	on := c.AddWorkingDays(received, rules.ComplexWorkingDays)
	return Due{On: on, At: midnight(on.AddDate(0, 0, 1), r.Zone), BeyondCalendar: !c.Covers(received, on)}
}

// dateIn is the date of the instant in the zone, as midnight UTC.
func dateIn(at time.Time, zone *time.Location) time.Time {
	y, m, d := at.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// midnight is the first instant of the date in the zone.
func midnight(date time.Time, zone *time.Location) time.Time {
	y, m, d := date.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// Timeliness is how a complaint stands against its limit.
type Timeliness string

// The states. An open complaint is in no denominator; one past its limit and not
// done is late now, not when it is done at last.
const (
	Met  Timeliness = "met"
	Late Timeliness = "late"
	Open Timeliness = "open"
)

// Judge tells how a complaint stands at an instant; done is nil while it is not.
func Judge(due time.Time, done *time.Time, now time.Time) Timeliness {
	switch {
	case done != nil && !done.After(due):
		return Met
	case done != nil || now.After(due):
		return Late
	}
	return Open
}

// SatisfiedFrom is the lowest score of five that counts as satisfied.
const SatisfiedFrom = 4
