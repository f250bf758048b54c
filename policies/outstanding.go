package policies

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/audit"
	"anwen/internal/cursor"
	"anwen/internal/database"
	"anwen/people"
)

// OutstandingQuery narrows and pages those who have not acknowledged a version.
type OutstandingQuery struct {
	Code     string
	Number   int
	UnitCode string // this unit and everything below; empty: all that the actor reaches
	After    string // cursor of the page before
	Limit    int    // 1 to people.MaxPage; 0: 50
}

// Outstanding is who was asked to acknowledge a version and has not.
type Outstanding struct {
	Code         string
	Title        string
	Number       int
	Requested    int // people asked, of those who still work here
	Acknowledged int // of these
	Waiting      int // of these, not acknowledged
	Overdue      int // of the waiting, past their due date
	Gone         int // asked, left without acknowledging: a record, but nobody to remind
	People       []OutstandingPerson
	Next         string // empty on the last page
}

// OutstandingPerson was asked and has not acknowledged.
type OutstandingPerson struct {
	PersonID    int64
	EmployeeNo  string
	Name        string
	Status      people.Status
	UnitCode    string
	UnitName    string
	Position    string
	RequestedAt time.Time
	DueOn       string
	Overdue     bool
}

// outstandingList names the list in its cursors.
const outstandingList = "outstanding"

// Outstanding lists, within the actor's reach as Compliance, HR or Auditor, who
// has not acknowledged the version. Forbidden without such a role; NotFound for
// an unknown version and for a unit beyond the actor's reach; Invalid for a cursor
// that is not of this list. The look is audited.
func (s *Service) Outstanding(ctx context.Context, actor people.Actor, q OutstandingQuery) (Outstanding, error) {
	var list Outstanding
	err := s.db.Transaction(ctx, func(tx database.Tx) (err error) {
		list, err = s.outstandingTx(ctx, tx, actor, q)
		return err
	})
	return list, err
}

func (s *Service) outstandingTx(ctx context.Context, tx database.Tx, actor people.Actor, q OutstandingQuery) (Outstanding, error) {
	reach := actor.Over(people.Compliance, people.HR, people.Auditor)
	if err := reach.Require(); err != nil {
		return Outstanding{}, err
	}
	version, err := findVersion(ctx, tx, q.Code, q.Number)
	if err != nil {
		return Outstanding{}, err
	}
	within := "%"
	if q.UnitCode != "" {
		unit, err := reach.Unit(ctx, tx, q.UnitCode)
		if err != nil {
			return Outstanding{}, err
		}
		within = unit.Below()
	}
	if q.Limit <= 0 || q.Limit > people.MaxPage {
		q.Limit = 50
	}
	var last string
	if _, err := cursor.Read(q.After, outstandingList, &last); err != nil {
		return Outstanding{}, err
	}
	now := s.now()
	args := map[string]any{
		"version": version.ID, "reach": reach.Patterns(), "within": within,
		"after": last, "limit": q.Limit + 1, "now": now,
	}
	list, err := countOutstandingTx(ctx, tx, args)
	if err != nil {
		return Outstanding{}, fmt.Errorf("count acknowledgements of policy %s: %w", q.Code, err)
	}
	list.Code, list.Title, list.Number = version.Code, version.Titles.In(actor.Locale), version.Number
	if list.People, err = listOutstandingTx(ctx, tx, args, actor.Locale); err != nil {
		return Outstanding{}, fmt.Errorf("who has not acknowledged policy %s: %w", q.Code, err)
	}
	if len(list.People) > q.Limit {
		list.People = list.People[:q.Limit]
		list.Next = cursor.After(outstandingList, list.People[q.Limit-1].EmployeeNo)
	}
	return list, audit.RecordTx(ctx, tx, audit.Event{
		At: now, ActorID: actor.PersonID, Action: "policies.view_outstanding", Subject: fmt.Sprintf("policy:%s/%d", q.Code, q.Number),
		Data: map[string]any{"unit": q.UnitCode, "after": q.After, "rows": len(list.People)},
	})
}
