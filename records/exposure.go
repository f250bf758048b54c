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
	"anwen/internal/i18n"
	"anwen/people"
)

// Exposure is how long people worked under a version of a policy before they
// acknowledged it, and the complaints that they became responsible for meanwhile. It
// counts, and says nothing about causes.
type Exposure struct {
	Code          string
	Titles        i18n.Texts
	Number        int // of the material version whose substance the version has
	EffectiveFrom string
	AsOf          string // local date of the actor
	Total         UnitExposure
	Units         []UnitExposure // by code
}

// UnitExposure is the sum of the windows of a unit's people.
type UnitExposure struct {
	UnitCode     string
	UnitNames    i18n.Texts
	People       int // asked to acknowledge, or acknowledged without being asked
	Acknowledged int
	Trained      int      // completed a course that cites the version, before they acknowledged or without
	Open         int      // neither yet: their window is still open
	MedianDays   *float64 // of closed windows
	LongestDays  int      // of open windows too
	Complaints   int      // received inside the windows
}

// PersonExposure is one person's window: from the date on which the version took
// effect, or since which the person is known here, to the date of the acknowledgement
// or of the training on it, whichever came first, or until today.
type PersonExposure struct {
	EmployeeNo     string
	Name           string
	UnitCode       string
	UnitNames      i18n.Texts
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

// exposureRoles are the roles that read exposures.
var exposureRoles = []people.Role{people.Compliance, people.HR, people.Auditor}

// Exposure sums up the windows per unit, within the actor's reach as Compliance, HR or
// Auditor. Forbidden without such a role; NotFound for an unknown version and for a unit
// that is not reached. Reading it is audited.
func (s *Service) Exposure(ctx context.Context, actor people.Actor, q ExposureQuery) (Exposure, error) {
	var e Exposure
	err := s.db.Transaction(ctx, func(tx database.Tx) (err error) {
		var args map[string]any
		if e, args, err = s.versionTx(ctx, tx, actor, q); err != nil {
			return err
		}
		rows, err := sumExposureTx(ctx, tx, args)
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
		return audit.RecordTx(ctx, tx, audit.Event{At: args["now"].(time.Time), ActorID: actor.PersonID, Action: "records.view",
			Subject: "records:exposure", Data: map[string]any{"policy": q.Code, "version": e.Number, "unit": q.UnitCode}})
	})
	return e, err
}

// ExportExposure writes every person's window and returns how many. Audited as
// ExportCertifications. Forbidden without the Compliance, HR or Auditor role; NotFound
// for an unknown version and for a unit that is not reached; Invalid for an unknown
// format. After the first byte there is no refusal.
func (s *Service) ExportExposure(ctx context.Context, actor people.Actor, q ExposureQuery, f Format, w io.Writer) (int, error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	var args map[string]any
	about := map[string]any{"policy": q.Code, "unit": q.UnitCode}
	const subject = "records:exposure"
	err := s.begin(ctx, actor, subject, f, func(tx database.Tx) (map[string]any, error) {
		var e Exposure
		var err error
		e, args, err = s.versionTx(ctx, tx, actor, q)
		about["version"], about["effective_from"], about["as_of"] = e.Number, e.EffectiveFrom, e.AsOf
		return map[string]any{"policy": q.Code, "version": e.Number, "unit": q.UnitCode}, err
	})
	if err != nil {
		return 0, err
	}
	return writeExport(ctx, s, actor, export[PersonExposure]{
		subject: subject, format: f, about: about, columns: exposureColumns(actor.Locale),
		each: func(tx database.Tx, visit func(PersonExposure) error) error {
			return eachExposureTx(ctx, tx, args, visit)
		},
	}, w)
}

// exposureColumns are the columns of the export.
func exposureColumns(l i18n.Locale) []column[PersonExposure] {
	return []column[PersonExposure]{
		{"employee_no", func(p PersonExposure) any { return p.EmployeeNo }},
		{"name", func(p PersonExposure) any { return p.Name }},
		{"unit", func(p PersonExposure) any { return p.UnitCode }},
		{"unit_name", func(p PersonExposure) any { return p.UnitNames.In(l) }},
		{"position", func(p PersonExposure) any { return p.Position }},
		{"exposed_since", func(p PersonExposure) any { return p.Since }},
		{"acknowledged_on", func(p PersonExposure) any { return text(p.AcknowledgedOn) }},
		{"trained_on", func(p PersonExposure) any { return text(p.TrainedOn) }},
		{"exposed_days", func(p PersonExposure) any { return p.Days }},
		{"complaints_inside", func(p PersonExposure) any { return p.Complaints }},
	}
}

// versionTx finds the version, and the arguments of the queries about its windows.
// Forbidden without one of the roles; NotFound for an unknown version and for a unit
// that is not reached.
func (s *Service) versionTx(ctx context.Context, tx database.Tx, actor people.Actor, q ExposureQuery) (Exposure, map[string]any, error) {
	reach := actor.Over(exposureRoles...)
	if err := reach.Require(); err != nil {
		return Exposure{}, nil, err
	}
	version, err := findSubstanceTx(ctx, tx, q)
	if err != nil {
		return Exposure{}, nil, fmt.Errorf("version %d of policy %s: %w", q.Number, q.Code, err)
	}
	e := Exposure{Code: q.Code, Titles: version.Titles, Number: version.Number, EffectiveFrom: version.EffectiveFrom}
	if e.Number == 0 {
		return Exposure{}, nil, errs.New(errs.NotFound, "policies.version_not_found", errs.Args{"code": q.Code, "number": q.Number})
	}
	within := "%"
	if q.UnitCode != "" {
		unit, err := reach.Unit(ctx, tx, q.UnitCode)
		if err != nil {
			return Exposure{}, nil, err
		}
		within = unit.Below()
	}
	now := s.now()
	e.AsOf = date.Text(new(actor.Today(now)))
	return e, map[string]any{"policy": version.PolicyID, "substance": e.Number, "effective": e.EffectiveFrom, "now": now,
		"reach": reach.Patterns(), "within": within}, nil
}
