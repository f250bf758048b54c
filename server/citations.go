package server

import (
	"context"
	"strings"

	"anwen/policies"
)

type staleCitation struct {
	ID            int64  `json:"id"`
	Kind          string `json:"kind" enum:"course,briefing"`
	Source        string `json:"source" doc:"Slug of the course, month of the briefing"`
	Title         string `json:"title"`
	Part          string `json:"part" doc:"lesson/NAME, item/NAME, or a section of the briefing"`
	PartTitle     string `json:"part_title" doc:"Of the lesson; empty where it has none"`
	Locale        string `json:"locale"`
	Author        string `json:"author"`
	Policy        string `json:"policy"`
	PolicyTitle   string `json:"policy_title"`
	Clause        string `json:"clause" doc:"As it was cited; empty: the whole policy"`
	ClauseName    string `json:"clause_name" doc:"Its number and heading in the version that was cited"`
	Version       int    `json:"version" doc:"Cited, or reviewed last"`
	Since         int    `json:"since" doc:"Number of the first version that changed it; 0: a draft would"`
	Changed       int    `json:"changed" doc:"Number of the newest version that changed it, which a review is of"`
	EffectiveFrom string `json:"effective_from" doc:"Of the first version that changed it"`
	Fate          string `json:"fate" enum:"renumbered,changed,removed,split,merged"`
	Now           string `json:"now" doc:"What the clause is called there"`
}

func viewStale(c policies.Stale) staleCitation {
	return staleCitation{ID: c.ID, Kind: string(c.Kind), Source: c.Source, Title: c.Title, Part: c.Part, Locale: string(c.Locale), Author: c.Author,
		Policy: c.Policy, PolicyTitle: c.PolicyTitle, Clause: c.Clause, ClauseName: c.ClauseName, Version: c.Version, Since: c.Since, Changed: c.Changed, EffectiveFrom: c.EffectiveFrom,
		Fate: string(c.Fate), Now: c.Now}
}

func (s *Server) staleCitations(ctx context.Context, in *struct {
	Policy string `query:"policy" maxLength:"64" doc:"Code; empty: all"`
}) (*body[list[staleCitation]], error) {
	found, err := s.policies.StaleCitations(ctx, actorOf(ctx), policies.StaleFilter{Policy: in.Policy})
	if err != nil {
		return nil, err
	}
	return s.citedParts(ctx, found)
}

type draftEffects struct {
	Items      []staleCitation `json:"items" nullable:"false"`
	AskedAgain int             `json:"asked_again" doc:"People who would be asked to acknowledge it, because they were asked for what it replaces; of a draft that nobody has decided about, if it is material"`
}

func (s *Server) draftEffects(ctx context.Context, in *ByDraft) (*body[draftEffects], error) {
	found, err := s.policies.DraftEffects(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	stale, err := s.citedParts(ctx, found.Stale)
	if err != nil {
		return nil, err
	}
	return &body[draftEffects]{Body: draftEffects{Items: stale.Body.Items, AskedAgain: found.AskedAgain}}, nil
}

// citedParts are the views of citations, with the titles of the lessons that cite.
func (s *Server) citedParts(ctx context.Context, found []policies.Stale) (*body[list[staleCitation]], error) {
	titles, err := s.partTitles(ctx, views(found, func(c policies.Stale) string { return c.Source }))
	if err != nil {
		return nil, err
	}
	return listOf(found, func(c policies.Stale) staleCitation {
		v := viewStale(c)
		v.PartTitle = titles(c.Source, c.Part)
		return v
	}), nil
}

// partTitles tells the title of a part of the courses, for what cites: that of a lesson,
// and none for anything else.
func (s *Server) partTitles(ctx context.Context, slugs []string) (func(source, part string) string, error) {
	titles, err := s.courses.LessonTitles(ctx, slugs, actorOf(ctx).Locale)
	return func(source, part string) string {
		name, _ := strings.CutPrefix(part, "lesson/")
		return titles[source][name]
	}, err
}

func (s *Server) reviewCitation(ctx context.Context, in *struct {
	ID   int64 `path:"id"`
	Body struct {
		Changed int    `json:"changed" minimum:"1" maximum:"2147483647" doc:"Number of the version whose change was looked at"`
		Note    string `json:"note,omitempty" maxLength:"1000" doc:"Why it is still right"`
	}
}) (*struct{}, error) {
	return nil, s.policies.ReviewCitation(ctx, actorOf(ctx), policies.ReviewInput{ID: in.ID, Changed: in.Body.Changed, Note: in.Body.Note})
}
