package policies

import (
	"context"
	"maps"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/markdownx"
	"anwen/people"
)

// DraftState is how far a draft has come.
type DraftState string

// The states of a draft. Saving an edition takes it back to Writing.
const (
	Writing   DraftState = "draft"
	InReview  DraftState = "in_review"
	Approved  DraftState = "approved"
	Done      DraftState = "published"
	Withdrawn DraftState = "withdrawn"
)

// Content is what a draft says: the fields of the version that it is to become.
type Content struct {
	Titles        Texts  `json:"titles"`
	Issuer        string `json:"issuer"`
	Category      string `json:"category"`
	Owner         string `json:"owner"`
	AppliesTo     string `json:"applies_to"` // whom it binds, in words
	EffectiveFrom string `json:"effective_from"`
	Notes         Texts  `json:"notes"`
	Texts         Texts  `json:"texts"`
	Tier          int    `json:"tier"`      // of its acknowledgements
	Questions     Texts  `json:"questions"` // GIFT
}

// Draft is a version of a policy that is being written. A policy has one open
// draft at most.
type Draft struct {
	ID         int64
	Code       string
	State      DraftState
	Edition    int       // rises with every save
	Base       int       // number of the version that it is written against; 0: a new policy
	Newest     int       // number of the newest version of the policy; 0: there is none
	Content    Content   `gorm:"serializer:json"`
	Editors    []string  `gorm:"serializer:json"` // names of all who saved an edition
	Mine       bool      // the actor is one of them, and cannot approve it
	Writable   bool      `gorm:"-"` // the actor may write in it
	UpdatedAt  time.Time // when the newest edition was saved; a decision has its own time
	UpdatedBy  string
	Approver   string
	ApprovedAt *time.Time
	Material   *bool  // the approver's decision
	Note       string // the approver's, or why it was sent back
	Number     int    // of the version that it became; 0 before

	RepealedFrom string // the policy is repealed from this date on: the draft can only be withdrawn
	RepealWaits  string // its repeal from this date on is proposed, and waits for a decision
}

// Warnings are what a page would not show of the texts as they are written.
func (d Draft) Warnings() []errs.Fault {
	var list []errs.Fault
	for _, l := range i18n.Locales {
		text := canonical(d.Content.Texts[l])
		doc, _ := markdownx.Render([]byte(text), markdownx.Options{File: string(l)}) // its faults are told when it is published
		list = append(list, doc.Warnings...)
	}
	return list
}

// approval is who let a version be published.
type approval struct {
	by int64
	at time.Time
}

// SaveInput is an edition of a draft. ID and Edition are 0 for a new draft; Edition is
// the one that the writer began from. A draft keeps its Code. Base is the number of the
// version that a new draft was written against; nil: the newest.
type SaveInput struct {
	ID      int64
	Edition int
	Code    string
	Content Content
	Base    *int
}

// SaveDraft stores an edition; what was approved has to be approved again. A draft is for
// those who wrote an edition of it, and for those who hold the role over the unit of who
// began it. Forbidden without the role Author or Compliance, and for the draft of another
// unit, and for whoever must still answer questions about the policy that others wrote
// into it; NotFound for an unknown draft; Invalid for a code that is not the draft's, for a
// code or a language that there cannot be, for a code that differs only in capitals from
// another's, and for a base that there is not; Conflict when the policy is repealed or has
// another open draft, when somebody saved in the meantime (nothing is overwritten), or
// when the draft is closed.
func (s *Service) SaveDraft(ctx context.Context, actor people.Actor, in SaveInput) (Draft, error) {
	if err := actor.Over(people.Author, people.Compliance).Require(); err != nil {
		return Draft{}, err
	}
	if err := checkContent(in); err != nil {
		return Draft{}, err
	}
	var id int64
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		row, err := s.nextEditionTx(ctx, tx, actor, in)
		if err != nil {
			return err
		}
		if id = row.ID; row.Edition == in.Edition {
			return nil
		}
		edition := draftEditionRow{DraftID: id, Edition: row.Edition, EditorID: actor.PersonID, Content: in.Content, SavedAt: row.UpdatedAt}
		if err := insertDraftEditionTx(ctx, tx, edition); err != nil {
			return err
		}
		return recordDraftTx(ctx, tx, actor, "save", row, map[string]any{"edition": row.Edition})
	})
	if err != nil {
		return Draft{}, err
	}
	return s.Draft(ctx, actor, id)
}

// same reports whether a draft says the same.
func (c Content) same(other Content) bool {
	words := func(c Content) [5]string {
		return [5]string{c.Issuer, c.Category, c.Owner, c.AppliesTo, c.EffectiveFrom}
	}
	return words(c) == words(other) && c.Tier == other.Tier && maps.Equal(c.Titles, other.Titles) && maps.Equal(c.Notes, other.Notes) &&
		maps.Equal(c.Texts, other.Texts) && maps.Equal(c.Questions, other.Questions)
}

// nextEditionTx opens a draft, or takes one that is open to its next edition, which
// undoes an approval; a text that is as it was is no other edition.
func (s *Service) nextEditionTx(ctx context.Context, tx database.Tx, actor people.Actor, in SaveInput) (draftRow, error) {
	if in.ID == 0 && in.Edition == 0 {
		if err := beginsTx(ctx, tx, in.Code); err != nil {
			return draftRow{}, err
		}
		base, err := baseOfNewTx(ctx, tx, in)
		if err != nil {
			return draftRow{}, err
		}
		return insertDraftTx(ctx, tx, in.Code, base, s.now())
	}
	save := draftStep{verb: "save", roles: writers, sees: true, from: openDraft}
	return s.stepTx(ctx, tx, actor, save, in.ID, in.Edition, func(d storedDraft, row *draftRow) error {
		if in.Code != d.Code {
			var faults errs.Faults
			faults.Add(errs.Place{Field: "code"}, "policies.draft_other_code", errs.Args{"code": d.Code})
			return faults.Err("policies.refused")
		}
		newest, err := lockNewestTx(ctx, tx, d.Code)
		if err != nil {
			return err
		}
		if err := openToVersionsTx(ctx, tx, newest.PolicyID); err != nil {
			return err
		}
		if in.Content.same(d.Content) {
			row.UpdatedAt = d.UpdatedAt
			return nil
		}
		row.backTo(Writing)
		row.Edition++
		return nil
	})
}

// beginsTx refuses a draft that could never be published: of a policy whose code differs
// only in capitals from another's, which is Invalid, and of one that is repealed, which is
// Conflict.
func beginsTx(ctx context.Context, tx database.Tx, code string) error {
	if err := refuseAlikeTx(ctx, tx, code); err != nil {
		return err
	}
	newest, err := lockNewestTx(ctx, tx, code)
	if err != nil {
		return err
	}
	return openToVersionsTx(ctx, tx, newest.PolicyID)
}

func checkContent(in SaveInput) error {
	var faults errs.Faults
	if !codePattern.MatchString(in.Code) {
		faults.Add(errs.Place{Field: "code"}, "policies.bad_code", errs.Args{"value": in.Code})
	}
	knownLanguages(map[string]Texts{"titles": in.Content.Titles, "notes": in.Content.Notes, "texts": in.Content.Texts, "questions": in.Content.Questions}, &faults)
	boundedWords(in.Content.Titles, in.Content.Notes, &faults)
	return faults.Err("policies.refused")
}

// SubmitDraft asks for review: the text must be such that it could be published, and its
// writer must have confirmed the warnings, of which confirmed were shown. Forbidden as
// SaveDraft; NotFound for an unknown draft; Invalid with every fault of the text; Conflict
// when the draft changed or is not being written, when another version came since its
// base, when warnings are not confirmed, or when the text is that of the newest version or
// the policy is repealed.
func (s *Service) SubmitDraft(ctx context.Context, actor people.Actor, id int64, edition, confirmed int) (Draft, error) {
	return s.step(ctx, actor, draftStep{verb: "submit", roles: writers, from: []DraftState{Writing}}, id, edition,
		func(tx database.Tx, d storedDraft, row *draftRow) error {
			row.State, row.Note = InReview, ""
			if err := s.checkDraftTx(ctx, tx, d, false); err != nil {
				return err
			}
			return errs.Unconfirmed(d.Warnings(), confirmed)
		})
}

// ReturnDraft sends a draft back to its writers with a reason. Forbidden without the role
// Compliance over the root; NotFound for an unknown draft; Conflict when it changed or
// waits for no decision.
func (s *Service) ReturnDraft(ctx context.Context, actor people.Actor, id int64, edition int, reason string) (Draft, error) {
	return s.step(ctx, actor, draftStep{verb: "return", roles: approvers, decides: true, from: []DraftState{InReview, Approved}}, id, edition,
		func(_ database.Tx, _ storedDraft, row *draftRow) error {
			row.backTo(Writing)
			row.Note = reason
			return nil
		})
}

// ApproveDraft lets a draft be published and decides whether its change is material: then
// everybody acknowledges again; an editorial one keeps the acknowledgements of the version
// before. Forbidden without the role Compliance over the root and for whoever must
// still answer questions about the policy, and for whoever wrote any edition of it
// (constraint policy_drafts_two_people); NotFound for an unknown draft; Invalid when the
// text cannot be published or the first version is called editorial; Conflict as
// SubmitDraft.
func (s *Service) ApproveDraft(ctx context.Context, actor people.Actor, id int64, edition int, material bool, note string) (Draft, error) {
	draft, err := s.step(ctx, actor, draftStep{verb: "approve", roles: approvers, decides: true, sees: true, from: []DraftState{InReview}}, id, edition,
		func(tx database.Tx, d storedDraft, row *draftRow) error {
			now := row.UpdatedAt
			row.State, row.ApproverID, row.ApprovedAt, row.Material, row.Note = Approved, actor.By(), &now, &material, note
			return s.checkDraftTx(ctx, tx, d, !material)
		})
	if database.Violated(err, "policy_drafts_two_people") {
		return Draft{}, errs.New(errs.Forbidden, "policies.own_draft", nil)
	}
	return draft, err
}

// PublishDraft makes the approved draft the next version. Forbidden without the role
// Compliance over the root; NotFound for an unknown draft; Conflict when it changed or is not
// approved, or when another version came since its base (trigger
// policy_drafts_follow_their_base); Invalid and Conflict as Publish.
func (s *Service) PublishDraft(ctx context.Context, actor people.Actor, id int64, edition int) (Draft, error) {
	return s.step(ctx, actor, draftStep{verb: "publish", roles: approvers, decides: true, from: []DraftState{Approved}}, id, edition,
		func(tx database.Tx, d storedDraft, row *draftRow) error {
			in := d.publishInput(!*d.Material)
			in.approval = &approval{by: *d.ApproverID, at: *d.ApprovedAt}
			done, err := s.PublishTx(ctx, tx, actor, in)
			row.State, row.VersionID = Done, &done.versionID
			return err
		})
}

// WithdrawDraft gives a draft up; its editions stay. Forbidden as SaveDraft; NotFound
// for an unknown draft; Conflict when it changed or is closed.
func (s *Service) WithdrawDraft(ctx context.Context, actor people.Actor, id int64, edition int) (Draft, error) {
	return s.step(ctx, actor, draftStep{verb: "withdraw", roles: writers, from: openDraft}, id, edition,
		func(_ database.Tx, _ storedDraft, row *draftRow) error {
			row.backTo(Withdrawn)
			return nil
		})
}
