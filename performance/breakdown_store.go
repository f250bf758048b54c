package performance

import (
	"context"

	"anwen/internal/database"
)

// personCondition finds one person p of the view staff.
type personCondition string

const (
	oneself     personCondition = `p.id = @person`
	withinReach personCondition = `p.employee_no = @person AND p.unit_path LIKE ANY (@reach)`
)

// chosenWhere begins a query about the one person that the condition finds.
func chosenWhere(condition personCondition) string {
	return `WITH chosen AS (SELECT ` + chosenColumns + `, p.employee_no AS sort_key FROM staff p WHERE ` + string(condition) + `)`
}

func readChosenTx(ctx context.Context, tx database.Tx, chosen string, args map[string]any) (rows []scoreRow, err error) {
	err = tx.WithContext(ctx).Raw(chosen+`,`+scored, args).Scan(&rows).Error
	return rows, err
}

func readCasesTx(ctx context.Context, tx database.Tx, chosen string, args map[string]any) (cases []Case, err error) {
	err = tx.WithContext(ctx).Raw(chosen+`
		SELECT reference, class, CASE class WHEN 'general' THEN 'first_reply' ELSE 'initial_feedback' END AS stage,
			received_at, due_at, done_at, state, due_in AS counted, CASE WHEN answered_in THEN satisfaction >= @satisfied END AS satisfied
		FROM (`+handled+`) AS handled WHERE due_in OR answered_in ORDER BY due_at, reference`, args).Scan(&cases).Error
	return cases, err
}
