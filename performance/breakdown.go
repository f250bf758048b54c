package performance

import (
	"context"
	"fmt"
	"time"

	"anwen/complaints"
	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// Breakdown is one person's score with the cases that it was computed from.
type Breakdown struct {
	Quarter Quarter
	Targets Targets
	AsOf    time.Time
	Score   Score
	Cases   []Case // by due date
}

// Case is one complaint of a breakdown. Where the satisfaction rate is withheld, what
// the customer answered is left out.
type Case struct {
	Reference  string
	Class      string
	Stage      Stage
	ReceivedAt time.Time
	DueAt      time.Time
	DoneAt     *time.Time
	State      complaints.Standing
	Counted    bool  // due in the quarter, so counted in the timeliness of its stage
	Satisfied  *bool // answered in the quarter, so counted in satisfaction
}

// MyBreakdown is the actor's own score of a quarter. It needs no role. NotFound when
// the actor is no person.
func (s *Service) MyBreakdown(ctx context.Context, actor people.Actor, quarter Quarter) (Breakdown, error) {
	if actor.PersonID == 0 {
		return Breakdown{}, errs.New(errs.NotFound, "performance.person_not_found", errs.Args{"employee_no": ""})
	}
	var b Breakdown
	err := s.db.Snapshot(ctx, func(tx database.Tx) (err error) {
		b, err = s.breakdownTx(ctx, tx, actor, quarter, oneself, actor.PersonID)
		return err
	})
	return b, err
}

// BreakdownOf is the score of another person, for HR and Auditor over the person's
// unit; reading it is audited. NotFound for a person who is not reached.
func (s *Service) BreakdownOf(ctx context.Context, actor people.Actor, employeeNo string, quarter Quarter) (Breakdown, error) {
	if employeeNo == actor.EmployeeNo && actor.PersonID != 0 {
		return s.MyBreakdown(ctx, actor, quarter)
	}
	var b Breakdown
	err := s.db.Snapshot(ctx, func(tx database.Tx) (err error) {
		b, err = s.breakdownTx(ctx, tx, actor, quarter, withinReach, employeeNo)
		if err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{
			At: b.AsOf, ActorID: actor.PersonID, Action: "performance.view", Subject: "person:" + employeeNo,
			Data: map[string]any{"quarter": quarter.String(), "targets": b.Targets.Number},
		})
	})
	return b, err
}

// breakdownTx is the breakdown of the person that the condition finds.
func (s *Service) breakdownTx(ctx context.Context, tx database.Tx, actor people.Actor, quarter Quarter, condition personCondition, person any) (Breakdown, error) {
	b := Breakdown{Quarter: quarter, Targets: Current(), AsOf: s.now()}
	args := scoreQuery{actor: actor, quarter: quarter, now: b.AsOf}.args()
	args["person"] = person
	chosen := chosenWhere(condition)
	rows, err := readChosenTx(ctx, tx, chosen, args)
	if err != nil {
		return Breakdown{}, fmt.Errorf("score of %v in %s: %w", person, quarter, err)
	}
	if len(rows) == 0 {
		return Breakdown{}, errs.New(errs.NotFound, "performance.person_not_found", errs.Args{"employee_no": person})
	}
	b.Score = rows[0].score(actor.Locale, b.Targets)
	if b.Cases, err = readCasesTx(ctx, tx, chosen, args); err != nil {
		return Breakdown{}, fmt.Errorf("cases of %v in %s: %w", person, quarter, err)
	}
	if b.Score.Satisfaction.Withheld != "" {
		for i := range b.Cases {
			b.Cases[i].Satisfied = nil
		}
	}
	return b, nil
}
