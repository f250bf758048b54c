package policies

import (
	"context"
	"fmt"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// policyRow is a row of policies.
type policyRow struct {
	ID        int64
	Code      string
	Titles    Texts
	Issuer    string
	Category  string
	Owner     string
	AppliesTo string
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
}

func (policyRow) TableName() string { return "policies" }

// versionRow is a row of policy_versions.
type versionRow struct {
	ID            int64
	PolicyID      int64
	Number        int
	Titles        Texts // then: the policy may get others
	EffectiveFrom string
	Notes         Texts
	SHA256        []byte `gorm:"column:sha256"` // of all languages
	PublishedAt   time.Time
	PublishedBy   *int64
	Material      bool
	Carries       *int // editorial: the version whose acknowledgements count
	ApprovedBy    *int64
	ApprovedAt    *time.Time
	Tier          int
}

func (versionRow) TableName() string { return "policy_versions" }

// newestVersion is the last published one; zero when the policy is new.
type newestVersion struct {
	PolicyID      int64
	Number        int
	EffectiveFrom string
	Substance     int
	SHA256        []byte `gorm:"column:sha256"`
}

// lockNewestTx keeps others from publishing the policy until the transaction ends.
func lockNewestTx(ctx context.Context, tx database.Tx, code string) (newestVersion, error) {
	if err := tx.WithContext(ctx).Exec(`SELECT pg_advisory_xact_lock(hashtextextended('policies:' || ?, 0))`, code).Error; err != nil {
		return newestVersion{}, fmt.Errorf("lock policy %s: %w", code, err)
	}
	return findNewest(ctx, tx, code)
}

// findNewest is the last published version of the policy; zero when it is new.
func findNewest(ctx context.Context, conn database.Conn, code string) (newest newestVersion, err error) {
	err = conn.WithContext(ctx).Raw(`
		SELECT p.id AS policy_id, v.number, v.effective_from::text AS effective_from, v.substance, v.sha256
		FROM policies p JOIN policy_versions v ON v.policy_id = p.id
		WHERE p.code = ? ORDER BY v.number DESC LIMIT 1`, code).Scan(&newest).Error
	if err != nil {
		return newestVersion{}, fmt.Errorf("newest version of policy %s: %w", code, err)
	}
	return newest, nil
}

// insertTx writes the version that follows the newest, with its texts and questions.
func (s *Service) insertTx(ctx context.Context, tx database.Tx, actor people.Actor, d checked, newest newestVersion) (row versionRow, err error) {
	now := s.now()
	policyID, titles := newest.PolicyID, d.Titles
	if policyID == 0 {
		policyID, err = insertPolicyTx(ctx, tx, d, now)
	} else {
		titles, err = updatePolicyTx(ctx, tx, policyID, d)
	}
	if err != nil {
		return versionRow{}, fmt.Errorf("publish policy %s: %w", d.Code, err)
	}
	row = versionRow{PolicyID: policyID, Number: newest.Number + 1, Titles: titles, EffectiveFrom: d.EffectiveFrom, Notes: d.Notes, SHA256: d.sum[:],
		PublishedAt: now, PublishedBy: actor.By(), Material: !d.Editorial, Tier: d.Tier}
	if d.Editorial {
		row.Carries = &newest.Substance
	}
	if d.approval != nil {
		row.ApprovedBy, row.ApprovedAt = &d.approval.by, &d.approval.at
	}
	err = database.Table[versionRow](tx).Create(ctx, &row)
	if database.Violated(err, "policy_versions_number_key") {
		return versionRow{}, errs.New(errs.Conflict, "policies.published_meanwhile", errs.Args{"number": row.Number}).Because(err)
	}
	if err != nil {
		return versionRow{}, fmt.Errorf("publish version %d of policy %s: %w", row.Number, d.Code, err)
	}
	if err := insertTextsTx(ctx, tx, row.ID, d); err != nil {
		return versionRow{}, err
	}
	return row, insertQuestionsTx(ctx, tx, row.ID, d.questions)
}

func insertPolicyTx(ctx context.Context, tx database.Tx, d checked, now time.Time) (id int64, err error) {
	row := policyRow{Code: d.Code, Titles: d.Titles, Issuer: d.Issuer, Category: d.Category, Owner: d.Owner, AppliesTo: d.AppliesTo, CreatedAt: now}
	err = database.Table[policyRow](tx).Create(ctx, &row)
	if database.Violated(err, "policies_code_alike") { // both at once
		return 0, codeAlike(d.Code)
	}
	return row.ID, err
}

// updatePolicyTx replaces what the new version says about its policy and keeps the rest.
// It returns the titles that the policy has now.
func updatePolicyTx(ctx context.Context, tx database.Tx, id int64, d checked) (titles Texts, err error) {
	err = tx.WithContext(ctx).Raw(`UPDATE policies SET titles = titles || CAST(? AS jsonb), issuer = coalesce(nullif(?, ''), issuer),
		category = coalesce(nullif(?, ''), category), owner = coalesce(nullif(?, ''), owner),
		applies_to = coalesce(nullif(?, ''), applies_to) WHERE id = ? RETURNING titles`,
		d.Titles, d.Issuer, d.Category, d.Owner, d.AppliesTo, id).Row().Scan(&titles)
	return titles, err
}

// publishedSumsTx are the hashes of the published versions, from 1 on.
func publishedSumsTx(ctx context.Context, tx database.Tx, code string) ([][]byte, error) {
	var sums [][]byte
	err := tx.WithContext(ctx).Raw(`SELECT v.sha256 FROM policies p JOIN policy_versions v ON v.policy_id = p.id
		WHERE p.code = ? ORDER BY v.number`, code).Scan(&sums).Error
	if err != nil {
		return nil, fmt.Errorf("versions of policy %s: %w", code, err)
	}
	return sums, nil
}
