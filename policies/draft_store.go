package policies

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
)

// draftRow is a row of policy_drafts.
type draftRow struct {
	ID         int64
	PolicyCode string
	State      DraftState
	Edition    int       // the newest
	Base       int       // number of the version that it is written against
	CreatedAt  time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt  time.Time `gorm:"autoUpdateTime:false"`
	ApproverID *int64
	ApprovedAt *time.Time
	Material   *bool
	Note       string
	VersionID  *int64
}

func (draftRow) TableName() string { return "policy_drafts" }

// draftEditionRow is a row of policy_draft_editions.
type draftEditionRow struct {
	DraftID  int64
	Edition  int
	EditorID int64
	Content  Content `gorm:"serializer:json"`
	SavedAt  time.Time
}

func (draftEditionRow) TableName() string { return "policy_draft_editions" }

// storedDraft is a draft with its newest edition, who approved it, and the unit of
// who began it.
type storedDraft struct {
	Draft
	OwnerPath  string
	MustAnswer bool // the person must still answer questions about the policy
	ApproverID *int64
}

// row is the draft as a step changes it.
func (d storedDraft) row() draftRow {
	return draftRow{ID: d.ID, PolicyCode: d.Code, State: d.State, Edition: d.Edition, Base: d.Base, ApproverID: d.ApproverID, ApprovedAt: d.ApprovedAt,
		Material: d.Material, Note: d.Note}
}

const (
	openStates = `state IN ('draft', 'in_review', 'approved')`
	draftSQL   = `
	SELECT d.id, d.policy_code AS code, d.state, d.edition, d.base, d.updated_at AS changed_at, e.saved_at AS updated_at, w.name AS updated_by, d.approver_id, d.approved_at,
		coalesce(a.name, '') AS approver, d.material, d.note, coalesce(v.number, 0) AS number, e.content,
		(SELECT json_agg(DISTINCT p.name) FROM policy_draft_editions o JOIN staff p ON p.id = o.editor_id WHERE o.draft_id = d.id) AS editors,
		EXISTS (SELECT FROM policy_draft_editions o WHERE o.draft_id = d.id AND o.editor_id = @person) AS mine,
		b.unit_path AS owner_path,
		(SELECT coalesce(max(n.number), 0) FROM policies y JOIN policy_versions n ON n.policy_id = y.id WHERE y.code = d.policy_code) AS newest,
		EXISTS (SELECT FROM policies y WHERE y.code = d.policy_code AND ` + mustAnswer + `) AS must_answer,
		coalesce((SELECT x.effective_from::text FROM policies y JOIN policy_repeals x ON x.policy_id = y.id WHERE y.code = d.policy_code), '') AS repealed_from,
		coalesce((SELECT x.effective_from::text FROM policies y JOIN policy_repeal_proposals x ON x.policy_id = y.id AND x.withdrawn_at IS NULL
			WHERE y.code = d.policy_code AND NOT EXISTS (SELECT FROM policy_repeals z WHERE z.policy_id = y.id)), '') AS repeal_waits
	FROM policy_drafts d
	JOIN policy_draft_editions e ON e.draft_id = d.id AND e.edition = d.edition
	JOIN staff w ON w.id = e.editor_id
	JOIN policy_draft_editions f ON f.draft_id = d.id AND f.edition = 1
	JOIN staff b ON b.id = f.editor_id
	LEFT JOIN staff a ON a.id = d.approver_id
	LEFT JOIN policy_versions v ON v.id = d.version_id`
)

// insertDraftTx opens a draft. Conflict when the policy has an open one.
func insertDraftTx(ctx context.Context, tx database.Tx, code string, base int, now time.Time) (draftRow, error) {
	row := draftRow{PolicyCode: code, State: Writing, Edition: 1, Base: base, CreatedAt: now, UpdatedAt: now}
	err := database.Table[draftRow](tx).Create(ctx, &row)
	if database.Violated(err, "policy_drafts_open_key") || database.Violated(err, "policy_drafts_open_alike") {
		return draftRow{}, draftOpen(code)
	}
	return row, err
}

func draftOpen(code string) error {
	return errs.New(errs.Conflict, "policies.draft_open", errs.Args{"code": code})
}

func updateDraftTx(ctx context.Context, tx database.Tx, row draftRow) error {
	_, err := database.Table[draftRow](tx).Where("id = ?", row.ID).
		Select("state", "edition", "base", "approver_id", "approved_at", "material", "note", "version_id", "updated_at").Updates(ctx, row)
	return err
}

func insertDraftEditionTx(ctx context.Context, tx database.Tx, row draftEditionRow) error {
	if err := database.Table[draftEditionRow](tx).Create(ctx, &row); err != nil {
		return fmt.Errorf("save edition %d of draft %d: %w", row.Edition, row.DraftID, err)
	}
	return nil
}

// lockDraftTx reads a draft, as the person sees it, that nobody else changes
// meanwhile. NotFound when there is none.
func lockDraftTx(ctx context.Context, tx database.Tx, personID, id int64) (storedDraft, error) {
	if err := tx.WithContext(ctx).Exec(`SELECT FROM policy_drafts WHERE id = ? FOR UPDATE`, id).Error; err != nil {
		return storedDraft{}, fmt.Errorf("lock draft %d: %w", id, err)
	}
	return findDraft(ctx, tx, personID, id)
}

// findDraft reads a draft as the person sees it. NotFound when there is none.
func findDraft(ctx context.Context, conn database.Conn, personID, id int64) (storedDraft, error) {
	var found storedDraft
	err := conn.WithContext(ctx).Raw(draftSQL+` WHERE d.id = @id`, map[string]any{"person": personID, "id": id}).Scan(&found).Error
	if err != nil {
		return storedDraft{}, fmt.Errorf("read draft %d: %w", id, err)
	}
	if found.ID == 0 {
		return storedDraft{}, errs.New(errs.NotFound, "policies.draft_not_found", nil)
	}
	return found, nil
}

// listDrafts are the open drafts, the last changed first, and then the last twenty
// that were closed.
func listDrafts(ctx context.Context, conn database.Conn, personID int64) (list []storedDraft, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT * FROM (`+draftSQL+`) d
		ORDER BY state IN ('published', 'withdrawn'), changed_at DESC
		LIMIT 20 + (SELECT count(*) FROM policy_drafts WHERE `+openStates+`)`, map[string]any{"person": personID}).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("list drafts: %w", err)
	}
	return list, nil
}
