package records

import (
	"context"
	"fmt"
	"io"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/date"
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
	err := s.db.Transaction(ctx, func(tx database.Tx) (err error) {
		var args map[string]any
		if e, args, err = s.exposedTx(ctx, tx, actor, q); err != nil {
			return err
		}
		rows, err := sumExposureTx(ctx, tx, actor, args)
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

// ExportExposure writes every person's window and returns how many. Forbidden
// without the Compliance, HR or Auditor role; NotFound for an unknown version or
// unit; Invalid for an unknown format.
func (s *Service) ExportExposure(ctx context.Context, actor people.Actor, q ExposureQuery, f Format, w io.Writer) (int, error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	var args map[string]any
	about := map[string]any{"policy": q.Code, "unit": q.UnitCode}
	err := s.begin(ctx, actor, "records:exposure", f, func(tx database.Tx) (map[string]any, error) {
		e, found, err := s.exposedTx(ctx, tx, actor, q)
		args = found
		about["version"], about["effective_from"], about["as_of"] = e.Number, e.EffectiveFrom, e.AsOf
		return map[string]any{"policy": q.Code, "version": e.Number, "unit": q.UnitCode}, err
	})
	if err != nil {
		return 0, err
	}
	keys := []string{"employee_no", "name", "unit", "unit_name", "position", "exposed_since", "acknowledged_on", "trained_on", "exposed_days", "complaints_inside"}
	return s.stream(ctx, actor, "records:exposure", f, w, about, keys, func(tx database.Tx, add func([]any) error) error {
		return eachExposureTx(ctx, tx, actor, args, func(p PersonExposure) error {
			return add([]any{p.EmployeeNo, p.Name, p.UnitCode, p.UnitName, p.Position, p.Since, text(p.AcknowledgedOn), text(p.TrainedOn), p.Days, p.Complaints})
		})
	})
}

// exposed finds the version and what the windows are made from.
func (s *Service) exposedTx(ctx context.Context, tx database.Tx, actor people.Actor, q ExposureQuery) (Exposure, map[string]any, error) {
	if !actor.Has(exposureRoles...) {
		return Exposure{}, nil, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	version, err := findSubstanceTx(ctx, tx, actor.Locale, q)
	if err != nil {
		return Exposure{}, nil, fmt.Errorf("version %d of policy %s: %w", q.Number, q.Code, err)
	}
	e := Exposure{Code: q.Code, Title: version.Title, Number: version.Number, EffectiveFrom: version.EffectiveFrom}
	if e.Number == 0 {
		return Exposure{}, nil, errs.New(errs.NotFound, "policies.version_not_found", errs.Args{"code": q.Code, "number": q.Number})
	}
	within := "%"
	if q.UnitCode != "" {
		path, err := reachedTx(ctx, tx, actor, q.UnitCode, exposureRoles...)
		if err != nil {
			return Exposure{}, nil, err
		}
		within = path + "%"
	}
	e.AsOf = date.In(s.now(), actor.Location()).Format(time.DateOnly)
	return e, map[string]any{"policy": version.PolicyID, "substance": e.Number, "effective": e.EffectiveFrom, "now": s.now(),
		"reach": database.Array[string](actor.Patterns(exposureRoles...)), "within": within}, nil
}
