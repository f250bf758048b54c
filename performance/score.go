package performance

import (
	"context"
	"time"

	"anwen/internal/audit"
	"anwen/internal/cursor"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// Service measures complaint handling. It writes nothing but audit events.
type Service struct {
	db  *database.Pool
	now func() time.Time
}

// New returns the room.
func New(db *database.Pool, now func() time.Time) *Service { return &Service{db: db, now: now} }

// Stage is the step of handling that a class of complaint is judged by.
type Stage string

// The stages: a general complaint is replied to in 48 hours, a complex one gets
// initial feedback in seven working days.
const (
	FirstReply      Stage = "first_reply"
	InitialFeedback Stage = "initial_feedback"
)

// Timeliness is the rate of one stage, with the open cases beside it.
type Timeliness struct {
	Rate
	Stage Stage
	Open  int // neither done nor past the limit: in no denominator
}

// Training is the state of a person's assignments. It is shown beside the rates and
// is no part of them.
type Training struct {
	Assigned  int // ever, the completed ones included
	Completed int // of those
	Overdue   int // past the due date today, and not completed
	Due       int // due in the quarter, and completed or past the due date
	OnTime    int // of those, completed by the due date
}

// Certificates is the state of a person's certifications today.
type Certificates struct {
	Valid   int
	Expired int // no valid certificate, and the newest has expired
}

// Score is how one person handled complaints in a quarter.
type Score struct {
	PersonID     int64
	EmployeeNo   string
	Name         string
	Status       people.Status
	UnitID       int64
	UnitCode     string
	UnitName     string // in the actor's language
	Position     string
	Timeliness   []Timeliness // one per Stage, in their order
	Satisfaction Rate
	Training     Training
	Certificates Certificates
}

// Sort is what a list of scores is ordered by. There is no order by rate: with as few
// cases as a quarter has, a ranking would mostly show chance.
type Sort string

// The orders.
const (
	ByEmployeeNo Sort = "employee_no"
	ByName       Sort = "name"
	ByUnit       Sort = "unit"
)

// list names the list in its cursors: one of another order begins nowhere in this one.
func (s Sort) list() string { return "scores by " + string(s) }

// Filter narrows and pages a list of scores.
type Filter struct {
	UnitCode string // this unit and everything below; empty: all that the actor reaches
	Search   string // part of the name or the start of the employee number
	Everyone bool   // also people who were never responsible for a complaint
	Sort     Sort   // empty: ByEmployeeNo
	After    string // Page.Next of the page before
	Limit    int    // 1 to people.MaxPage; 0: 50
}

// Page is a part of a list of scores.
type Page struct {
	Quarter Quarter
	Targets Targets
	AsOf    time.Time // the instant at which open and late were told apart
	Scores  []Score
	Next    string // empty on the last page
}

// Scores lists the quarter's scores of all responsible persons whom the actor reaches
// as HR or Auditor. Forbidden without such a role; NotFound for a unit that is not
// reached; Invalid for a bad filter. Reading them is audited.
func (s *Service) Scores(ctx context.Context, actor people.Actor, quarter Quarter, f Filter) (Page, error) {
	var page Page
	err := s.db.Snapshot(ctx, func(tx database.Tx) (err error) {
		page, err = s.ScoresTx(ctx, tx, actor, quarter, f)
		return err
	})
	return page, err
}

// ScoresTx is Scores in the caller's transaction. Forbidden without the HR or Auditor
// role; NotFound for a unit that is not reached; Invalid for a bad filter.
func (s *Service) ScoresTx(ctx context.Context, tx database.Tx, actor people.Actor, quarter Quarter, f Filter) (Page, error) {
	if err := f.check(); err != nil {
		return Page{}, err
	}
	if err := permitTx(ctx, tx, actor, &f); err != nil {
		return Page{}, err
	}
	page, err := pageTx(ctx, tx, scoreQuery{actor: actor, quarter: quarter, now: s.now(), Filter: f})
	if err != nil {
		return Page{}, err
	}
	return page, audit.RecordTx(ctx, tx, audit.Event{
		At: page.AsOf, ActorID: actor.PersonID, Action: "performance.view", Subject: "quarter:" + quarter.String(),
		Data: map[string]any{"unit": f.UnitCode, "search": f.Search, "after": f.After, "rows": len(page.Scores), "targets": page.Targets.Number},
	})
}

// PermitTx refuses what Scores would refuse, without reading a score. Forbidden without
// the HR or Auditor role; NotFound for a unit that is not reached; Invalid for a bad
// filter.
func (s *Service) PermitTx(ctx context.Context, tx database.Tx, actor people.Actor, f Filter) error {
	if err := f.check(); err != nil {
		return err
	}
	return permitTx(ctx, tx, actor, &f)
}

// EachTx visits every score that Scores would list, on all its pages. The caller
// audits what is done with them. Forbidden without the HR or
// Auditor role; NotFound for a unit that is not reached; Invalid for a bad filter.
func (s *Service) EachTx(ctx context.Context, tx database.Tx, actor people.Actor, quarter Quarter, f Filter, visit func(Score) error) error {
	f.Limit = 0
	if err := f.check(); err != nil {
		return err
	}
	if err := permitTx(ctx, tx, actor, &f); err != nil {
		return err
	}
	query := scoreQuery{actor: actor, quarter: quarter, now: s.now(), Filter: f}
	query.Limit = 2000 // larger than a page for readers: fewer statements for the whole list
	for {
		page, err := pageTx(ctx, tx, query)
		if err != nil {
			return err
		}
		for _, score := range page.Scores {
			if err := visit(score); err != nil {
				return err
			}
		}
		if query.After = page.Next; query.After == "" {
			return nil
		}
	}
}

// permitTx refuses whoever may not see the scores, and reads the filter's unit as it is
// stored.
func permitTx(ctx context.Context, tx database.Tx, actor people.Actor, f *Filter) (err error) {
	f.UnitCode, err = actor.Over(reporters...).Narrow(ctx, tx, f.UnitCode)
	return err
}

func pageTx(ctx context.Context, tx database.Tx, q scoreQuery) (Page, error) {
	page := Page{Quarter: q.quarter, Targets: Current(), AsOf: q.now}
	var err error
	if q.from, err = q.after(); err != nil {
		return Page{}, err
	}
	rows, err := readScoresTx(ctx, tx, q)
	if err != nil {
		return Page{}, err
	}
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		last := rows[q.Limit-1]
		page.Next = cursor.After(q.Sort.list(), last.SortKey, last.EmployeeNo)
	}
	page.Scores = make([]Score, len(rows))
	for i, r := range rows {
		page.Scores[i] = r.score(q.actor.Locale, page.Targets)
	}
	return page, nil
}

func (f *Filter) check() error {
	var faults errs.Faults
	if f.Limit == 0 {
		f.Limit = 50
	}
	if f.Limit < 1 || f.Limit > people.MaxPage {
		faults.Add(errs.Place{Field: "limit"}, "performance.bad_limit", errs.Args{"most": people.MaxPage})
	}
	if f.Sort == "" {
		f.Sort = ByEmployeeNo
	}
	if _, ok := sortColumns[f.Sort]; !ok {
		faults.Add(errs.Place{Field: "sort"}, "performance.unknown_sort", errs.Args{"value": f.Sort})
	}
	if _, err := f.after(); err != nil {
		faults.Add(errs.Place{Field: "cursor"}, errs.CodeOf(err), nil)
	}
	return faults.Err("performance.bad_request")
}

// place is that of a score in the list.
type place struct{ sortKey, employeeNo string }

// after is where the page before ended; nil is the first page.
func (f Filter) after() (*place, error) {
	var p place
	given, err := cursor.Read(f.After, f.Sort.list(), &p.sortKey, &p.employeeNo)
	if err != nil || !given {
		return nil, err
	}
	return &p, nil
}
