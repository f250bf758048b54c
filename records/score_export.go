package records

import (
	"context"
	"io"
	"maps"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/performance"
)

// ExportScores writes the scores of everybody whom the filter names, whatever its
// page, with the training state beside them, and returns how many. Audited as
// ExportCertifications. Forbidden without the HR or Auditor role; NotFound for a unit
// that is not reached; Invalid for a bad filter or an unknown format. After the first
// byte there is no refusal.
func (s *Service) ExportScores(ctx context.Context, actor people.Actor, quarter performance.Quarter, filter performance.Filter, f Format, w io.Writer) (int, error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	filter.After, filter.Limit = "", 0
	const subject = "records:scores"
	about := map[string]any{
		"quarter": quarter.String(), "targets": performance.Current().Number, "as_of": s.now().UTC().Format(time.RFC3339),
		"unit": filter.UnitCode, "search": filter.Search, "everyone": filter.Everyone,
	}
	err := s.begin(ctx, actor, subject, f, func(tx database.Tx) (map[string]any, error) {
		return maps.Clone(about), s.scores.PermitTx(ctx, tx, actor, filter)
	})
	if err != nil {
		return 0, err
	}
	return writeExport(ctx, s, actor, export[performance.Score]{
		subject: subject, format: f, about: about, columns: scoreColumns(quarter, actor.Locale, f),
		each: func(tx database.Tx, visit func(performance.Score) error) error {
			return s.scores.EachTx(ctx, tx, actor, quarter, filter, visit)
		},
	}, w)
}

// score is the record of this export.
type score = performance.Score

// scoreColumns are the columns of the export of a quarter.
func scoreColumns(q performance.Quarter, l i18n.Locale, f Format) []column[score] {
	columns := []column[score]{
		{"quarter", func(score) any { return q.String() }},
		{"employee_no", func(s score) any { return s.EmployeeNo }},
		{"name", func(s score) any { return s.Name }},
		{"unit", func(s score) any { return s.UnitCode }},
		{"unit_name", func(s score) any { return s.UnitName }},
		{"position", func(s score) any { return s.Position }},
	}
	for i, stage := range []performance.Stage{performance.FirstReply, performance.InitialFeedback} {
		columns = append(columns, []column[score]{
			{string(stage) + "_on_time", func(s score) any { return whole(s.Timeliness[i].Numerator) }},
			{string(stage) + "_counted", func(s score) any { return s.Timeliness[i].Denominator }},
			{string(stage) + "_open", func(s score) any { return s.Timeliness[i].Open }},
		}...)
		columns = append(columns, verdictColumns(string(stage), l, f, func(s score) performance.Rate { return s.Timeliness[i].Rate })...)
	}
	columns = append(columns, []column[score]{
		{"satisfied", func(s score) any { return whole(s.Satisfaction.Numerator) }},
		{"answered", func(s score) any { return s.Satisfaction.Denominator }},
	}...)
	columns = append(columns, verdictColumns("satisfaction", l, f, func(s score) performance.Rate { return s.Satisfaction })...)
	return append(columns, []column[score]{
		{"timeliness_target", func(s score) any { return s.Timeliness[0].Target.Share }}, // one for all stages
		{"satisfaction_target", func(s score) any { return s.Satisfaction.Target.Share }},
		{"assigned", func(s score) any { return s.Training.Assigned }},
		{"completed", func(s score) any { return s.Training.Completed }},
		{"overdue", func(s score) any { return s.Training.Overdue }},
		{"due_in_quarter", func(s score) any { return s.Training.Due }},
		{"completed_on_time", func(s score) any { return s.Training.OnTime }},
		{"certificates_valid", func(s score) any { return s.Certificates.Valid }},
		{"certificates_expired", func(s score) any { return s.Certificates.Expired }},
	}...)
}

// verdictColumns are the interval of a rate and its verdict or, without one, the reason
// why. People read the verdict in their own language.
func verdictColumns(key string, l i18n.Locale, f Format, of func(score) performance.Rate) []column[score] {
	return []column[score]{
		{key + "_lower", func(s score) any { return limit(of(s).Lower) }},
		{key + "_upper", func(s score) any { return limit(of(s).Upper) }},
		{key + "_verdict", func(s score) any {
			rate := of(s)
			word := string(rate.Verdict)
			if word == "" {
				word = string(rate.Withheld)
			}
			if f == JSON {
				return word
			}
			return i18n.Text(l, "records.verdict_"+word, nil)
		}},
	}
}
