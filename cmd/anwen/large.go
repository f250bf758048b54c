package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"anwen/complaints"
	"anwen/internal/audit"
	"anwen/internal/i18n"
)

// Bounds of a large institution: as many people as a sample has is not large, and the
// serials of its certificates end somewhere.
const (
	fewestPeople = 300
	mostPeople   = 500_000
	mostYears    = 10
)

// largeBank makes the rest of a large institution around the sample: people is how
// many there are in the end, years how far their history goes back.
type largeBank struct {
	*bank
	people, years int
	courses       []largeCourse
}

// fill makes it, step by step.
func (l *largeBank) fill(ctx context.Context, progress steps) error {
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"large: courses", l.publish}, {"large: units", l.units}, {"large: staff", l.staff}, {"large: plan of training", l.schedule},
		{"large: assignments", l.assign}, {"large: completions", l.complete}, {"large: acknowledgements", l.acknowledge},
		{"large: complaints", l.complain}, {"large: seals", l.seal}, {"large: figures", l.tally}, {"large: statistics", l.analyse},
	} {
		if err := progress.do(step.name, func() error { return step.do(ctx) }); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return nil
}

func (l *largeBank) began() time.Time {
	return l.daysAgo(365*l.years+l.years/4+2, 9)
}

// units notes the plan and makes the tree.
func (l *largeBank) units(ctx context.Context) error {
	if err := l.run(ctx, "1-tools"); err != nil {
		return err
	}
	var sample int
	if err := l.db.PGX().QueryRow(ctx, `SELECT count(*) FROM people`).Scan(&sample); err != nil {
		return err
	}
	_, err := l.db.PGX().Exec(ctx, `INSERT INTO large.plan
		SELECT $1, $2, $3, $4, $5, $6, (SELECT id FROM people WHERE login = 'hr'), (SELECT id FROM people WHERE login = 'officer'),
			(SELECT id FROM people WHERE login = 'desk'), (SELECT min(id) FROM complaint_rule_sets), $7, $8, $9, $10, $11, $12, $13, $14`,
		l.people-sample, l.years, max(2, l.people/2500), max(6, l.people*6/1000), l.began(), l.today,
		institution.names().In(i18n.Hans), l.config.publicURL()+"/verify/", strings.Split(string(surnames), ""), given, positions, sampleChannels, sampleProducts, sampleCauses)
	if err != nil {
		return err
	}
	if err := l.copy(ctx, "cities", `n integer, hans text, hant text, english text`, placeRows(cities)); err != nil {
		return err
	}
	if err := l.copy(ctx, "streets", `n integer, hans text, hant text, english text`, placeRows(streets)); err != nil {
		return err
	}
	return l.run(ctx, "2-units")
}

func (l *largeBank) staff(ctx context.Context) error {
	if err := l.run(ctx, "3-staff"); err != nil {
		return err
	}
	if err := l.parts(ctx, 1, "4-join", "large.staff", "n", 5_000); err != nil {
		return err
	}
	for month := range 12*l.years + 1 {
		if err := l.run(ctx, "5-move", month, month+1); err != nil {
			return err
		}
	}
	return nil
}

// schedule plans who takes what when.
func (l *largeBank) schedule(ctx context.Context) error {
	if err := l.describe(ctx); err != nil {
		return err
	}
	if err := l.parts(ctx, writers, "6-cycles", "large.staff", "n", 2_500); err != nil {
		return err
	}
	return l.run(ctx, "7-order")
}

func (l *largeBank) assign(ctx context.Context) error {
	return l.parts(ctx, writers, "8-assign", "large.assignments", "a", 20_000)
}

func (l *largeBank) complete(ctx context.Context) error {
	if err := l.parts(ctx, writers, "9-fail", "large.failures", "f", 5_000); err != nil {
		return err
	}
	return l.parts(ctx, writers, "10-complete", "large.completions", "d", 5_000)
}

// acknowledge asks for the versions that the sample asks for, with the words of one of
// its acknowledgements.
func (l *largeBank) acknowledge(ctx context.Context) error {
	_, err := l.db.PGX().Exec(ctx, `CREATE TABLE large.versions AS SELECT DISTINCT ON (a.version_id) a.version_id, a.locale, a.text_sha256, a.statement, a.statement_sha256, a.tier,
			q.due_on, q.requested_at, q.requested_by, 'policy:' || p.code || '/' || v.number AS subject
		FROM acknowledgements a JOIN acknowledgement_requests q USING (version_id, person_id) JOIN policy_versions v ON v.id = a.version_id JOIN policies p ON p.id = v.policy_id
		WHERE NOT EXISTS (SELECT FROM policy_questions x WHERE x.version_id = v.id) ORDER BY a.version_id, a.id`)
	if err != nil {
		return err
	}
	return l.parts(ctx, 1, "11-acknowledge", "large.staff", "n", 5_000)
}

// complain dates the time limits by the rule of the complaints and the calendar, and
// writes a file a month.
func (l *largeBank) complain(ctx context.Context) error {
	calendar, rules := complaints.PRC(), complaints.HouseRules()
	var days [][]any
	for day := date(l.began()); day.Before(l.today.AddDate(0, 0, 2)); day = day.AddDate(0, 0, 1) {
		due := complaints.DueOf(complaints.Complex, complaints.Receipt{At: day, Precision: complaints.Day, Zone: time.UTC}, rules, calendar)
		days = append(days, []any{day, due.On, due.CalendarIncomplete})
	}
	if err := l.copy(ctx, "days", `day date, due_on date, beyond boolean`, days); err != nil {
		return err
	}
	if err := l.run(ctx, "12-cases"); err != nil {
		return err
	}
	for month := range 12*l.years + 1 {
		if err := l.run(ctx, "13-complain", month, month+1); err != nil {
			return err
		}
	}
	return nil
}

// seal chains all events, which took hours of somebody's history and minutes of ours.
func (l *largeBank) seal(ctx context.Context) error {
	l.clock.real()
	for {
		if n, err := audit.Seal(ctx, l.db, l.now); err != nil || n == 0 {
			return err
		}
	}
}

// tally counts what was written, as the program does once it runs.
func (l *largeBank) tally(ctx context.Context) error {
	_, err := l.house.quizzes.Tally(ctx)
	return err
}

// analyse leaves a database as it is after a night's rest.
func (l *largeBank) analyse(ctx context.Context) error {
	for _, sql := range []string{`DROP SCHEMA large CASCADE`, `VACUUM ANALYZE`} {
		if _, err := l.db.PGX().Exec(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}
