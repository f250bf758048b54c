package complaints

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"time"

	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// DayKind says what an official notice makes of a day: a holiday, or a weekend day
// that is worked to make up for one (调休).
type DayKind string

// The kinds of special days.
const (
	Off  DayKind = "off"
	Work DayKind = "work"
)

// SpecialDay is a day that differs from the week's rule.
type SpecialDay struct {
	Kind DayKind
	Name string
}

// Calendar tells working days. Dates are midnight UTC.
type Calendar struct {
	Code          string
	Names         i18n.Texts
	Days          map[time.Time]SpecialDay
	CompleteFrom  time.Time // holidays before this date are not known: only weekends are counted there
	CompleteUntil time.Time // likewise for holidays after this date
}

// IsWorkingDay reports whether people work on the date: Monday to Friday unless a
// notice gives the day off, and on weekend days that a notice makes working days.
func (c Calendar) IsWorkingDay(day time.Time) bool {
	switch c.Days[day].Kind {
	case Off:
		return false
	case Work:
		return true
	}
	weekday := day.Weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}

// AddWorkingDays returns the n-th working day after the date; the date itself is
// not counted (PRC Civil Code art. 201). n must be positive.
func (c Calendar) AddWorkingDays(day time.Time, n int) time.Time {
	for n > 0 {
		day = day.AddDate(0, 0, 1)
		if c.IsWorkingDay(day) {
			n--
		}
	}
	return day
}

// Covers reports whether every holiday between the two dates is known.
func (c Calendar) Covers(from, until time.Time) bool {
	return !from.Before(c.CompleteFrom) && !until.After(c.CompleteUntil)
}

//go:embed calendars/cn.json
var prc []byte

// PRC is the calendar of mainland China as the State Council's notices made it,
// 2024 to 2026.
func PRC() Calendar {
	c, err := ReadCalendar(prc)
	if err != nil {
		panic(err) // embedded at build time
	}
	return c
}

// ReadCalendar reads a calendar from this program's own JSON: for each year its
// source, the days off and the make-up working days by date. Invalid when it cannot
// be read or a date is no date.
func ReadCalendar(raw []byte) (Calendar, error) {
	var file struct {
		Code          string     `json:"code"`
		Names         i18n.Texts `json:"names"`
		CompleteFrom  string     `json:"complete_from"`
		CompleteUntil string     `json:"complete_until"`
		Years         []struct {
			Year   int               `json:"year"`
			Source string            `json:"source"`
			Off    map[string]string `json:"off"`
			Work   map[string]string `json:"work"`
		} `json:"years"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return Calendar{}, errs.New(errs.Invalid, "complaints.calendar_unreadable", nil).Because(err)
	}
	c := Calendar{Code: file.Code, Names: file.Names, Days: map[time.Time]SpecialDay{}}
	var faults errs.Faults
	date := func(s, field string) time.Time {
		d, err := date.Parse(s)
		if err != nil {
			faults.Add(errs.Place{Field: field}, "complaints.no_date", errs.Args{"value": s})
		}
		return d
	}
	c.CompleteFrom, c.CompleteUntil = date(file.CompleteFrom, "complete_from"), date(file.CompleteUntil, "complete_until")
	for _, y := range file.Years {
		for kind, days := range map[DayKind]map[string]string{Off: y.Off, Work: y.Work} {
			for s, name := range days {
				c.Days[date(s, fmt.Sprintf("years.%d.%s", y.Year, kind))] = SpecialDay{Kind: kind, Name: name}
			}
		}
	}
	return c, faults.Err("complaints.calendar_unreadable")
}
