package policies

import (
	"context"
	"fmt"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/people"
)

// textRow is a row of policy_texts: a version in one language.
type textRow struct {
	VersionID int64
	Locale    i18n.Locale
	Markdown  string
	HTML      string
	Plain     string
	SHA256    []byte `gorm:"column:sha256"` // of the Markdown
}

func (textRow) TableName() string { return "policy_texts" }

// knownVersion is what most verbs need of a version.
type knownVersion struct {
	ID            int64
	PolicyID      int64
	Code          string
	Titles        Texts // of the version
	Number        int
	EffectiveFrom string
	Tier          int
	Substance     int // number of the version whose acknowledgement counts for this one
}

// findVersion returns one version. NotFound when there is no such policy or number.
func findVersion(ctx context.Context, conn database.Conn, code string, number int) (knownVersion, error) {
	var found knownVersion
	err := conn.WithContext(ctx).Raw(`
		SELECT v.id, v.policy_id, p.code, v.titles, v.number, v.effective_from::text AS effective_from, v.substance, v.tier
		FROM policies p JOIN policy_versions v ON v.policy_id = p.id
		WHERE p.code = ? AND v.number = ?`, code, number).Scan(&found).Error
	if err != nil {
		return knownVersion{}, fmt.Errorf("find version %d of policy %s: %w", number, code, err)
	}
	if found.ID == 0 {
		return knownVersion{}, versionNotFound(code, number)
	}
	return found, nil
}

func versionNotFound(code string, number int) error {
	return errs.New(errs.NotFound, "policies.version_not_found", errs.Args{"code": code, "number": number})
}

// textsOf are the published texts of a version. NotFound when there is no such
// policy or number.
func textsOf(ctx context.Context, conn database.Conn, code string, number int) (Texts, error) {
	version, err := findVersion(ctx, conn, code, number)
	if err != nil {
		return nil, err
	}
	rows, err := database.Table[textRow](conn).Select("locale, markdown").Where("version_id = ?", version.ID).Find(ctx)
	if err != nil {
		return nil, fmt.Errorf("texts of version %d of policy %s: %w", number, code, err)
	}
	texts := Texts{}
	for _, r := range rows {
		texts[r.Locale] = r.Markdown
	}
	return texts, nil
}

// textSum is the hash of a version's text in one language; nil when it has none.
func textSum(ctx context.Context, conn database.Conn, v knownVersion, l i18n.Locale) ([]byte, error) {
	rows, err := database.Table[textRow](conn).Select("sha256").Where("version_id = ? AND locale = ?", v.ID, l).Find(ctx)
	if err != nil {
		return nil, fmt.Errorf("text of version %d of policy %s: %w", v.Number, v.Code, err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return rows[0].SHA256, nil
}

// textsOrNone are the texts of a version, and none of number 0. NotFound as textsOf.
func textsOrNone(ctx context.Context, conn database.Conn, code string, number int) (Texts, error) {
	if number == 0 {
		return Texts{}, nil
	}
	return textsOf(ctx, conn, code, number)
}

// newestNumber is the number of the newest version of a policy; 0 when there is none.
func newestNumber(ctx context.Context, conn database.Conn, code string) (newest int, err error) {
	err = conn.WithContext(ctx).Raw(`SELECT coalesce(max(v.number), 0) FROM policies p JOIN policy_versions v ON v.policy_id = p.id
		WHERE p.code = ?`, code).Scan(&newest).Error
	if err != nil {
		return 0, fmt.Errorf("newest version of policy %s: %w", code, err)
	}
	return newest, nil
}

// shownVersion is a version in one of its languages as a person sees it.
type shownVersion struct {
	Version
	Notes  Texts
	Latest int // number of the version in force; 0: none
}

// shownVersions are all languages of a version.
func shownVersions(ctx context.Context, conn database.Conn, actor people.Actor, v knownVersion, today string) (rows []shownVersion, err error) {
	err = conn.WithContext(ctx).Raw(`
		SELECT p.issuer, p.category, v.notes, v.published_at, encode(v.sha256, 'hex') AS sha256,
			t.locale, t.html, encode(t.sha256, 'hex') AS text_sha256,
			r.id IS NOT NULL AS asked, coalesce(r.due_on::text, '') AS due_on,
			a.acknowledged_at, coalesce(a.statement, '') AS accepted, coalesce(a.number, 0) AS accepted_number,
			v.tier, v.material, coalesce(v.carries, 0) AS carries,
			(SELECT max(number) FROM policy_versions WHERE policy_id = p.id) AS newest,
			(SELECT coalesce(max(number), 0) FROM policy_versions WHERE policy_id = p.id AND effective_from <= @today AND `+notRepealed+`) AS latest
		FROM policy_versions v
		JOIN policies p ON p.id = v.policy_id
		JOIN policy_texts t ON t.version_id = v.id
		`+accepted+`
		`+requested+`
		WHERE v.id = @version`, map[string]any{"today": today, "person": actor.PersonID, "version": v.ID}).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read version %d of policy %s: %w", v.Number, v.Code, err)
	}
	return rows, nil
}

// newestText is the newest published version of a policy, whether it is in force
// yet or not.
type newestText struct {
	versionID int64
	number    int
	texts     Texts
}

// newestTexts are the newest versions of the policies by code.
func newestTexts(ctx context.Context, conn database.Conn, codes []string) (map[string]newestText, error) {
	var rows []struct {
		Code, Markdown string
		ID             int64
		Number         int
		Locale         i18n.Locale
	}
	err := conn.WithContext(ctx).Raw(`
		SELECT p.code, v.id, v.number, t.locale, t.markdown FROM policies p
		JOIN LATERAL (SELECT id, number FROM policy_versions WHERE policy_id = p.id ORDER BY number DESC LIMIT 1) v ON true
		JOIN policy_texts t ON t.version_id = v.id WHERE p.code = ANY (?)`, database.Array[string](codes)).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("texts of the policies %v: %w", codes, err)
	}
	newest := map[string]newestText{}
	for _, r := range rows {
		if newest[r.Code].texts == nil {
			newest[r.Code] = newestText{versionID: r.ID, number: r.Number, texts: Texts{}}
		}
		newest[r.Code].texts[r.Locale] = r.Markdown
	}
	return newest, nil
}

// insertTextsTx stores the languages of a version.
func insertTextsTx(ctx context.Context, tx database.Tx, versionID int64, d checked) error {
	var rows []textRow
	for _, l := range d.languages() {
		rows = append(rows, textRow{VersionID: versionID, Locale: l, Markdown: d.Texts[l],
			HTML: d.rendered[l].HTML, Plain: d.rendered[l].Plain, SHA256: sum(d.Texts[l])})
	}
	if err := database.Table[textRow](tx).CreateInBatches(ctx, &rows, len(rows)); err != nil {
		return fmt.Errorf("store the texts of policy %s: %w", d.Code, err)
	}
	return nil
}
