package records

import (
	"context"
	"io"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/performance"
)

// Staff is a page of people with both sides of their record.
type Staff struct {
	Quarter performance.Quarter
	Targets performance.Targets
	AsOf    time.Time
	People  []StaffRecord
	Next    string
}

// StaffRecord is one person's quarter beside what the person holds today.
// Neither side is computed from the other.
type StaffRecord struct {
	performance.Score
	Held []Held // the newest cycle of each course, by slug
}

// Held is where a person stands in one course today.
type Held struct {
	CourseSlug  string
	CourseTitle string
	Cycle       int
	DueOn       string
	CompletedOn string
	Serial      string
	ValidUntil  string
	State       State
	Overdue     bool // not completed, and past the due date
}

// Staff lists people with their quarter of complaint handling and their
// certifications side by side. Forbidden without the HR or Auditor role; NotFound
// for a unit that is not reached; Invalid for a bad filter. The look is audited.
func (s *Service) Staff(ctx context.Context, actor people.Actor, quarter performance.Quarter, f performance.Filter) (Staff, error) {
	var staff Staff
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		page, err := s.scores.ScoresTx(ctx, tx, actor, quarter, f)
		if err != nil {
			return err
		}
		staff = Staff{Quarter: page.Quarter, Targets: page.Targets, AsOf: page.AsOf, Next: page.Next}
		ids := make([]int64, len(page.Scores))
		for i, score := range page.Scores {
			ids[i] = score.PersonID
		}
		held, err := readHeldTx(ctx, tx, actor.Locale, page.AsOf, ids)
		if err != nil {
			return err
		}
		staff.People = make([]StaffRecord, len(page.Scores))
		for i, score := range page.Scores {
			staff.People[i] = StaffRecord{Score: score, Held: held[score.PersonID]}
		}
		return nil
	})
	return staff, err
}

// ExportScores writes the quarter of everybody whom the filter names, whatever
// its page, with the training state beside it, and returns how many. Forbidden
// without the HR or Auditor role; NotFound for a unit that is not reached; Invalid
// for a bad filter or an unknown format; none of these comes after the first byte.
// Audited as ExportCertifications.
func (s *Service) ExportScores(ctx context.Context, actor people.Actor, quarter performance.Quarter, filter performance.Filter, f Format, w io.Writer) (int, error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	filter.After, filter.Limit = "", 0
	subject := "records:scores"
	about := map[string]any{
		"quarter": quarter.String(), "targets": performance.Current().Number, "as_of": s.now().UTC().Format(time.RFC3339),
		"unit": filter.UnitCode, "search": filter.Search, "everyone": filter.Everyone,
	}
	err := s.begin(ctx, actor, subject, f, func(tx database.Tx) (map[string]any, error) {
		data := make(map[string]any, len(about))
		for k, v := range about {
			data[k] = v
		}
		return data, s.scores.PermitTx(ctx, tx, actor, filter)
	})
	if err != nil {
		return 0, err
	}
	return s.stream(ctx, actor, subject, f, w, about, scoreKeys, func(tx database.Tx, add func([]any) error) error {
		return s.scores.EachTx(ctx, tx, actor, quarter, filter, func(score performance.Score) error {
			return add(scoreCells(quarter, score, actor.Locale, f))
		})
	})
}

var scoreKeys = scoreNames()

func scoreNames() []string {
	keys := []string{"quarter", "employee_no", "name", "unit", "unit_name", "position"}
	for _, measure := range []string{"first_reply", "initial_feedback"} {
		keys = append(keys, measure+"_on_time", measure+"_counted", measure+"_open", measure+"_lower", measure+"_upper", measure+"_verdict")
	}
	return append(keys, "satisfied", "answered", "satisfaction_lower", "satisfaction_upper", "satisfaction_verdict",
		"timeliness_target", "satisfaction_target",
		"assigned", "completed", "overdue", "due_in_quarter", "completed_on_time", "certificates_valid", "certificates_expired")
}

func scoreCells(q performance.Quarter, s performance.Score, l i18n.Locale, f Format) []any {
	cells := []any{q.String(), s.EmployeeNo, s.Name, s.UnitCode, s.UnitName, s.Position}
	timeliness := s.Satisfaction.Target
	for _, t := range s.Timeliness {
		cells = append(cells, whole(t.Numerator), t.Denominator, t.Open, share(t.Lower), share(t.Upper), verdict(t.Rate, l, f))
		timeliness = t.Target
	}
	return append(cells, whole(s.Satisfaction.Numerator), s.Satisfaction.Denominator,
		share(s.Satisfaction.Lower), share(s.Satisfaction.Upper), verdict(s.Satisfaction, l, f),
		timeliness.Share, s.Satisfaction.Target.Share,
		s.Training.Assigned, s.Training.Completed, s.Training.Overdue, s.Training.Due, s.Training.OnTime,
		s.Certificates.Valid, s.Certificates.Expired)
}

// verdict is the word of the verdict or, without one, of the reason why.
func verdict(r performance.Rate, l i18n.Locale, f Format) any {
	word := string(r.Verdict)
	if word == "" {
		word = string(r.Withheld)
	}
	if f == JSON {
		return word
	}
	return i18n.Text(l, "records.verdict_"+word, nil)
}

// share is a limit of an interval to four places, which is finer than any
// quarter can tell.
func share(x *float64) any {
	if x == nil {
		return nil
	}
	return float64(int(*x*10_000+0.5)) / 10_000
}
