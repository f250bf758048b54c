package records

import (
	"encoding/json"
	"time"

	"anwen/internal/i18n"
	"anwen/items"
)

// column is one column of an export of T. It is the only place that says what the
// column holds, whatever the format of the file.
type column[T any] struct {
	key  string      // its name in JSON; the heading for people is records.column_<key>
	cell func(T) any // nil, a string, an int, a float64, a decimal (json.Number) or a time
}

// heading is what people read above the column.
func (c column[T]) heading(l i18n.Locale) string {
	return i18n.Text(l, "records.column_"+c.key, nil)
}

// text is the cell of a text that may be missing.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// whole is the cell of a number that may be missing.
func whole(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}

// instant is the cell of a time that may be missing.
func instant(at *time.Time) any {
	if at == nil {
		return nil
	}
	return *at
}

// points is the cell of points that may be missing, as an exact decimal such as 3.9.
func points(p *items.Points) any {
	if p == nil {
		return nil
	}
	return json.Number(p.String())
}

// limit is the cell of a limit of an interval, rounded to four places, which is more
// than a quarter's cases can tell; it may be missing.
func limit(x *float64) any {
	if x == nil {
		return nil
	}
	return float64(int(*x*10_000+0.5)) / 10_000
}
