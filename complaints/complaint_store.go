package complaints

import (
	"context"
	"strings"
	"time"

	"anwen/internal/database"
	"anwen/people"
)

// findComplaints reads one row more than the page holds, so that the caller knows
// whether another page follows.
func findComplaints(ctx context.Context, db database.Conn, reach people.Reach, q ListQuery, after *position, now time.Time) ([]Complaint, error) {
	where := []string{`c.unit_path LIKE ANY (@reach)`}
	args := map[string]any{"now": now, "reach": reach.Patterns(), "limit": q.Limit + 1}
	add := func(condition, name string, value any) { where, args[name] = append(where, condition), value }
	if q.State != "" {
		add(`c.state = @state`, "state", string(q.State))
	}
	if q.State == Open {
		// A weaker condition that an index can serve, and that excludes nothing: no
		// open complaint is past its limit.
		where = append(where, `c.due_at >= @now`)
	}
	if q.Class != "" {
		add(`c.class = @class`, "class", string(q.Class))
	}
	if q.UnitCode != "" {
		add(`c.unit_path LIKE `+people.BelowUnit, "unit", q.UnitCode)
	}
	if q.Unnamed {
		where = append(where, `NOT c.named`)
	}
	if text := strings.TrimSpace(q.Search); text != "" {
		add(`(c.reference LIKE @text || '%' OR c.product LIKE '%' || @text || '%' OR c.cause LIKE '%' || @text || '%')`, "text", database.LikeLiteral(text))
	}
	if after != nil {
		add(`(c.received_at, c.id) < (@after, @last)`, "after", after.receivedAt)
		args["last"] = after.id
	}
	list := []Complaint{}
	err := db.WithContext(ctx).Raw(`
		SELECT c.id, c.reference, c.class, c.channel, c.product, c.cause, c.unit_names, c.received_at, c.due_on, c.due_at, c.done_at,
		       c.closed_at, c.state, c.beyond_calendar AS calendar_incomplete, coalesce(p.employee_no, '') AS responsible_no,
		       coalesce(p.name, '') AS responsible, c.satisfaction
		FROM complaint_standing(@now) c LEFT JOIN staff p ON p.id = c.responsible_id
		WHERE `+strings.Join(where, " AND ")+` ORDER BY c.received_at DESC, c.id DESC LIMIT @limit`, args).Scan(&list).Error
	return list, err
}
