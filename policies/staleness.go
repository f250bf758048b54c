package policies

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
	"anwen/policies/clauses"
)

// Stale is a citation whose clause is no longer what was cited, and that nobody
// has reviewed since.
type Stale struct {
	ID            int64
	Kind          CitingKind
	Source        string // slug, month
	Title         string
	Part          string
	Locale        i18n.Locale
	Author        string
	Policy        string
	PolicyTitle   string
	Clause        string // as it was written; empty: the whole policy
	ClauseName    string // as people call it: its number and heading
	Version       int    // cited, or reviewed last
	Since         int    // number of the first version that changed it; 0: a draft would
	Changed       int    // number of the newest that did; a review is of this one
	EffectiveFrom string // of the first, or of the draft
	Fate          clauses.Fate
	Now           string // what the clause is called there

	order int // of the clause in the text that is cited
}

// effect is what a new text does to one citation.
type effect struct {
	currentCitation
	fate clauses.Fate
	now  string
}

// effectsOf tells which citations the new text makes stale, against the version that
// each cites or was last found right with, or against a later one: what changed before
// that one is not the new text's doing. texts gives the published texts of the policy by
// number.
func effectsOf(ctx context.Context, list []currentCitation, against int, material bool, newer Texts, texts func(number int) (Texts, error)) ([]effect, error) {
	compared := map[string]clauses.Difference{}
	between := func(from, to int, l i18n.Locale, a, b string) (clauses.Difference, error) {
		key := fmt.Sprint(from, to, l)
		var err error
		if _, done := compared[key]; !done {
			compared[key], err = clauses.CompareWithin(ctx, a, b)
		}
		return compared[key], err
	}
	var effects []effect
	for _, c := range list {
		e := effect{currentCitation: c, fate: clauses.Kept}
		if c.Clause == "" {
			if material {
				e.fate = clauses.Reworded
				effects = append(effects, e)
			}
			continue
		}
		base, address := max(c.Version, c.Reviewed, against), c.Address
		older, err := texts(base)
		if err != nil {
			return nil, err
		}
		if base != c.Version { // it may be under another number by now
			first, err := texts(c.Version)
			if err != nil {
				return nil, err
			}
			since, err := between(c.Version, base, c.FoundIn, first[c.FoundIn], older[c.FoundIn])
			if err != nil {
				return nil, err
			}
			_, now := since.FateOf(c.Address)
			if len(now) == 0 {
				continue // gone before
			}
			address = now[0].Address
		}
		if newer[c.FoundIn] == "" || older[c.FoundIn] == "" {
			e.fate = clauses.Reworded // in that language nothing can be said for it
		} else {
			var now []clauses.Clause
			changed, err := between(base, 0, c.FoundIn, older[c.FoundIn], newer[c.FoundIn])
			if err != nil {
				return nil, err
			}
			e.fate, now = changed.FateOf(address)
			if len(now) > 0 {
				e.now = now[0].Name()
			}
		}
		if e.fate != clauses.Kept {
			effects = append(effects, e)
		}
	}
	return effects, nil
}

// markStaleTx records what a version that was just published makes stale.
func (s *Service) markStaleTx(ctx context.Context, tx database.Tx, d checked, versionID int64) error {
	list, err := citationsOf(ctx, tx, d.Code)
	if err != nil || len(list) == 0 {
		return err
	}
	effects, err := effectsOf(ctx, list, 0, !d.Editorial, d.Texts, func(n int) (Texts, error) { return textsOf(ctx, tx, d.Code, n) })
	if err != nil {
		return fmt.Errorf("what version %d makes stale: %w", versionID, err)
	}
	return insertChangesTx(ctx, tx, versionID, effects)
}

// StaleFilter narrows a list of stale citations; empty fields do not.
type StaleFilter struct {
	Policy string
	Kind   CitingKind
	Source string
}

// StaleCitations lists what cites clauses that changed since and waits for a
// review, by policy and clause. Everybody may see it: a reader is told that a
// lesson waits for its author. Which clause a question cites is told to nobody who must
// still answer it. NotFound only without a version that is cited, and versions stay.
func (s *Service) StaleCitations(ctx context.Context, actor people.Actor, f StaleFilter) ([]Stale, error) {
	list, err := staleCitations(ctx, s.db, actor.Locale, f)
	if err != nil {
		return nil, err
	}
	return s.open(ctx, actor, list)
}

// open leaves out the questions that are closed to the actor.
func (s *Service) open(ctx context.Context, actor people.Actor, list []Stale) ([]Stale, error) {
	isClosed := s.closedTo(ctx, actor)
	shown := make([]Stale, 0, len(list))
	for _, c := range list {
		closed, err := isClosed(c.Kind, c.Source, c.Part)
		if err != nil {
			return nil, err
		}
		if !closed {
			shown = append(shown, c)
		}
	}
	return shown, nil
}

// closedTo tells what cites is not for the actor: the questions of the courses whose
// quizzes, or others over the same bank, the actor must still sit. The clause that a
// question cites may be its answer.
func (s *Service) closedTo(ctx context.Context, actor people.Actor) func(kind CitingKind, source, part string) (bool, error) {
	closed := map[string]bool{} // by slug
	return func(kind CitingKind, source, part string) (bool, error) {
		if question := kind == CitingCourse && strings.HasPrefix(part, "item/"); !question || s.quizzes == nil {
			return false, nil
		}
		if must, asked := closed[source]; asked {
			return must, nil
		}
		must, err := s.quizzes.MustSit(ctx, s.db, actor.PersonID, source)
		closed[source] = must
		return must, err
	}
}

// DraftEffects is what publishing a draft would do beside making a version.
type DraftEffects struct {
	Stale      []Stale // in the order of the clauses
	AskedAgain int     // people who would be asked to acknowledge it
}

// DraftEffects lists the citations of what a draft changes against the version that it
// is written against, and counts whom it would ask again, for those who may see it. What
// changed before waits for its review already. Until an approver decides, a draft counts
// as material, so that whatever cites the whole policy is listed. Questions are left out
// as by StaleCitations. Forbidden and NotFound as Draft.
func (s *Service) DraftEffects(ctx context.Context, actor people.Actor, id int64) (effects DraftEffects, err error) {
	draft, err := s.Draft(ctx, actor, id)
	if err != nil || draft.State == Done || draft.State == Withdrawn {
		return effects, err
	}
	if effects.AskedAgain, err = s.asksAgain(ctx, draft); err != nil {
		return effects, err
	}
	effects.Stale, err = s.staleThrough(ctx, actor, draft)
	return effects, err
}

// staleThrough are the citations that publishing the draft would make stale.
func (s *Service) staleThrough(ctx context.Context, actor people.Actor, draft Draft) ([]Stale, error) {
	list, err := citationsOf(ctx, s.db, draft.Code)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	newer := Texts{}
	for l, text := range draft.Content.Texts {
		newer[l] = canonical(text)
	}
	texts := func(n int) (Texts, error) { return textsOf(ctx, s.db, draft.Code, n) }
	effects, err := effectsOf(ctx, list, draft.Base, draft.Material == nil || *draft.Material, newer, texts)
	if err != nil {
		return nil, err
	}
	names := newClauseNames(func(_ string, n int) (Texts, error) { return texts(n) })
	stale := make([]Stale, len(effects))
	for i, e := range effects {
		stale[i] = Stale{ID: e.ID, Kind: e.Kind, Source: e.Source, Title: e.Titles.In(actor.Locale), Part: e.Part, Locale: e.Locale,
			Author: e.Author, Policy: draft.Code, Clause: e.Clause, Version: max(e.Version, e.Reviewed),
			EffectiveFrom: draft.Content.EffectiveFrom, Fate: e.fate, Now: e.now}
		stale[i].PolicyTitle = draft.Content.Titles.In(actor.Locale)
		if stale[i].ClauseName, stale[i].order, err = names.of(draft.Code, e.Version, e.FoundIn, e.Clause, e.Address); err != nil {
			return nil, err
		}
	}
	sortByClause(stale)
	return s.open(ctx, actor, stale)
}

// sortByClause puts citations in the order of the policies and of the clauses in them.
func sortByClause(list []Stale) {
	slices.SortStableFunc(list, func(a, b Stale) int {
		return cmp.Or(cmp.Compare(a.Policy, b.Policy), cmp.Compare(a.order, b.order), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Part, b.Part))
	})
}

// ReviewInput says that a citation is right as it stands with the version Changed,
// the newest that changed its clause, as the reviewer was shown.
type ReviewInput struct {
	ID      int64
	Changed int
	Note    string
}

// ReviewCitation records that a stale citation is right with the newest version
// that changed it; it is stale again when a later one changes its clause.
// Forbidden without the role Author or Compliance over the root; NotFound when it is
// not stale, or when a version that was not shown has changed it since.
func (s *Service) ReviewCitation(ctx context.Context, actor people.Actor, in ReviewInput) error {
	if err := actor.Over(people.Author, people.Compliance).Root(ctx, s.db); err != nil {
		return err
	}
	return s.db.Transaction(ctx, func(tx database.Tx) error {
		now := s.now()
		done, err := insertReviewTx(ctx, tx, actor, in, now)
		if err != nil {
			return err
		}
		if !done {
			return errs.New(errs.NotFound, "policies.citation_not_stale", nil)
		}
		return audit.RecordTx(ctx, tx, audit.Event{At: now, ActorID: actor.PersonID, Action: "policies.review_citation",
			Subject: fmt.Sprintf("citation:%d", in.ID), Data: map[string]any{"note": in.Note, "version": in.Changed}})
	})
}
