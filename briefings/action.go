package briefings

import (
	"context"
	"fmt"
	"strings"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/date"
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
// the role Compliance; NotFound for an unknown briefing; Invalid with a fault per
// field.
func (s *Service) AddAction(ctx context.Context, actor people.Actor, in ActionInput) error {
	if !actor.Has(people.Compliance) {
		return errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	briefing, err := s.briefingID(ctx, actor, in.Key)
	if err != nil {
		return err
	}
	var faults errs.Faults
	owners, err := s.staffByNumber(ctx, []string{in.OwnerNo})
	if err != nil {
		return err
	}
	if owners[in.OwnerNo] == 0 {
		faults.Add(errs.Place{Field: "body.owner_no"}, "briefings.person_not_found", errs.Args{"employee_no": errs.Clip(in.OwnerNo)})
	}
	if text := strings.TrimSpace(in.Text); text == "" || len([]rune(text)) > 1000 {
		faults.Add(errs.Place{Field: "body.text"}, "briefings.action_text_refused", errs.Args{"limit": 1000})
	}
	if in.DueOn.IsZero() {
		faults.Add(errs.Place{Field: "body.due_on"}, "briefings.action_due_missing", nil)
	}
	if err := faults.Err("briefings.action_refused"); err != nil {
		return err
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		if err := lockRowTx(ctx, tx, briefing); err != nil {
			return err
		}
		err := tx.WithContext(ctx).Exec(`INSERT INTO briefing_actions (briefing_id, number, text, owner_id, due_on, created_at, created_by)
			SELECT ?, 1 + count(*), ?, ?, ?, ?, nullif(?, 0) FROM briefing_actions WHERE briefing_id = ?`,
			briefing, strings.TrimSpace(in.Text), owners[in.OwnerNo], in.DueOn, s.now(), actor.PersonID, briefing).Error
		if err != nil {
			return fmt.Errorf("add an action to the briefing %s: %w", in.Key, err)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "courses.add_action",
			Subject: "briefing:" + in.Key, Data: map[string]any{"owner": in.OwnerNo, "due_on": in.DueOn.Format(time.DateOnly)}})
	})
}

// MoveAction takes an action to a state; every step is kept. NotFound for an
// unknown briefing or action, and for who is neither its owner nor a compliance
// officer; Invalid when one is dropped without a note.
func (s *Service) MoveAction(ctx context.Context, actor people.Actor, key string, number int, to ActionState, note string) error {
	briefing, err := s.briefingID(ctx, actor, key)
	if err != nil {
		return err
	}
	if note = strings.TrimSpace(note); to == ActionDropped && note == "" {
		return errs.New(errs.Invalid, "briefings.action_note_missing", nil)
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		if err := lockRowTx(ctx, tx, briefing); err != nil {
			return err
		}
		moved := tx.WithContext(ctx).Exec(`INSERT INTO briefing_action_steps (action_id, state, note, at, by_id)
			SELECT a.id, ?, ?, ?, nullif(?, 0) FROM briefing_actions a WHERE a.briefing_id = ? AND a.number = ? AND (a.owner_id = ? OR ?)`,
			to, note, s.now(), actor.PersonID, briefing, number, actor.PersonID, actor.Has(people.Compliance))
		if moved.Error != nil {
			return fmt.Errorf("move action %d of the briefing %s: %w", number, key, moved.Error)
		}
		if moved.RowsAffected == 0 {
			return errs.New(errs.NotFound, "briefings.action_not_found", errs.Args{"number": number})
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "courses.move_action",
			Subject: fmt.Sprintf("briefing:%s/%d", key, number), Data: map[string]any{"state": to}})
	})
}

// Actions lists the adjustment plan of a briefing. NotFound when the actor may see
// none of that key.
func (s *Service) Actions(ctx context.Context, actor people.Actor, key string) ([]Action, error) {
	briefing, err := s.briefingID(ctx, actor, key)
	if err != nil {
		return nil, err
	}
	var rows []Action
	err = s.db.WithContext(ctx).Raw(`
		SELECT a.number, a.text, p.name AS owner, p.employee_no AS owner_no, p.id = ? AS mine, a.due_on,
			coalesce(t.state, 'open') AS state, coalesce(t.note, '') AS note, t.at
		FROM briefing_actions a JOIN people p ON p.id = a.owner_id
		LEFT JOIN LATERAL (SELECT state, note, at FROM briefing_action_steps WHERE action_id = a.id ORDER BY id DESC LIMIT 1) t ON true
		WHERE a.briefing_id = ? ORDER BY a.number`, actor.PersonID, briefing).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("actions of the briefing %s: %w", key, err)
	}
	today := date.In(s.now(), actor.Location())
	for i := range rows {
		rows[i].Overdue = rows[i].State == ActionOpen && rows[i].DueOn.Before(today)
	}
	return rows, nil
}

// lockRowTx keeps others from numbering below the same briefing.
func lockRowTx(ctx context.Context, tx database.Tx, id int64) error {
	return tx.WithContext(ctx).Raw(`SELECT id FROM briefings WHERE id = ? FOR UPDATE`, id).Scan(new(int64)).Error
}

// staffByNumber finds who works here by employee number.
func (s *Service) staffByNumber(ctx context.Context, numbers []string) (map[string]int64, error) {
	var rows []struct {
		ID         int64
		EmployeeNo string
	}
	err := s.db.WithContext(ctx).Raw(`SELECT id, employee_no FROM people WHERE employee_no = ANY (?) AND status <> 'left'`,
		database.Array[string](numbers)).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("find staff by number: %w", err)
	}
	found := map[string]int64{}
	for _, r := range rows {
		found[r.EmployeeNo] = r.ID
	}
	return found, nil
}
