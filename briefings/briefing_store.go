package briefings

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// revisionRow is a row of briefing_revisions.
type revisionRow struct {
	ID          int64
	BriefingID  int64
	Number      int
	SHA256      []byte `gorm:"column:sha256"`
	PublishedAt time.Time
	PublishedBy *int64
}

func (revisionRow) TableName() string { return "briefing_revisions" }

// lastRevision is the newest revision of a briefing; zero when it has none yet.
type lastRevision struct {
	Number int
	SHA256 []byte `gorm:"column:sha256"`
	By     string // who published it; empty: the program
}

func (r lastRevision) sameBytes(sum [32]byte) bool { return slices.Equal(r.SHA256, sum[:]) }

// textRow is a row of briefing_texts.
type textRow struct {
	RevisionID  int64
	Locale      i18n.Locale
	Title       string
	Changes     string
	ChangesHTML string
	Impact      string
	ImpactHTML  string
	Plan        string
	PlanHTML    string
}

func (textRow) TableName() string { return "briefing_texts" }

// citedRow is a row of briefing_policies.
type citedRow struct {
	RevisionID      int64
	Position        int
	PolicyVersionID int64
}

func (citedRow) TableName() string { return "briefing_policies" }

// policyVersions finds the versions that a briefing cites; the tables belong to
// policies and are only read here.
func policyVersions(ctx context.Context, conn database.Conn, refs []PolicyRef, faults *errs.Faults) ([]int64, error) {
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
		err := conn.WithContext(ctx).Raw(`SELECT v.id FROM policy_versions v JOIN policies p ON p.id = v.policy_id
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

// openBriefingTx returns the briefing of the month and audience, made if need be,
// and keeps other publishers of it waiting. A dry run makes and locks nothing.
func openBriefingTx(ctx context.Context, tx database.Tx, in Input, to audience, now func() time.Time) (id int64, err error) {
	if in.DryRun {
		return 0, nil
	}
	err = tx.WithContext(ctx).Exec(`INSERT INTO briefings (month, key, unit_id, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`,
		in.Month, to.key, to.unitID, now()).Error
	if err == nil {
		err = tx.WithContext(ctx).Raw(`SELECT id FROM briefings WHERE key = ? FOR UPDATE`, to.key).Scan(&id).Error
	}
	return id, err
}

func lastRevisionTx(ctx context.Context, tx database.Tx, key string) (last lastRevision, err error) {
	err = tx.WithContext(ctx).Raw(`SELECT r.number, r.sha256, coalesce(p.name, '') AS by FROM briefing_revisions r
		JOIN briefings b ON b.id = r.briefing_id LEFT JOIN staff p ON p.id = r.published_by WHERE b.key = ? ORDER BY r.number DESC LIMIT 1`, key).Scan(&last).Error
	return last, err
}

// revisionID is the revision of a briefing with the number; 0 when there is none.
func revisionID(ctx context.Context, conn database.Conn, briefing int64, number int) (int64, error) {
	r, err := database.Table[revisionRow](conn).Select("id").Where("briefing_id = ? AND number = ?", briefing, number).Take(ctx)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, nil
	}
	return r.ID, err
}

// insertRevisionTx writes a revision with its texts and the versions that it cites,
// and sets its id.
func insertRevisionTx(ctx context.Context, tx database.Tx, r *revisionRow, rendered map[i18n.Locale]renderedText, versions []int64) error {
	if err := database.Table[revisionRow](tx).Create(ctx, r); err != nil {
		return err
	}
	var texts []textRow
	for l, t := range rendered {
		texts = append(texts, textRow{RevisionID: r.ID, Locale: l, Title: t.Title, Changes: t.Changes, ChangesHTML: t.changesHTML,
			Impact: t.Impact, ImpactHTML: t.impactHTML, Plan: t.Plan, PlanHTML: t.planHTML})
	}
	if err := database.Table[textRow](tx).CreateInBatches(ctx, &texts, len(texts)); err != nil {
		return err
	}
	if len(versions) == 0 {
		return nil
	}
	var cited []citedRow
	for i, version := range versions {
		cited = append(cited, citedRow{RevisionID: r.ID, Position: i + 1, PolicyVersionID: version})
	}
	return database.Table[citedRow](tx).CreateInBatches(ctx, &cited, len(cited))
}

// briefingRow is a briefing as it is read, with the id of its current revision.
type briefingRow struct {
	Briefing
	RevisionID int64
	UnitNames  i18n.Texts
	UnitPath   string

	Changes, Impact, Plan string
}

// currentBriefings reads the current revision of every briefing that the actor may
// see, or of the one with the key, the newest first.
func currentBriefings(ctx context.Context, conn database.Conn, actor people.Actor, key string) ([]briefingRow, error) {
	var rows []briefingRow
	args := viewer(actor)
	args["key"], args["languages"] = key, database.Array[string](i18n.Preference(actor.Locale))
	err := conn.WithContext(ctx).Raw(`
		SELECT b.key, w.names AS unit_names, coalesce(w.path, '') AS unit_path, b.month, r.id AS revision_id, r.number AS revision, r.published_at, t.title, t.locale,
			t.changes_html, t.impact_html, t.plan_html, t.changes, t.impact, t.plan,
			EXISTS (SELECT 1 FROM briefing_reads x WHERE x.revision_id = r.id AND x.person_id = @person) AS read
		FROM briefings b
		LEFT JOIN units w ON w.id = b.unit_id
		JOIN LATERAL (SELECT * FROM briefing_revisions WHERE briefing_id = b.id ORDER BY number DESC LIMIT 1) r ON true
		JOIN LATERAL (SELECT * FROM briefing_texts WHERE revision_id = r.id ORDER BY array_position(CAST(@languages AS text[]), locale) LIMIT 1) t ON true
		WHERE @key IN ('', b.key) AND `+visible+` ORDER BY b.month DESC, b.key`, args).Scan(&rows).Error
	for i, r := range rows {
		rows[i].UnitName = r.UnitNames.In(actor.Locale)
		rows[i].Text = Text{Title: r.Title, Changes: r.Changes, Impact: r.Impact, Plan: r.Plan}
	}
	return rows, err
}

// citedPolicies are the policy versions of each current briefing by its key.
func citedPolicies(ctx context.Context, conn database.Conn, actor people.Actor, key string) (map[string][]CitedPolicy, error) {
	var rows []struct {
		Key string
		CitedPolicy
		Titles i18n.Texts
	}
	err := conn.WithContext(ctx).Raw(`
		SELECT b.key, p.code, v.titles, v.number, v.effective_from,
			EXISTS (SELECT 1 FROM acknowledgements a JOIN policy_versions g ON g.id = a.version_id
				WHERE g.policy_id = v.policy_id AND g.substance = v.substance AND a.person_id = ?) AS acknowledged
		FROM briefings b
		JOIN LATERAL (SELECT * FROM briefing_revisions WHERE briefing_id = b.id ORDER BY number DESC LIMIT 1) r ON true
		JOIN briefing_policies c ON c.revision_id = r.id
		JOIN policy_versions v ON v.id = c.policy_version_id
		JOIN policies p ON p.id = v.policy_id
		WHERE ? IN ('', b.key) ORDER BY b.key, c.position`, actor.PersonID, key).Scan(&rows).Error
	cited := map[string][]CitedPolicy{}
	for _, r := range rows {
		r.Title = r.Titles.In(actor.Locale)
		cited[r.Key] = append(cited[r.Key], r.CitedPolicy)
	}
	return cited, err
}

// insertRead notes that a person read a revision, once.
func insertRead(ctx context.Context, conn database.Conn, revisionID, personID int64, now time.Time) error {
	return conn.WithContext(ctx).Exec(`INSERT INTO briefing_reads (revision_id, person_id, read_at) VALUES (?, ?, ?)
		ON CONFLICT DO NOTHING`, revisionID, personID, now).Error
}
