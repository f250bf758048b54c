package i18n

import "time"

// Date writes a date as people of the language do: 2026年11月2日, 2 November 2026.
func (l Locale) Date(day time.Time) string {
	if l == English {
		return day.Format("2 January 2006")
	}
	return day.Format("2006年1月2日")
}

// Month writes a month in that form: 2026年11月, November 2026.
func (l Locale) Month(day time.Time) string {
	if l == English {
		return day.Format("January 2006")
	}
	return day.Format("2006年1月")
}
