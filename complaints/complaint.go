package complaints

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// Complaint is a complaint as the desk sees it.
type Complaint struct {
	ID             int64
	Reference      string
	Class          Class
	Channel        string
	Product        string
	Cause          string
	UnitNames      map[i18n.Locale]string
	ReceivedAt     time.Time
	DueOn          time.Time
	DueAt          time.Time
	DoneAt         *time.Time // of the stage that the class is judged by
	ClosedAt       *time.Time
	Measured       bool // the source tells when replies were made; otherwise State is ""
	State          Timeliness
	ResponsibleNo  string
	Responsible    string
	Satisfaction   *int
	BeyondCalendar bool
}

// ListQuery narrows and pages complaints.
type ListQuery struct {
	State    Timeliness // empty: all
	Class    Class
	UnitCode string // this unit and everything below
	Unnamed  bool   // only those without a responsible person
	Search   string // start of the reference, part of product or cause
	After    string // cursor of the page before
	Limit    int    // 1 to people.MaxPage; 0: 50
}

// readers are the roles that see complaints of the units they cover.
var readers = []people.Role{people.ComplaintDesk, people.Compliance, people.HR, people.Auditor}

// doneAt is the stage that a complaint is judged by.
const doneAt = `CASE c.class WHEN 'general' THEN c.first_reply_at ELSE c.first_feedback_at END`

// List pages through complaints that the actor's roles reach, the newest first;
// next is empty on the last page. Forbidden without such a role; Invalid for a
// cursor that is none.
func (s *Service) List(ctx context.Context, actor people.Actor, q ListQuery) (list []Complaint, next string, err error) {
	reach := actor.Patterns(readers...)
	if len(reach) == 0 {
		return nil, "", errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	if q.Limit <= 0 || q.Limit > people.MaxPage {
		q.Limit = 50
	}
	where, args, err := q.conditions(reach, s.now())
	if err != nil {
		return nil, "", err
	}
	var rows []struct {
		Complaint
		NamesJSON string
		Done      *time.Time
	}
	err = s.db.WithContext(ctx).Raw(`
		SELECT c.id, c.reference, c.class, c.channel, c.product, c.cause, u.names::text AS names_json, c.received_at, c.due_on, c.due_at,
		       `+doneAt+` AS done, c.closed_at, c.measured, c.beyond_calendar, coalesce(p.employee_no, '') AS responsible_no,
		       coalesce(p.name, '') AS responsible, a.score AS satisfaction
		FROM complaints c JOIN units u ON u.id = c.unit_id
		LEFT JOIN responsible_persons r ON r.complaint_id = c.id AND r.ended_at IS NULL
		LEFT JOIN people p ON p.id = r.person_id
		LEFT JOIN satisfaction_answers a ON a.complaint_id = c.id
		WHERE `+where+` ORDER BY c.received_at DESC, c.id DESC LIMIT ?`, append(args, q.Limit+1)...).Scan(&rows).Error
	if err != nil {
		return nil, "", fmt.Errorf("list complaints: %w", err)
	}
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		last := rows[q.Limit-1]
		next = fmt.Sprintf("%d-%d", last.ReceivedAt.UnixMicro(), last.ID)
	}
	list = make([]Complaint, len(rows))
	for i, r := range rows {
		list[i] = r.Complaint
		list[i].DoneAt = r.Done
		if r.Measured {
			list[i].State = Judge(r.DueAt, r.Done, s.now())
		}
		if err := json.Unmarshal([]byte(r.NamesJSON), &list[i].UnitNames); err != nil {
			return nil, "", fmt.Errorf("unit of complaint %s: %w", r.Reference, err)
		}
	}
	return list, next, nil
}

func (q ListQuery) conditions(reach []string, now time.Time) (where string, args []any, err error) {
	parts := []string{`u.path LIKE ANY (?)`}
	args = []any{database.Array[string](reach)}
	add := func(sql string, values ...any) { parts, args = append(parts, sql), append(args, values...) }
	switch q.State {
	case Met:
		add(`c.measured AND ` + doneAt + ` <= c.due_at`)
	case Late:
		add(`c.measured AND coalesce(`+doneAt+`, ?) > c.due_at`, now)
	case Open:
		add(`c.measured AND `+doneAt+` IS NULL AND c.due_at >= ?`, now)
	}
	if q.Class != "" {
		add(`c.class = ?`, string(q.Class))
	}
	if q.UnitCode != "" {
		add(`u.path LIKE (SELECT path || '%' FROM units WHERE code = ?)`, q.UnitCode)
	}
	if q.Unnamed {
		add(`NOT EXISTS (SELECT FROM responsible_persons n WHERE n.complaint_id = c.id AND n.ended_at IS NULL)`)
	}
	if text := strings.TrimSpace(q.Search); text != "" {
		literal := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
		add(`(c.reference LIKE ? OR c.product LIKE ? OR c.cause LIKE ?)`, literal+"%", "%"+literal+"%", "%"+literal+"%")
	}
	if q.After != "" {
		micros, id, ok := strings.Cut(q.After, "-")
		at, err1 := strconv.ParseInt(micros, 10, 64)
		last, err2 := strconv.ParseInt(id, 10, 64)
		if !ok || err1 != nil || err2 != nil {
			return "", nil, errs.New(errs.Invalid, "api.unknown_cursor", nil)
		}
		add(`(c.received_at, c.id) < (?, ?)`, time.UnixMicro(at), last)
	}
	return strings.Join(parts, " AND "), args, nil
}
