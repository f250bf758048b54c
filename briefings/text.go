package briefings

import (
	"crypto/sha256"
	"encoding/json"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/markdownx"
	"anwen/policies"
)

// renderedText is a briefing's text beside its HTML.
type renderedText struct {
	Text
	changesHTML, impactHTML, planHTML string
	citations                         []policies.Citation
	warnings                          []errs.Fault
}

// warningsOf are the warnings of all languages.
func warningsOf(texts map[i18n.Locale]renderedText) []errs.Fault {
	var list []errs.Fault
	for _, l := range i18n.Locales {
		list = append(list, texts[l].warnings...)
	}
	return list
}

// render checks the input and turns its sections into HTML.
func (in Input) render(faults *errs.Faults) map[i18n.Locale]renderedText {
	if !monthPattern.MatchString(in.Month) {
		faults.Add(errs.Place{Field: "body.month"}, "briefings.month_refused", errs.Args{"month": errs.Clip(in.Month)})
	}
	if _, hans := in.Texts[i18n.Hans]; !hans {
		if _, english := in.Texts[i18n.English]; !english {
			faults.Add(errs.Place{Field: "body.texts"}, "briefings.language_missing", errs.Args{"key": "texts"})
		}
	}
	rendered := map[i18n.Locale]renderedText{}
	for _, l := range i18n.Locales {
		text, there := in.Texts[l]
		if !there {
			continue
		}
		field := "body.texts." + string(l)
		if text.Title == "" || len([]rune(text.Title)) > 200 {
			faults.Add(errs.Place{Field: field + ".title"}, "briefings.title_refused", errs.Args{"limit": 200})
		}
		b := renderedText{Text: text}
		b.changesHTML = b.section("changes", text.Changes, l, faults)
		b.impactHTML = b.section("impact", text.Impact, l, faults)
		b.planHTML = b.section("plan", text.Plan, l, faults)
		rendered[l] = b
	}
	for l := range in.Texts {
		if !i18n.Valid(string(l)) {
			faults.Add(errs.Place{Field: "body.texts." + errs.Clip(string(l))}, "briefings.unknown_language", errs.Args{"language": errs.Clip(string(l))})
		}
	}
	return rendered
}

func (b *renderedText) section(part, markdown string, l i18n.Locale, faults *errs.Faults) string {
	field := "body.texts." + string(l) + "." + part
	doc, found := markdownx.Render([]byte(markdown), markdownx.Options{Citations: true})
	for _, f := range found {
		f.Place.Field = field
		faults.Add(f.Place, f.Code, f.Args)
	}
	if len(found) == 0 && doc.Plain == "" {
		faults.Add(errs.Place{Field: field}, "briefings.section_empty", nil)
	}
	for _, w := range doc.Warnings {
		w.Place.Field = field
		b.warnings = append(b.warnings, w)
	}
	for _, c := range doc.Citations {
		b.citations = append(b.citations, policies.Citation{Part: part, Locale: l, Code: c.Policy, Clause: c.Clause, Place: errs.Place{Field: field, Line: c.Line}})
	}
	return doc.HTML
}

// citing is what a revision of the briefing cites.
func citing(key string, revision int, texts map[i18n.Locale]renderedText) policies.Citing {
	c := policies.Citing{Kind: policies.CitingBriefing, Code: key, Revision: revision, Titles: i18n.Texts{}}
	for _, l := range i18n.Locales {
		if t, there := texts[l]; there {
			c.Titles[l] = t.Title
			c.Citations = append(c.Citations, t.citations...)
		}
	}
	return c
}

// sum is the hash of everything that a briefing says.
func (in Input) sum() ([32]byte, error) {
	said := []any{in.Month, in.Texts, in.Policies} // JSON sorts the keys of maps
	if len(in.Questions) > 0 {
		said = append(said, in.Questions)
	}
	raw, err := json.Marshal(said)
	return sha256.Sum256(raw), err
}
