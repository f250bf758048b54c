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

// Card is one person's quarter with the complaints that it was computed from.
type Card struct {
	Quarter Quarter
	Targets Targets
	AsOf    time.Time
	Score   Score
	Cases   []Case // by due date
}

// Case is one complaint of a card. The customer's answer itself is left out
// where the satisfaction rate is withheld.
type Case struct {
	Reference  string
	Class      string
	Stage      Stage
	ReceivedAt time.Time
	DueAt      time.Time
	DoneAt     *time.Time
	State      complaints.Standing
	Timely     bool  // due in the quarter, so counted in the timeliness of its stage
	Satisfied  *bool // answered in the quarter, so counted in satisfaction
}

// MyCard is the actor's own quarter. It asks for no role; NotFound when the actor
// is no person.
func (s *Service) MyCard(ctx context.Context, actor people.Actor, quarter Quarter) (Card, error) {
	if actor.PersonID == 0 {
		return Card{}, errs.New(errs.NotFound, "performance.person_not_found", errs.Args{"employee_no": ""})
	}
	var card Card
	err := s.db.Snapshot(ctx, func(tx database.Tx) (err error) {
		card, err = s.cardTx(ctx, tx, actor, quarter, `p.id = @person`, actor.PersonID)
		return err
	})
	return card, err
}

// Card is the quarter of another person, for HR and Auditor over the unit.
// NotFound for a person who is not reached; the look is audited.
func (s *Service) Card(ctx context.Context, actor people.Actor, employeeNo string, quarter Quarter) (Card, error) {
	if employeeNo == actor.EmployeeNo && actor.PersonID != 0 {
		return s.MyCard(ctx, actor, quarter)
	}
	var card Card
	err := s.db.Snapshot(ctx, func(tx database.Tx) (err error) {
		card, err = s.cardTx(ctx, tx, actor, quarter, `p.employee_no = @person AND u.path LIKE ANY (@reach)`, employeeNo)
		if err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{
			At: card.AsOf, ActorID: actor.PersonID, Action: "performance.view", Subject: "person:" + employeeNo,
			Data: map[string]any{"quarter": quarter.String(), "targets": card.Targets.Number},
		})
	})
	return card, err
}

func (s *Service) cardTx(ctx context.Context, tx database.Tx, actor people.Actor, quarter Quarter, where string, person any) (Card, error) {
	card := Card{Quarter: quarter, Targets: Current(), AsOf: s.now()}
	query := scoreQuery{actor: actor, quarter: quarter, now: card.AsOf}
	args := query.args()
	args["person"] = person
	chosen := chosenWhere(where)
	rows, err := readChosenTx(ctx, tx, chosen, args)
	if err != nil {
		return Card{}, fmt.Errorf("card of %v for %s: %w", person, quarter, err)
	}
	if len(rows) == 0 {
		return Card{}, errs.New(errs.NotFound, "performance.person_not_found", errs.Args{"employee_no": person})
	}
	if card.Score, err = rows[0].score(actor.Locale, card.Targets); err != nil {
		return Card{}, err
	}
	card.Cases, err = readCasesTx(ctx, tx, chosen, args)
	if err != nil {
		return Card{}, fmt.Errorf("cases of %v for %s: %w", person, quarter, err)
	}
	if card.Score.Satisfaction.Withheld != "" {
		for i := range card.Cases {
			card.Cases[i].Satisfied = nil
		}
	}
	return card, nil
}
