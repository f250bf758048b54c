// Package date is about local dates: the day that it is where a unit is. A date
// is a time.Time at midnight UTC, so that dates compare and count without a zone.
package date

import (
	"fmt"
	"time"
)

// In is the date of the instant in the zone.
func In(at time.Time, zone *time.Location) time.Time {
	y, m, d := at.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Parse reads a date such as 2026-09-15. There is no year 0: PostgreSQL has none
// either. The error is for the log; a fault says what the user is told.
func Parse(text string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err == nil && day.Year() < 1 {
		err = fmt.Errorf("%s: there is no year 0", text)
	}
	return day, err
}

// Midnight is the first instant of the day in the zone. Where clocks were put
// forward over midnight that is later than 00:00, and where they were put back
// over it the earlier of two.
func Midnight(day time.Time, zone *time.Location) time.Time {
	y, m, d := day.Date()
	at := time.Date(y, m, d, 0, 0, 0, 0, zone)
	wanted := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	start, end := at.ZoneBounds()
	if In(at, zone).Before(wanted) {
		return end // 00:00 does not exist: the clock jumps over it here
	}
	if start.IsZero() {
		return at
	}
	if start.After(at.Add(-24*time.Hour)) && !In(start.Add(-1), zone).Before(wanted) {
		_, after := start.Zone()
		_, before := start.Add(-1).Zone()
		return at.Add(time.Duration(after-before) * time.Second) // the first of two midnights
	}
	return at
}

// Text is the date as it is written everywhere, 2026-09-15; "" for none.
func Text(day *time.Time) string {
	if day == nil {
		return ""
	}
	return day.Format(time.DateOnly)
}

// DaysUntil counts the days from one date to another: 0 on the day itself,
// negative when it has passed.
func DaysUntil(today, day time.Time) int {
	return int(day.Sub(today) / (24 * time.Hour))
}
