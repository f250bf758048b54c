package complaints

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/cursor"
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
// without such a role; Invalid for a cursor that is not of this list; NotFound for a
// unit that they do not reach.
func (s *Service) List(ctx context.Context, actor people.Actor, q ListQuery) (list []Complaint, next string, err error) {
	reach := actor.Over(readers...)
	if q.UnitCode, err = reach.Narrow(ctx, s.db, q.UnitCode); err != nil {
		return nil, "", err
	}
	if q.Limit <= 0 || q.Limit > people.MaxPage {
		q.Limit = 50
	}
	after, err := positionOf(q.After)
	if err != nil {
		return nil, "", err
	}
	list, err = findComplaints(ctx, s.db, reach, q, after, s.now())
	if err != nil {
		return nil, "", fmt.Errorf("list complaints: %w", err)
	}
	if len(list) > q.Limit {
		list = list[:q.Limit]
		last := list[q.Limit-1]
		next = cursor.After(complaintList, last.ReceivedAt, last.ID)
	}
	return list, next, nil
}

// complaintList names the list in its cursors.
const complaintList = "complaints"

// position is where a page ended.
type position struct {
	receivedAt time.Time
	id         int64
}

// positionOf reads a cursor; nil is the first page.
func positionOf(after string) (*position, error) {
	var p position
	given, err := cursor.Read(after, complaintList, &p.receivedAt, &p.id)
	if err != nil || !given {
		return nil, err
	}
	return &p, nil
}
