package policies

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
)

// OutstandingQuery narrows and pages those who have not acknowledged a version.
type OutstandingQuery struct {
	Code     string
	Number   int
	UnitCode string // this unit and everything below; empty: all that the actor reaches
	After    string // employee number of the last row seen
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

// Outstanding lists, within the actor's reach as Compliance, HR or Auditor, who
// has not acknowledged the version. Forbidden without such a role; NotFound for
// an unknown version and for a unit beyond the actor's reach. The look is
// audited.
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
	version, err := find(ctx, tx, q.Code, q.Number)
	if err != nil {
		return Outstanding{}, err
	}
	within := "%"
	if q.UnitCode != "" {
		unit, err := reach.Unit(ctx, tx, q.UnitCode)
		if err != nil {
			return Outstanding{}, err
		}
		within = unit.Path + "%"
	}
	if q.Limit <= 0 || q.Limit > people.MaxPage {
		q.Limit = 50
	}
	now := s.now()
	args := map[string]any{
		"version": version.ID, "reach": reach.Patterns(), "within": within,
		"after": q.After, "limit": q.Limit + 1, "now": now,
	}
	var count struct{ Requested, Acknowledged, Waiting, Overdue, Gone int }
	err = tx.WithContext(ctx).Raw(`
		SELECT count(*) FILTER (WHERE here) AS requested, count(*) FILTER (WHERE here AND done) AS acknowledged,
			count(*) FILTER (WHERE here AND NOT done) AS waiting, count(*) FILTER (WHERE here AND NOT done AND overdue) AS overdue,
			count(*) FILTER (WHERE NOT here AND NOT done) AS gone
		FROM (SELECT p.status <> 'left' AS here, a.id IS NOT NULL AS done, `+overdue+` AS overdue `+asked+`) AS each_asked`,
		args).Scan(&count).Error
	if err != nil {
		return Outstanding{}, fmt.Errorf("count acknowledgements of policy %s: %w", q.Code, err)
	}
	list := Outstanding{
		Code: version.Code, Title: version.Titles.in(actor.Locale), Number: version.Number,
		Requested: count.Requested, Acknowledged: count.Acknowledged, Waiting: count.Waiting, Overdue: count.Overdue, Gone: count.Gone,
	}
	if list.People, err = readOutstandingTx(ctx, tx, args, actor.Locale); err != nil {
		return Outstanding{}, fmt.Errorf("who has not acknowledged policy %s: %w", q.Code, err)
	}
	if len(list.People) > q.Limit {
		list.People = list.People[:q.Limit]
		list.Next = list.People[q.Limit-1].EmployeeNo
	}
	return list, audit.RecordTx(ctx, tx, audit.Event{
		At: now, ActorID: actor.PersonID, Action: "policies.view_outstanding", Subject: fmt.Sprintf("policy:%s/%d", q.Code, q.Number),
		Data: map[string]any{"unit": q.UnitCode, "after": q.After, "rows": len(list.People)},
	})
}

const (
	overdue = `coalesce(r.due_on < (CAST(@now AS timestamptz) AT TIME ZONE coalesce(nullif(p.zone, ''), u.zone))::date, false)`
	asked   = `FROM (SELECT DISTINCT ON (person_id) * FROM acknowledgement_requests WHERE version_id IN ` + sameSubstance + ` ORDER BY person_id, requested_at) r
		JOIN people p ON p.id = r.person_id
		JOIN units u ON u.id = p.unit_id
		LEFT JOIN LATERAL (SELECT id FROM acknowledgements g WHERE g.person_id = r.person_id AND g.version_id IN ` + sameSubstance + ` LIMIT 1) a ON true
		WHERE u.path LIKE ANY (@reach) AND u.path LIKE @within`
)

func readOutstandingTx(ctx context.Context, tx database.Tx, args map[string]any, l i18n.Locale) ([]OutstandingPerson, error) {
	var rows []struct {
		OutstandingPerson
		Names string
	}
	err := tx.WithContext(ctx).Raw(`
		SELECT p.id AS person_id, p.employee_no, p.name, p.status, u.code AS unit_code, u.names::text AS names, p.position,
			r.requested_at, coalesce(r.due_on::text, '') AS due_on, `+overdue+` AS overdue `+asked+`
			AND p.status <> 'left' AND a.id IS NULL AND p.employee_no > @after
		ORDER BY p.employee_no LIMIT @limit`, args).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	list := make([]OutstandingPerson, len(rows))
	for i, r := range rows {
		list[i] = r.OutstandingPerson
		var names i18n.Texts
		if err := json.Unmarshal([]byte(r.Names), &names); err != nil {
			return nil, fmt.Errorf("names of unit %s: %w", r.UnitCode, err)
		}
		list[i].UnitName = names.In(l)
	}
	return list, nil
}
