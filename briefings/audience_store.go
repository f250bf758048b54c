package briefings

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/people"
)

// visible holds for a briefing b that the actor may see: for everybody, for a unit
// that is the actor's or above it, or for one that an overseer's role reaches.
const visible = `(b.unit_id IS NULL
	OR EXISTS (SELECT FROM units bu, staff me WHERE bu.id = b.unit_id AND me.id = @person AND starts_with(me.unit_path, bu.path))
	OR EXISTS (SELECT FROM units bu WHERE bu.id = b.unit_id AND bu.path LIKE ANY (@reach)))`

// viewer are the arguments of visible.
func viewer(actor people.Actor) map[string]any {
	return map[string]any{"person": actor.PersonID, "reach": actor.Over(overseers...).Patterns()}
}

// addressed is a briefing with the path of the unit that it is for, empty for
// everybody.
type addressed struct {
	ID       int64
	UnitPath string
}

// visibleBriefings are the briefings with the key that the actor may see: one or none.
func visibleBriefings(ctx context.Context, conn database.Conn, actor people.Actor, key string) (found []addressed, err error) {
	args := viewer(actor)
	args["key"] = key
	err = conn.WithContext(ctx).Raw(`SELECT b.id, coalesce(w.path, '') AS unit_path FROM briefings b LEFT JOIN units w ON w.id = b.unit_id
		WHERE b.key = @key AND `+visible, args).Scan(&found).Error
	return found, err
}

// countAudience counts whom a briefing reaches: who sees it as one of the staff.
func countAudience(ctx context.Context, conn database.Conn, target audience) (n int, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT count(*) FROM staff WHERE starts_with(unit_path, ?) AND status <> 'left'`, target.path).Scan(&n).Error
	if err != nil {
		return 0, fmt.Errorf("whom the briefing %s reaches: %w", target.key, err)
	}
	return n, nil
}

// staffByNumber finds the ids of those who work within reach by employee number.
func staffByNumber(ctx context.Context, conn database.Conn, reach people.Reach, numbers []string) (map[string]int64, error) {
	var rows []struct {
		ID         int64
		EmployeeNo string
	}
	err := conn.WithContext(ctx).Raw(`SELECT id, employee_no FROM staff WHERE employee_no = ANY (?) AND unit_path LIKE ANY (?) AND status <> 'left'`,
		database.Array[string](numbers), reach.Patterns()).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("find staff by number: %w", err)
	}
	found := make(map[string]int64, len(rows))
	for _, r := range rows {
		found[r.EmployeeNo] = r.ID
	}
	return found, nil
}
