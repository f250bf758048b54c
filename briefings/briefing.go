package briefings

import (
	"context"
	"fmt"
	"regexp"
	"sync"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// Input is a month's briefing as it is written: per language a title and three
// sections in Markdown.
type Input struct {
	Month     string // 2026-11
	UnitCode  string // whom it is for; empty: everybody
	Texts     map[i18n.Locale]Text
	Policies  []PolicyRef
	Questions i18n.Texts // GIFT: what readers are asked about clauses that changed
	Base      *int       // revision that the writer began from, 0: there was none; nil: whichever is there
	DryRun    bool
	Confirmed int // warnings that were shown to the writer, who answers for all of them
}

// Text is a briefing in one language.
type Text struct {
	Title   string
	Changes string // what changed
	Impact  string // what it means for our business
	Plan    string // how we adjust
}

// PolicyRef names a version of a policy that a briefing cites.
type PolicyRef struct {
	Code   string
	Number int
}

// PublishReport says what publishing a briefing did, or would do.
type PublishReport struct {
	Key       string // of the briefing: its month, or its month and unit
	Month     string
	Revision  int
	UnitName  string // whom it is for; empty: everybody
	People    int    // whom it reaches: the staff of the unit and those below it
	Unchanged bool   // the same words are the current revision already
	DryRun    bool
	Warnings  []errs.Fault // what the page does not show as it is written
}

// Summary is what a list says of a briefing.
type Summary struct {
	Key         string
	UnitName    string // whom it is for; empty: everybody
	Month       string
	Title       string
	Revision    int
	PublishedAt time.Time
	Read        bool          // the current revision, by the actor
	Policies    []CitedPolicy `gorm:"-"`
}

// Briefing is the current revision of a briefing in one language.
type Briefing struct {
	Summary
	Locale      i18n.Locale // of the text that was found
	ChangesHTML string
	ImpactHTML  string
	PlanHTML    string
	Changeable  bool     `gorm:"-"` // the actor may add to its plan and publish its minutes
	Text        Text     `gorm:"-"`
	Questions   [][]byte `gorm:"-"` // items as they are stored, which readers answer
}

// CitedPolicy is a policy version that a briefing cites.
type CitedPolicy struct {
	Code          string
	Number        int
	Title         string
	EffectiveFrom time.Time // a date, at midnight UTC
	Acknowledged  bool      // by the actor
}

var monthPattern = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)

// Publish makes the next revision of a month's briefing, for ever; the same words again
// return the revision that they are. Forbidden without the role Compliance, which for a
// briefing for everybody must be over the root; NotFound when that role reaches no such
// unit; Invalid with a fault per field; Conflict when somebody published other words
// since the revision that the writer began from, when the warnings are not confirmed, or
// when a question is about a clause of a version that shares no language with the version
// before.
func (s *Service) Publish(ctx context.Context, actor people.Actor, in Input) (PublishReport, error) {
	if err := actor.Over(people.Compliance).Require(); err != nil {
		return PublishReport{}, err
	}
	var faults errs.Faults
	rendered := in.render(&faults)
	versions, err := policyVersions(ctx, s.db, in.Policies, &faults)
	if err != nil {
		return PublishReport{}, err
	}
	items, err := s.readQuestions(ctx, in, &faults)
	if err != nil {
		return PublishReport{}, err
	}
	target, err := s.audienceOf(ctx, actor, in)
	if err != nil {
		return PublishReport{}, err
	}
	if cited := citing(target.key, 0, rendered).Citations; len(cited) > 0 {
		if err := s.policies.CheckCitations(ctx, cited, &faults); err != nil {
			return PublishReport{}, err
		}
	}
	if err := faults.Err("briefings.refused"); err != nil {
		return PublishReport{}, err
	}
	sum, err := in.sum()
	if err != nil {
		return PublishReport{}, err
	}
	report := PublishReport{Key: target.key, UnitName: target.unitName, Month: in.Month, DryRun: in.DryRun, Warnings: warningsOf(rendered)}
	if report.People, err = countAudience(ctx, s.db, target); err != nil {
		return PublishReport{}, err
	}
	err = s.db.Transaction(ctx, func(tx database.Tx) error {
		now := sync.OnceValue(s.now)
		id, err := openBriefingTx(ctx, tx, in, target, now)
		if err != nil {
			return err
		}
		last, err := lastRevisionTx(ctx, tx, target.key)
		if err != nil {
			return err
		}
		report.Revision = last.Number + 1
		if last.sameBytes(sum) {
			report.Unchanged, report.Revision = true, last.Number
		} else if err := s.unchangedSince(in.Base, last.Number, last.By, actor.Locale); err != nil {
			return err
		}
		if in.DryRun || report.Unchanged {
			return nil
		}
		if actor.By() != nil {
			if err := errs.Unconfirmed(report.Warnings, in.Confirmed); err != nil {
				return err
			}
		}
		made := revisionRow{BriefingID: id, Number: report.Revision, SHA256: sum[:], PublishedAt: now(), PublishedBy: actor.By()}
		if err := insertRevisionTx(ctx, tx, &made, rendered, versions); err != nil {
			return err
		}
		if err := insertQuestionsTx(ctx, tx, made.ID, items); err != nil {
			return err
		}
		if err := s.policies.CiteTx(ctx, tx, actor, citing(target.key, report.Revision, rendered)); err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{
			At: now(), ActorID: actor.PersonID, Action: "courses.publish_briefing", Subject: "briefing:" + target.key,
			Data: map[string]any{"revision": report.Revision, "sha256": fmt.Sprintf("%x", sum)},
		})
	})
	if err != nil {
		return PublishReport{}, fmt.Errorf("publish the briefing of %s: %w", in.Month, err)
	}
	return report, nil
}

// List lists the current briefing of each month and audience that the actor may
// see, the newest first. It refuses nobody.
func (s *Service) List(ctx context.Context, actor people.Actor) ([]Summary, error) {
	rows, err := s.briefings(ctx, actor, "")
	if err != nil {
		return nil, err
	}
	list := make([]Summary, len(rows))
	for i, r := range rows {
		list[i] = r.Summary
	}
	return list, nil
}

// Briefing returns the current revision of a briefing. NotFound for a briefing that
// the actor may not see.
func (s *Service) Briefing(ctx context.Context, actor people.Actor, key string) (Briefing, error) {
	rows, err := s.briefings(ctx, actor, key)
	if err != nil {
		return Briefing{}, err
	}
	if key == "" || len(rows) == 0 {
		return Briefing{}, notFound(key)
	}
	b := rows[0].Briefing
	if b.Changeable, err = actor.Over(people.Compliance).MayChange(ctx, s.db, rows[0].UnitPath); err != nil {
		return Briefing{}, err
	}
	if b.Questions, err = questionsOf(ctx, s.db, rows[0].RevisionID); err != nil {
		return Briefing{}, fmt.Errorf("questions of the briefing %s: %w", key, err)
	}
	return b, nil
}

// briefings returns the current revision of every briefing that the actor may see,
// or of the one with the key, with the policies that each cites.
func (s *Service) briefings(ctx context.Context, actor people.Actor, key string) ([]briefingRow, error) {
	rows, err := currentBriefings(ctx, s.db, actor, key)
	if err != nil {
		return nil, fmt.Errorf("briefings %s: %w", key, err)
	}
	cited, err := citedPolicies(ctx, s.db, actor, key)
	if err != nil {
		return nil, fmt.Errorf("policies of briefings %s: %w", key, err)
	}
	for i, r := range rows {
		rows[i].Policies = cited[r.Key]
	}
	return rows, nil
}

// unchangedSince compares what a writer began from with the newest that is there, by
// somebody, under a lock. Conflict when it is another one.
func (s *Service) unchangedSince(base *int, newest int, by string, l i18n.Locale) error {
	if base == nil || *base == newest {
		return nil
	}
	if by == "" {
		by = s.institution.In(l)
	}
	return errs.New(errs.Conflict, "briefings.changed_meanwhile", errs.Args{"name": by, "number": newest})
}

func notFound(month string) error {
	return errs.New(errs.NotFound, "briefings.not_found", errs.Args{"month": errs.Clip(month)})
}
