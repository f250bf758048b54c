package policies

import (
	"context"
	"fmt"

	"anwen/internal/errs"
	"anwen/people"
	"anwen/policies/clauses"
)

// Proposals lists the proposals to repeal policies that wait for a decision, the oldest
// first. Forbidden without the role Compliance or Auditor.
func (s *Service) Proposals(ctx context.Context, actor people.Actor) ([]RepealProposal, error) {
	if err := actor.Over(people.Compliance, people.Auditor).Require(); err != nil {
		return nil, err
	}
	return openProposals(ctx, s.db, actor, "")
}

// RepealEffect is what ends when a policy is repealed as it was proposed.
type RepealEffect struct {
	Proposal RepealProposal
	Clauses  int       // articles and other clauses of the newest version, which are in force no longer
	Asked    int       // people who are asked to acknowledge it and have not
	Citing   []CitedBy // what names it, and would name a policy that is not in force
}

// CitedBy is a place of a course or a briefing that cites a policy.
type CitedBy struct {
	Kind   CitingKind
	Source string // slug, month
	Title  string
	Part   string // lesson/first-reply, item/deadline, changes
	Clause string // as people call it; empty: the whole policy
}

// RepealEffect tells what approving the open proposal would end. Questions that cite the
// policy are left out as by StaleCitations. Forbidden without the role Compliance or
// Auditor; NotFound when the policy has no open proposal.
func (s *Service) RepealEffect(ctx context.Context, actor people.Actor, code string) (RepealEffect, error) {
	if err := actor.Over(people.Compliance, people.Auditor).Require(); err != nil {
		return RepealEffect{}, err
	}
	waiting, err := openProposals(ctx, s.db, actor, code)
	if err != nil {
		return RepealEffect{}, err
	}
	if code == "" || len(waiting) == 0 {
		return RepealEffect{}, errs.New(errs.NotFound, "policies.no_repeal_proposed", nil)
	}
	effect := RepealEffect{Proposal: waiting[0]}
	texts, err := textsOf(ctx, s.db, code, effect.Proposal.Newest)
	if err != nil {
		return RepealEffect{}, err
	}
	text, _ := texts.Pick(actor.Locale)
	effect.Clauses = binding(clauses.Parse(text))
	if effect.Asked, err = countAsked(ctx, s.db, code); err != nil {
		return RepealEffect{}, err
	}
	list, err := citationsOf(ctx, s.db, code)
	if err != nil {
		return RepealEffect{}, err
	}
	names := newClauseNames(func(code string, n int) (Texts, error) { return textsOf(ctx, s.db, code, n) })
	isClosed := s.closedTo(ctx, actor)
	for _, c := range list {
		closed, err := isClosed(c.Kind, c.Source, c.Part)
		if err != nil {
			return RepealEffect{}, err
		}
		if closed {
			continue
		}
		name, _, err := names.of(code, c.Version, c.FoundIn, c.Clause, c.Address)
		if err != nil {
			return RepealEffect{}, fmt.Errorf("what cites policy %s: %w", code, err)
		}
		effect.Citing = append(effect.Citing, CitedBy{Kind: c.Kind, Source: c.Source, Title: c.Titles.In(actor.Locale), Part: c.Part, Clause: name})
	}
	return effect, nil
}

// binding counts the clauses that say something, not the headings over others.
func binding(d clauses.Document) (n int) {
	for _, c := range d.Clauses {
		switch c.Kind {
		case clauses.Article, clauses.Numbered:
			n++
		}
	}
	if n == 0 {
		n = len(d.Clauses)
	}
	return n
}
