package performance

import (
	"context"

	"anwen/internal/database"
)

// chosenWhere begins a query about the one person that the condition over p
// (people) and u (units) finds.
func chosenWhere(condition string) string {
	return `WITH chosen AS (SELECT ` + chosenColumns + `, p.employee_no AS sort_key
		FROM people p JOIN units u ON u.id = p.unit_id WHERE ` + condition + `)`
}

func readChosenTx(ctx context.Context, tx database.Tx, chosen string, args map[string]any) (rows []scoreRow, err error) {
	err = tx.WithContext(ctx).Raw(chosen+`,`+scored, args).Scan(&rows).Error
	return rows, err
}

func readCasesTx(ctx context.Context, tx database.Tx, chosen string, args map[string]any) ([]Case, error) {
	var cases []Case
	err := tx.WithContext(ctx).Raw(chosen+`
		SELECT reference, class, CASE class WHEN 'general' THEN 'first_reply' ELSE 'initial_feedback' END AS stage,
			received_at, due_at, done_at, state, due_in AS timely, CASE WHEN answered_in THEN satisfaction >= @satisfied END AS satisfied
		FROM (`+handled+`) AS handled WHERE due_in OR answered_in ORDER BY due_at, reference`, args).Scan(&cases).Error
	return cases, err
}
