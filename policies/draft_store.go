package policies

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// draftRow is a draft with its newest edition.
type draftRow struct {
	ID         int64
	Code       string
	State      DraftState
	Edition    int
	UpdatedAt  time.Time
	UpdatedBy  string
	ApproverID *int64
	ApprovedAt *time.Time
	Approver   string
	Material   *bool
	Note       string
	Number     int
	Content    string
	Editors    string
	Mine       bool
}

const draftSQL = `
	SELECT d.id, d.policy_code AS code, d.state, d.edition, d.updated_at, w.name AS updated_by, d.approver_id, d.approved_at,
		coalesce(a.name, '') AS approver, d.material, d.note, coalesce(v.number, 0) AS number, e.content::text AS content,
		(SELECT json_agg(DISTINCT p.name) FROM policy_draft_editions o JOIN people p ON p.id = o.editor_id WHERE o.draft_id = d.id)::text AS editors,
		EXISTS (SELECT FROM policy_draft_editions o WHERE o.draft_id = d.id AND o.editor_id = @person) AS mine
	FROM policy_drafts d
	JOIN policy_draft_editions e ON e.draft_id = d.id AND e.edition = d.edition
	JOIN people w ON w.id = e.editor_id
	LEFT JOIN people a ON a.id = d.approver_id
	LEFT JOIN policy_versions v ON v.id = d.version_id`

func insertDraftTx(tx database.Tx, code string, now time.Time) (id int64, err error) {
	err = tx.Raw(`INSERT INTO policy_drafts (policy_code, edition, created_at, updated_at) VALUES (?, 1, ?, ?) RETURNING id`, code, now, now).Scan(&id).Error
	return id, err
}

func insertEditionTx(tx database.Tx, draftID int64, edition int, editorID int64, c Content, now time.Time) error {
	raw, err := json.Marshal(c)
	if err != nil {
		return err
	}
	err = tx.Exec(`INSERT INTO policy_draft_editions (draft_id, edition, editor_id, content, saved_at) VALUES (?, ?, ?, ?::jsonb, ?)`,
		draftID, edition, editorID, string(raw), now).Error
	if err != nil {
		return fmt.Errorf("save edition %d of draft %d: %w", edition, draftID, err)
	}
	return nil
}

// lockDraftTx reads a draft that nobody else steps meanwhile.
func lockDraftTx(ctx context.Context, tx database.Tx, id int64) (draftRow, error) {
	if err := tx.Exec(`SELECT FROM policy_drafts WHERE id = ? FOR UPDATE`, id).Error; err != nil {
		return draftRow{}, err
	}
	return oneDraft(ctx, tx, 0, id)
}

func oneDraft(ctx context.Context, conn database.Conn, personID, id int64) (draftRow, error) {
	var rows []draftRow
	if err := conn.WithContext(ctx).Raw(draftSQL+` WHERE d.id = @id`, map[string]any{"person": personID, "id": id}).Scan(&rows).Error; err != nil {
		return draftRow{}, fmt.Errorf("read draft %d: %w", id, err)
	}
	if len(rows) == 0 {
		return draftRow{}, errs.New(errs.NotFound, "policies.draft_not_found", nil)
	}
	return rows[0], nil
}

func (r draftRow) in(states []DraftState) bool { return slices.Contains(states, r.State) }

func (r draftRow) draft() (Draft, error) {
	d := Draft{ID: r.ID, Code: r.Code, State: r.State, Edition: r.Edition, Mine: r.Mine, UpdatedAt: r.UpdatedAt, UpdatedBy: r.UpdatedBy,
		Approver: r.Approver, Material: r.Material, Note: r.Note, Number: r.Number}
	if err := json.Unmarshal([]byte(r.Content), &d.Content); err != nil {
		return Draft{}, fmt.Errorf("content of draft %d: %w", r.ID, err)
	}
	if err := json.Unmarshal([]byte(r.Editors), &d.Editors); err != nil {
		return Draft{}, fmt.Errorf("editors of draft %d: %w", r.ID, err)
	}
	return d, nil
}

// publishInput is what the draft asks to publish. Its content was written by this
// room: if it cannot be read, publishing fails for want of a text.
func (r draftRow) publishInput(editorial bool) PublishInput {
	d, err := r.draft()
	if err != nil {
		return PublishInput{Code: r.Code}
	}
	c := d.Content
	return PublishInput{Code: r.Code, Titles: c.Titles, Issuer: c.Issuer, Category: c.Category, Owner: c.Owner, AppliesTo: c.AppliesTo,
		EffectiveFrom: c.EffectiveFrom, Notes: c.Notes, Texts: c.Texts, Tier: c.Tier, Questions: c.Questions, Editorial: editorial}
}

// Draft shows a draft to those who may write or approve one. Forbidden to others.
func (s *Service) Draft(ctx context.Context, actor people.Actor, id int64) (Draft, error) {
	if !actor.Has(people.Author, people.Compliance, people.Auditor) {
		return Draft{}, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	row, err := oneDraft(ctx, s.db, actor.PersonID, id)
	if err != nil {
		return Draft{}, err
	}
	return row.draft()
}

// Drafts lists the open drafts, the one that changed last first, and after them
// the last twenty that were closed.
func (s *Service) Drafts(ctx context.Context, actor people.Actor) ([]Draft, error) {
	if !actor.Has(people.Author, people.Compliance, people.Auditor) {
		return nil, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	var rows []draftRow
	err := s.db.WithContext(ctx).Raw(`SELECT * FROM (`+draftSQL+`) d
		ORDER BY state IN ('published', 'withdrawn'), updated_at DESC
		LIMIT 20 + (SELECT count(*) FROM policy_drafts WHERE state IN ('draft', 'in_review', 'approved'))`,
		map[string]any{"person": actor.PersonID}).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list drafts: %w", err)
	}
	list := make([]Draft, len(rows))
	for i, r := range rows {
		if list[i], err = r.draft(); err != nil {
			return nil, err
		}
	}
	return list, nil
}
