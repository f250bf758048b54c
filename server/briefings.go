package server

import (
	"context"
	"slices"
	"time"

	"anwen/briefings"
	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// BriefingCard is a briefing as lists show it; the page of a briefing embeds it.
type BriefingCard struct {
	Key         string           `json:"key" doc:"Names the briefing: its month, or its month and unit"`
	UnitName    string           `json:"unit_name" doc:"Whom it is for; empty: everybody"`
	Month       string           `json:"month"`
	Title       string           `json:"title"`
	Revision    int              `json:"revision"`
	PublishedAt time.Time        `json:"published_at"`
	Read        bool             `json:"read" doc:"The current revision, by me"`
	Policies    []briefingPolicy `json:"policies" nullable:"false"`
}

type briefingPolicy struct {
	Code          string `json:"code"`
	Number        int    `json:"number"`
	Title         string `json:"title"`
	EffectiveFrom string `json:"effective_from" format:"date"`
	Acknowledged  bool   `json:"acknowledged" doc:"By me"`
}

type briefingPage struct {
	BriefingCard
	Locale      string     `json:"locale"`
	ChangesHTML string     `json:"changes_html" doc:"Sanitised"`
	ImpactHTML  string     `json:"impact_html"`
	PlanHTML    string     `json:"plan_html"`
	Changeable  bool       `json:"changeable" doc:"I may add to its plan and publish its minutes"`
	Questions   []question `json:"questions" nullable:"false" doc:"To be answered to have read it"`
}

func viewBriefing(c briefings.Summary) BriefingCard {
	return BriefingCard{Key: c.Key, UnitName: c.UnitName, Month: c.Month, Title: c.Title, Revision: c.Revision, PublishedAt: c.PublishedAt, Read: c.Read,
		Policies: views(c.Policies, viewCited)}
}

func viewCited(p briefings.CitedPolicy) briefingPolicy {
	return briefingPolicy{Code: p.Code, Number: p.Number, Title: p.Title, EffectiveFrom: *day(&p.EffectiveFrom), Acknowledged: p.Acknowledged}
}

func (s *Server) listBriefings(ctx context.Context, _ *struct{}) (*body[list[BriefingCard]], error) {
	rows, err := s.briefings.List(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return listOf(rows, viewBriefing), nil
}

// ByBriefing is the path of a briefing: 2026-11, or 2026-11.R01 for a unit.
type ByBriefing struct {
	Key string `path:"month" maxLength:"120" example:"2026-11"`
}

func (s *Server) briefing(ctx context.Context, in *ByBriefing) (*body[briefingPage], error) {
	actor := actorOf(ctx)
	b, err := s.briefings.Briefing(ctx, actor, in.Key)
	if err != nil {
		return nil, err
	}
	asked, err := askedOf(b.Questions, actor.PersonID, b.Locale)
	if err != nil {
		return nil, err
	}
	return &body[briefingPage]{Body: briefingPage{BriefingCard: viewBriefing(b.Summary), Locale: string(b.Locale),
		Changeable: b.Changeable, ChangesHTML: b.ChangesHTML, ImpactHTML: b.ImpactHTML, PlanHTML: b.PlanHTML, Questions: asked}}, nil
}

func (s *Server) readBriefing(ctx context.Context, in *struct {
	ByBriefing
	Body struct {
		Revision int         `json:"revision" minimum:"1" doc:"The revision that was read"`
		Answers  []AnswerDTO `json:"answers,omitempty" maxItems:"20" doc:"One for each question, in order"`
	}
}) (*body[briefingRead], error) {
	answers, err := responsesOf(in.Body.Answers)
	if err != nil {
		return nil, err
	}
	right, err := s.briefings.MarkRead(ctx, actorOf(ctx), in.Key, in.Body.Revision, answers)
	if err != nil {
		return nil, err
	}
	return &body[briefingRead]{Body: briefingRead{Read: !slices.Contains(right, false), Right: append([]bool{}, right...)}}, nil
}

type briefingRead struct {
	Read  bool   `json:"read" doc:"False when an answer was wrong"`
	Right []bool `json:"right" nullable:"false" doc:"Which answers were right"`
}

type briefingText struct {
	Title   string `json:"title" minLength:"1" maxLength:"200"`
	Changes string `json:"changes" doc:"Markdown: what changed"`
	Impact  string `json:"impact" doc:"Markdown: what it means for our business"`
	Plan    string `json:"plan" doc:"Markdown: how we adjust"`
}

type publishBriefingInput struct {
	Body struct {
		Month string `json:"month" pattern:"^[0-9]{4}-(0[1-9]|1[0-2])$" example:"2026-11"`
		Texts struct {
			Hans    *briefingText `json:"zh-Hans,omitempty"`
			Hant    *briefingText `json:"zh-Hant,omitempty"`
			English *briefingText `json:"en,omitempty"`
		} `json:"texts"`
		UnitCode  string      `json:"unit_code,omitempty" maxLength:"100" doc:"Whom it is for; none: everybody"`
		Questions texts       `json:"questions" required:"false" doc:"GIFT: what readers are asked about clauses that changed"`
		Policies  []policyRef `json:"policies,omitempty" maxItems:"100" nullable:"false"`
		Base      *int        `json:"base,omitempty" minimum:"0" doc:"Revision that the text was begun from; 0: there was none; absent: whichever is there"`
		DryRun    bool        `json:"dry_run,omitempty"`
		Confirmed int         `json:"confirmed_warnings,omitempty" minimum:"0" maximum:"100000" doc:"How many warnings were shown and confirmed: all of them"`
	}
}

type policyRef struct {
	Code   string `json:"code" minLength:"1" maxLength:"64"`
	Number int    `json:"number" minimum:"1"`
}

type publishedBriefing struct {
	Key       string    `json:"key"`
	Month     string    `json:"month"`
	UnitName  string    `json:"unit_name" doc:"Whom it is for; empty: everybody"`
	People    int       `json:"people" doc:"Whom it reaches"`
	Revision  int       `json:"revision"`
	Unchanged bool      `json:"unchanged"`
	DryRun    bool      `json:"dry_run"`
	Warnings  []warning `json:"warnings" nullable:"false" doc:"What the page does not show as it is written"`
}

func (s *Server) publishBriefing(ctx context.Context, in *publishBriefingInput) (*body[publishedBriefing], error) {
	input := briefings.Input{Month: in.Body.Month, Texts: map[i18n.Locale]briefings.Text{}, Base: in.Body.Base, DryRun: in.Body.DryRun, Confirmed: in.Body.Confirmed, UnitCode: in.Body.UnitCode, Questions: in.Body.Questions.byLocale(),
		Policies: views(in.Body.Policies, func(p policyRef) briefings.PolicyRef { return briefings.PolicyRef(p) })}
	for l, t := range map[i18n.Locale]*briefingText{i18n.Hans: in.Body.Texts.Hans, i18n.Hant: in.Body.Texts.Hant, i18n.English: in.Body.Texts.English} {
		if t != nil {
			input.Texts[l] = briefings.Text(*t)
		}
	}
	actor := actorOf(ctx)
	r, err := s.briefings.Publish(ctx, actor, input)
	if err != nil {
		return nil, err
	}
	return &body[publishedBriefing]{Body: publishedBriefing{Key: r.Key, Month: r.Month, UnitName: r.UnitName, People: r.People, Revision: r.Revision, Unchanged: r.Unchanged, DryRun: r.DryRun,
		Warnings: views(r.Warnings, func(f errs.Fault) warning { return viewWarning(f, actor.Locale) })}}, nil
}

type briefingBoard struct {
	Year    int              `json:"year"`
	Staff   int              `json:"staff" doc:"Within my reach"`
	Held    int              `json:"held" doc:"Months with a briefing"`
	Due     int              `json:"due" doc:"Months of the year that have begun"`
	Months  []boardMonth     `json:"months" nullable:"false"`
	Uncited []briefingPolicy `json:"uncited" nullable:"false" doc:"Versions in force that no briefing has mentioned"`
}

type boardMonth struct {
	Month       string     `json:"month"`
	State       string     `json:"state" enum:"held,missing,running,ahead"`
	Title       string     `json:"title"`
	Revision    int        `json:"revision"`
	PublishedAt *time.Time `json:"published_at"`
	Readers     int        `json:"readers" doc:"Of the staff within my reach"`
	Met         bool       `json:"met" doc:"Minutes of its meeting are there"`
	Open        int        `json:"open" doc:"Actions that are neither done nor dropped"`
	Overdue     int        `json:"overdue" doc:"Of these, past their due date"`
}

func (s *Server) briefingBoard(ctx context.Context, in *struct {
	Year int `query:"year" required:"true"`
}) (*body[briefingBoard], error) {
	b, err := s.briefings.Board(ctx, actorOf(ctx), in.Year)
	if err != nil {
		return nil, err
	}
	return &body[briefingBoard]{Body: briefingBoard{Year: b.Year, Staff: b.Staff, Held: b.Held, Due: b.Due,
		Months: views(b.Months, func(m briefings.Month) boardMonth {
			return boardMonth{Month: m.Month, State: string(m.State), Title: m.Title, Revision: m.Revision, PublishedAt: m.PublishedAt, Readers: m.Readers,
				Met: m.Met, Open: m.Open, Overdue: m.Overdue}
		}),
		Uncited: views(b.Uncited, viewCited)}}, nil
}
