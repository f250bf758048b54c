package server

import (
	"context"
	"time"

	"anwen/internal/i18n"
	"anwen/policies"
)

type policySummary struct {
	Code           string     `json:"code"`
	Title          string     `json:"title"`
	Category       string     `json:"category"`
	Issuer         string     `json:"issuer"`
	Owner          string     `json:"owner"`
	AppliesTo      string     `json:"applies_to" doc:"Whom it binds, in words"`
	Version        int        `json:"version" doc:"In force today; 0: none"`
	RepealedFrom   *string    `json:"repealed_from" format:"date" doc:"From when on no version is in force"`
	Newest         int        `json:"newest"`
	EffectiveFrom  *string    `json:"effective_from" format:"date"`
	AcknowledgedAt *time.Time `json:"acknowledged_at" doc:"Mine, of the version in force"`
	Requested      bool       `json:"requested" doc:"I am asked to acknowledge the version in force"`
	DueOn          *string    `json:"due_on" format:"date"`
	Known          bool       `json:"known" doc:"I acknowledged an earlier version: reading what changed is enough"`
}

type policyQuery struct {
	Category string `query:"category" maxLength:"100"`
	Search   string `query:"q" maxLength:"100"`
	Cursor   string `query:"cursor" maxLength:"2000"`
	Limit    int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (s *Server) listPolicies(ctx context.Context, in *policyQuery) (*body[page[policySummary]], error) {
	rows, next, err := s.policies.List(ctx, actorOf(ctx), policies.ListQuery{Category: in.Category, Search: in.Search, After: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return pageOf(rows, next, func(p policies.Summary) policySummary {
		return policySummary{Code: p.Code, Title: p.Title, Category: p.Category, Issuer: p.Issuer, Owner: p.Owner, AppliesTo: p.AppliesTo, Version: p.InForce,
			Newest: p.Newest, EffectiveFrom: optional(p.InForceFrom), RepealedFrom: optional(p.RepealedFrom), AcknowledgedAt: p.AcknowledgedAt, Requested: p.Asked, DueOn: optional(p.DueOn), Known: p.Known}
	}), nil
}

type policyPage struct {
	Code         string          `json:"code"`
	Title        string          `json:"title"`
	Issuer       string          `json:"issuer"`
	Category     string          `json:"category"`
	Owner        string          `json:"owner"`
	AppliesTo    string          `json:"applies_to" doc:"Whom it binds, in words"`
	InForce      int             `json:"in_force" doc:"Number of the version in force today; 0: none"`
	RepealedFrom *string         `json:"repealed_from" format:"date" doc:"From when on no version is in force"`
	RepealReason string          `json:"repeal_reason"`
	Proposed     *repealProposal `json:"repeal_proposed" doc:"That the policy be repealed, which another officer decides; for officers and auditors"`
	Versions     []policyVersion `json:"versions" nullable:"false"`
}

type repealProposal struct {
	ID            int64     `json:"id"`
	Code          string    `json:"code" doc:"Of the policy"`
	Title         string    `json:"title"`
	Number        int       `json:"number" doc:"Of the newest version when it was proposed"`
	Newest        int       `json:"newest" doc:"Number of the newest version; another than number: it came since, and the repeal must be proposed again"`
	EffectiveFrom string    `json:"effective_from" format:"date"`
	Reason        string    `json:"reason"`
	ProposedAt    time.Time `json:"proposed_at"`
	ProposedBy    string    `json:"proposed_by"`
	Mine          bool      `json:"mine" doc:"I proposed it and cannot approve it"`
	Draft         int64     `json:"draft" doc:"The open draft of the policy, which could only be withdrawn after the repeal; 0: none"`
}

type policyVersion struct {
	Number         int        `json:"number"`
	EffectiveFrom  string     `json:"effective_from" format:"date"`
	EffectiveUntil *string    `json:"effective_until" format:"date" doc:"The last day, where a successor or a repeal is known"`
	InForce        bool       `json:"in_force"`
	Note           string     `json:"note"`
	SHA256         string     `json:"sha256"`
	Languages      []string   `json:"languages" nullable:"false"`
	PublishedAt    time.Time  `json:"published_at"`
	Material       bool       `json:"material"`
	Carries        int        `json:"carries" doc:"Editorial: the version whose acknowledgements keep counting; 0 for a material one"`
	AcknowledgedAt *time.Time `json:"acknowledged_at" doc:"Mine, of its substance"`
	Requested      bool       `json:"requested"`
	DueOn          *string    `json:"due_on" format:"date"`
}

// ByCode is the path of a policy.
type ByCode struct {
	Code string `path:"code" maxLength:"64"`
}

func (s *Server) policy(ctx context.Context, in *ByCode) (*body[policyPage], error) {
	p, err := s.policies.Policy(ctx, actorOf(ctx), in.Code)
	if err != nil {
		return nil, err
	}
	return &body[policyPage]{Body: policyPage{Code: p.Code, Title: p.Title, Issuer: p.Issuer, Category: p.Category, Owner: p.Owner, AppliesTo: p.AppliesTo, InForce: p.InForce,
		RepealedFrom: optional(p.RepealedFrom), RepealReason: p.RepealReason, Proposed: (*repealProposal)(p.Proposed),
		Versions: views(p.Versions, func(v policies.VersionSummary) policyVersion {
			return policyVersion{Number: v.Number, EffectiveFrom: v.EffectiveFrom, EffectiveUntil: optional(v.EffectiveUntil), InForce: v.InForce, Note: v.Note, SHA256: v.SHA256,
				Languages: languages(v.Languages), PublishedAt: v.PublishedAt, Material: v.Material, Carries: v.Carries,
				AcknowledgedAt: v.AcknowledgedAt, Requested: v.Asked, DueOn: optional(v.DueOn)}
		})}}, nil
}

func (s *Server) proposeRepeal(ctx context.Context, in *struct {
	ByCode
	Body struct {
		EffectiveFrom string `json:"effective_from" maxLength:"10"`
		Reason        string `json:"reason" minLength:"1" maxLength:"2000"`
		Newest        int    `json:"newest,omitempty" minimum:"1" maximum:"100000" doc:"Number of the newest version that was shown"`
	}
}) (*struct{}, error) {
	return nil, s.policies.ProposeRepeal(ctx, actorOf(ctx), policies.RepealInput{Code: in.Code, Newest: in.Body.Newest, EffectiveFrom: in.Body.EffectiveFrom, Reason: in.Body.Reason})
}

func (s *Server) approveRepeal(ctx context.Context, in *struct {
	ByCode
	Body struct {
		Proposal int64 `json:"proposal" minimum:"1" doc:"The id that was shown"`
	}
}) (*struct{}, error) {
	return nil, s.policies.ApproveRepeal(ctx, actorOf(ctx), in.Code, in.Body.Proposal)
}

func (s *Server) withdrawRepeal(ctx context.Context, in *ByCode) (*struct{}, error) {
	return nil, s.policies.WithdrawRepeal(ctx, actorOf(ctx), in.Code)
}

func languages(list []i18n.Locale) []string {
	return views(list, func(l i18n.Locale) string { return string(l) })
}

// ByVersion is the path of a policy version.
type ByVersion struct {
	Code string `path:"code" maxLength:"64"`
	N    int    `path:"n" minimum:"1" maximum:"100000"`
}

type policyText struct {
	Code            string     `json:"code"`
	Title           string     `json:"title"`
	Issuer          string     `json:"issuer"`
	Number          int        `json:"number"`
	Newest          int        `json:"newest"`
	EffectiveFrom   string     `json:"effective_from" format:"date"`
	InForce         bool       `json:"in_force"`
	Note            string     `json:"note"`
	PublishedAt     time.Time  `json:"published_at"`
	SHA256          string     `json:"sha256" doc:"Of all languages"`
	Locale          string     `json:"locale"`
	Languages       []string   `json:"languages" nullable:"false"`
	HTML            string     `json:"html" doc:"Sanitised"`
	TextSHA256      string     `json:"text_sha256"`
	Statement       string     `json:"statement" doc:"What acknowledging declares"`
	StatementSHA256 string     `json:"statement_sha256"`
	Requested       bool       `json:"requested"`
	DueOn           *string    `json:"due_on" format:"date"`
	AcknowledgedAt  *time.Time `json:"acknowledged_at"`
	Accepted        *string    `json:"accepted_statement" doc:"The statement that I accepted then"`
	AcceptedNumber  int        `json:"accepted_number" doc:"The version that it was about; 0 without one"`
	Material        bool       `json:"material"`
	Carries         int        `json:"carries" doc:"Editorial: the version whose acknowledgements keep counting; 0 for a material one"`
	Tier            int        `json:"tier" doc:"1: a statement; 2: the password again, and every question right"`
	Questions       []question `json:"questions" nullable:"false" doc:"To be answered with the acknowledgement"`
}

func (s *Server) policyVersion(ctx context.Context, in *ByVersion) (*body[policyText], error) {
	actor := actorOf(ctx)
	v, err := s.policies.Version(ctx, actor, in.Code, in.N, actor.Locale)
	if err != nil {
		return nil, err
	}
	asked, err := askedOf(v.Questions, actor.PersonID, v.Locale)
	if err != nil {
		return nil, err
	}
	return &body[policyText]{Body: policyText{Code: v.Code, Title: v.Title, Issuer: v.Issuer, Number: v.Number, Newest: v.Newest,
		EffectiveFrom: v.EffectiveFrom, InForce: v.InForce, Note: v.Note, PublishedAt: v.PublishedAt, SHA256: v.SHA256,
		Locale: string(v.Locale), Languages: languages(v.Languages), HTML: v.HTML, TextSHA256: v.TextSHA256,
		Statement: v.Statement, StatementSHA256: v.StatementSHA256, Requested: v.Asked, DueOn: optional(v.DueOn),
		AcknowledgedAt: v.AcknowledgedAt, Accepted: optional(v.Accepted),
		AcceptedNumber: v.AcceptedNumber, Material: v.Material, Carries: v.Carries,
		Tier: v.Tier, Questions: asked}}, nil
}

type acknowledgeInput struct {
	ByVersion
	Body struct {
		Locale          string      `json:"locale" enum:"zh-Hans,zh-Hant,en" doc:"Of the text that was read"`
		TextSHA256      string      `json:"text_sha256" minLength:"64" maxLength:"64"`
		StatementSHA256 string      `json:"statement_sha256" minLength:"64" maxLength:"64"`
		Answers         []AnswerDTO `json:"answers,omitempty" maxItems:"20" doc:"One for each question, in order"`
		Password        string      `json:"password,omitempty" maxLength:"1024" doc:"Tier 2: my password again"`
	}
	address string
}

type acknowledged struct {
	AcknowledgedAt *time.Time `json:"acknowledged_at" doc:"Null when an answer was wrong: nothing was acknowledged"`
	Right          []bool     `json:"right" nullable:"false" doc:"Which answers were right"`
	Statement      string     `json:"statement"`
	Already        bool       `json:"already" doc:"It was acknowledged before; nothing was written"`
}

func (s *Server) acknowledge(ctx context.Context, in *acknowledgeInput) (*body[acknowledged], error) {
	answers, err := responsesOf(in.Body.Answers)
	if err != nil {
		return nil, err
	}
	a, err := s.policies.Acknowledge(ctx, actorOf(ctx), policies.AcknowledgeInput{Code: in.Code, Number: in.N,
		Locale: i18n.Locale(in.Body.Locale), TextSHA256: in.Body.TextSHA256, StatementSHA256: in.Body.StatementSHA256,
		Answers: answers, Password: in.Body.Password, Address: in.address})
	if err != nil {
		return nil, err
	}
	v := acknowledged{Statement: a.Statement, Already: a.Already, Right: append([]bool{}, a.Right...)}
	if !a.AcknowledgedAt.IsZero() {
		v.AcknowledgedAt = &a.AcknowledgedAt
	}
	return &body[acknowledged]{Body: v}, nil
}

type requestInput struct {
	ByVersion
	Body struct {
		UnitCode string `json:"unit_code" minLength:"1" maxLength:"100"`
		DueOn    string `json:"due_on,omitempty" maxLength:"10" doc:"A date; none: no due date"`
		DryRun   bool   `json:"dry_run,omitempty"`
	}
}

type requested struct {
	People       int  `json:"people"`
	New          int  `json:"asked" doc:"Asked by this request"`
	Asked        int  `json:"already_asked"`
	Acknowledged int  `json:"already_acknowledged"`
	DryRun       bool `json:"dry_run"`
}

func (s *Server) requestAcknowledgement(ctx context.Context, in *requestInput) (*body[requested], error) {
	r, err := s.policies.RequestAcknowledgement(ctx, actorOf(ctx), policies.RequestInput{Code: in.Code, Number: in.N,
		UnitCode: in.Body.UnitCode, DueOn: in.Body.DueOn, DryRun: in.Body.DryRun})
	if err != nil {
		return nil, err
	}
	return &body[requested]{Body: requested(r)}, nil
}

type outstandingPage struct {
	Title        string              `json:"title"`
	Requested    int                 `json:"requested"`
	Acknowledged int                 `json:"acknowledged"`
	Waiting      int                 `json:"waiting"`
	Overdue      int                 `json:"overdue"`
	Gone         int                 `json:"gone" doc:"Asked, and left without acknowledging"`
	Items        []outstandingPerson `json:"items" nullable:"false"`
	Next         *string             `json:"next"`
}

type outstandingPerson struct {
	EmployeeNo  string    `json:"employee_no"`
	Name        string    `json:"name"`
	Status      string    `json:"status" enum:"active,on_leave,left"`
	UnitName    string    `json:"unit_name"`
	Position    string    `json:"position"`
	RequestedAt time.Time `json:"requested_at"`
	DueOn       *string   `json:"due_on" format:"date"`
	Overdue     bool      `json:"overdue"`
}

func (s *Server) outstanding(ctx context.Context, in *struct {
	ByVersion
	Unit   string `query:"unit" maxLength:"100"`
	Cursor string `query:"cursor" maxLength:"2000"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}) (*body[outstandingPage], error) {
	o, err := s.policies.Outstanding(ctx, actorOf(ctx), policies.OutstandingQuery{Code: in.Code, Number: in.N, UnitCode: in.Unit, After: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return &body[outstandingPage]{Body: outstandingPage{Title: o.Title, Requested: o.Requested, Acknowledged: o.Acknowledged, Waiting: o.Waiting,
		Overdue: o.Overdue, Gone: o.Gone, Next: optional(o.Next),
		Items: views(o.People, func(p policies.OutstandingPerson) outstandingPerson {
			return outstandingPerson{EmployeeNo: p.EmployeeNo, Name: p.Name, Status: string(p.Status), UnitName: p.UnitName, Position: p.Position,
				RequestedAt: p.RequestedAt, DueOn: optional(p.DueOn), Overdue: p.Overdue}
		})}}, nil
}
