package policies

import (
	"context"
	"fmt"
	"strings"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// Summary is a policy as a list shows it.
type Summary struct {
	Code           string
	Title          string // in the actor's language
	Issuer         string
	Category       string
	Owner          string
	AppliesTo      string // whom it binds, in words
	Newest         int    // number of the newest version
	InForce        int    // number of the version in force today; 0: none yet
	InForceFrom    string
	AcknowledgedAt *time.Time // the actor's, of the version in force
	DueOn          string     // where the actor is asked for it and has not yet: the date, or empty
	Asked          bool       // the actor is asked to acknowledge the version in force
	Known          bool       // the actor acknowledged an earlier substance, and needs only what changed
}

// ListQuery narrows and pages the policies.
type ListQuery struct {
	Category string
	Search   string // part of a title or the start of the code
	After    string // code of the last row seen
	Limit    int    // 1 to people.MaxPage; 0: 50
}

// List pages through the policies by code; next is empty on the last page. Every
// employee may.
func (s *Service) List(ctx context.Context, actor people.Actor, q ListQuery) (list []Summary, next string, err error) {
	if q.Limit <= 0 || q.Limit > people.MaxPage {
		q.Limit = 50
	}
	var rows []struct {
		Summary
		Titles textsJSON
	}
	err = s.db.WithContext(ctx).Raw(`
		SELECT p.code, p.titles::text AS titles, p.issuer, p.category, p.owner, p.applies_to, n.number AS newest, coalesce(v.number, 0) AS in_force,
			coalesce(v.effective_from::text, '') AS in_force_from, a.acknowledged_at, coalesce(r.due_on::text, '') AS due_on,
			r.id IS NOT NULL AS asked, EXISTS (SELECT FROM acknowledgements g JOIN policy_versions gv ON gv.id = g.version_id
				WHERE g.person_id = @person AND gv.policy_id = p.id AND gv.substance < v.substance) AS known
		FROM policies p
		JOIN LATERAL (SELECT number FROM policy_versions WHERE policy_id = p.id ORDER BY number DESC LIMIT 1) n ON true
		LEFT JOIN LATERAL (SELECT id, policy_id, number, substance, effective_from FROM policy_versions
			WHERE policy_id = p.id AND effective_from <= @today AND `+notRepealed+` ORDER BY number DESC LIMIT 1) v ON true
		`+accepted+`
		`+requested+`
		WHERE p.code > @after AND (@category = '' OR p.category = @category)
			AND (@search = '' OR p.code ILIKE @search || '%' OR EXISTS (
				SELECT 1 FROM jsonb_each_text(p.titles) t WHERE t.value ILIKE '%' || @search || '%'))
		ORDER BY p.code LIMIT @limit`, map[string]any{
		"today": s.today(actor), "person": actor.PersonID, "after": q.After, "category": q.Category,
		"search": database.LikeLiteral(q.Search), "limit": q.Limit + 1,
	}).Scan(&rows).Error
	if err != nil {
		return nil, "", fmt.Errorf("list policies: %w", err)
	}
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		next = rows[q.Limit-1].Code
	}
	list = make([]Summary, len(rows))
	for i, r := range rows {
		list[i] = r.Summary
		list[i].Title = r.Titles.in(actor.Locale)
	}
	return list, next, nil
}

// Policy is a policy with its versions.
type Policy struct {
	Code      string
	Title     string
	Titles    Texts
	Issuer    string
	Category  string
	Owner     string
	AppliesTo string
	InForce   int // number of the version in force today; 0: none
	// RepealedFrom is the date from which no version is in force; empty for none.
	RepealedFrom, RepealReason string
	Versions                   []VersionSummary // newest first
}

// VersionSummary is a version as a list shows it.
type VersionSummary struct {
	Number         int
	EffectiveFrom  string
	EffectiveUntil string // the last day; empty while no successor or repeal is known
	InForce        bool
	Note           string // in the actor's language
	SHA256         string
	Languages      []i18n.Locale `gorm:"-"`
	PublishedAt    time.Time
	Material       bool
	Carries        int        // editorial: the version whose acknowledgements count; 0 for a material one
	AcknowledgedAt *time.Time // the actor's, of its substance
	Asked          bool       // the actor is asked to acknowledge it
	DueOn          string
}

// Policy shows a policy with every version and the actor's own acknowledgements.
// NotFound when there is none.
func (s *Service) Policy(ctx context.Context, actor people.Actor, code string) (Policy, error) {
	var rows []struct {
		Code, Issuer, Category, Owner, AppliesTo string
		Titles, Notes                            textsJSON
		Locales                                  string
		RepealedFrom, RepealReason               string
		VersionSummary
	}
	err := s.db.WithContext(ctx).Raw(`
		SELECT p.code, p.titles::text AS titles, p.issuer, p.category, p.owner, p.applies_to, v.number, v.effective_from::text AS effective_from, v.notes::text AS notes,
			encode(v.sha256, 'hex') AS sha256, v.published_at, v.material, coalesce(v.carries, 0) AS carries, a.acknowledged_at, r.id IS NOT NULL AS asked,
			coalesce(r.due_on::text, '') AS due_on,
			coalesce(x.effective_from::text, '') AS repealed_from, coalesce(x.reason, '') AS repeal_reason,
			(SELECT string_agg(locale, ' ') FROM policy_texts WHERE version_id = v.id) AS locales
		FROM policies p
		JOIN policy_versions v ON v.policy_id = p.id
		LEFT JOIN policy_repeals x ON x.policy_id = p.id
		`+accepted+`
		`+requested+`
		WHERE p.code = @code ORDER BY v.number DESC`, map[string]any{"person": actor.PersonID, "code": code}).Scan(&rows).Error
	if err != nil {
		return Policy{}, fmt.Errorf("policy %s: %w", code, err)
	}
	if len(rows) == 0 {
		return Policy{}, errs.New(errs.NotFound, "policies.not_found", errs.Args{"code": code})
	}
	first := rows[0]
	policy := Policy{
		Code: first.Code, Title: first.Titles.in(actor.Locale), Titles: first.Titles.texts(),
		Issuer: first.Issuer, Category: first.Category, Owner: first.Owner, AppliesTo: first.AppliesTo,
		RepealedFrom: first.RepealedFrom, RepealReason: first.RepealReason, Versions: make([]VersionSummary, len(rows)),
	}
	today, end := s.today(actor), first.RepealedFrom
	ended := end != "" && end <= today
	for i, r := range rows {
		v := r.VersionSummary
		v.Note, v.Languages = r.Notes.in(actor.Locale), inOrder(r.Locales)
		if end != "" {
			v.EffectiveUntil = dayBefore(end)
		}
		end = v.EffectiveFrom
		if !ended && policy.InForce == 0 && v.EffectiveFrom <= today {
			policy.InForce, v.InForce = v.Number, true
		}
		policy.Versions[i] = v
	}
	return policy, nil
}

// dayBefore is the date before a date.
func dayBefore(date string) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return "" // never stored
	}
	return day.AddDate(0, 0, -1).Format(time.DateOnly)
}

// inOrder lists the locales of a space-separated text as they are offered.
func inOrder(locales string) []i18n.Locale {
	var list []i18n.Locale
	for _, l := range i18n.Locales {
		for _, have := range strings.Fields(locales) {
			if have == string(l) {
				list = append(list, l)
			}
		}
	}
	return list
}
