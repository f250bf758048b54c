package briefings

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// policyVersions finds the versions that a briefing cites; the tables belong to
// policies and are only read here.
func (s *Service) policyVersions(ctx context.Context, refs []PolicyRef, faults *errs.Faults) ([]int64, error) {
	var ids []int64
	seen := map[PolicyRef]bool{}
	for i, ref := range refs {
		field := errs.Place{Field: fmt.Sprintf("body.policies[%d]", i)}
		if seen[ref] {
			faults.Add(field, "briefings.policy_twice", errs.Args{"code": errs.Clip(ref.Code), "number": ref.Number})
			continue
		}
		seen[ref] = true
		var found []int64
		err := s.db.WithContext(ctx).Raw(`SELECT v.id FROM policy_versions v JOIN policies p ON p.id = v.policy_id
			WHERE p.code = ? AND v.number = ?`, ref.Code, ref.Number).Scan(&found).Error
		if err != nil {
			return nil, fmt.Errorf("find version %d of policy %s: %w", ref.Number, ref.Code, err)
		}
		if len(found) == 0 {
			faults.Add(field, "briefings.policy_unknown", errs.Args{"code": errs.Clip(ref.Code), "number": ref.Number})
			continue
		}
		ids = append(ids, found[0])
	}
	return ids, nil
}

// lockTx returns the briefing of the month and audience, made if need be, and keeps other
// publishers of it waiting. A dry run makes and locks nothing.
func lockTx(ctx context.Context, tx database.Tx, in Input, to audience, now time.Time) (id int64, err error) {
	if in.DryRun {
		return 0, nil
	}
	if err = tx.Exec(`INSERT INTO briefings (month, key, unit_id, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`, in.Month, to.key, to.unitID, now).Error; err == nil {
		err = tx.Raw(`SELECT id FROM briefings WHERE key = ? FOR UPDATE`, to.key).Scan(&id).Error
	}
	return id, err
}

func lastRevisionTx(ctx context.Context, tx database.Tx, key string) (revision, error) {
	var rows []revision
	err := tx.WithContext(ctx).Raw(`SELECT r.id, r.number, r.sha256 FROM briefing_revisions r
		JOIN briefings b ON b.id = r.briefing_id WHERE b.key = ? ORDER BY r.number DESC LIMIT 1`, key).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return revision{}, err
	}
	return rows[0], nil
}

func insertRevisionTx(ctx context.Context, tx database.Tx, id int64, number int, sum [32]byte,
	texts map[i18n.Locale]renderedText, versions []int64, actorID int64, now time.Time) error {
	var revisionID int64
	err := tx.Raw(`INSERT INTO briefing_revisions (briefing_id, number, sha256, published_at, published_by)
		VALUES (?, ?, ?, ?, nullif(?, 0)) RETURNING id`, id, number, sum[:], now, actorID).Scan(&revisionID).Error
	if err != nil {
		return err
	}
	for l, t := range texts {
		err := tx.Exec(`INSERT INTO briefing_texts
				(revision_id, locale, title, changes, changes_html, impact, impact_html, plan, plan_html)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			revisionID, string(l), t.Title, t.Changes, t.changesHTML, t.Impact, t.impactHTML, t.Plan, t.planHTML).Error
		if err != nil {
			return err
		}
	}
	for i, version := range versions {
		err := tx.Exec(`INSERT INTO briefing_policies (revision_id, position, policy_version_id) VALUES (?, ?, ?)`,
			revisionID, i+1, version).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// briefings returns the current revision of every briefing that the actor may
// see, or of one, the newest first, with the policies that each cites.
func (s *Service) briefings(ctx context.Context, actor people.Actor, key string) ([]Briefing, error) {
	var rows []struct {
		Key, UnitNames                    string
		Month, Title, Locale              string
		Revision                          int
		PublishedAt                       time.Time
		Read                              bool
		ChangesHTML, ImpactHTML, PlanHTML string
		Changes, Impact, Plan             string
	}
	args := viewer(actor)
	args["key"], args["languages"] = key, database.Array[string](i18n.Preference(actor.Locale))
	err := s.db.WithContext(ctx).Raw(`
		SELECT b.key, coalesce(w.names::text, '{}') AS unit_names, b.month, r.number AS revision, r.published_at, t.title, t.locale,
			t.changes_html, t.impact_html, t.plan_html, t.changes, t.impact, t.plan,
			EXISTS (SELECT 1 FROM briefing_reads x WHERE x.revision_id = r.id AND x.person_id = @person) AS read
		FROM briefings b
		LEFT JOIN units w ON w.id = b.unit_id
		JOIN LATERAL (SELECT * FROM briefing_revisions WHERE briefing_id = b.id ORDER BY number DESC LIMIT 1) r ON true
		JOIN LATERAL (SELECT * FROM briefing_texts WHERE revision_id = r.id ORDER BY array_position(CAST(@languages AS text[]), locale) LIMIT 1) t ON true
		WHERE @key IN ('', b.key) AND `+visible+` ORDER BY b.month DESC, b.key`, args).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("briefings %s: %w", key, err)
	}
	cited, err := s.cited(ctx, actor, key)
	if err != nil {
		return nil, err
	}
	found := make([]Briefing, len(rows))
	for i, r := range rows {
		names, err := texts(r.UnitNames)
		if err != nil {
			return nil, fmt.Errorf("names of the unit of briefing %s: %w", r.Key, err)
		}
		unit := names.In(actor.Locale)
		found[i] = Briefing{
			Summary: Summary{Key: r.Key, UnitName: unit, Month: r.Month, Title: r.Title, Revision: r.Revision, PublishedAt: r.PublishedAt, Read: r.Read, Policies: cited[r.Key]},
			Locale:  i18n.Locale(r.Locale), ChangesHTML: r.ChangesHTML, ImpactHTML: r.ImpactHTML, PlanHTML: r.PlanHTML,
			Text: Text{Title: r.Title, Changes: r.Changes, Impact: r.Impact, Plan: r.Plan},
		}
	}
	return found, nil
}

// cited returns the policy versions of each current briefing by its key.
func (s *Service) cited(ctx context.Context, actor people.Actor, key string) (map[string][]CitedPolicy, error) {
	var rows []struct {
		Key, Code, TitlesJSON string
		Number                int
		EffectiveFrom         time.Time
		Acknowledged          bool
	}
	err := s.db.WithContext(ctx).Raw(`
		SELECT b.key, p.code, p.titles::text AS titles_json, v.number, v.effective_from,
			EXISTS (SELECT 1 FROM acknowledgements a JOIN policy_versions g ON g.id = a.version_id
				WHERE g.policy_id = v.policy_id AND g.substance = v.substance AND a.person_id = ?) AS acknowledged
		FROM briefings b
		JOIN LATERAL (SELECT * FROM briefing_revisions WHERE briefing_id = b.id ORDER BY number DESC LIMIT 1) r ON true
		JOIN briefing_policies c ON c.revision_id = r.id
		JOIN policy_versions v ON v.id = c.policy_version_id
		JOIN policies p ON p.id = v.policy_id
		WHERE ? IN ('', b.key) ORDER BY b.key, c.position`, actor.PersonID, key).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("policies of briefings %s: %w", key, err)
	}
	cited := map[string][]CitedPolicy{}
	for _, r := range rows {
		titles, err := texts(r.TitlesJSON)
		if err != nil {
			return nil, fmt.Errorf("titles of policy %s: %w", r.Code, err)
		}
		title := titles.In(actor.Locale)
		cited[r.Key] = append(cited[r.Key], CitedPolicy{
			Code: r.Code, Number: r.Number, Title: title, EffectiveFrom: r.EffectiveFrom, Acknowledged: r.Acknowledged,
		})
	}
	return cited, nil
}

// revision is a revision of a briefing without its texts; zero when there is none
// yet.
type revision struct {
	ID     int64
	Number int
	SHA256 []byte `gorm:"column:sha256"`
}

func (r revision) sameBytes(sum [32]byte) bool { return slices.Equal(r.SHA256, sum[:]) }

// texts reads a jsonb of texts per locale.
func texts(raw string) (i18n.Texts, error) {
	var m i18n.Texts
	err := json.Unmarshal([]byte(raw), &m)
	return m, err
}
