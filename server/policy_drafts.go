package server

import (
	"context"
	"time"

	"anwen/internal/errs"
	"anwen/policies"
)

type policyContent struct {
	Titles        titles `json:"titles"`
	Issuer        string `json:"issuer" required:"false" maxLength:"200"`
	Category      string `json:"category" required:"false" maxLength:"100"`
	Owner         string `json:"owner" required:"false" maxLength:"200"`
	AppliesTo     string `json:"applies_to" required:"false" maxLength:"500" doc:"Whom it binds, in words"`
	EffectiveFrom string `json:"effective_from" required:"false" maxLength:"10"`
	Notes         notes  `json:"notes" required:"false" doc:"What changed"`
	Texts         texts  `json:"texts" doc:"Markdown"`
	Tier          int    `json:"tier" required:"false" minimum:"0" maximum:"2" doc:"1: a statement; 2: the password again, and every question right"`
	Questions     texts  `json:"questions" required:"false" doc:"GIFT: what readers are asked about it"`
}

func (c policyContent) content() policies.Content {
	return policies.Content{Titles: texts(c.Titles).byLocale(), Issuer: c.Issuer, Category: c.Category, Owner: c.Owner, AppliesTo: c.AppliesTo,
		EffectiveFrom: c.EffectiveFrom, Notes: texts(c.Notes).byLocale(), Texts: c.Texts.byLocale(), Tier: c.Tier, Questions: c.Questions.byLocale()}
}

type policyDraft struct {
	ID         int64         `json:"id"`
	Code       string        `json:"code"`
	State      string        `json:"state" enum:"draft,in_review,approved,published,withdrawn"`
	Edition    int           `json:"edition"`
	Base       int           `json:"base" doc:"Number of the version that it is written against; 0: a new policy"`
	Newest     int           `json:"newest" doc:"Number of the newest version of the policy; another than base: it came since, and its writers must take it as base first"`
	Content    policyContent `json:"content"`
	Editors    []string      `json:"editors" nullable:"false"`
	Mine       bool          `json:"mine" doc:"I wrote an edition of it and cannot approve it"`
	Writable   bool          `json:"writable" doc:"I may write in it; else its questions, which tell the key, are not shown"`
	UpdatedAt  time.Time     `json:"updated_at" doc:"When the newest edition was saved"`
	UpdatedBy  string        `json:"updated_by"`
	Approver   string        `json:"approver"`
	ApprovedAt *time.Time    `json:"approved_at"`
	Material   *bool         `json:"material" doc:"The approver's decision: does everybody acknowledge again?"`
	Note       string        `json:"note"`
	Number     int           `json:"number" doc:"Of the version that it became; 0 before"`
	Repealed   *string       `json:"repealed_from" format:"date" doc:"The policy is repealed from this date on: the draft can only be withdrawn"`
	Repeal     *string       `json:"repeal_waits" format:"date" doc:"A repeal of the policy from this date on waits for a decision"`
	Warnings   []warning     `json:"warnings,omitempty" doc:"What a page would not show as it is written; of one draft, not in a list"`
}

func viewDraft(d policies.Draft) policyDraft {
	c := d.Content
	return policyDraft{ID: d.ID, Code: d.Code, State: string(d.State), Edition: d.Edition, Base: d.Base, Newest: d.Newest, Editors: d.Editors, Mine: d.Mine, Writable: d.Writable, UpdatedAt: d.UpdatedAt,
		UpdatedBy: d.UpdatedBy, Approver: d.Approver, ApprovedAt: d.ApprovedAt, Material: d.Material, Note: d.Note, Number: d.Number,
		Repealed: optional(d.RepealedFrom), Repeal: optional(d.RepealWaits), Content: viewContent(c)}
}

func viewContent(c policies.Content) policyContent {
	return policyContent{Titles: titles(textsOf(c.Titles)), Issuer: c.Issuer, Category: c.Category, Owner: c.Owner, AppliesTo: c.AppliesTo,
		EffectiveFrom: c.EffectiveFrom, Notes: notes(textsOf(c.Notes)), Texts: textsOf(c.Texts), Tier: c.Tier, Questions: textsOf(c.Questions)}
}

type baseContent struct {
	Content  policyContent `json:"content" doc:"Without notes and date, which the next version has of its own"`
	Withheld int           `json:"withheld" doc:"Questions that are not shown, because I must still answer them"`
}

func (s *Server) baseContent(ctx context.Context, in *ByVersion) (*body[baseContent], error) {
	base, err := s.policies.BaseContent(ctx, actorOf(ctx), in.Code, in.N)
	if err != nil {
		return nil, err
	}
	return &body[baseContent]{Body: baseContent{Content: viewContent(base.Content), Withheld: base.Withheld}}, nil
}

// draftBody answers with one draft and what a page would not show of it.
func draftBody(ctx context.Context) func(policies.Draft, error) (*body[policyDraft], error) {
	return func(d policies.Draft, err error) (*body[policyDraft], error) {
		if err != nil {
			return nil, err
		}
		view := viewDraft(d)
		view.Warnings = views(d.Warnings(), func(f errs.Fault) warning { return viewWarning(f, actorOf(ctx).Locale) })
		return &body[policyDraft]{Body: view}, nil
	}
}

func (s *Server) listDrafts(ctx context.Context, _ *struct{}) (*body[list[policyDraft]], error) {
	rows, err := s.policies.Drafts(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return listOf(rows, viewDraft), nil
}

// ByDraft is the path of a draft.
type ByDraft struct {
	ID int64 `path:"id"`
}

func (s *Server) draft(ctx context.Context, in *ByDraft) (*body[policyDraft], error) {
	return draftBody(ctx)(s.policies.Draft(ctx, actorOf(ctx), in.ID))
}

func (s *Server) newDraft(ctx context.Context, in *struct {
	Body struct {
		Code    string        `json:"code" minLength:"1" maxLength:"64"`
		Content policyContent `json:"content"`
		Base    *int          `json:"base,omitempty" minimum:"0" maximum:"100000" doc:"Number of the version that it was written against; none: the newest"`
	}
}) (*body[policyDraft], error) {
	return draftBody(ctx)(s.policies.SaveDraft(ctx, actorOf(ctx), policies.SaveInput{Code: in.Body.Code, Content: in.Body.Content.content(), Base: in.Body.Base}))
}

func (s *Server) saveDraft(ctx context.Context, in *struct {
	ByDraft
	Body struct {
		Edition int           `json:"edition" minimum:"1" maximum:"1000000" doc:"The edition that the writer began from"`
		Code    string        `json:"code" minLength:"1" maxLength:"64"`
		Content policyContent `json:"content"`
	}
}) (*body[policyDraft], error) {
	return draftBody(ctx)(s.policies.SaveDraft(ctx, actorOf(ctx), policies.SaveInput{ID: in.ID, Edition: in.Body.Edition, Code: in.Body.Code, Content: in.Body.Content.content()}))
}

func (s *Server) takeBase(ctx context.Context, in *struct {
	ByDraft
	Body struct {
		Edition
		Base int `json:"base" minimum:"1" maximum:"100000" doc:"Number of the newest version, which was shown"`
	}
}) (*body[policyDraft], error) {
	return draftBody(ctx)(s.policies.TakeBase(ctx, actorOf(ctx), in.ID, in.Body.Edition.Edition, in.Body.Base))
}

// Edition is the edition that a decision applies to.
type Edition struct {
	Edition int `json:"edition" minimum:"1" maximum:"1000000"`
}

type draftStep struct {
	ByDraft
	Body Edition
}

func (s *Server) submitDraft(ctx context.Context, in *struct {
	ByDraft
	Body struct {
		Edition
		Confirmed int `json:"confirmed_warnings,omitempty" minimum:"0" maximum:"100000" doc:"How many warnings of the draft were shown and confirmed: all of them"`
	}
}) (*body[policyDraft], error) {
	return draftBody(ctx)(s.policies.SubmitDraft(ctx, actorOf(ctx), in.ID, in.Body.Edition.Edition, in.Body.Confirmed))
}

func (s *Server) returnDraft(ctx context.Context, in *struct {
	ByDraft
	Body struct {
		Edition
		Reason string `json:"reason" minLength:"1" maxLength:"2000"`
	}
}) (*body[policyDraft], error) {
	return draftBody(ctx)(s.policies.ReturnDraft(ctx, actorOf(ctx), in.ID, in.Body.Edition.Edition, in.Body.Reason))
}

func (s *Server) approveDraft(ctx context.Context, in *struct {
	ByDraft
	Body struct {
		Edition
		Material bool   `json:"material" doc:"Everybody acknowledges again; otherwise acknowledgements of the version before keep counting"`
		Note     string `json:"note,omitempty" maxLength:"2000"`
	}
}) (*body[policyDraft], error) {
	return draftBody(ctx)(s.policies.ApproveDraft(ctx, actorOf(ctx), in.ID, in.Body.Edition.Edition, in.Body.Material, in.Body.Note))
}

func (s *Server) publishDraft(ctx context.Context, in *draftStep) (*body[policyDraft], error) {
	return draftBody(ctx)(s.policies.PublishDraft(ctx, actorOf(ctx), in.ID, in.Body.Edition))
}

func (s *Server) withdrawDraft(ctx context.Context, in *draftStep) (*body[policyDraft], error) {
	return draftBody(ctx)(s.policies.WithdrawDraft(ctx, actorOf(ctx), in.ID, in.Body.Edition))
}

type textFile struct {
	Text     string    `json:"text" doc:"Markdown"`
	Encoding string    `json:"encoding"`
	Warnings []warning `json:"warnings" nullable:"false" doc:"What could not be taken over, or would not be shown"`
}

func (s *Server) readText(ctx context.Context, in *UploadInput) (*body[textFile], error) {
	name, raw, err := in.bytes()
	if err != nil {
		return nil, err
	}
	f, err := policies.ReadTextFile(name, raw)
	if err != nil {
		return nil, err
	}
	locale := actorOf(ctx).Locale
	return &body[textFile]{Body: textFile{Text: f.Text, Encoding: f.Encoding,
		Warnings: views(f.Warnings, func(w errs.Fault) warning { return viewWarning(w, locale) })}}, nil
}
