package policies

import (
	"context"
	"time"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
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
	ID        int64
	Code      string
	State     DraftState
	Edition   int // rises with every save
	Content   Content
	Editors   []string // names of all who saved an edition
	Mine      bool     // the actor is one of them, and cannot approve it
	UpdatedAt time.Time
	UpdatedBy string
	Approver  string
	Material  *bool  // the approver's decision
	Note      string // the approver's, or why it was sent back
	Number    int    // of the version that it became; 0 before
}

// approval is who let a version be published.
type approval struct {
	by int64
	at time.Time
}

func (a *approval) columns() (by *int64, at *time.Time) {
	if a == nil {
		return nil, nil
	}
	return nullable(a.by), &a.at
}

// SaveInput is an edition of a draft. ID is 0 for a new draft; Edition is the one
// that the writer began from.
type SaveInput struct {
	ID      int64
	Edition int
	Code    string
	Content Content
}

// SaveDraft stores an edition; what was approved has to be approved again.
// Forbidden without the role Author or Compliance; NotFound for an unknown draft;
// Conflict when the policy has another open draft, when somebody saved in the
// meantime (nothing is overwritten), or when the draft is closed.
func (s *Service) SaveDraft(ctx context.Context, actor people.Actor, in SaveInput) (Draft, error) {
	if !actor.Has(people.Author, people.Compliance) {
		return Draft{}, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	if err := checkContent(in); err != nil {
		return Draft{}, err
	}
	id := in.ID
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		now := s.now()
		if id == 0 {
			made, err := insertDraftTx(tx, in.Code, now)
			if database.Violated(err, "policy_drafts_open_key") {
				return errs.New(errs.Conflict, "policies.draft_open", errs.Args{"code": in.Code})
			}
			if err != nil {
				return err
			}
			id = made
		} else if err := s.stepTx(ctx, tx, id, in.Edition, []DraftState{Writing, InReview, Approved}, func(draftRow) (map[string]any, error) {
			return map[string]any{"state": Writing, "edition": in.Edition + 1, "approver_id": nil, "approved_at": nil, "material": nil}, nil
		}); err != nil {
			return err
		}
		if err := insertEditionTx(tx, id, in.Edition+1, actor.PersonID, in.Content, now); err != nil {
			return err
		}
		return s.recordDraftTx(ctx, tx, actor, "save", id, map[string]any{"edition": in.Edition + 1})
	})
	if err != nil {
		return Draft{}, err
	}
	return s.Draft(ctx, actor, id)
}

func checkContent(in SaveInput) error {
	var faults errs.Faults
	if !codePattern.MatchString(in.Code) {
		faults.Add(errs.Place{Field: "code"}, "policies.bad_code", errs.Args{"value": in.Code})
	}
	knownLanguages(map[string]Texts{"titles": in.Content.Titles, "notes": in.Content.Notes, "texts": in.Content.Texts, "questions": in.Content.Questions}, &faults)
	return faults.Err("policies.refused")
}

// SubmitDraft asks for review: the text must be such that it could be published.
// Invalid with every fault; Conflict when the draft changed or is not being
// written.
func (s *Service) SubmitDraft(ctx context.Context, actor people.Actor, id int64, edition int) (Draft, error) {
	return s.step(ctx, actor, "submit", id, edition, []people.Role{people.Author, people.Compliance}, []DraftState{Writing},
		func(tx database.Tx, row draftRow) (map[string]any, error) {
			in := row.publishInput(false)
			in.DryRun = true
			_, err := s.PublishTx(ctx, tx, people.System(), in)
			return map[string]any{"state": InReview, "note": ""}, err
		})
}

// ReturnDraft sends a draft back to its writers with a reason.
func (s *Service) ReturnDraft(ctx context.Context, actor people.Actor, id int64, edition int, reason string) (Draft, error) {
	return s.step(ctx, actor, "return", id, edition, []people.Role{people.Compliance}, []DraftState{InReview, Approved},
		func(database.Tx, draftRow) (map[string]any, error) {
			return map[string]any{"state": Writing, "note": reason, "approver_id": nil, "approved_at": nil, "material": nil}, nil
		})
}

// ApproveDraft lets a draft be published and decides whether its change is
// material: then everybody acknowledges again; an editorial one keeps the
// acknowledgements of the version before. Forbidden for whoever wrote any edition
// of it (constraint policy_drafts_two_people); Invalid when the first version is
// called editorial.
func (s *Service) ApproveDraft(ctx context.Context, actor people.Actor, id int64, edition int, material bool, note string) (Draft, error) {
	draft, err := s.step(ctx, actor, "approve", id, edition, []people.Role{people.Compliance}, []DraftState{InReview},
		func(tx database.Tx, row draftRow) (map[string]any, error) {
			in := row.publishInput(!material)
			in.DryRun = true
			_, err := s.PublishTx(ctx, tx, people.System(), in)
			return map[string]any{"state": Approved, "approver_id": nullable(actor.PersonID), "approved_at": s.now(), "material": material, "note": note}, err
		})
	if database.Violated(err, "policy_drafts_two_people") {
		return Draft{}, errs.New(errs.Forbidden, "policies.own_draft", nil)
	}
	return draft, err
}

// PublishDraft makes the approved draft the next version.
func (s *Service) PublishDraft(ctx context.Context, actor people.Actor, id int64, edition int) (Draft, error) {
	return s.step(ctx, actor, "publish", id, edition, []people.Role{people.Compliance}, []DraftState{Approved},
		func(tx database.Tx, row draftRow) (map[string]any, error) {
			in := row.publishInput(!*row.Material)
			in.approval = &approval{by: *row.ApproverID, at: *row.ApprovedAt}
			done, err := s.PublishTx(ctx, tx, actor, in)
			return map[string]any{"state": Done, "version_id": done.versionID}, err
		})
}

// WithdrawDraft gives a draft up; its editions stay.
func (s *Service) WithdrawDraft(ctx context.Context, actor people.Actor, id int64, edition int) (Draft, error) {
	return s.step(ctx, actor, "withdraw", id, edition, []people.Role{people.Author, people.Compliance}, []DraftState{Writing, InReview, Approved},
		func(database.Tx, draftRow) (map[string]any, error) {
			return map[string]any{"state": Withdrawn, "approver_id": nil, "approved_at": nil, "material": nil}, nil
		})
}

// step takes a locked draft from one of the states to the next.
func (s *Service) step(ctx context.Context, actor people.Actor, verb string, id int64, edition int, roles []people.Role, from []DraftState,
	next func(database.Tx, draftRow) (map[string]any, error)) (Draft, error) {
	if !actor.Has(roles...) {
		return Draft{}, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		var change map[string]any
		err := s.stepTx(ctx, tx, id, edition, from, func(row draftRow) (_ map[string]any, err error) {
			change, err = next(tx, row)
			return change, err
		})
		if err != nil {
			return err
		}
		return s.recordDraftTx(ctx, tx, actor, verb, id, map[string]any{"edition": edition, "material": change["material"], "note": change["note"]})
	})
	if err != nil {
		return Draft{}, err
	}
	return s.Draft(ctx, actor, id)
}

func (s *Service) stepTx(ctx context.Context, tx database.Tx, id int64, edition int, from []DraftState, next func(draftRow) (map[string]any, error)) error {
	row, err := lockDraftTx(ctx, tx, id)
	if err != nil {
		return err
	}
	if !row.in(from) {
		return errs.New(errs.Conflict, "policies.draft_state", errs.Args{"state": row.State})
	}
	if row.Edition != edition {
		return errs.New(errs.Conflict, "policies.draft_changed", errs.Args{"name": row.UpdatedBy, "edition": row.Edition})
	}
	change, err := next(row)
	if err != nil {
		return err
	}
	change["updated_at"] = s.now()
	return tx.Table("policy_drafts").Where("id = ?", id).Updates(change).Error
}

func (s *Service) recordDraftTx(ctx context.Context, tx database.Tx, actor people.Actor, verb string, id int64, data map[string]any) error {
	var code string
	if err := tx.Raw(`SELECT policy_code FROM policy_drafts WHERE id = ?`, id).Scan(&code).Error; err != nil {
		return err
	}
	data["draft"] = id
	for key, value := range data {
		if value == nil || value == "" {
			delete(data, key)
		}
	}
	return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "policies.draft_" + verb, Subject: "policy:" + code, Data: data})
}
