package briefings

import (
	"context"
	"time"

	"anwen/internal/database"
	"anwen/people"
)

// lockBriefingTx keeps others waiting who would number actions or minutes of the
// same briefing.
func lockBriefingTx(ctx context.Context, tx database.Tx, id int64) error {
	return tx.WithContext(ctx).Raw(`SELECT id FROM briefings WHERE id = ? FOR UPDATE`, id).Scan(new(int64)).Error
}

func insertActionTx(ctx context.Context, tx database.Tx, briefing int64, in ActionInput, owner int64, actor people.Actor, now time.Time) error {
	return tx.WithContext(ctx).Exec(`INSERT INTO briefing_actions (briefing_id, number, text, owner_id, due_on, created_at, created_by)
		SELECT ?, 1 + count(*), ?, ?, ?, ?, ? FROM briefing_actions WHERE briefing_id = ?`,
		briefing, in.Text, owner, in.DueOn, now, actor.By(), briefing).Error
}

// insertStepTx reports whether there is such an action, which the actor owns unless
// any will do.
func insertStepTx(ctx context.Context, tx database.Tx, briefing int64, number int, to ActionState, note string, actor people.Actor, anyOwner bool, now time.Time) (bool, error) {
	step := tx.WithContext(ctx).Exec(`INSERT INTO briefing_action_steps (action_id, state, note, at, by_id)
		SELECT a.id, ?, ?, ?, ? FROM briefing_actions a WHERE a.briefing_id = ? AND a.number = ? AND (a.owner_id = ? OR ?)`,
		to, note, now, actor.By(), briefing, number, actor.PersonID, anyOwner)
	return step.RowsAffected > 0, step.Error
}

// overdue holds for an action a with the last step t that is open after its date in
// the unit of its owner p.
const overdue = `coalesce(t.state, 'open') = 'open' AND a.due_on < day_in(CAST(@now AS timestamptz), p.unit_zone)`

// actionsOf lists the actions with the last step of each.
func actionsOf(ctx context.Context, conn database.Conn, briefing int64, actor people.Actor, now time.Time) ([]Action, error) {
	var list []Action
	err := conn.WithContext(ctx).Raw(`
		SELECT a.number, a.text, p.name AS owner, p.employee_no AS owner_no, p.id = @person AS mine, a.due_on,
			coalesce(t.state, 'open') AS state, coalesce(t.note, '') AS note, t.at, `+overdue+` AS overdue
		FROM briefing_actions a JOIN staff p ON p.id = a.owner_id
		LEFT JOIN LATERAL (SELECT state, note, at FROM briefing_action_steps WHERE action_id = a.id ORDER BY id DESC LIMIT 1) t ON true
		WHERE a.briefing_id = @briefing ORDER BY a.number`, map[string]any{"person": actor.PersonID, "briefing": briefing, "now": now}).Scan(&list).Error
	return list, err
}
