package briefings

import (
	"context"
	"fmt"
	"strings"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// ActionState is how far an action of an adjustment plan is.
type ActionState string

// The states of an action. A dropped action stays on record with its reason.
const (
	ActionOpen    ActionState = "open"
	ActionDone    ActionState = "done"
	ActionDropped ActionState = "dropped"
)

// Action is one thing that the adjustment plan of a briefing asks somebody to do.
type Action struct {
	Number  int
	Text    string
	Owner   string // name
	OwnerNo string // employee number
	Mine    bool
	DueOn   time.Time // a date, at midnight UTC
	State   ActionState
	Overdue bool
	Note    string // of the last step
	At      *time.Time
}

// ActionInput is a new action of a briefing.
type ActionInput struct {
	Key     string
	Text    string
	OwnerNo string
	DueOn   time.Time
}

// AddAction puts an action into a briefing's adjustment plan. Forbidden without
// the role Compliance over the unit that the briefing is for, or over the root when it
// is for everybody; NotFound for a briefing that the actor may not see; Invalid with a
// fault per field, for an owner beyond the actor's reach too.
func (s *Service) AddAction(ctx context.Context, actor people.Actor, in ActionInput) error {
	briefing, err := s.changeable(ctx, actor, in.Key)
	if err != nil {
		return err
	}
	var faults errs.Faults
	owners, err := staffByNumber(ctx, s.db, actor.Over(people.Compliance), []string{in.OwnerNo})
	if err != nil {
		return err
	}
	if owners[in.OwnerNo] == 0 {
		faults.Add(errs.Place{Field: "body.owner_no"}, "briefings.person_not_found", errs.Args{"employee_no": errs.Clip(in.OwnerNo)})
	}
	if in.Text = strings.TrimSpace(in.Text); in.Text == "" || len([]rune(in.Text)) > 1000 {
		faults.Add(errs.Place{Field: "body.text"}, "briefings.action_text_refused", errs.Args{"limit": 1000})
	}
	if in.DueOn.IsZero() {
		faults.Add(errs.Place{Field: "body.due_on"}, "briefings.action_due_missing", nil)
	}
	if err := faults.Err("briefings.action_refused"); err != nil {
		return err
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		if err := lockBriefingTx(ctx, tx, briefing); err != nil {
			return err
		}
		now := s.now()
		if err := insertActionTx(ctx, tx, briefing, in, owners[in.OwnerNo], actor, now); err != nil {
			return fmt.Errorf("add an action to the briefing %s: %w", in.Key, err)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "courses.add_action",
			Subject: "briefing:" + in.Key, Data: map[string]any{"owner": in.OwnerNo, "due_on": in.DueOn.Format(time.DateOnly)}})
	})
}

// MoveAction changes the state of an action; every step is kept. NotFound for a
// briefing that the actor may not see, for an unknown action, and for one that
// somebody else owns when the actor could not add it; Invalid when an action is
// dropped without a note.
func (s *Service) MoveAction(ctx context.Context, actor people.Actor, key string, number int, to ActionState, note string) error {
	found, err := s.visible(ctx, actor, key)
	if err != nil {
		return err
	}
	briefing := found.ID
	officer, err := actor.Over(people.Compliance).MayChange(ctx, s.db, found.UnitPath)
	if err != nil {
		return err
	}
	if note = strings.TrimSpace(note); to == ActionDropped && note == "" {
		return errs.New(errs.Invalid, "briefings.action_note_missing", nil)
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		if err := lockBriefingTx(ctx, tx, briefing); err != nil {
			return err
		}
		now := s.now()
		moved, err := insertStepTx(ctx, tx, briefing, number, to, note, actor, officer, now)
		if err != nil {
			return fmt.Errorf("move action %d of the briefing %s: %w", number, key, err)
		}
		if !moved {
			return errs.New(errs.NotFound, "briefings.action_not_found", errs.Args{"number": number})
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "courses.move_action",
			Subject: fmt.Sprintf("briefing:%s/%d", key, number), Data: map[string]any{"state": to}})
	})
}

// Actions lists the adjustment plan of a briefing. NotFound for a briefing that the
// actor may not see.
func (s *Service) Actions(ctx context.Context, actor people.Actor, key string) ([]Action, error) {
	briefing, err := s.briefingID(ctx, actor, key)
	if err != nil {
		return nil, err
	}
	list, err := actionsOf(ctx, s.db, briefing, actor, s.now())
	if err != nil {
		return nil, fmt.Errorf("actions of the briefing %s: %w", key, err)
	}
	return list, nil
}
