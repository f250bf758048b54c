package policies

import (
	"context"

	"anwen/internal/database"
	"anwen/internal/i18n"
)

const (
	// overdue holds for a request r whose date has passed in the unit of the person p.
	overdue = `coalesce(r.due_on < day_in(CAST(@now AS timestamptz), p.unit_zone), false)`

	// ofSubstance are the versions of the substance of @version.
	ofSubstance = `versions AS MATERIALIZED (SELECT v.id FROM policy_versions v WHERE v.id IN ` + sameSubstance + `)`
)

// countOutstandingTx counts, of those who were asked, who acknowledged and who has not,
// in one pass over both.
func countOutstandingTx(ctx context.Context, tx database.Tx, args map[string]any) (Outstanding, error) {
	var count struct{ Requested, Acknowledged, Waiting, Overdue, Gone int }
	err := tx.WithContext(database.PlanAnew(ctx)).Raw(`
		WITH `+ofSubstance+`,
		asked AS (SELECT DISTINCT ON (person_id) person_id, due_on FROM acknowledgement_requests WHERE version_id IN (SELECT id FROM versions) ORDER BY person_id, requested_at),
		gave AS (SELECT DISTINCT person_id FROM acknowledgements WHERE version_id IN (SELECT id FROM versions))
		SELECT count(*) FILTER (WHERE here) AS requested, count(*) FILTER (WHERE here AND done) AS acknowledged,
			count(*) FILTER (WHERE here AND NOT done) AS waiting, count(*) FILTER (WHERE here AND NOT done AND overdue) AS overdue,
			count(*) FILTER (WHERE NOT here AND NOT done) AS gone
		FROM (
			SELECT p.status <> 'left' AS here, g.person_id IS NOT NULL AS done, `+overdue+` AS overdue
			FROM asked r JOIN staff p ON p.id = r.person_id LEFT JOIN gave g ON g.person_id = r.person_id
			WHERE p.unit_path LIKE ANY (@reach) AND p.unit_path LIKE @within) AS each_asked`,
		args).Scan(&count).Error
	return Outstanding{Requested: count.Requested, Acknowledged: count.Acknowledged, Waiting: count.Waiting, Overdue: count.Overdue, Gone: count.Gone}, err
}

// listOutstandingTx lists @limit of those who have not acknowledged, by employee number.
// The staff are gone through in this order until the page is full: OFFSET 0 keeps the
// planner from asking first what everybody was asked and gave.
func listOutstandingTx(ctx context.Context, tx database.Tx, args map[string]any, l i18n.Locale) ([]OutstandingPerson, error) {
	var rows []struct {
		OutstandingPerson
		UnitNames Texts
	}
	err := tx.WithContext(database.PlanAnew(ctx)).Raw(`WITH `+ofSubstance+`
		SELECT p.id AS person_id, p.employee_no, p.name, p.status, p.unit_code, p.unit_names, p.position,
			r.requested_at, coalesce(r.due_on::text, '') AS due_on, `+overdue+` AS overdue
		FROM (SELECT * FROM staff WHERE unit_path LIKE ANY (@reach) AND unit_path LIKE @within AND status <> 'left' AND employee_no > @after
			ORDER BY employee_no OFFSET 0) p
		CROSS JOIN LATERAL (SELECT q.requested_at, q.due_on FROM acknowledgement_requests q WHERE q.person_id = p.id AND q.version_id IN (SELECT id FROM versions)
			ORDER BY q.requested_at LIMIT 1) r
		LEFT JOIN LATERAL (SELECT a.id FROM acknowledgements a WHERE a.person_id = p.id AND a.version_id IN (SELECT id FROM versions) LIMIT 1) a ON true
		WHERE a.id IS NULL
		ORDER BY p.employee_no LIMIT @limit`, args).Scan(&rows).Error
	list := make([]OutstandingPerson, len(rows))
	for i, r := range rows {
		list[i] = r.OutstandingPerson
		list[i].UnitName = r.UnitNames.In(l)
	}
	return list, err
}
