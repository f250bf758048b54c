package server

import (
	"context"

	"anwen/policies"
)

func (s *Server) listRepeals(ctx context.Context, _ *struct{}) (*body[list[repealProposal]], error) {
	found, err := s.policies.Proposals(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return listOf(found, func(p policies.RepealProposal) repealProposal { return repealProposal(p) }), nil
}

type repealEffect struct {
	Proposal repealProposal `json:"proposal"`
	Clauses  int            `json:"clauses" doc:"Articles of the newest version, which are in force no longer"`
	Asked    int            `json:"asked" doc:"People who are asked to acknowledge it and have not"`
	Citing   []citedBy      `json:"citing" nullable:"false" doc:"What names it"`
}

type citedBy struct {
	Kind      string `json:"kind" enum:"course,briefing"`
	Source    string `json:"source" doc:"Slug of the course, month of the briefing"`
	Title     string `json:"title"`
	Part      string `json:"part" doc:"lesson/NAME, item/NAME, or a section of the briefing"`
	PartTitle string `json:"part_title" doc:"Of the lesson; empty where it has none"`
	Clause    string `json:"clause_name" doc:"Its number and heading; empty: the whole policy"`
}

func (s *Server) repealEffect(ctx context.Context, in *ByCode) (*body[repealEffect], error) {
	e, err := s.policies.RepealEffect(ctx, actorOf(ctx), in.Code)
	if err != nil {
		return nil, err
	}
	titles, err := s.partTitles(ctx, views(e.Citing, func(c policies.CitedBy) string { return c.Source }))
	if err != nil {
		return nil, err
	}
	return &body[repealEffect]{Body: repealEffect{Proposal: repealProposal(e.Proposal), Clauses: e.Clauses, Asked: e.Asked,
		Citing: views(e.Citing, func(c policies.CitedBy) citedBy {
			return citedBy{Kind: string(c.Kind), Source: c.Source, Title: c.Title, Part: c.Part, PartTitle: titles(c.Source, c.Part), Clause: c.Clause}
		})}}, nil
}
