package server

import (
	"context"

	"anwen/internal/i18n"
	"anwen/policies"
	"anwen/policies/clauses"
)

type policyDifference struct {
	Code      string         `json:"code"`
	Title     string         `json:"title"`
	From      int            `json:"from" doc:"Number of the older version; 0: there is none"`
	To        int            `json:"to" doc:"Number of the newer version; 0: it is a draft"`
	Locale    string         `json:"locale"`
	Languages []string       `json:"languages" nullable:"false" doc:"In which both have a text"`
	Summary   map[string]int `json:"summary" doc:"Pairs of each change"`
	Pairs     []clausePair   `json:"pairs" nullable:"false" doc:"In the order of the newer text"`
}

type clausePair struct {
	Change     string      `json:"change" enum:"same,typographic,changed,added,removed,split,merged"`
	Renumbered bool        `json:"renumbered"`
	Moved      bool        `json:"moved"`
	Old        []clause    `json:"old" nullable:"false"`
	New        []clause    `json:"new" nullable:"false"`
	Runs       []clauseRun `json:"runs" nullable:"false" doc:"Equal and delete give the old text, equal and insert the new one"`
}

type clause struct {
	Kind    string `json:"kind" enum:"preamble,part,chapter,section,article,heading,numbered,paragraph"`
	Name    string `json:"name"`
	Address string `json:"address"`
}

type clauseRun struct {
	Op   string `json:"op" enum:"equal,delete,insert"`
	Text string `json:"text"`
}

func viewDifference(d policies.Difference, err error) (*body[policyDifference], error) {
	if err != nil {
		return nil, err
	}
	return &body[policyDifference]{Body: policyDifference{Code: d.Code, Title: d.Title, From: d.From, To: d.To, Locale: string(d.Locale),
		Languages: languages(d.Languages), Summary: d.Summary(),
		Pairs: viewPairs(d.Difference)}}, nil
}

func viewPairs(d clauses.Difference) []clausePair {
	named := func(doc clauses.Document, places []int) []clause {
		return views(places, func(i int) clause {
			c := doc.Clauses[i]
			return clause{Kind: string(c.Kind), Name: c.Name(), Address: c.Address}
		})
	}
	return views(d.Pairs, func(p clauses.Pair) clausePair {
		return clausePair{Change: string(p.Change), Renumbered: p.Renumbered, Moved: p.Moved, Old: named(d.Old, p.Old), New: named(d.New, p.New),
			Runs: views(p.Runs, func(r clauses.Run) clauseRun { return clauseRun{Op: string(r.Op), Text: r.Text} })}
	})
}

// ownOr is the requested language, or else the reader's own.
func ownOr(asked string, own i18n.Locale) i18n.Locale {
	if asked == "" {
		return own
	}
	return i18n.Locale(asked)
}

func (s *Server) versionDifference(ctx context.Context, in *struct {
	ByVersion
	From   int    `query:"from" minimum:"0" maximum:"100000" doc:"The older version; 0: the one before"`
	Locale string `query:"locale" enum:"zh-Hans,zh-Hant,en" doc:"Of the texts; none: mine"`
}) (*body[policyDifference], error) {
	return viewDifference(s.policies.Difference(ctx, in.Code, in.From, in.N, ownOr(in.Locale, actorOf(ctx).Locale)))
}

func (s *Server) draftDifference(ctx context.Context, in *struct {
	ByDraft
	Locale string `query:"locale" enum:"zh-Hans,zh-Hant,en" doc:"Of the texts; none: mine"`
}) (*body[policyDifference], error) {
	actor := actorOf(ctx)
	return viewDifference(s.policies.DraftDifference(ctx, actor, in.ID, ownOr(in.Locale, actor.Locale)))
}

func (s *Server) sinceBase(ctx context.Context, in *struct {
	ByDraft
	Locale string `query:"locale" enum:"zh-Hans,zh-Hant,en" doc:"Of the texts; none: mine"`
}) (*body[policyDifference], error) {
	actor := actorOf(ctx)
	return viewDifference(s.policies.SinceBase(ctx, actor, in.ID, ownOr(in.Locale, actor.Locale)))
}

func (s *Server) compareText(ctx context.Context, in *struct {
	ByVersion
	Body struct {
		Locale string `json:"locale" enum:"zh-Hans,zh-Hant,en"`
		Text   string `json:"text" minLength:"1" doc:"Markdown"`
	}
}) (*body[policyDifference], error) {
	return viewDifference(s.policies.CompareText(ctx, actorOf(ctx), in.Code, in.N, i18n.Locale(in.Body.Locale), in.Body.Text))
}
