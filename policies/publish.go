package policies

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"gorm.io/gorm"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/markdownx"
	"anwen/people"
)

// PublishInput is the next version of a policy, which is made when its code is
// new. Titles, issuer, category and owner describe the policy; left empty they
// stay as they are.
type PublishInput struct {
	Code          string
	Titles        Texts
	Issuer        string
	Category      string
	Owner         string
	EffectiveFrom string // date: 2026-10-01
	Notes         Texts  // what changed
	Texts         Texts  // Markdown
	Tier          int    // of its acknowledgements; 0 is Click
	Questions     Texts  // GIFT: what readers are asked about it
	Editorial     bool   // changes no duty: acknowledgements of the version before keep counting
	DryRun        bool   // check everything and change nothing

	approval *approval              // nil: published without a draft, by an import
	files    map[i18n.Locale]source // where the texts come from, for faults
}

// source says where in which file a text starts.
type source struct {
	file string
	line int
}

// Published is what Publish did, or would do.
type Published struct {
	Code          string
	Number        int
	NewPolicy     bool
	EffectiveFrom string
	SHA256        string
	Languages     []i18n.Locale
	Material      bool
	Warnings      []errs.Fault
	DryRun        bool

	versionID int64
}

var codePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// Publish makes the next numbered version of a policy. Forbidden without the
// role Compliance; Invalid with all faults; Conflict when the texts are those of
// the newest version.
func (s *Service) Publish(ctx context.Context, actor people.Actor, in PublishInput) (Published, error) {
	var done Published
	err := s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) (err error) {
		done, err = s.PublishTx(ctx, tx, actor, in)
		return err
	})
	return done, err
}

// PublishTx is Publish in the caller's transaction.
func (s *Service) PublishTx(ctx context.Context, tx *gorm.DB, actor people.Actor, in PublishInput) (Published, error) {
	if !actor.Has(people.Compliance) {
		return Published{}, errs.New(errs.Forbidden, "people.forbidden", nil)
	}
	d, err := prepare(in)
	if err != nil {
		return Published{}, err
	}
	if err := s.readQuestions(&d); err != nil {
		return Published{}, err
	}
	done := Published{
		Code: d.Code, EffectiveFrom: d.EffectiveFrom, SHA256: hex.EncodeToString(d.sum[:]),
		Languages: d.languages(), Warnings: d.warnings, DryRun: in.DryRun,
	}
	newest, err := lockNewest(ctx, tx, d.Code)
	if err != nil {
		return Published{}, err
	}
	if err := s.notRepealedTx(tx, newest.PolicyID); err != nil {
		return Published{}, err
	}
	if err := d.follows(newest); err != nil {
		return Published{}, err
	}
	done.Number, done.NewPolicy, done.Material = newest.Number+1, newest.PolicyID == 0, !d.Editorial
	if in.DryRun {
		return done, nil
	}
	if done.versionID, err = s.insert(ctx, tx, actor, d, newest); err != nil {
		return Published{}, err
	}
	return done, audit.RecordTx(ctx, tx, audit.Event{
		At: s.now(), ActorID: actor.PersonID, Action: "policies.publish", Subject: "policy:" + d.Code,
		Data: map[string]any{"number": done.Number, "sha256": done.SHA256, "effective_from": done.EffectiveFrom, "material": done.Material},
	})
}

// checked is a version that was checked and rendered.
type checked struct {
	PublishInput
	rendered map[i18n.Locale]markdownx.Document
	sum      [32]byte
	warnings []errs.Fault
	items    [][]byte // its questions
}

func prepare(in PublishInput) (checked, error) {
	var faults errs.Faults
	d := checked{PublishInput: in, rendered: map[i18n.Locale]markdownx.Document{}}
	d.Code, d.Titles, d.Notes, d.Texts = strings.TrimSpace(in.Code), trimmed(in.Titles), trimmed(in.Notes), Texts{}
	if !codePattern.MatchString(d.Code) {
		faults.Add(errs.Place{Field: "code"}, "policies.bad_code", errs.Args{"value": in.Code})
	}
	if _, err := time.Parse(time.DateOnly, in.EffectiveFrom); err != nil {
		faults.Add(errs.Place{Field: "effective_from"}, "policies.bad_date", errs.Args{"value": in.EffectiveFrom})
	}
	knownLanguages(map[string]Texts{"titles": in.Titles, "notes": in.Notes, "texts": in.Texts, "questions": in.Questions}, &faults)
	for _, l := range i18n.Locales {
		if text := canonical(in.Texts[l]); text != "" {
			d.Texts[l] = text
			d.render(l, text, &faults)
		}
	}
	if len(d.Texts) == 0 {
		faults.Add(errs.Place{Field: "texts"}, "policies.no_text", nil)
	}
	d.sum = sumOf(d.Texts)
	return d, faults.Err("policies.refused")
}

// knownLanguages notes each text in a language that there is not.
func knownLanguages(fields map[string]Texts, faults *errs.Faults) {
	for field, texts := range fields {
		for l := range texts {
			if !i18n.Valid(string(l)) {
				faults.Add(errs.Place{Field: field + "." + string(l)}, "policies.unknown_language", errs.Args{"value": l})
			}
		}
	}
}

func (d *checked) render(l i18n.Locale, text string, faults *errs.Faults) {
	from, ok := d.files[l]
	if !ok {
		from = source{file: "texts." + string(l), line: 1}
	}
	doc, wrong := markdownx.Render([]byte(text), markdownx.Options{File: from.file, FirstLine: from.line})
	for _, f := range wrong {
		faults.Add(f.Place, f.Code, f.Args)
	}
	d.rendered[l] = doc
	d.warnings = append(d.warnings, doc.Warnings...)
}

func (d *checked) languages() []i18n.Locale {
	var list []i18n.Locale
	for _, l := range i18n.Locales {
		if d.Texts[l] != "" {
			list = append(list, l)
		}
	}
	return list
}

// follows refuses a text that cannot come after the newest version.
func (d *checked) follows(newest newestVersion) error {
	var faults errs.Faults
	if newest.PolicyID == 0 && len(d.Titles) == 0 {
		faults.Add(errs.Place{Field: "titles"}, "policies.no_title", nil)
	}
	if newest.PolicyID == 0 && d.Editorial {
		faults.Add(errs.Place{Field: "material"}, "policies.first_is_material", nil)
	}
	if d.EffectiveFrom < newest.EffectiveFrom {
		faults.Add(errs.Place{Field: "effective_from"}, "policies.effective_before_previous",
			errs.Args{"date": newest.EffectiveFrom, "number": newest.Number})
	}
	if err := faults.Err("policies.refused"); err != nil {
		return err
	}
	if bytes.Equal(newest.SHA256, d.sum[:]) {
		return errs.New(errs.Conflict, "policies.nothing_changed", errs.Args{"number": newest.Number})
	}
	return nil
}

// canonical is a text as it is stored and hashed: no mark before it, one kind of
// line end, one at the end. Editors differ in these without anybody meaning it.
func canonical(text string) string {
	text = strings.TrimPrefix(text, "\ufeff")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	if text = strings.TrimRight(text, " \t\n"); strings.TrimSpace(text) == "" {
		return ""
	}
	return text + "\n"
}

// sumOf is the hash of a version: of its languages in their order, each with the
// lengths before it, so that no two versions have the same bytes.
func sumOf(texts Texts) [32]byte {
	h := sha256.New()
	for _, l := range i18n.Locales {
		if texts[l] == "" {
			continue
		}
		for _, part := range []string{string(l), texts[l]} {
			h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
			h.Write([]byte(part))
		}
	}
	return [32]byte(h.Sum(nil))
}

func trimmed(texts Texts) Texts {
	kept := Texts{}
	for l, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			kept[l] = text
		}
	}
	return kept
}

// newestVersion is the last published one; zero when the policy is new.
type newestVersion struct {
	PolicyID      int64
	Number        int
	EffectiveFrom string
	Substance     int
	SHA256        []byte `gorm:"column:sha256"`
}

// lockNewest keeps others from publishing the policy until the transaction ends.
func lockNewest(ctx context.Context, tx *gorm.DB, code string) (newestVersion, error) {
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

func (s *Service) insert(ctx context.Context, tx *gorm.DB, actor people.Actor, d checked, newest newestVersion) (versionID int64, err error) {
	policyID, number := newest.PolicyID, newest.Number+1
	titles, err := asJSON(d.Titles)
	if err != nil {
		return 0, err
	}
	notes, err := asJSON(d.Notes)
	if err != nil {
		return 0, err
	}
	now, db := s.now(), tx.WithContext(ctx)
	if policyID == 0 {
		err = db.Raw(`INSERT INTO policies (code, titles, issuer, category, owner, created_at)
			VALUES (?, ?::jsonb, ?, ?, ?, ?) RETURNING id`, d.Code, titles, d.Issuer, d.Category, d.Owner, now).Scan(&policyID).Error
	} else {
		err = db.Exec(`UPDATE policies SET titles = titles || ?::jsonb, issuer = coalesce(nullif(?, ''), issuer),
			category = coalesce(nullif(?, ''), category), owner = coalesce(nullif(?, ''), owner) WHERE id = ?`,
			titles, d.Issuer, d.Category, d.Owner, policyID).Error
	}
	if err != nil {
		return 0, fmt.Errorf("publish policy %s: %w", d.Code, err)
	}
	var carries *int
	if d.Editorial {
		carries = &newest.Substance
	}
	by, at := d.approval.columns()
	err = db.Raw(`INSERT INTO policy_versions (policy_id, number, effective_from, notes, sha256, published_at, published_by, material, carries, approved_by, approved_at, tier)
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
		err = db.Exec(`INSERT INTO policy_texts (version_id, locale, markdown, html, plain, sha256) VALUES (?, ?, ?, ?, ?, ?)`,
			versionID, string(l), d.Texts[l], d.rendered[l].HTML, d.rendered[l].Plain, sum[:]).Error
		if err != nil {
			return 0, fmt.Errorf("store the %s text of policy %s: %w", l, d.Code, err)
		}
	}
	return versionID, insertQuestionsTx(db, versionID, d.items)
}

// errDryRun rolls a trial back.
var errDryRun = errors.New("dry run")

// knownVersions are the hashes of the published versions, from 1 on.
func knownVersions(ctx context.Context, tx *gorm.DB, code string) ([][]byte, error) {
	var sums [][]byte
	err := tx.WithContext(ctx).Raw(`SELECT v.sha256 FROM policies p JOIN policy_versions v ON v.policy_id = p.id
		WHERE p.code = ? ORDER BY v.number`, code).Scan(&sums).Error
	if err != nil {
		return nil, fmt.Errorf("versions of policy %s: %w", code, err)
	}
	return sums, nil
}
