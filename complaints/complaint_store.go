package complaints

import (
	"context"
	"strings"
	"time"

	"anwen/internal/database"
	"anwen/people"
)

// findComplaints reads one row more than the page holds, so that the caller knows
// whether another page follows. What is on the page is found first, and what is shown of
// it afterwards.
func findComplaints(ctx context.Context, db database.Conn, reach people.Reach, q ListQuery, after *position, now time.Time) ([]Complaint, error) {
	units, all, err := unitsWithin(ctx, db, reach, q.UnitCode)
	if err != nil {
		return nil, err
	}
	p := page{ListQuery: q, all: all, one: !all && len(units) <= fewUnits, after: after != nil}
	args := map[string]any{"now": now, "units": units, "class": q.Class, "state": q.State, "limit": q.Limit + 1}
	if after != nil {
		args["after"], args["last"] = after.receivedAt, after.id
	}
	if text := strings.TrimSpace(q.Search); text != "" {
		args["start"], args["text"] = database.LikeLiteral(text)+"%", "%"+database.LikeLiteral(text)+"%"
		if p.words, err = wordsWith(ctx, db, args); err != nil {
			return nil, err
		}
		args["words"] = p.words
	}
	list := []Complaint{}
	err = db.WithContext(database.PlanAnew(ctx)).Raw(`WITH page AS MATERIALIZED (`+p.sql()+`)
		SELECT c.id, c.reference, c.class, c.channel, c.product, c.cause, c.unit_names, c.received_at, c.due_on, c.due_at, c.done_at,
		       c.closed_at, c.state, c.beyond_calendar AS calendar_incomplete, coalesce(p.employee_no, '') AS responsible_no,
		       coalesce(p.name, '') AS responsible, c.satisfaction
		FROM page JOIN complaint_standing(@now) c ON c.id = page.id LEFT JOIN staff p ON p.id = c.responsible_id
		ORDER BY c.received_at DESC, c.id DESC`, args).Scan(&list).Error
	return list, err
}

// fewUnits is up to how many units the newest complaints of each are looked up; of more
// units, all complaints are gone through until the page is full.
const fewUnits = 40

// page is a query for the ids of one page.
type page struct {
	ListQuery
	all, one, after bool                   // every unit; unit by unit; behind a position
	words           database.Array[string] // products and causes with the text
}

// sql has a fence, OFFSET 0, where the planner must go by an index in the order of the
// list: what it thinks of how many complaints are late or unnamed is a guess.
func (p page) sql() string {
	where, fenced := []string{"true"}, []string{"true"}
	if !p.all && !p.one {
		where = append(where, `c.unit_id = ANY (@units)`)
	}
	if p.one {
		where = append(where, `c.unit_id = u.id`)
	}
	if p.Class != "" {
		fenced = append(fenced, `class = @class`)
	}
	if p.State != "" {
		fenced = append(fenced, `state = @state`)
	}
	if p.State == Open {
		// A weaker condition that an index can serve, and that excludes nothing: no
		// open complaint is past its limit.
		where = append(where, `c.due_at >= @now`)
	}
	if p.Unnamed {
		fenced = append(fenced, `NOT named`)
	}
	switch {
	case strings.TrimSpace(p.Search) == "":
	case len(p.words) == 0:
		where = append(where, `c.reference LIKE @start`)
	default:
		where = append(where, `(c.reference LIKE @start OR c.product COLLATE "C" = ANY (@words) OR c.cause COLLATE "C" = ANY (@words))`)
	}
	if p.after {
		where = append(where, `(c.received_at, c.id) < (@after, @last)`)
	}
	ids := `SELECT id, received_at FROM (
			SELECT c.id, c.received_at, c.class, c.state, c.named FROM complaint_standing(@now) c
			WHERE ` + strings.Join(where, " AND ") + ` ORDER BY c.received_at DESC, c.id DESC OFFSET 0
		) fence WHERE ` + strings.Join(fenced, " AND ") + ` LIMIT @limit`
	if !p.one {
		return ids
	}
	return `SELECT each.id FROM unnest(CAST(@units AS bigint[])) AS u(id) CROSS JOIN LATERAL (` + ids + `) each ORDER BY each.received_at DESC, each.id DESC LIMIT @limit`
}

// unitsWithin are the ids of the units within reach that lie in the unit with the code,
// if there is one; all tells that these are all units there are.
func unitsWithin(ctx context.Context, db database.Conn, reach people.Reach, code string) (ids database.Array[int64], all bool, err error) {
	var rows []struct {
		ID     int64
		Within bool
	}
	within := `path LIKE ANY (@reach)`
	if code != "" {
		within += ` AND path LIKE ` + people.BelowUnit
	}
	err = db.WithContext(database.PlanAnew(ctx)).Raw(`SELECT id, `+within+` AS within FROM units`, map[string]any{"reach": reach.Patterns(), "unit": code}).Scan(&rows).Error
	ids = database.Array[int64]{}
	for _, r := range rows {
		if r.Within {
			ids = append(ids, r.ID)
		}
	}
	return ids, len(ids) == len(rows), err
}

// wordsWith are the products and causes with the text: each is looked up once, since
// many complaints share few.
func wordsWith(ctx context.Context, db database.Conn, args map[string]any) (words database.Array[string], err error) {
	each := func(column string) string {
		return `(WITH RECURSIVE words(word) AS (
			(SELECT ` + column + ` COLLATE "C" FROM complaints ORDER BY ` + column + ` COLLATE "C" LIMIT 1)
			UNION ALL SELECT (SELECT c.` + column + ` COLLATE "C" FROM complaints c WHERE c.` + column + ` COLLATE "C" > w.word ORDER BY c.` + column + ` COLLATE "C" LIMIT 1)
			FROM words w WHERE w.word IS NOT NULL)
		SELECT word FROM words WHERE word LIKE @text)`
	}
	var found []string
	err = db.WithContext(database.PlanAnew(ctx)).Raw(each("product")+` UNION `+each("cause"), args).Scan(&found).Error
	return database.Array[string](found), err
}
