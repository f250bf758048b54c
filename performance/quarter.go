package performance

import (
	"fmt"
	"time"

	"anwen/internal/errs"
)

// Quarter is a calendar quarter of a year. It has no time zone: its days are those of
// the unit whose complaints are counted.
type Quarter struct {
	Year   int
	Number int // 1 to 4
}

// ParseQuarter reads "2026-Q3". Invalid for anything else.
func ParseQuarter(s string) (Quarter, error) {
	var q Quarter
	if len(s) == len("2026-Q3") {
		if n, err := fmt.Sscanf(s, "%4d-Q%1d", &q.Year, &q.Number); err == nil && n == 2 && q.valid() && q.String() == s {
			return q, nil
		}
	}
	var faults errs.Faults
	faults.Add(errs.Place{Field: "period"}, "performance.bad_quarter", errs.Args{"value": s})
	return Quarter{}, faults.Err("performance.bad_request")
}

func (q Quarter) valid() bool { return q.Year >= 1900 && q.Number >= 1 && q.Number <= 4 }

// QuarterOf is the quarter of the instant's day in its own location.
func QuarterOf(at time.Time) Quarter {
	return Quarter{Year: at.Year(), Number: (int(at.Month())-1)/3 + 1}
}

// String is the form that ParseQuarter reads.
func (q Quarter) String() string { return fmt.Sprintf("%04d-Q%d", q.Year, q.Number) }

// First is the first day, as a date at midnight UTC.
func (q Quarter) First() time.Time {
	return time.Date(q.Year, time.Month(3*q.Number-2), 1, 0, 0, 0, 0, time.UTC)
}

// End is the day after the last day, as a date at midnight UTC.
func (q Quarter) End() time.Time { return q.First().AddDate(0, 3, 0) }

// Previous is the quarter before.
func (q Quarter) Previous() Quarter { return QuarterOf(q.First().AddDate(0, 0, -1)) }
