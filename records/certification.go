package records

import (
	"context"
	"strconv"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/items"
	"anwen/people"
	"anwen/performance"
)

// Service reads records.
type Service struct {
	db     *database.Pool
	now    func() time.Time
	scores *performance.Service
}

// New returns the room.
func New(db *database.Pool, now func() time.Time, scores *performance.Service) *Service {
	return &Service{db: db, now: now, scores: scores}
}

// State says what a record proved on the date it is looked at.
type State string

// The states of a record.
const (
	Valid   State = "valid"
	Expired State = "expired"
	Revoked State = "revoked"
	None    State = "none" // no certificate: not completed, or not yet
)

// States lists every state.
var States = []State{Valid, Expired, Revoked, None}

// Certification is one record: a person, a course, a cycle. Dates are written
// 2026-09-15 and are those of the person's unit; an empty one is not there.
type Certification struct {
	AssignmentID int64
	EmployeeNo   string
	Name         string
	Status       people.Status
	UnitCode     string // the unit now
	UnitName     string
	Position     string
	CourseSlug   string
	CourseTitle  string
	Revision     *int // that was completed
	Cycle        int
	AssignedOn   string
	DueOn        string
	CompletedAt  *time.Time
	CompletedOn  string
	CompletedIn  string // code of the unit when it was completed
	Serial       string
	IssuedOn     string
	ValidUntil   string // the last valid day; empty with a Serial: for ever
	RevokedOn    string
	State        State
	Earned       *items.Points // of the best attempt so far
	Possible     *items.Points
}

// CertQuery narrows and pages records. Of AsOf and AsOfInstant at most one is
// set; with neither it is now.
type CertQuery struct {
	AsOf        string    // a date: what was true when it ended
	AsOfInstant time.Time // what was true at this instant
	UnitCode    string    // this unit and everything below
	Course      string    // slug
	State       State     // empty: all
	Search      string    // part of the name or the start of the employee number
	After       string    // CertPage.Next of the page before
	Limit       int       // 1 to people.MaxPage; 0: 50
}

// CertPage is a part of the records, by employee number and assignment.
type CertPage struct {
	AsOf    string // the date or instant that was asked for, or now
	Records []Certification
	Next    string // empty on the last page
}

// Certifications lists records of people that the actor reaches as HR or
// Auditor. Forbidden without such a role; NotFound for a unit that is not
// reached; Invalid for a bad query. The look is audited.
func (s *Service) Certifications(ctx context.Context, actor people.Actor, q CertQuery) (CertPage, error) {
	var page CertPage
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		search, err := s.prepareTx(ctx, tx, actor, q)
		if err != nil {
			return err
		}
		page.AsOf = search.asOf
		page.Records, err = readCertificationsTx(ctx, tx, search)
		if err != nil {
			return err
		}
		if limit := search.Limit; len(page.Records) > limit {
			page.Records = page.Records[:limit]
			page.Next = strconv.FormatInt(page.Records[limit-1].AssignmentID, 10)
		}
		return audit.RecordTx(ctx, tx, audit.Event{
			At: s.now(), ActorID: actor.PersonID, Action: "records.view", Subject: "records:certifications",
			Data: search.audited(len(page.Records)),
		})
	})
	return page, err
}

// search is a query that was checked and may be asked.
type search struct {
	CertQuery
	actor people.Actor
	asOf  string
	after int64
}

func (q search) audited(rows int) map[string]any {
	return map[string]any{
		"as_of": q.asOf, "unit": q.UnitCode, "course": q.Course, "state": q.State, "search": q.Search,
		"after": q.After, "rows": rows,
	}
}

func (s *Service) prepareTx(ctx context.Context, tx database.Tx, actor people.Actor, q CertQuery) (search, error) {
	if !actor.Has(people.HR, people.Auditor) {
		return search{}, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	checked, err := check(q, s.now(), actor)
	if err != nil {
		return search{}, err
	}
	if q.UnitCode == "" {
		return checked, nil
	}
	_, err = reachedTx(ctx, tx, actor, q.UnitCode, people.HR, people.Auditor)
	return checked, err
}

func check(q CertQuery, now time.Time, actor people.Actor) (search, error) {
	var faults errs.Faults
	checked := search{CertQuery: q, actor: actor}
	if checked.Limit == 0 {
		checked.Limit = 50
	}
	if checked.Limit < 1 || checked.Limit > people.MaxPage {
		faults.Add(errs.Place{Field: "limit"}, "records.bad_limit", errs.Args{"most": people.MaxPage})
	}
	if q.State != "" && !known(q.State) {
		faults.Add(errs.Place{Field: "state"}, "records.unknown_state", errs.Args{"value": q.State})
	}
	if q.After != "" {
		var err error
		if checked.after, err = strconv.ParseInt(q.After, 10, 64); err != nil {
			faults.Add(errs.Place{Field: "cursor"}, "records.bad_cursor", nil)
		}
	}
	switch {
	case q.AsOf != "" && !q.AsOfInstant.IsZero():
		faults.Add(errs.Place{Field: "as_of"}, "records.two_dates", nil)
	case q.AsOf != "":
		checked.asOf = q.AsOf
		day, err := time.Parse(time.DateOnly, q.AsOf)
		if err != nil {
			faults.Add(errs.Place{Field: "as_of"}, "records.bad_date", errs.Args{"value": q.AsOf})
		} else if day.After(date.In(now, actor.Location())) {
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

func known(s State) bool {
	for _, one := range States {
		if s == one {
			return true
		}
	}
	return false
}
