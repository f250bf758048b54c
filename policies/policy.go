package policies

import (
	"context"
	"strings"
	"time"

	"anwen/internal/cursor"
	"anwen/internal/date"
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
	InForce        int    // number of the version in force today; 0: none
	InForceFrom    string
	RepealedFrom   string     // from when on no version is in force; empty for none
	AcknowledgedAt *time.Time // the actor's, of the version in force
	DueOn          string     // where the actor is asked for it and has not yet: the date, or empty
	Asked          bool       // the actor is asked to acknowledge the version in force
	Known          bool       // the actor acknowledged an earlier substance, and needs only what changed
}

// ListQuery narrows and pages the policies.
type ListQuery struct {
	Category string
	Search   string // part of a title or the start of the code
	After    string // cursor of the page before
	Limit    int    // 1 to people.MaxPage; 0: 50
}

// policyList names the list in its cursors.
const policyList = "policies"

// List pages through the policies by code; next is empty on the last page. Every
// employee may. Invalid for a cursor that is not of this list.
func (s *Service) List(ctx context.Context, actor people.Actor, q ListQuery) (list []Summary, next string, err error) {
	if q.Limit <= 0 || q.Limit > people.MaxPage {
		q.Limit = 50
	}
	var last string
	if _, err := cursor.Read(q.After, policyList, &last); err != nil {
		return nil, "", err
	}
	list, err = listPolicies(ctx, s.db, actor, q, last, s.today(actor))
	if err == nil && len(list) > q.Limit {
		list = list[:q.Limit]
		next = cursor.After(policyList, list[q.Limit-1].Code)
	}
	return list, next, err
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
	Proposed                   *RepealProposal  // open; for officers and auditors
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
	rows, err := policyVersions(ctx, s.db, actor, code)
	if err != nil {
		return Policy{}, err
	}
	if len(rows) == 0 {
		return Policy{}, errs.New(errs.NotFound, "policies.not_found", errs.Args{"code": code})
	}
	first := rows[0]
	policy := Policy{
		Code: first.Code, Title: first.Titles.In(actor.Locale), Titles: first.Titles,
		Issuer: first.Issuer, Category: first.Category, Owner: first.Owner, AppliesTo: first.AppliesTo,
		RepealedFrom: first.RepealedFrom, RepealReason: first.RepealReason, Versions: make([]VersionSummary, len(rows)),
	}
	today, end := s.today(actor), first.RepealedFrom
	ended := end != "" && end <= today
	for i, r := range rows {
		v := r.VersionSummary
		v.Note, v.Languages = r.Notes.In(actor.Locale), inOrder(r.Locales)
		if end != "" {
			v.EffectiveUntil = dayBefore(end)
		}
		end = v.EffectiveFrom
		if !ended && policy.InForce == 0 && v.EffectiveFrom <= today {
			policy.InForce, v.InForce = v.Number, true
		}
		policy.Versions[i] = v
	}
	if actor.Has(people.Compliance, people.Auditor) {
		waiting, err := openProposals(ctx, s.db, actor, code)
		if err != nil {
			return Policy{}, err
		}
		if len(waiting) > 0 {
			policy.Proposed = &waiting[0]
		}
	}
	return policy, nil
}

// dayBefore is the date before a date.
func dayBefore(text string) string {
	day, err := date.Parse(text)
	if err != nil {
		return "" // never stored
	}
	day = day.AddDate(0, 0, -1)
	return date.Text(&day)
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
