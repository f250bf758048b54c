package complaints

import (
	"time"

	"anwen/internal/date"
)

// Class is the kind of complaint that decides its time limit.
type Class string

// The classes.
const (
	General Class = "general"
	Complex Class = "complex"
)

// Precision says how exactly a receipt is known.
type Precision string

// The precisions. When only the day is known, the limit runs from the end of that
// day, so that nobody is late because of a time that was not recorded.
const (
	Instant Precision = "instant"
	Day     Precision = "day"
)

// Receipt is when a complaint was received, and in which time zone.
type Receipt struct {
	At        time.Time
	Precision Precision
	Zone      *time.Location
}

// Due is when a complaint is due.
type Due struct {
	On                 time.Time // local date, as midnight UTC
	At                 time.Time // the last instant that is in time
	CalendarIncomplete bool      // the calendar does not know every holiday of the span
}

// DueOf computes when the stage that decides the standing of a complaint of the
// class must be done: the first reply or the initial feedback.
//
// General: hours, counted from the moment of receipt (PRC Civil Code art. 201).
// Complex: working days, the day of receipt not counted (art. 201), days off skipped
// (art. 203), until 24:00 of the last one (art. 203).
func DueOf(class Class, r Receipt, rules RuleSet, c Calendar) Due {
	received := date.In(r.At, r.Zone)
	if class == General {
		start := r.At
		if r.Precision == Day {
			start = date.Midnight(received.AddDate(0, 0, 1), r.Zone)
		}
		at := start.Add(time.Duration(rules.GeneralHours) * time.Hour)
		return Due{On: date.In(at, r.Zone), At: at}
	}
	on := c.AddWorkingDays(received, rules.ComplexWorkingDays)
	return Due{On: on, At: date.Midnight(on.AddDate(0, 0, 1), r.Zone), CalendarIncomplete: !c.Covers(received, on)}
}

// SatisfiedFrom is the lowest score of five that counts as satisfied.
const SatisfiedFrom = 4
