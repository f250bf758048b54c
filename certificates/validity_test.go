package certificates

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func dateOf(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestValidUntilIsTheCorrespondingDayOrTheMonthsEnd(t *testing.T) {
	for _, c := range []struct {
		issued string
		months int
		want   string
	}{
		{"2026-11-23", 12, "2027-11-23"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", 48, "2028-02-29"},
		{"2026-08-31", 1, "2026-09-30"},
		{"2026-08-31", 6, "2027-02-28"},
		{"2026-12-31", 2, "2027-02-28"},
		{"2026-01-31", 120, "2036-01-31"},
	} {
		if got := ValidUntil(dateOf(c.issued), c.months).Format(time.DateOnly); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.issued, c.months, got, c.want)
		}
	}
}

func TestStateOn(t *testing.T) {
	end := dateOf("2026-11-23")
	for _, c := range []struct {
		today   string
		until   *time.Time
		revoked bool
		want    State
	}{
		{"2026-09-01", &end, false, Valid},
		{"2026-09-24", &end, false, Valid},    // 60 days before
		{"2026-09-25", &end, false, Expiring}, // fewer than 60 days are left
		{"2026-11-23", &end, false, Expiring}, // the last valid day
		{"2026-11-24", &end, false, Expired},
		{"2026-01-01", &end, true, Revoked},
		{"2099-01-01", nil, false, Valid},
	} {
		if got := StateOn(dateOf(c.today), c.until, c.revoked); got != c.want {
			t.Errorf("on %s: %s, want %s", c.today, got, c.want)
		}
	}
}

func TestASerialIsReadAsPeopleTypeIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		serial := newSerial()
		typed := rapid.SampledFrom([]func(string) string{
			func(s string) string { return s },
			strings.ToLower,
			func(s string) string { return strings.ReplaceAll(s, "-", "") },
			func(s string) string { return " " + strings.ReplaceAll(s, "-", " ") + " " },
			func(s string) string { return strings.ReplaceAll(s, "0", "O") },
			func(s string) string { return strings.ReplaceAll(s, "1", "l") },
		}).Draw(t, "typed")(serial)
		if got, ok := ParseSerial(typed); !ok || got != serial {
			t.Fatalf("%q was read as %q, %v", typed, got, ok)
		}
	})
}

func TestAWrongSymbolIsNoSerial(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		serial := []byte(newSerial())
		i := rapid.SampledFrom([]int{3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 15}).Draw(t, "place")
		other := alphabet[rapid.IntRange(0, 31).Draw(t, "symbol")]
		if other == serial[i] {
			t.Skip("the same symbol")
		}
		serial[i] = other
		if _, ok := ParseSerial(string(serial)); ok {
			t.Fatalf("%s passed", serial)
		}
	})
	for _, s := range []string{"", "AW", "AW-1", "XX-00000-00000-0", "AW-ÜÜÜÜÜ-00000-0", strings.Repeat("A", 5000)} {
		if _, ok := ParseSerial(s); ok {
			t.Errorf("%.20q passed", s)
		}
	}
}
