package records

import (
	"context"

	"anwen/internal/database"
	"anwen/internal/i18n"
)

// substance is the material version whose substance a version has.
type substance struct {
	PolicyID      int64
	Titles        i18n.Texts
	Number        int
	EffectiveFrom string
}

// findSubstanceTx finds the substance of a version; Number is 0 when there is none.
func findSubstanceTx(ctx context.Context, tx database.Tx, q ExposureQuery) (found substance, err error) {
	err = tx.WithContext(database.PlanAnew(ctx)).Raw(`
		SELECT p.id AS policy_id, p.titles, b.number, b.effective_from::text AS effective_from
		FROM policies p JOIN policy_versions v ON v.policy_id = p.id JOIN policy_versions b ON b.policy_id = p.id AND b.number = v.substance
		WHERE p.code = ? AND v.number = ?`, q.Code, q.Number).Scan(&found).Error
	return found, err
}

// sumExposureTx sums up the windows per unit, by code; the first row, without a code,
// is the total.
func sumExposureTx(ctx context.Context, tx database.Tx, args map[string]any) (rows []UnitExposure, err error) {
	err = tx.WithContext(database.PlanAnew(ctx)).Raw(windows+`
		SELECT coalesce(unit_code, '') AS unit_code, unit_names,
			count(*) AS people, count(acknowledged_on) AS acknowledged, count(trained_on) FILTER (WHERE acknowledged_on IS NULL OR trained_on < acknowledged_on) AS trained,
			count(*) FILTER (WHERE acknowledged_on IS NULL AND trained_on IS NULL) AS open,
			percentile_cont(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE acknowledged_on IS NOT NULL OR trained_on IS NOT NULL) AS median_days,
			coalesce(max(days), 0) AS longest_days, coalesce(sum(complaints), 0) AS complaints
		FROM windows GROUP BY GROUPING SETS ((unit_code, unit_names), ()) ORDER BY unit_code NULLS FIRST`, args).Scan(&rows).Error
	return rows, err
}

// eachExposureTx visits every window, by employee number, as the rows arrive.
func eachExposureTx(ctx context.Context, tx database.Tx, args map[string]any, visit func(PersonExposure) error) error {
	rows, err := tx.WithContext(database.PlanAnew(ctx)).Raw(windows+`SELECT * FROM windows ORDER BY employee_no`, args).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var p PersonExposure
		if err := tx.ScanRows(rows, &p); err != nil {
			return err
		}
		if err := visit(p); err != nil {
			return err
		}
	}
	return rows.Err()
}

// windows begins a query about the windows of the people in scope, in local dates of
// their unit. People who left without acknowledging have no window, since its end is
// not known.
const windows = `
	WITH substance AS MATERIALIZED (SELECT id FROM policy_versions WHERE policy_id = @policy AND substance = @substance),
	scope AS MATERIALIZED (
		SELECT person_id FROM acknowledgement_requests WHERE version_id IN (SELECT id FROM substance)
		UNION SELECT person_id FROM acknowledgements WHERE version_id IN (SELECT id FROM substance)),
	taught AS MATERIALIZED (SELECT c.person_id, min(c.completed_at) AS completed_at
		FROM completions c JOIN course_revisions r ON r.id = c.revision_id JOIN courses k ON k.id = r.course_id
		JOIN citing_revisions z ON z.kind = 'course' AND z.code = k.slug AND z.revision = r.number
		WHERE c.credited_from IS NULL AND EXISTS (SELECT FROM citations x WHERE x.citing_id = z.id AND x.version_id IN (SELECT id FROM substance))
		GROUP BY c.person_id),
	spans AS MATERIALIZED (
		SELECT p.id, p.employee_no, p.name, p.position, p.unit_code, p.unit_names, p.unit_zone AS zone,
			greatest(CAST(@effective AS date), day_in(p.known_since, p.unit_zone)) AS since,
			day_in(a.acknowledged_at, p.unit_zone) AS acknowledged_on,
			day_in(h.completed_at, p.unit_zone) AS trained_on,
			coalesce(day_in(least(a.acknowledged_at, h.completed_at), p.unit_zone), day_in(CAST(@now AS timestamptz), p.unit_zone)) AS until
		FROM scope JOIN staff p ON p.id = scope.person_id
		LEFT JOIN LATERAL (SELECT min(acknowledged_at) AS acknowledged_at FROM acknowledgements
			WHERE person_id = p.id AND version_id IN (SELECT id FROM substance)) a ON true
		LEFT JOIN taught h ON h.person_id = p.id
		WHERE p.unit_path LIKE ANY (@reach) AND p.unit_path LIKE @within AND (p.status <> 'left' OR a.acknowledged_at IS NOT NULL OR h.completed_at IS NOT NULL)),
	handled AS MATERIALIZED (SELECT s.id, count(*) AS complaints
		FROM spans s JOIN complaint_standing(@now) c ON c.responsible_id = s.id
		WHERE c.received_at >= CAST(@effective AS date) - 2
			AND c.received_at >= midnight(s.since, s.zone) AND c.received_at < midnight(s.until, s.zone)
		GROUP BY s.id),
	windows AS (
		SELECT s.employee_no, s.name, s.position, s.unit_code, s.unit_names, s.since::text AS since, s.acknowledged_on::text AS acknowledged_on, s.trained_on::text AS trained_on,
			greatest(s.until - s.since, 0) AS days,
			coalesce(h.complaints, 0) AS complaints
		FROM spans s LEFT JOIN handled h USING (id))`
