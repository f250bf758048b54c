package policies

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/people"
)

// listPolicies are the policies behind the last code, one more than q.Limit where there
// are more.
func listPolicies(ctx context.Context, conn database.Conn, actor people.Actor, q ListQuery, last, today string) ([]Summary, error) {
	var rows []struct {
		Summary
		Titles Texts
	}
	err := conn.WithContext(database.PlanAnew(ctx)).Raw(`
		SELECT p.code, p.titles, p.issuer, p.category, p.owner, p.applies_to, n.number AS newest, coalesce(v.number, 0) AS in_force,
			coalesce(v.effective_from::text, '') AS in_force_from,
			coalesce((SELECT effective_from::text FROM policy_repeals WHERE policy_id = p.id), '') AS repealed_from, a.acknowledged_at, coalesce(r.due_on::text, '') AS due_on,
			r.id IS NOT NULL AS asked, EXISTS (SELECT FROM acknowledgements g JOIN policy_versions gv ON gv.id = g.version_id
				WHERE g.person_id = @person AND gv.policy_id = p.id AND gv.substance < v.substance) AS known
		FROM policies p
		JOIN LATERAL (SELECT number FROM policy_versions WHERE policy_id = p.id ORDER BY number DESC LIMIT 1) n ON true
		LEFT JOIN LATERAL (SELECT id, policy_id, number, substance, effective_from FROM policy_versions
			WHERE policy_id = p.id AND effective_from <= @today AND `+notRepealed+` ORDER BY number DESC LIMIT 1) v ON true
		`+accepted+`
		`+requested+`
		WHERE p.code > @after AND (@category = '' OR p.category = @category)
			AND (@search = '' OR p.code ILIKE @search || '%' OR EXISTS (
				SELECT 1 FROM jsonb_each_text(p.titles) t WHERE t.value ILIKE '%' || @search || '%'))
		ORDER BY p.code LIMIT @limit`, map[string]any{
		"today": today, "person": actor.PersonID, "after": last, "category": q.Category,
		"search": database.LikeLiteral(q.Search), "limit": q.Limit + 1,
	}).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list policies: %w", err)
	}
	list := make([]Summary, len(rows))
	for i, r := range rows {
		list[i] = r.Summary
		list[i].Title = r.Titles.In(actor.Locale)
	}
	return list, nil
}

// policyVersion is a version with what is known of its policy.
type policyVersion struct {
	Code, Issuer, Category, Owner, AppliesTo string
	Titles, Notes                            Texts
	Locales                                  string
	RepealedFrom, RepealReason               string
	VersionSummary
}

// policyVersions are the versions of a policy, the newest first; none when there is
// no such policy.
func policyVersions(ctx context.Context, conn database.Conn, actor people.Actor, code string) (rows []policyVersion, err error) {
	err = conn.WithContext(ctx).Raw(`
		SELECT p.code, p.titles, p.issuer, p.category, p.owner, p.applies_to, v.number, v.effective_from::text AS effective_from, v.notes,
			encode(v.sha256, 'hex') AS sha256, v.published_at, v.material, coalesce(v.carries, 0) AS carries, a.acknowledged_at, r.id IS NOT NULL AS asked,
			coalesce(r.due_on::text, '') AS due_on,
			coalesce(x.effective_from::text, '') AS repealed_from, coalesce(x.reason, '') AS repeal_reason,
			(SELECT string_agg(locale, ' ') FROM policy_texts WHERE version_id = v.id) AS locales
		FROM policies p
		JOIN policy_versions v ON v.policy_id = p.id
		LEFT JOIN policy_repeals x ON x.policy_id = p.id
		`+accepted+`
		`+requested+`
		WHERE p.code = @code ORDER BY v.number DESC`, map[string]any{"person": actor.PersonID, "code": code}).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("policy %s: %w", code, err)
	}
	return rows, nil
}

// refuseAlikeTx is Invalid when another policy, or the open draft of one, has a code that
// differs only in capitals.
func refuseAlikeTx(ctx context.Context, tx database.Tx, code string) error {
	var other string
	err := tx.WithContext(ctx).Raw(`SELECT o.code FROM (SELECT code FROM policies UNION ALL SELECT policy_code FROM policy_drafts WHERE `+openStates+`) o
		WHERE lower(o.code) = lower(@code) AND NOT EXISTS (SELECT FROM policies WHERE code = @code) ORDER BY o.code = @code DESC LIMIT 1`, map[string]any{"code": code}).Scan(&other).Error
	if err != nil {
		return fmt.Errorf("codes like %s: %w", code, err)
	}
	if other == "" || other == code {
		return nil
	}
	return codeAlike(other)
}

// codeAlike is Invalid: another policy has the code but for capitals.
func codeAlike(other string) error {
	var faults errs.Faults
	faults.Add(errs.Place{Field: "code"}, "policies.code_alike", errs.Args{"code": other})
	return faults.Err("policies.refused")
}
