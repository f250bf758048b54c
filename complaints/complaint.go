package complaints

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// Complaint is a complaint as the desk sees it.
type Complaint struct {
	ID                 int64
	Reference          string
	Class              Class
	Channel            string
	Product            string
	Cause              string
	UnitNames          i18n.Texts
	ReceivedAt         time.Time
	DueOn              time.Time
	DueAt              time.Time
	DoneAt             *time.Time // of the stage that the class is judged by
	ClosedAt           *time.Time
	State              Standing
	ResponsibleNo      string
	Responsible        string
	Satisfaction       *int
	CalendarIncomplete bool
}

// ListQuery narrows and pages complaints.
type ListQuery struct {
	State    Standing // empty: all
	Class    Class
	UnitCode string // this unit and everything below
	Unnamed  bool   // only those without a responsible person
	Search   string // start of the reference, part of product or cause
	After    string // cursor of the page before
	Limit    int    // 1 to people.MaxPage; 0: 50
}

// readers are the roles that see complaints of the units they cover.
var readers = []people.Role{people.ComplaintDesk, people.Compliance, people.HR, people.Auditor}

// List pages through complaints that the actor's roles reach, the newest first,
// as all of them stand at one instant; next is empty on the last page. Forbidden
// without such a role; Invalid for a malformed cursor; NotFound for a unit that they do
// not reach.
func (s *Service) List(ctx context.Context, actor people.Actor, q ListQuery) (list []Complaint, next string, err error) {
	reach := actor.Over(readers...)
	if q.UnitCode, err = reach.Narrow(ctx, s.db, q.UnitCode); err != nil {
		return nil, "", err
	}
	if q.Limit <= 0 || q.Limit > people.MaxPage {
		q.Limit = 50
	}
	var after *position
	if q.After != "" {
		if after, err = parsePosition(q.After); err != nil {
			return nil, "", err
		}
	}
	list, err = findComplaints(ctx, s.db, reach, q, after, s.now())
	if err != nil {
		return nil, "", fmt.Errorf("list complaints: %w", err)
	}
	if len(list) > q.Limit {
		list = list[:q.Limit]
		last := list[q.Limit-1]
		next = position{last.ReceivedAt, last.ID}.String()
	}
	return list, next, nil
}

// position is where a page ended.
type position struct {
	receivedAt time.Time
	id         int64
}

func (p position) String() string { return fmt.Sprintf("%d-%d", p.receivedAt.UnixMicro(), p.id) }

func parsePosition(cursor string) (*position, error) {
	micros, id, ok := strings.Cut(cursor, "-")
	at, err1 := strconv.ParseInt(micros, 10, 64)
	last, err2 := strconv.ParseInt(id, 10, 64)
	if !ok || err1 != nil || err2 != nil {
		return nil, errs.New(errs.Invalid, "api.unknown_cursor", nil)
	}
	return &position{time.UnixMicro(at), last}, nil
}
