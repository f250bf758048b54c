package complaints

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var shanghai = mustZone("Asia/Shanghai")

func mustZone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

func day(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

func at(s string, zone *time.Location) time.Time {
	t, err := time.ParseInLocation("2006-01-02T15:04", s, zone)
	if err != nil {
		panic(err)
	}
	return t
}

func TestDueOf(t *testing.T) {
	for _, c := range []struct {
		name      string
		class     Class
		received  string
		precision Precision
		on, at    string
	}{
		// Published dates: Spring Festival, National Day and make-up Saturdays.
		{"over Spring Festival 2024", Complex, "2024-02-08T10:00", Instant, "2024-02-23", "2024-02-24T00:00"},
		{"over National Day 2024", Complex, "2024-09-30T10:00", Instant, "2024-10-15", "2024-10-16T00:00"},
		{"over Spring Festival 2026", Complex, "2026-02-13T10:00", Instant, "2026-03-02", "2026-03-03T00:00"},
		{"with a make-up Saturday", Complex, "2026-05-08T10:00", Instant, "2026-05-18", "2026-05-19T00:00"},
		{"received in the last minute of a day", Complex, "2026-05-08T23:59", Instant, "2026-05-18", "2026-05-19T00:00"},
		{"48 hours from the moment", General, "2026-05-08T10:17", Instant, "2026-05-10", "2026-05-10T10:17"},
		{"48 hours over a holiday all the same", General, "2026-10-01T00:00", Instant, "2026-10-03", "2026-10-03T00:00"},
		{"of a day alone the hours run from its end", General, "2026-05-08T00:00", Day, "2026-05-11", "2026-05-11T00:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := DueOf(c.class, Receipt{at(c.received, shanghai), c.precision, shanghai}, HouseRules(), PRC())
			if !got.On.Equal(day(c.on)) || !got.At.Equal(at(c.at, shanghai)) || got.CalendarIncomplete {
				t.Fatalf("got %+v", got)
			}
		})
	}
}

func TestADueDateBeyondTheCalendarSaysSo(t *testing.T) {
	for received, incomplete := range map[string]bool{
		"2026-12-18T10:00": false, "2026-12-23T10:00": true, "2027-01-04T10:00": true, "2023-12-28T10:00": true,
	} {
		got := DueOf(Complex, Receipt{at(received, shanghai), Instant, shanghai}, HouseRules(), PRC())
		if got.CalendarIncomplete != incomplete {
			t.Errorf("received %s: the calendar is incomplete: %v", received, got.CalendarIncomplete)
		}
	}
}

func TestTheLimitFollowsTheUnitsZone(t *testing.T) {
	instant := at("2026-05-08T00:30", shanghai) // still 7 May in London
	london := mustZone("Europe/London")
	here := DueOf(Complex, Receipt{instant, Instant, shanghai}, HouseRules(), PRC())
	there := DueOf(Complex, Receipt{instant, Instant, london}, HouseRules(), PRC())
	if here.On.Equal(there.On) {
		t.Fatalf("both are due on %s", here.On)
	}
}

func TestTheCalendarHoldsWhatTheNoticesSay(t *testing.T) {
	counts := map[int][2]int{}
	for d, s := range PRC().Days {
		c := counts[d.Year()]
		if s.Kind == Off {
			c[0]++
		} else {
			c[1]++
		}
		counts[d.Year()] = c
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		if s.Kind == Work && !weekend {
			t.Errorf("%s is a working day anyway", d)
		}
	}
	for year, want := range map[int][2]int{2024: {28, 8}, 2025: {28, 5}, 2026: {33, 6}} {
		if counts[year] != want {
			t.Errorf("%d has %v days off and made up, want %v", year, counts[year], want)
		}
	}
}

func TestTheCalendarAgreesWithThePublishedDataOf2024(t *testing.T) {
	raw, err := os.ReadFile("../../shared/fixtures/holidays/2024.json")
	if err != nil {
		t.Skip("the fixture of 2024's holidays is not here")
	}
	var file struct {
		Days []struct {
			Date     string `json:"date"`
			IsOffDay bool   `json:"isOffDay"`
		} `json:"days"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	calendar := PRC()
	for _, d := range file.Days {
		if calendar.IsWorkingDay(day(d.Date)) == d.IsOffDay {
			t.Errorf("%s: off is %v in the notice", d.Date, d.IsOffDay)
		}
	}
}

func TestWorkingDaysAreMonotoneAndNeverOff(t *testing.T) {
	calendar, plain := PRC(), Calendar{}
	rapid.Check(t, func(t *rapid.T) {
		start := day("2024-01-01").AddDate(0, 0, rapid.IntRange(0, 1000).Draw(t, "start"))
		n := rapid.IntRange(1, 40).Draw(t, "n")
		due := calendar.AddWorkingDays(start, n)
		if !calendar.IsWorkingDay(due) {
			t.Fatalf("%s is no working day", due)
		}
		if next := calendar.AddWorkingDays(start, n+1); !next.After(due) {
			t.Fatalf("%d days end on %s, %d on %s", n, due, n+1, next)
		}
		if later := calendar.AddWorkingDays(start.AddDate(0, 0, 1), n); later.Before(due) {
			t.Fatalf("received later, due earlier: %s before %s", later, due)
		}
		worked := 0
		for d := start.AddDate(0, 0, 1); !d.After(due); d = d.AddDate(0, 0, 1) {
			if calendar.IsWorkingDay(d) {
				worked++
			}
		}
		if worked != n {
			t.Fatalf("%d working days until %s, want %d", worked, due, n)
		}
		if weeks := plain.AddWorkingDays(start, 5*n); start.Weekday() >= time.Monday && start.Weekday() <= time.Friday && !weeks.Equal(start.AddDate(0, 0, 7*n)) {
			t.Fatalf("without holidays five working days are not a week: %s", weeks)
		}
	})
}

func TestTheRuleSetInForceAtReceiptJudges(t *testing.T) {
	sets := []RuleSet{{Number: 1, EffectiveFrom: "2024-01-01"}, {Number: 2, EffectiveFrom: "2026-01-01"}, {Number: 3, EffectiveFrom: "2026-01-01"}}
	for received, want := range map[string]int{"2020-01-01": 1, "2024-01-01": 1, "2025-12-31": 1, "2026-01-01": 3, "2030-01-01": 3} {
		if got := InForce(sets, day(received)); got.Number != want {
			t.Errorf("received %s: rule set %d, want %d", received, got.Number, want)
		}
	}
}
