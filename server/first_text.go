package server

import (
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"anwen/internal/date"
	"anwen/internal/i18n"
)

// firstText is what can be read of an address before any script runs, and without any.
type firstText struct {
	Locale   string // of the text
	Title    string
	Lead     string
	Back     firstLink
	Box      string // the class of what holds the text
	Inner    string // of the column in it
	Sheet    string // and of the sheet that it stands on
	Buttons  bool   // whether the page has some beside its title
	Contents string // the name of the table of contents that stands above on a phone; "" has none
	Notes    []firstNote
	Parts    []firstPart
	Links    []firstLink // to what is read before and after
}

type firstLink struct{ To, Text string }

// firstNote stands above the text: a word about it, or where else to read.
type firstNote struct {
	Class, Title, Text string
	Link               firstLink
	Cited              []firstCited
}

// firstCited is a policy that changed after the text was written, with the clauses that
// the text names.
type firstCited struct {
	Link    firstLink
	Clauses string
}

// firstPart is a piece of the text, with its number and heading if it has one.
type firstPart struct {
	N     int
	Title string
	HTML  template.HTML // sanitised when it was published
}

// read decodes the answer into its view; not ok when the answer is a refusal.
func read[T any](a firstAnswer) (v T, ok bool) {
	return v, a.Status == http.StatusOK && json.Unmarshal(a.Body, &v) == nil
}

func lessonText(answers []firstAnswer, l i18n.Locale) (t firstText, ok bool) {
	v, ok := read[lesson](answers[0])
	if !ok {
		return t, false
	}
	course := "/courses/" + url.PathEscape(v.Slug)
	t = firstText{Locale: v.Locale, Title: v.Title, Lead: i18n.Text(l, "api.first_lesson_of", map[string]any{"n": v.N, "total": v.Total}),
		Back: firstLink{course, v.CourseTitle}, Box: "lesson", Sheet: "sheet", Buttons: true, Contents: i18n.Text(l, "api.first_contents", nil),
		Parts: []firstPart{{HTML: template.HTML(v.HTML)}}} //nolint:gosec // sanitised when the course was published
	if about, ok := read[coursePage](answers[1]); ok {
		t.Notes = staleNotes(about, v.N, l)
	}
	for n, key := range map[int]string{v.N - 1: "api.first_previous", v.N + 1: "api.first_next"} {
		if n >= 1 && n <= v.Total {
			t.Links = append(t.Links, firstLink{fmt.Sprintf("%s/lessons/%d", course, n), i18n.Text(l, key, nil)})
		}
	}
	return t, true
}

// staleNotes says that policies changed after the lesson was written; none when none did.
func staleNotes(c coursePage, n int, l i18n.Locale) []firstNote {
	here := slices.DeleteFunc(slices.Clone(c.Stale), func(s staleCitation) bool {
		return !slices.ContainsFunc(c.Lessons, func(line lessonLine) bool { return line.N == n && s.Part == "lesson/"+line.Name })
	})
	if len(here) == 0 {
		return nil
	}
	own := slices.DeleteFunc(slices.Clone(here), func(s staleCitation) bool { return s.Locale != string(l) })
	if len(own) == 0 {
		own = here
	}
	note := firstNote{Class: "note warn no-print", Title: i18n.Text(l, "api.first_rules_changed", nil)}
	seen, clauses := map[string]bool{}, map[string][]string{}
	for _, s := range own {
		if s.Clause != "" {
			clauses[s.Policy] = append(clauses[s.Policy], s.Clause)
		}
		address := fmt.Sprintf("/policies/%s/versions/%d/changes", url.PathEscape(s.Policy), s.Changed)
		if !seen[address] {
			seen[address] = true
			note.Cited = append(note.Cited, firstCited{Link: firstLink{address, s.PolicyTitle}, Clauses: s.Policy})
		}
	}
	for i, cited := range note.Cited {
		named := clauses[cited.Clauses]
		if note.Cited[i].Clauses = strings.Join(named, "、"); len(named) == 0 {
			note.Cited[i].Clauses = i18n.Text(l, "api.first_whole_policy", nil)
		}
	}
	return []firstNote{note}
}

func briefingPageText(answers []firstAnswer, l i18n.Locale) (t firstText, ok bool) {
	v, ok := read[briefingPage](answers[0])
	if !ok {
		return t, false
	}
	t = firstText{Locale: v.Locale, Title: v.Title, Back: firstLink{"/briefings", i18n.Text(l, "api.first_briefings", nil)}, Box: "briefing", Sheet: "paper", Buttons: true,
		Lead: i18n.Text(l, "api.first_revision", map[string]any{"n": v.Revision})} // when it was published depends on where the reader is
	if month, err := time.Parse("2006-01", v.Month); err == nil {
		t.Lead = l.Month(month) + " · " + t.Lead
	}
	if v.UnitName != "" {
		t.Lead = v.UnitName + " · " + t.Lead
	}
	for i, part := range []struct{ key, html string }{{"changes", v.ChangesHTML}, {"impact", v.ImpactHTML}, {"plan", v.PlanHTML}} {
		t.Parts = append(t.Parts, firstPart{i + 1, i18n.Text(l, "api.first_"+part.key, nil), template.HTML(part.html)})
	}
	return t, true
}

func policyVersionText(answers []firstAnswer, l i18n.Locale) (t firstText, ok bool) {
	v, ok := read[policyText](answers[0])
	if !ok {
		return t, false
	}
	version := func(n int) string { return i18n.Text(l, "api.first_version", map[string]any{"n": n}) }
	address := func(n int) string { return fmt.Sprintf("/policies/%s/versions/%d", url.PathEscape(v.Code), n) }
	t = firstText{Locale: v.Locale, Title: v.Title + " · " + version(v.Number), Lead: v.Code, Box: "policy-column", Inner: "stack", Sheet: "paper",
		Back: firstLink{"/policies/" + url.PathEscape(v.Code), i18n.Text(l, "api.first_versions", nil)}, Parts: []firstPart{{HTML: template.HTML(v.HTML)}}}
	if v.Issuer != "" {
		t.Lead += " · " + v.Issuer
	}
	if day, err := date.Parse(v.EffectiveFrom); err == nil {
		t.Lead += " · " + i18n.Text(l, "api.first_effective_from", map[string]any{"date": l.Date(day)})
	}
	if v.Newest > v.Number {
		t.Notes = append(t.Notes, firstNote{Class: "note warn no-print", Text: i18n.Text(l, "api.first_newer", nil), Link: firstLink{address(v.Newest), version(v.Newest)}})
	}
	if v.Number > 1 {
		t.Notes = append(t.Notes, firstNote{Class: "no-print", Link: firstLink{address(v.Number) + "/changes", i18n.Text(l, "api.first_see_changes", nil)}})
	}
	if v.Note != "" {
		t.Notes = append(t.Notes, firstNote{Class: "note", Title: i18n.Text(l, "api.first_what_changed", nil), Text: v.Note})
	}
	return t, true
}
