package performance

import (
	"testing"
	"time"

	"anwen/internal/errs"
)

func TestAQuarterIsReadInOneFormOnly(t *testing.T) {
	q, err := ParseQuarter("2026-Q3")
	if err != nil || q != (Quarter{2026, 3}) || q.String() != "2026-Q3" {
		t.Fatalf("got %v, %v", q, err)
	}
	if first, end := q.First().Format(time.DateOnly), q.End().Format(time.DateOnly); first != "2026-07-01" || end != "2026-10-01" {
		t.Errorf("the quarter runs from %s to %s", first, end)
	}
	for _, bad := range []string{"", "2026", "2026-Q0", "2026-Q5", "2026-3", "2026Q3", "2026-q3", " 2026-Q3", "2026-Q3 ", "26-Q3", "+026-Q3", "0000-Q1", "2026-Q33"} {
		if q, err := ParseQuarter(bad); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%q is read as %v, %v", bad, q, err)
		}
	}
}

func TestTheQuarterBeforeTheFirstIsLastYears(t *testing.T) {
	if got := (Quarter{2026, 1}).Previous(); got != (Quarter{2025, 4}) {
		t.Errorf("got %v", got)
	}
}

func TestAnInstantBelongsToTheQuarterOfItsLocalDay(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 6, 30, 16, 30, 0, 0, time.UTC) // half past midnight in Shanghai
	if got := QuarterOf(at); got.Number != 2 {
		t.Errorf("in UTC it is %v", got)
	}
	if got := QuarterOf(at.In(shanghai)); got.Number != 3 {
		t.Errorf("in Shanghai it is %v", got)
	}
}
