package policies

import (
	"context"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/policies/clauses"
)

// Difference is what a text changes against an older one, in one language.
type Difference struct {
	Code      string
	Title     string
	From      int // number of the older version; 0: there is none
	To        int // number of the newer version; 0: it is a draft
	Locale    i18n.Locale
	Languages []i18n.Locale // in which both have a text
	clauses.Difference
}

// Difference compares two versions of a policy in a language that both have: the
// one asked for, or the nearest. From 0 is the version before. Every employee may
// see it. NotFound for an unknown version; Conflict when they share no language, or are
// too long to be compared.
func (s *Service) Difference(ctx context.Context, code string, from, to int, l i18n.Locale) (Difference, error) {
	newer, err := textsOf(ctx, s.db, code, to)
	if err != nil {
		return Difference{}, err
	}
	if from == 0 {
		from = to - 1
	}
	older := Texts{}
	if from > 0 {
		if older, err = textsOf(ctx, s.db, code, from); err != nil {
			return Difference{}, err
		}
	}
	d, err := differ(ctx, older, newer, l)
	if err != nil {
		return Difference{}, err
	}
	version, err := findVersion(ctx, s.db, code, to)
	d.Code, d.From, d.To, d.Title = code, from, to, version.Titles.In(l)
	return d, err
}

// DraftDifference compares a draft with the version that it is written against, for
// those who may see the draft; one that was published, with the version before.
// Forbidden and NotFound as Draft; Conflict when they share no language.
func (s *Service) DraftDifference(ctx context.Context, actor people.Actor, id int64, l i18n.Locale) (Difference, error) {
	draft, err := s.Draft(ctx, actor, id)
	if err != nil {
		return Difference{}, err
	}
	base := draft.Base
	if draft.State == Done {
		base = draft.Number - 1
	}
	older, err := textsOrNone(ctx, s.db, draft.Code, base)
	if err != nil {
		return Difference{}, err
	}
	newer := Texts{}
	for locale, text := range draft.Content.Texts {
		if text = canonical(text); text != "" {
			newer[locale] = text
		}
	}
	d, err := differ(ctx, older, newer, l)
	d.Code, d.From = draft.Code, base
	d.Title = draft.Content.Titles.In(l)
	return d, err
}

// differ compares in the wanted language if both have it, else in the first that
// they share. Without an older text everything is new. Conflict when they share none, and
// for texts that are too long.
func differ(ctx context.Context, older, newer Texts, l i18n.Locale) (Difference, error) {
	var d Difference
	for _, locale := range i18n.Locales {
		if newer[locale] != "" && (len(older) == 0 || older[locale] != "") {
			d.Languages = append(d.Languages, locale)
		}
	}
	if len(d.Languages) == 0 {
		return Difference{}, errs.New(errs.Conflict, "policies.no_common_language", nil)
	}
	shared := Texts{}
	for _, locale := range d.Languages {
		shared[locale] = newer[locale]
	}
	_, d.Locale = shared.Pick(l)
	if clauses.TooLong(older[d.Locale], newer[d.Locale]) {
		return Difference{}, errs.New(errs.Conflict, "policies.too_long_to_compare", nil)
	}
	var err error
	d.Difference, err = clauses.CompareWithin(ctx, older[d.Locale], newer[d.Locale])
	return d, err
}

// ChangesClause reports whether version n of a policy says something new in the
// clause, against the version before; everything in a first version is new.
// NotFound for an unknown version; Conflict when it shares no language with the one
// before.
func (s *Service) ChangesClause(ctx context.Context, code string, n int, clause string, l i18n.Locale) (bool, error) {
	d, err := s.Difference(ctx, code, 0, n, l)
	if err != nil {
		return false, err
	}
	found := d.New.Find(clause)
	return len(found) == 1 && d.Says(found[0].Address), nil
}
