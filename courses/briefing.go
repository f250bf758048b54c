package courses

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"gorm.io/gorm"

	"anwen/internal/audit"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/policies"
)

// BriefingInput is a month's briefing as it is written: per language a title and
// three sections in Markdown.
type BriefingInput struct {
	Month     string // 2026-11
	UnitCode  string // whom it is for; empty: everybody
	Texts     map[i18n.Locale]BriefingText
	Policies  []PolicyRef
	Questions policies.Texts // GIFT: what readers are asked about clauses that changed
	DryRun    bool
}

// BriefingText is a briefing in one language.
type BriefingText struct {
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

// BriefingReport says what publishing a briefing did, or would do.
type BriefingReport struct {
	Key       string // of the briefing: its month, or its month and unit
	Month     string
	Revision  int
	Unchanged bool // the same words are the current revision already
	DryRun    bool
}

// BriefingCard is a briefing in a list.
type BriefingCard struct {
	Key         string
	UnitName    string // whom it is for; empty: everybody
	Month       string
	Title       string
	Revision    int
	PublishedAt time.Time
	Read        bool // the current revision, by the actor
	Policies    []BriefingPolicy
}

// BriefingPage is a briefing as it is shown.
type BriefingPage struct {
	BriefingCard
	Locale      i18n.Locale // of the text that was found
	ChangesHTML string
	ImpactHTML  string
	PlanHTML    string
	Text        BriefingText
	Questions   [][]byte // items as they are stored, to be asked of who reads it
}

// BriefingPolicy is a policy version that a briefing cites.
type BriefingPolicy struct {
	Code          string
	Number        int
	Title         string
	EffectiveFrom time.Time // a date, at midnight UTC
	Acknowledged  bool      // by the actor
}

var monthPattern = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)

// PublishBriefing makes the next revision of a month's briefing, for ever; the
// same words again return the revision that they are. Forbidden without the role
// of a compliance officer; Invalid with a fault per field.
func (s *Service) PublishBriefing(ctx context.Context, actor people.Actor, in BriefingInput) (BriefingReport, error) {
	if !actor.Has(people.Compliance) {
		return BriefingReport{}, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	var faults errs.Faults
	rendered := in.render(&faults)
	versions, err := s.policyVersions(ctx, in.Policies, &faults)
	if err != nil {
		return BriefingReport{}, err
	}
	items, err := s.briefingQuestions(ctx, in, &faults)
	if err != nil {
		return BriefingReport{}, err
	}
	target, err := s.audienceOf(ctx, actor, in)
	if err != nil {
		return BriefingReport{}, err
	}
	if err := s.checkCitations(ctx, citing(target.key, 0, rendered).Citations, &faults); err != nil {
		return BriefingReport{}, err
	}
	if err := faults.Err("courses.briefing_refused"); err != nil {
		return BriefingReport{}, err
	}
	sum, err := in.sum()
	if err != nil {
		return BriefingReport{}, err
	}
	report := BriefingReport{Key: target.key, Month: in.Month, DryRun: in.DryRun}
	err = s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		id, err := lockBriefingTx(ctx, tx, in, target, s.now())
		if err != nil {
			return err
		}
		last, err := lastBriefingTx(ctx, tx, target.key)
		if err != nil {
			return err
		}
		report.Revision = last.Number + 1
		if last.sameBytes(sum) {
			report.Unchanged, report.Revision = true, last.Number
		}
		if in.DryRun || report.Unchanged {
			return nil
		}
		if err := insertBriefingTx(ctx, tx, id, report.Revision, sum, rendered, versions, actor.PersonID, s.now()); err != nil {
			return err
		}
		if err := insertBriefingQuestionsTx(ctx, tx, target.key, report.Revision, items); err != nil {
			return err
		}
		if err := s.citeTx(ctx, tx, actor, citing(target.key, report.Revision, rendered)); err != nil {
			return err
		}
		return audit.RecordTx(ctx, tx, audit.Event{
			At: s.now(), ActorID: actor.PersonID, Action: "courses.publish_briefing", Subject: "briefing:" + target.key,
			Data: map[string]any{"revision": report.Revision, "sha256": fmt.Sprintf("%x", sum)},
		})
	})
	if err != nil {
		return BriefingReport{}, fmt.Errorf("publish the briefing of %s: %w", in.Month, err)
	}
	return report, nil
}

// Briefings lists the current briefing of each month and audience that the actor
// may see, the newest first.
func (s *Service) Briefings(ctx context.Context, actor people.Actor) ([]BriefingCard, error) {
	pages, err := s.briefings(ctx, actor, "")
	if err != nil {
		return nil, err
	}
	cards := make([]BriefingCard, len(pages))
	for i, p := range pages {
		cards[i] = p.BriefingCard
	}
	return cards, nil
}

// Briefing returns the current revision of a briefing. NotFound when the actor
// may see none of that key.
func (s *Service) Briefing(ctx context.Context, actor people.Actor, key string) (BriefingPage, error) {
	pages, err := s.briefings(ctx, actor, key)
	if err != nil {
		return BriefingPage{}, err
	}
	if key == "" || len(pages) == 0 {
		return BriefingPage{}, briefingNotFound(key)
	}
	page := pages[0]
	page.Questions, err = s.questionsOf(ctx, key, page.Revision)
	return page, err
}

func briefingNotFound(month string) error {
	return errs.New(errs.NotFound, "courses.briefing_not_found", errs.Args{"month": clip(month)})
}
