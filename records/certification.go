package records

import (
	"context"
	"slices"
	"time"

	"anwen/internal/audit"
	"anwen/internal/cursor"
	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/items"
	"anwen/people"
)

// State says what a record proves as of a date or instant.
type State string

// The states of a record.
const (
	Valid   State = "valid"
	Expired State = "expired"
	Revoked State = "revoked"
	None    State = "none" // no certificate: the course is not completed
)

// States lists every state.
var States = []State{Valid, Expired, Revoked, None}

// Certification is one record: a person, a course, a cycle. Dates are written
// 2026-09-15 and are local to the person's unit; an empty text means that there is no
// such date.
type Certification struct {
	AssignmentID int64
	EmployeeNo   string
	Name         string
	Status       people.Status
	UnitCode     string // the person's unit now
	UnitName     string
	Position     string
	CourseSlug   string
	CourseTitle  string
	Revision     *int // of the course, that was completed
	Cycle        int
	AssignedOn   string
	DueOn        string
	CompletedAt  *time.Time
	CompletedOn  string
	CompletedIn  string // code of the unit when it was completed
	Serial       string
	IssuedOn     string
	ValidUntil   string // the last valid day; empty with a Serial: no end
	RevokedOn    string
	State        State
	Earned       *items.Points // of the best attempt so far
	Possible     *items.Points
}

// CertificationQuery narrows and pages records. At most one of AsOf and AsOfInstant is
// set; without them the records are those of now.
type CertificationQuery struct {
	AsOf        string    // a date: what was true at its end
	AsOfInstant time.Time // what was true at this instant
	UnitCode    string    // this unit and everything below
	Course      string    // slug
	State       State     // empty: all
	Search      string    // part of the name or the start of the employee number
	After       string    // CertificationPage.Next of the page before
	Limit       int       // 1 to people.MaxPage; 0: 50
}

// CertificationPage is a part of the records, by employee number and assignment.
type CertificationPage struct {
	AsOf    string // the date or instant that was asked for, or now
	Records []Certification
	Next    string // empty on the last page
}

// Certifications lists records of people that the actor reaches as HR or
// Auditor. Forbidden without such a role; NotFound for a unit that is not reached;
// Invalid for a bad query. Reading them is audited.
func (s *Service) Certifications(ctx context.Context, actor people.Actor, q CertificationQuery) (CertificationPage, error) {
	var page CertificationPage
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		checked, err := s.checkTx(ctx, tx, actor, q)
		if err != nil {
			return err
		}
		page.AsOf = checked.asOf
		page.Records, err = readCertificationsTx(ctx, tx, checked)
		if err != nil {
			return err
		}
		if limit := checked.Limit; len(page.Records) > limit {
			page.Records = page.Records[:limit]
			page.Next = cursor.After(certificationList, page.Records[limit-1].EmployeeNo, page.Records[limit-1].AssignmentID)
		}
		return audit.RecordTx(ctx, tx, audit.Event{
			At: checked.at, ActorID: actor.PersonID, Action: "records.view", Subject: "records:certifications",
			Data: checked.audited(len(page.Records)),
		})
	})
	return page, err
}

// certificationList names the list in its cursors.
const certificationList = "certifications"

// place is that of a record in the list.
type place struct {
	employeeNo   string
	assignmentID int64
}

// checkedQuery is a query that is valid and that the actor may ask.
type checkedQuery struct {
	CertificationQuery
	actor people.Actor
	at    time.Time // when it is asked
	asOf  string    // CertificationPage.AsOf
	after *place    // that the page before ended with; nil on the first
}

// audited is what the audit log keeps of the query.
func (q checkedQuery) audited(rows int) map[string]any {
	return map[string]any{
		"as_of": q.asOf, "unit": q.UnitCode, "course": q.Course, "state": q.State, "search": q.Search,
		"after": q.After, "rows": rows,
	}
}

// checkTx is Forbidden without the HR or Auditor role, Invalid for a bad query and
// NotFound for a unit that is not reached.
func (s *Service) checkTx(ctx context.Context, tx database.Tx, actor people.Actor, q CertificationQuery) (checkedQuery, error) {
	reach := actor.Over(reporters...)
	if err := reach.Require(); err != nil {
		return checkedQuery{}, err
	}
	checked, err := check(q, s.now(), actor)
	if err != nil {
		return checkedQuery{}, err
	}
	checked.UnitCode, err = reach.Narrow(ctx, tx, q.UnitCode)
	return checked, err
}

// check completes a query. Invalid names every fault.
func check(q CertificationQuery, now time.Time, actor people.Actor) (checkedQuery, error) {
	var faults errs.Faults
	checked := checkedQuery{CertificationQuery: q, actor: actor, at: now}
	if checked.Limit == 0 {
		checked.Limit = 50
	}
	if checked.Limit < 1 || checked.Limit > people.MaxPage {
		faults.Add(errs.Place{Field: "limit"}, "records.bad_limit", errs.Args{"most": people.MaxPage})
	}
	if q.State != "" && !slices.Contains(States, q.State) {
		faults.Add(errs.Place{Field: "state"}, "records.unknown_state", errs.Args{"value": q.State})
	}
	var after place
	switch given, err := cursor.Read(q.After, certificationList, &after.employeeNo, &after.assignmentID); {
	case err != nil:
		faults.Add(errs.Place{Field: "cursor"}, errs.CodeOf(err), nil)
	case given:
		checked.after = &after
	}
	switch {
	case q.AsOf != "" && !q.AsOfInstant.IsZero():
		faults.Add(errs.Place{Field: "as_of"}, "records.two_dates", nil)
	case q.AsOf != "":
		checked.asOf = q.AsOf
		day, err := date.Parse(q.AsOf)
		if err != nil {
			faults.Add(errs.Place{Field: "as_of"}, "records.bad_date", errs.Args{"value": q.AsOf})
		} else if day.After(actor.Today(now)) {
			faults.Add(errs.Place{Field: "as_of"}, "records.date_to_come", errs.Args{"value": q.AsOf})
		}
	default:
		if checked.AsOfInstant.IsZero() {
			checked.AsOfInstant = now
		}
		checked.asOf = checked.AsOfInstant.UTC().Format(time.RFC3339)
		if checked.AsOfInstant.After(now) {
			faults.Add(errs.Place{Field: "as_of"}, "records.date_to_come", errs.Args{"value": checked.asOf})
		}
	}
	return checked, faults.Err("records.bad_request")
}
