package server

import (
	"context"

	"anwen/search"
)

type found struct {
	Kind          string       `json:"kind" enum:"policy,lesson,briefing"`
	Code          string       `json:"code" doc:"Of the policy, the course's slug, the briefing's month"`
	Number        int          `json:"number" doc:"Version, lesson, or part of the briefing"`
	Title         string       `json:"title"`
	Heading       string       `json:"heading" doc:"Clause or lesson"`
	EffectiveFrom *string      `json:"effective_from" format:"date" doc:"Of a policy's version"`
	InForce       bool         `json:"in_force" doc:"False for a version of a policy that takes effect later"`
	Snippet       []snippetRun `json:"snippet" nullable:"false"`
}

type snippetRun struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit"`
}

func (s *Server) find(ctx context.Context, in *struct {
	Query string `query:"q" required:"true" maxLength:"200"`
	Limit int    `query:"limit" minimum:"1" maximum:"50" default:"20"`
}) (*body[list[found]], error) {
	rows, err := s.search.Find(ctx, actorOf(ctx), in.Query, in.Limit)
	if err != nil {
		return nil, err
	}
	return listOf(rows, func(f search.Found) found {
		return found{Kind: string(f.Kind), Code: f.Code, Number: f.Number, Title: f.Title, Heading: f.Heading, EffectiveFrom: optional(f.EffectiveFrom), InForce: f.InForce,
			Snippet: views(f.Snippet, func(r search.Run) snippetRun { return snippetRun(r) })}
	}), nil
}
