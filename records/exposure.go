package records

import (
	"context"
	"fmt"
	"io"
	"time"

	"gorm.io/gorm"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// Exposure is how long people worked under a version of a policy before they
// acknowledged it, and the complaints they were responsible for meanwhile. It
// counts; it does not say that one caused the other.
type Exposure struct {
	Code          string
	Title         string
	Number        int // of the material version whose substance it is
	EffectiveFrom string
	AsOf          string // date where the actor is
	Total         UnitExposure
	Units         []UnitExposure // by code
}

// UnitExposure sums up a unit. Days are of the people who acknowledged.
type UnitExposure struct {
	UnitCode     string
	UnitName     string
	People       int // asked, or acknowledged without being asked
	Acknowledged int
	Trained      int // completed a course that cites it before they acknowledged, or without
	Open         int // neither yet: their window is still open
	MedianDays   *float64
	LongestDays  int // open windows too
	Complaints   int // received inside the windows
}

// PersonExposure is one person's window, from the date the version took effect
// (or the person came) to the date of the acknowledgement or of the training on
// it, whichever came first, or today.
type PersonExposure struct {
	EmployeeNo     string
	Name           string
	UnitCode       string
	UnitName       string
	Position       string
	Since          string
	AcknowledgedOn string
	TrainedOn      string // completed a course that cites the version
	Days           int
	Complaints     int
}

// ExposureQuery names a version, and a unit with everything below it.
type ExposureQuery struct {
	Code     string
	Number   int
	UnitCode string
}

var exposureRoles = []people.Role{people.Compliance, people.HR, people.Auditor}

// Exposure sums the windows up per unit, within the actor's reach as Compliance,
// HR or Auditor. Forbidden without such a role; NotFound for an unknown version
// or unit. The look is audited.
func (s *Service) Exposure(ctx context.Context, actor people.Actor, q ExposureQuery) (Exposure, error) {
	var e Exposure
	err := s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) (err error) {
		var args map[string]any
		if e, args, err = s.exposed(ctx, tx, actor, q); err != nil {
			return err
		}
		var rows []UnitExposure
		err = tx.WithContext(ctx).Raw(windows(actor)+`
			SELECT coalesce(unit_code, '') AS unit_code, coalesce(min(unit_name) FILTER (WHERE unit_code IS NOT NULL), '') AS unit_name,
				count(*) AS people, count(acknowledged_on) AS acknowledged, count(trained_on) FILTER (WHERE acknowledged_on IS NULL OR trained_on < acknowledged_on) AS trained,
				count(*) FILTER (WHERE acknowledged_on IS NULL AND trained_on IS NULL) AS open,
				percentile_cont(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE acknowledged_on IS NOT NULL OR trained_on IS NOT NULL) AS median_days,
				coalesce(max(days), 0) AS longest_days, coalesce(sum(complaints), 0) AS complaints
			FROM windows GROUP BY GROUPING SETS ((unit_code), ()) ORDER BY unit_code NULLS FIRST`, args).Scan(&rows).Error
		if err != nil {
			return fmt.Errorf("exposure under policy %s: %w", q.Code, err)
		}
		for _, r := range rows {
			if r.UnitCode == "" {
				e.Total = r
			} else {
				e.Units = append(e.Units, r)
			}
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "records.view",
			Subject: "records:exposure", Data: map[string]any{"policy": q.Code, "version": e.Number, "unit": q.UnitCode}})
	})
	return e, err
}

// ExportExposure writes every person's window and returns how many. Errors as
// Exposure, and Invalid for an unknown format.
func (s *Service) ExportExposure(ctx context.Context, actor people.Actor, q ExposureQuery, f Format, w io.Writer) (int, error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	var args map[string]any
	about := map[string]any{"policy": q.Code, "unit": q.UnitCode}
	err := s.begin(ctx, actor, "records:exposure", f, func(tx *gorm.DB) (map[string]any, error) {
		e, found, err := s.exposed(ctx, tx, actor, q)
		args = found
		about["version"], about["effective_from"], about["as_of"] = e.Number, e.EffectiveFrom, e.AsOf
		return map[string]any{"policy": q.Code, "version": e.Number, "unit": q.UnitCode}, err
	})
	if err != nil {
		return 0, err
	}
	keys := []string{"employee_no", "name", "unit", "unit_name", "position", "exposed_since", "acknowledged_on", "trained_on", "exposed_days", "complaints_inside"}
	return s.stream(ctx, actor, "records:exposure", f, w, about, keys, func(tx *gorm.DB, add func([]any) error) error {
		rows, err := tx.WithContext(ctx).Raw(windows(actor)+`SELECT * FROM windows ORDER BY employee_no`, args).Rows()
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var p PersonExposure
			if err := tx.ScanRows(rows, &p); err != nil {
				return err
			}
			err := add([]any{p.EmployeeNo, p.Name, p.UnitCode, p.UnitName, p.Position, p.Since, text(p.AcknowledgedOn), text(p.TrainedOn), p.Days, p.Complaints})
			if err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// exposed finds the version and what the windows are made from.
func (s *Service) exposed(ctx context.Context, tx *gorm.DB, actor people.Actor, q ExposureQuery) (Exposure, map[string]any, error) {
	if !actor.Has(exposureRoles...) {
		return Exposure{}, nil, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	var version struct {
		PolicyID      int64
		Title         string
		Number        int
		EffectiveFrom string
	}
	err := tx.WithContext(ctx).Raw(`
		SELECT p.id AS policy_id, `+picked("p.titles", actor.Locale)+` AS title, b.number, b.effective_from::text AS effective_from
		FROM policies p JOIN policy_versions v ON v.policy_id = p.id JOIN policy_versions b ON b.policy_id = p.id AND b.number = v.substance
		WHERE p.code = ? AND v.number = ?`, q.Code, q.Number).Scan(&version).Error
	if err != nil {
		return Exposure{}, nil, fmt.Errorf("version %d of policy %s: %w", q.Number, q.Code, err)
	}
	e := Exposure{Code: q.Code, Title: version.Title, Number: version.Number, EffectiveFrom: version.EffectiveFrom}
	if e.Number == 0 {
		return Exposure{}, nil, errs.New(errs.NotFound, "policies.version_not_found", errs.Args{"code": q.Code, "number": q.Number})
	}
	within := "%"
	if q.UnitCode != "" {
		var path string
		if err := tx.WithContext(ctx).Raw(`SELECT path FROM units WHERE code = ?`, q.UnitCode).Scan(&path).Error; err != nil {
			return Exposure{}, nil, err
		}
		if path == "" || !actor.Covers(path, exposureRoles...) {
			return Exposure{}, nil, errs.New(errs.NotFound, "people.unit_not_found", errs.Args{"code": q.UnitCode})
		}
		within = path + "%"
	}
	e.AsOf = s.now().In(actor.Location()).Format(time.DateOnly)
	return e, map[string]any{"policy": version.PolicyID, "substance": e.Number, "effective": e.EffectiveFrom, "now": s.now(),
		"reach": database.Array[string](actor.Patterns(exposureRoles...)), "within": within}, nil
}

// windows are the people in scope with their windows, in local dates of their
// unit. Who left without acknowledging is in no window: nobody knows until when.
func windows(actor people.Actor) string {
	return `
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
		SELECT p.id, p.employee_no, p.name, p.position, u.code AS unit_code, ` + picked("u.names", actor.Locale) + ` AS unit_name, u.zone,
			greatest(CAST(@effective AS date), (p.created_at AT TIME ZONE u.zone)::date) AS since,
			(a.acknowledged_at AT TIME ZONE u.zone)::date AS acknowledged_on,
			(h.completed_at AT TIME ZONE u.zone)::date AS trained_on,
			coalesce((least(a.acknowledged_at, h.completed_at) AT TIME ZONE u.zone)::date, (CAST(@now AS timestamptz) AT TIME ZONE u.zone)::date) AS until
		FROM scope JOIN people p ON p.id = scope.person_id JOIN units u ON u.id = p.unit_id
		LEFT JOIN LATERAL (SELECT min(acknowledged_at) AS acknowledged_at FROM acknowledgements
			WHERE person_id = p.id AND version_id IN (SELECT id FROM substance)) a ON true
		LEFT JOIN taught h ON h.person_id = p.id
		WHERE u.path LIKE ANY (@reach) AND u.path LIKE @within AND (p.status <> 'left' OR a.acknowledged_at IS NOT NULL OR h.completed_at IS NOT NULL)),
	windows AS (
		SELECT s.employee_no, s.name, s.position, s.unit_code, s.unit_name, s.since::text AS since, s.acknowledged_on::text AS acknowledged_on, s.trained_on::text AS trained_on,
			greatest(s.until - s.since, 0) AS days,
			(SELECT count(*) FROM complaint_standing(@now) c
				WHERE c.responsible_id = s.id
					AND c.received_at >= CAST(s.since AS timestamp) AT TIME ZONE s.zone AND c.received_at < CAST(s.until AS timestamp) AT TIME ZONE s.zone) AS complaints
		FROM spans s)`
}
