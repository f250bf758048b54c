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
	verb    string
	roles   []people.Role // any of them may take it
	decides bool          // for the whole institution: the role must be over its root
	sees    bool          // it answers for the questions: nobody takes it who must not see them yet
	from    []DraftState
}

// allow is Forbidden to whoever may not take the step. A decision is the
// institution's; writing is for those who wrote the draft and for those who hold the
// role over the unit of who began it.
func (step draftStep) allow(ctx context.Context, conn database.Conn, actor people.Actor, d storedDraft) error {
	reach := actor.Over(step.roles...)
	switch {
	case step.decides:
		return reach.Root(ctx, conn)
	case d.Mine:
		return reach.Require()
	}
	return reach.Change(ctx, conn, d.OwnerPath)
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
		row, err := s.stepTx(ctx, tx, actor, step, id, edition, func(d storedDraft, row *draftRow) error { return change(tx, d, row) })
		if err != nil {
			return err
		}
		data := map[string]any{"edition": row.Edition}
		if step.verb == "base" {
			data["base"] = row.Base
		}
		if step.verb == "approve" {
			data["material"] = *row.Material
		}
		if row.Note != "" && (step.verb == "approve" || step.verb == "return") {
			data["note"] = row.Note
		}
		return recordDraftTx(ctx, tx, actor, step.verb, row, data)
	})
	if err != nil {
		return Draft{}, err
	}
	return s.Draft(ctx, actor, id)
}

// stepTx is step without its record. NotFound for an unknown draft; Forbidden as
// allow, and for whoever must not see its questions when the step answers for them;
// Conflict when it is in another state or edition.
func (s *Service) stepTx(ctx context.Context, tx database.Tx, actor people.Actor, step draftStep, id int64, edition int, change func(storedDraft, *draftRow) error) (draftRow, error) {
	d, err := lockDraftTx(ctx, tx, actor.PersonID, id)
	if err != nil {
		return draftRow{}, err
	}
	if err := step.allow(ctx, tx, actor, d); err != nil {
		return draftRow{}, err
	}
	if !slices.Contains(step.from, d.State) {
		return draftRow{}, errs.New(errs.Conflict, "policies.draft_state", errs.Args{"state": d.State})
	}
	if d.Edition != edition {
		return draftRow{}, errs.New(errs.Conflict, "policies.draft_changed", errs.Args{"name": d.UpdatedBy, "edition": d.Edition})
	}
	row := d.row()
	row.UpdatedAt = s.now() // of everything in this step
	if step.sees && d.withheld() {
		return draftRow{}, errs.New(errs.Forbidden, "policies.must_answer", nil)
	}
	if err := change(d, &row); err != nil {
		return draftRow{}, err
	}
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
		EffectiveFrom: c.EffectiveFrom, Notes: c.Notes, Texts: c.Texts, Tier: c.Tier, Questions: c.Questions, Editorial: editorial, base: &d.Base}
}

func recordDraftTx(ctx context.Context, tx database.Tx, actor people.Actor, verb string, row draftRow, data map[string]any) error {
	data["draft"] = row.ID
	return audit.RecordTx(ctx, tx, audit.Event{At: row.UpdatedAt, ActorID: actor.PersonID, Action: "policies.draft_" + verb, Subject: "policy:" + row.PolicyCode, Data: data})
}

// Draft shows a draft to those who may write or approve one, and to auditors; what
// it asks, which tells the key, to its writers and approvers alone, and to nobody but the
// writers of an open one who must still answer those of a published version. Forbidden to
// others; NotFound when there is none.
func (s *Service) Draft(ctx context.Context, actor people.Actor, id int64) (Draft, error) {
	if err := actor.Over(people.Author, people.Compliance, people.Auditor).Require(); err != nil {
		return Draft{}, err
	}
	found, err := findDraft(ctx, s.db, actor.PersonID, id)
	if err != nil {
		return Draft{}, err
	}
	return found.shownTo(actor), nil
}

// Drafts lists the open drafts, the one that changed last first, and after them
// the last twenty that were closed. Forbidden as Draft.
func (s *Service) Drafts(ctx context.Context, actor people.Actor) ([]Draft, error) {
	if err := actor.Over(people.Author, people.Compliance, people.Auditor).Require(); err != nil {
		return nil, err
	}
	rows, err := listDrafts(ctx, s.db, actor.PersonID)
	list := make([]Draft, len(rows))
	for i, r := range rows {
		list[i] = r.shownTo(actor)
	}
	return list, err
}

// withheld reports whether its questions are not for the person, who must still answer
// those of a published version: only its writers see them, as long as it is open.
func (d storedDraft) withheld() bool {
	return d.MustAnswer && len(d.Content.Questions) > 0 && !(d.Mine && slices.Contains(openDraft, d.State))
}

// shownTo leaves the questions out for whoever may not write in the draft, and for whoever
// must still answer them, who would write over them unseen.
func (d storedDraft) shownTo(actor people.Actor) Draft {
	if d.withheld() {
		d.Content.Questions = nil
		return d.Draft
	}
	if d.Writable = actor.Has(writers...) && (d.Mine || actor.Over(writers...).Covers(d.OwnerPath)); !d.Writable {
		d.Content.Questions = nil
	}
	return d.Draft
}
