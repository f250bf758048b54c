package sheet

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// lastDay is the day after 9999-12-31 as Excel counts from 1900.
const lastDay = 2_958_466

// date shows the days since 1900, or 1904, that n counts. A time is rounded to the
// second, or to what the section shows of it, so that 17:00 is not 16:59:59.99.
func (s section) date(n float64, date1904 bool) (string, *cellFault) {
	if n < 0 || n >= lastDay {
		return "", fault("sheet.no_date", nil)
	}
	step := time.Second
	if s.has(".") {
		step = time.Millisecond
	}
	whole, part := math.Modf(n)
	day, within := int(whole), time.Duration(math.Round(part*float64(24*time.Hour/step)))*step
	if within == 24*time.Hour {
		day, within = day+1, 0
	}
	at, ok := calendarDay(day, date1904)
	if !ok && s.has("ymdae") {
		return "", fault("sheet.no_date", nil)
	}
	at = at.Add(within)
	if s.wholeDate() {
		return isoDate(at.Round(time.Second)), nil
	}
	return strings.TrimSpace(s.parts(at, day*86400+int(within/time.Second))), nil
}

func isoDate(at time.Time) string {
	if at.Equal(at.Truncate(24 * time.Hour)) {
		return at.Format(time.DateOnly)
	}
	return at.Format("2006-01-02T15:04:05")
}

// calendarDay is the day with the number. Excel counts a 29 February 1900, which never
// was, and a day 0, which is none.
func calendarDay(n int, date1904 bool) (time.Time, bool) {
	switch {
	case date1904:
		return time.Date(1904, 1, 1+n, 0, 0, 0, 0, time.UTC), true
	case n == 0, n == 60:
		return time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC), false
	case n < 60:
		return time.Date(1899, 12, 31+n, 0, 0, 0, 0, time.UTC), true
	}
	return time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC), true
}

var weekdays = []string{"日", "一", "二", "三", "四", "五", "六"}

// parts writes what the section shows of an instant; elapsed counts the seconds since
// day 0.
func (s section) parts(at time.Time, elapsed int) string {
	var b strings.Builder
	half := s.has("p")
	for i, t := range s.tokens {
		switch t.is {
		case 'x':
			b.WriteString(t.text)
		case ',':
			b.WriteString(",")
		case 'y':
			b.WriteString(at.Format(choose(t.n <= 2, "06", "2006")))
		case 'e':
			b.WriteString(at.Format("2006"))
		case 'm':
			b.WriteString(s.month(at, t.n))
		case 'd':
			b.WriteString(s.day(at, t.n))
		case 'a':
			b.WriteString(choose(t.n > 3, "星期", "") + weekdays[at.Weekday()])
		case 'h':
			hour := at.Hour()
			if half {
				hour = (hour+11)%12 + 1
			}
			b.WriteString(padded(hour, t.n))
		case 'i':
			b.WriteString(padded(at.Minute(), t.n))
		case 's':
			b.WriteString(padded(at.Second(), t.n))
		case '[':
			b.WriteString(padded(elapsed/map[string]int{"h": 3600, "m": 60, "s": 1}[t.text], t.n))
		case 'p':
			before, after, _ := strings.Cut(t.text, "/")
			b.WriteString(choose(at.Hour() < 12, before, after))
		case '.':
			b.WriteString(".")
			places := 0
			for _, next := range s.tokens[i+1:] {
				if next.is != '0' {
					break
				}
				places++
			}
			b.WriteString(fmt.Sprintf("%03d", at.Nanosecond()/int(time.Millisecond))[:min(places, 3)])
		}
	}
	return b.String()
}

var months = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"}

// month writes the month with so many letters: a number, or a word of the language.
func (s section) month(at time.Time, n int) string {
	switch {
	case n > 2 && s.mainland():
		return months[at.Month()-1] + "月"
	case n >= 5:
		return at.Format("Jan")[:1]
	}
	return at.Format([]string{"1", "01", "Jan", "January"}[n-1])
}

func (s section) day(at time.Time, n int) string {
	if n > 2 && s.mainland() {
		return choose(n > 3, "星期", "周") + weekdays[at.Weekday()]
	}
	return at.Format([]string{"2", "02", "Mon", "Monday"}[min(n, 4)-1])
}

func padded(n, places int) string {
	s := strconv.Itoa(n)
	for len(s) < min(places, 2) {
		s = "0" + s
	}
	return s
}

func choose(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}
