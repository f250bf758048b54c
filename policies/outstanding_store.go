package policies

import (
	"context"

	"anwen/internal/database"
	"anwen/internal/i18n"
)

const (
	// overdue holds for a request r whose date has passed in the unit of the person p.
	overdue = `coalesce(r.due_on < day_in(CAST(@now AS timestamptz), p.unit_zone), false)`

	// requestedStaff are the people p within @reach and @within who were asked for the
	// substance of @version, with their first request r and an acknowledgement a.
	requestedStaff = `FROM (SELECT DISTINCT ON (person_id) * FROM acknowledgement_requests WHERE version_id IN ` + sameSubstance + ` ORDER BY person_id, requested_at) r
		JOIN staff p ON p.id = r.person_id
		LEFT JOIN LATERAL (` + acknowledged + ` LIMIT 1) a ON true
		WHERE p.unit_path LIKE ANY (@reach) AND p.unit_path LIKE @within`
)

// countOutstandingTx counts, of those who were asked, who acknowledged and who has not.
func countOutstandingTx(ctx context.Context, tx database.Tx, args map[string]any) (Outstanding, error) {
	var count struct{ Requested, Acknowledged, Waiting, Overdue, Gone int }
	err := tx.WithContext(ctx).Raw(`
		SELECT count(*) FILTER (WHERE here) AS requested, count(*) FILTER (WHERE here AND done) AS acknowledged,
			count(*) FILTER (WHERE here AND NOT done) AS waiting, count(*) FILTER (WHERE here AND NOT done AND overdue) AS overdue,
			count(*) FILTER (WHERE NOT here AND NOT done) AS gone
		FROM (SELECT p.status <> 'left' AS here, a.id IS NOT NULL AS done, `+overdue+` AS overdue `+requestedStaff+`) AS each_asked`,
		args).Scan(&count).Error
	return Outstanding{Requested: count.Requested, Acknowledged: count.Acknowledged, Waiting: count.Waiting, Overdue: count.Overdue, Gone: count.Gone}, err
}

// listOutstandingTx lists @limit of those who have not acknowledged, by employee number.
func listOutstandingTx(ctx context.Context, tx database.Tx, args map[string]any, l i18n.Locale) ([]OutstandingPerson, error) {
	var rows []struct {
		OutstandingPerson
		UnitNames Texts
	}
	err := tx.WithContext(ctx).Raw(`
		SELECT p.id AS person_id, p.employee_no, p.name, p.status, p.unit_code, p.unit_names, p.position,
			r.requested_at, coalesce(r.due_on::text, '') AS due_on, `+overdue+` AS overdue `+requestedStaff+`
			AND p.status <> 'left' AND a.id IS NULL AND p.employee_no > @after
		ORDER BY p.employee_no LIMIT @limit`, args).Scan(&rows).Error
	list := make([]OutstandingPerson, len(rows))
	for i, r := range rows {
		list[i] = r.OutstandingPerson
		list[i].UnitName = r.UnitNames.In(l)
	}
	return list, err
}
