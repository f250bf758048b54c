package date

import (
	"testing"
	"time"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func on(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

func TestAnInstantHasTheDateOfItsZone(t *testing.T) {
	at := time.Date(2026, 6, 30, 16, 30, 0, 0, time.UTC)
	for name, want := range map[string]string{
		"UTC": "2026-06-30", "Asia/Shanghai": "2026-07-01", "America/New_York": "2026-06-30", "Pacific/Kiritimati": "2026-07-01",
	} {
		if got := In(at, zone(t, name)); !got.Equal(on(want)) || got.Location() != time.UTC {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestMidnightIsTheFirstInstantOfTheDay(t *testing.T) {
	for _, c := range []struct{ zone, day, want string }{
		{"Asia/Shanghai", "2026-09-15", "2026-09-14T16:00:00Z"},
		{"Europe/London", "2026-07-01", "2026-06-30T23:00:00Z"},
		{"Europe/London", "2026-03-29", "2026-03-29T00:00:00Z"},     // clocks change later that day
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"}, // no midnight: 23:59 is followed by 01:00
		{"America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z"}, // the hour before midnight came twice
		{"America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"},    // midnight comes twice
		{"Africa/Cairo", "2023-04-28", "2023-04-27T22:00:00Z"},
		{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"}, // a day that was skipped begins where the next does
	} {
		want, err := time.Parse(time.RFC3339, c.want)
		if err != nil {
			t.Fatal(err)
		}
		if got := Midnight(on(c.day), zone(t, c.zone)); !got.Equal(want) {
			t.Errorf("%s in %s: %s, want %s", c.day, c.zone, got.UTC().Format(time.RFC3339), c.want)
		}
	}
}

// Every day of five years begins at its midnight, and the instant before is still
// the day before.
func TestMidnightAndInAgree(t *testing.T) {
	for _, name := range []string{"UTC", "Asia/Shanghai", "Europe/London", "America/Sao_Paulo", "America/Havana", "Africa/Cairo", "Asia/Beirut", "Pacific/Chatham"} {
		z := zone(t, name)
		for day := on("2016-01-01"); day.Before(on("2021-01-01")); day = day.AddDate(0, 0, 1) {
			first := Midnight(day, z)
			if got := In(first, z); !got.Equal(day) {
				t.Fatalf("%s: midnight of %s lies on %s", name, Text(&day), Text(&got))
			}
			if got := In(first.Add(-1), z); !got.Before(day) {
				t.Fatalf("%s: %s began before its midnight", name, Text(&day))
			}
		}
	}
}

func TestADateIsReadAsItIsWritten(t *testing.T) {
	for _, text := range []string{"0001-01-01", "2024-02-29", "9999-12-31"} {
		if day, err := Parse(text); err != nil || Text(&day) != text {
			t.Errorf("%s: %s, %v", text, Text(&day), err)
		}
	}
	for _, text := range []string{"", "0000-01-01", "2023-02-29", "2026-9-15", "10000-01-01", "2026-09-15 "} {
		if day, err := Parse(text); err == nil {
			t.Errorf("%q was read as %s", text, Text(&day))
		}
	}
}

func TestDatesAreWrittenAndCounted(t *testing.T) {
	day := on("2026-09-15")
	if Text(&day) != "2026-09-15" || Text(nil) != "" {
		t.Errorf("got %q and %q", Text(&day), Text(nil))
	}
	for text, want := range map[string]int{"2026-09-15": 0, "2026-09-16": 1, "2026-09-14": -1, "2027-09-15": 365} {
		if got := DaysUntil(day, on(text)); got != want {
			t.Errorf("%s: %d days, want %d", text, got, want)
		}
	}
}
