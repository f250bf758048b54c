package main

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"time"

	"anwen/briefings"
	"anwen/internal/archive"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/policies"
)

// sample holds the texts of the sample institution.
//
//go:embed sample
var sample embed.FS

const samplePassword = "anwen-demo"

// sampleToday is the day that the sample history ends on: the day it is made, so
// that a fresh demo always shows things valid, expiring and overdue. With large, that
// many people are made around it, with so many years of history.
func (h *house) fillSample(ctx context.Context, clock *clock, progress steps, large, years int) (made bool, err error) {
	var people int64
	if err := h.db.WithContext(ctx).Raw(`SELECT count(*) FROM people`).Scan(&people).Error; err != nil || people > 0 {
		return false, err
	}
	defer clock.real()
	if err := h.beginUnfinished(ctx); err != nil {
		return false, err
	}
	today := time.Now()
	b := &bank{house: h, clock: clock, today: today}
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"units and staff", b.staff}, {"policies", b.firstPolicies}, {"courses", b.publishCourses}, {"newer versions", b.publishPolicies}, {"briefings", b.publishBriefings}, {"study meetings", b.meet},
		{"two years of training", b.train}, {"exercises", b.exercise}, {"four quarters of complaints", b.complain},
	} {
		if err := progress.do(step.name, func() error { return step.do(ctx) }); err != nil {
			return false, fmt.Errorf("%s: %w", step.name, err)
		}
	}
	if large > 0 {
		if err := (&largeBank{bank: b, people: large, years: years}).fill(ctx, progress); err != nil {
			return false, err
		}
	}
	return true, h.endUnfinished(ctx)
}

// bank makes the sample institution, through the same verbs that users call.
type bank struct {
	*house
	clock   *clock
	today   time.Time
	slugs   []string
	members []member
}

func (b *bank) daysAgo(days int, hour int) time.Time {
	zone := time.FixedZone("CST", 8*3600)
	d := b.today.In(zone).AddDate(0, 0, -days)
	return time.Date(d.Year(), d.Month(), d.Day(), hour, 0, 0, 0, zone)
}

// firstPolicies publishes what was in force when the courses were written: they
// cite it, and some of that has changed since.
func (b *bank) firstPolicies(ctx context.Context) error { return b.versions(ctx, 1, 720) }

func (b *bank) publishPolicies(ctx context.Context) error { return b.versions(ctx, 1000, 60) }

func (b *bank) versions(ctx context.Context, most, daysAgo int) error {
	return eachFolder("sample/policies", func(name string, files archive.Files) error {
		folder, err := policies.ReadFolder(files)
		if err != nil {
			return err
		}
		folder.Versions = folder.Versions[:min(most, len(folder.Versions))]
		b.clock.at(b.daysAgo(daysAgo, 9))
		_, err = b.policies.PublishFolder(ctx, people.System(), folder, false)
		return err
	})
}

func (b *bank) publishCourses(ctx context.Context) error {
	return eachFolder("sample/courses", func(name string, files archive.Files) error {
		b.clock.at(b.daysAgo(700, 9))
		report, err := b.courses.Publish(ctx, people.System(), files, false, 0)
		b.slugs = append(b.slugs, report.Slug)
		return err
	})
}

func (b *bank) publishBriefings(ctx context.Context) error {
	months := map[string]map[i18n.Locale][]byte{}
	entries, err := sample.ReadDir("sample/briefings")
	if err != nil {
		return err
	}
	for _, e := range entries {
		raw, err := sample.ReadFile(path.Join("sample/briefings", e.Name()))
		if err != nil {
			return err
		}
		month, rest, _ := strings.Cut(e.Name(), ".")
		if months[month] == nil {
			months[month] = map[i18n.Locale][]byte{}
		}
		months[month][i18n.Locale(strings.TrimSuffix(rest, ".md"))] = raw
	}
	names := make([]string, 0, len(months))
	for m := range months {
		names = append(names, m)
	}
	sort.Strings(names)
	for i, m := range names {
		input, err := briefings.ReadFiles(months[m])
		if err != nil {
			return fmt.Errorf("%s: %w", m, err)
		}
		b.clock.at(b.daysAgo(30*(len(names)-1-i)+3, 10))
		if _, err := b.briefings.Publish(ctx, people.System(), input); err != nil {
			return fmt.Errorf("%s: %w", m, err)
		}
	}
	return nil
}

// eachFolder reads every folder of the embedded texts, in name order.
func eachFolder(root string, do func(name string, files archive.Files) error) error {
	entries, err := sample.ReadDir(root)
	if err != nil {
		return err
	}
	for _, e := range entries {
		inner, err := fs.Sub(sample, path.Join(root, e.Name()))
		if err != nil {
			return err
		}
		files, err := archive.FromFolder(inner)
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name(), err)
		}
		if err := do(e.Name(), files); err != nil {
			return fmt.Errorf("%s: %w", e.Name(), err)
		}
	}
	return nil
}
