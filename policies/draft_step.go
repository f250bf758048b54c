package policies

import (
	"context"
	"slices"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// draftStep is one way from state to state.
type draftStep struct {
	verb  string
	roles []people.Role // any of them may take it
	from  []DraftState
}

var (
	writers   = []people.Role{people.Author, people.Compliance}
	approvers = []people.Role{people.Compliance}
	openDraft = []DraftState{Writing, InReview, Approved}
)

// step takes a draft that nobody else changes meanwhile from one of the states to
// the next, as change says, and records it.
func (s *Service) step(ctx context.Context, actor people.Actor, step draftStep, id int64, edition int,
	change func(tx database.Tx, d storedDraft, row *draftRow) error) (Draft, error) {
	if err := actor.Over(step.roles...).Require(); err != nil {
		return Draft{}, err
	}
	err := s.db.Transaction(ctx, func(tx database.Tx) error {
		row, err := s.stepTx(ctx, tx, id, edition, step.from, func(d storedDraft, row *draftRow) error { return change(tx, d, row) })
		if err != nil {
			return err
		}
		data := map[string]any{"edition": edition}
		if step.verb == "approve" {
			data["material"] = *row.Material
		}
		if row.Note != "" && (step.verb == "approve" || step.verb == "return") {
			data["note"] = row.Note
		}
		return s.recordDraftTx(ctx, tx, actor, step.verb, row, data)
	})
	if err != nil {
		return Draft{}, err
	}
	return s.Draft(ctx, actor, id)
}

// stepTx is step without role and record. NotFound for an unknown draft; Conflict
// when it is in another state or edition.
func (s *Service) stepTx(ctx context.Context, tx database.Tx, id int64, edition int, from []DraftState, change func(storedDraft, *draftRow) error) (draftRow, error) {
	d, err := lockDraftTx(ctx, tx, id)
	if err != nil {
		return draftRow{}, err
	}
	if !slices.Contains(from, d.State) {
		return draftRow{}, errs.New(errs.Conflict, "policies.draft_state", errs.Args{"state": d.State})
	}
	if d.Edition != edition {
		return draftRow{}, errs.New(errs.Conflict, "policies.draft_changed", errs.Args{"name": d.UpdatedBy, "edition": d.Edition})
	}
	row := d.row()
	if err := change(d, &row); err != nil {
		return draftRow{}, err
	}
	row.UpdatedAt = s.now()
	return row, updateDraftTx(ctx, tx, row)
}

// backTo takes the draft to a state in which nothing is approved.
func (r *draftRow) backTo(state DraftState) {
	r.State, r.ApproverID, r.ApprovedAt, r.Material = state, nil, nil, nil
}

// checkDraftTx refuses a draft that could not be published as it is. Errors as Publish.
func (s *Service) checkDraftTx(ctx context.Context, tx database.Tx, d storedDraft, editorial bool) error {
	in := d.publishInput(editorial)
	in.DryRun = true
	_, err := s.PublishTx(ctx, tx, people.System(), in)
	return err
}

// publishInput is what the draft asks to publish.
func (d storedDraft) publishInput(editorial bool) PublishInput {
	c := d.Content
	return PublishInput{Code: d.Code, Titles: c.Titles, Issuer: c.Issuer, Category: c.Category, Owner: c.Owner, AppliesTo: c.AppliesTo,
		EffectiveFrom: c.EffectiveFrom, Notes: c.Notes, Texts: c.Texts, Tier: c.Tier, Questions: c.Questions, Editorial: editorial}
}

func (s *Service) recordDraftTx(ctx context.Context, tx database.Tx, actor people.Actor, verb string, row draftRow, data map[string]any) error {
	data["draft"] = row.ID
	return audit.RecordTx(ctx, tx, audit.Event{At: s.now(), ActorID: actor.PersonID, Action: "policies.draft_" + verb, Subject: "policy:" + row.PolicyCode, Data: data})
}

// Draft shows a draft to those who may write or approve one, and to auditors.
// Forbidden to others; NotFound when there is none.
func (s *Service) Draft(ctx context.Context, actor people.Actor, id int64) (Draft, error) {
	if err := actor.Over(people.Author, people.Compliance, people.Auditor).Require(); err != nil {
		return Draft{}, err
	}
	found, err := findDraft(ctx, s.db, actor.PersonID, id)
	return found.Draft, err
}

// Drafts lists the open drafts, the one that changed last first, and after them
// the last twenty that were closed. Forbidden as Draft.
func (s *Service) Drafts(ctx context.Context, actor people.Actor) ([]Draft, error) {
	if err := actor.Over(people.Author, people.Compliance, people.Auditor).Require(); err != nil {
		return nil, err
	}
	return listDrafts(ctx, s.db, actor.PersonID)
}
