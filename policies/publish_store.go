package policies

import (
	"context"
	"crypto/sha256"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// newestVersion is the last published one; zero when the policy is new.
type newestVersion struct {
	PolicyID      int64
	Number        int
	EffectiveFrom string
	Substance     int
	SHA256        []byte `gorm:"column:sha256"`
}

// lockNewest keeps others from publishing the policy until the transaction ends.
func lockNewestTx(ctx context.Context, tx database.Tx, code string) (newestVersion, error) {
	var newest newestVersion
	err := tx.WithContext(ctx).Raw(`SELECT pg_advisory_xact_lock(hashtextextended('policies:' || ?, 0))`, code).Scan(new(string)).Error
	if err == nil {
		err = tx.WithContext(ctx).Raw(`
			SELECT p.id AS policy_id, v.number, v.effective_from::text AS effective_from, v.substance, v.sha256
			FROM policies p JOIN policy_versions v ON v.policy_id = p.id
			WHERE p.code = ? ORDER BY v.number DESC LIMIT 1`, code).Scan(&newest).Error
	}
	if err != nil {
		return newestVersion{}, fmt.Errorf("newest version of policy %s: %w", code, err)
	}
	return newest, nil
}

func (s *Service) insertTx(ctx context.Context, tx database.Tx, actor people.Actor, d checked, newest newestVersion) (versionID int64, err error) {
	policyID, number := newest.PolicyID, newest.Number+1
	titles, err := asJSON(d.Titles)
	if err != nil {
		return 0, err
	}
	notes, err := asJSON(d.Notes)
	if err != nil {
		return 0, err
	}
	now := s.now()
	if policyID == 0 {
		err = tx.Raw(`INSERT INTO policies (code, titles, issuer, category, owner, applies_to, created_at)
			VALUES (?, ?::jsonb, ?, ?, ?, ?, ?) RETURNING id`, d.Code, titles, d.Issuer, d.Category, d.Owner, d.AppliesTo, now).Scan(&policyID).Error
	} else {
		err = tx.Exec(`UPDATE policies SET titles = titles || ?::jsonb, issuer = coalesce(nullif(?, ''), issuer),
			category = coalesce(nullif(?, ''), category), owner = coalesce(nullif(?, ''), owner),
			applies_to = coalesce(nullif(?, ''), applies_to) WHERE id = ?`,
			titles, d.Issuer, d.Category, d.Owner, d.AppliesTo, policyID).Error
	}
	if err != nil {
		return 0, fmt.Errorf("publish policy %s: %w", d.Code, err)
	}
	var carries *int
	if d.Editorial {
		carries = &newest.Substance
	}
	by, at := d.approval.columns()
	err = tx.Raw(`INSERT INTO policy_versions (policy_id, number, effective_from, notes, sha256, published_at, published_by, material, carries, approved_by, approved_at, tier)
		VALUES (?, ?, ?::date, ?::jsonb, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?) RETURNING id`,
		policyID, number, d.EffectiveFrom, notes, d.sum[:], now, actor.PersonID, !d.Editorial, carries, by, at, d.Tier).Scan(&versionID).Error
	if database.Violated(err, "policy_versions_number_key") {
		return 0, errs.New(errs.Conflict, "policies.published_meanwhile", errs.Args{"number": number}).Because(err)
	}
	if err != nil {
		return 0, fmt.Errorf("publish version %d of policy %s: %w", number, d.Code, err)
	}
	for _, l := range d.languages() {
		sum := sha256.Sum256([]byte(d.Texts[l]))
		err = tx.Exec(`INSERT INTO policy_texts (version_id, locale, markdown, html, plain, sha256) VALUES (?, ?, ?, ?, ?, ?)`,
			versionID, string(l), d.Texts[l], d.rendered[l].HTML, d.rendered[l].Plain, sum[:]).Error
		if err != nil {
			return 0, fmt.Errorf("store the %s text of policy %s: %w", l, d.Code, err)
		}
	}
	return versionID, insertQuestionsTx(tx, versionID, d.questions)
}

// knownVersions are the hashes of the published versions, from 1 on.
func knownVersionsTx(ctx context.Context, tx database.Tx, code string) ([][]byte, error) {
	var sums [][]byte
	err := tx.WithContext(ctx).Raw(`SELECT v.sha256 FROM policies p JOIN policy_versions v ON v.policy_id = p.id
		WHERE p.code = ? ORDER BY v.number`, code).Scan(&sums).Error
	if err != nil {
		return nil, fmt.Errorf("versions of policy %s: %w", code, err)
	}
	return sums, nil
}
