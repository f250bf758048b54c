package policies

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"anwen/internal/date"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/identifier"
	"anwen/internal/markdownx"
)

// checked is a version that was checked and rendered.
type checked struct {
	PublishInput
	rendered  map[i18n.Locale]markdownx.Document
	sum       [32]byte
	warnings  []errs.Fault
	questions [][]byte // that it asks, as they are stored
}

func prepare(in PublishInput) (checked, error) {
	var faults errs.Faults
	d := checked{PublishInput: in, rendered: map[i18n.Locale]markdownx.Document{}}
	d.Code, d.Titles, d.Notes, d.Texts = strings.TrimSpace(in.Code), trimmed(in.Titles), trimmed(in.Notes), Texts{}
	if !codePattern.MatchString(d.Code) {
		faults.Add(errs.Place{Field: "code"}, "policies.bad_code", errs.Args{"value": in.Code})
	}
	if _, err := date.Parse(in.EffectiveFrom); err != nil {
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
	boundedWords(d.Titles, d.Notes, &faults)
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

// Limits in characters of what is said of a policy beside its text.
const (
	MaxTitle = 200
	MaxNote  = 2000
)

// boundedWords notes each title and note that is too long.
func boundedWords(titles, notes Texts, faults *errs.Faults) {
	for _, one := range []struct {
		field string
		texts Texts
		limit int
	}{{"titles", titles, MaxTitle}, {"notes", notes, MaxNote}} {
		for _, l := range i18n.Locales {
			if utf8.RuneCountInString(one.texts[l]) > one.limit {
				faults.Add(errs.Place{Field: one.field + "." + string(l)}, "policies.words_too_long", errs.Args{"limit": one.limit})
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
		if text = strings.TrimSpace(text); identifier.Shows(text) {
			kept[l] = text
		}
	}
	return kept
}
