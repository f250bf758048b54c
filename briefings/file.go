package briefings

import (
	"bytes"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/frontmatter"
	"anwen/internal/i18n"
	"anwen/internal/markdownx"
)

// ReadFiles reads a briefing from one Markdown file per language: front
// matter with month, title and policies, then three sections under level-2
// headings, in the order changes, impact on our business, adjustment plan.
// Invalid with a fault per place, which names the file by its language.
func ReadFiles(files map[i18n.Locale][]byte) (Input, error) {
	var faults errs.Faults
	in := Input{Texts: map[i18n.Locale]Text{}}
	first := true
	for _, l := range i18n.Locales {
		raw, there := files[l]
		if !there {
			continue
		}
		f := readFile(string(l)+".md", raw, &faults)
		in.Texts[l] = f.text
		switch {
		case first:
			in.Month, in.UnitCode, in.Policies, first = f.month, f.unit, f.policies, false
		case f.ok && (f.month != in.Month || f.unit != in.UnitCode || !slices.Equal(f.policies, in.Policies)):
			faults.Add(errs.Place{File: string(l) + ".md", Line: 1}, "briefings.languages_differ", nil)
		}
	}
	if first {
		faults.Add(errs.Place{}, "briefings.language_missing", errs.Args{"key": "texts"})
	}
	return in, faults.Err("briefings.refused")
}

// header reads the front matter of a briefing.
type header struct{ frontmatter.Header }

type textFile struct {
	month    string
	unit     string
	policies []PolicyRef
	text     Text
	ok       bool
}

func readFile(name string, raw []byte, faults *errs.Faults) (f textFile) {
	before := faults.Len()
	source, _, ok := archive.Text(raw)
	if !ok {
		faults.Add(errs.Place{File: name}, "briefings.not_text", nil)
		return f
	}
	h := header{frontmatter.Header{File: name, Faults: faults}}
	front, body, bodyLine, ok := h.Split(source)
	if !ok {
		return f
	}
	fields, ok := h.Fields(front, "month", "unit", "title", "policies")
	if !ok {
		return f
	}
	f.month = h.Text(fields["month"], "month", 7)
	if f.month != "" && !monthPattern.MatchString(f.month) {
		h.Fault(fields["month"].Line+1, "briefings.month_refused", errs.Args{"month": errs.Clip(f.month)})
	}
	if n := fields["unit"]; n != nil {
		f.unit = h.Text(n, "unit", 100)
	}
	f.text.Title = h.Text(fields["title"], "title", 200)
	f.policies = h.policies(fields["policies"])
	f.text.readSections(h, body, bodyLine)
	f.ok = faults.Len() == before
	return f
}

// policies reads a list of {code, version}.
func (h header) policies(n *yaml.Node) []PolicyRef {
	if n == nil || n.Tag == "!!null" {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		h.Fault(n.Line+1, "frontmatter.list_expected", errs.Args{"key": "policies"})
		return nil
	}
	var list []PolicyRef
	for _, item := range n.Content {
		if m, ok := h.Mapping(item, "code", "version"); ok {
			list = append(list, PolicyRef{Code: h.Text(m["code"], "code", 64), Number: h.Number(m["version"], "version", 1, 1_000_000)})
		}
	}
	return list
}

// readSections takes the three sections in their order; what the headings say is
// left to the writer.
func (t *Text) readSections(h header, body []byte, bodyLine int) {
	before, list, found := markdownx.Sections(body, markdownx.Options{File: h.File, FirstLine: bodyLine})
	for _, f := range found {
		h.Faults.Add(f.Place, f.Code, f.Args)
	}
	if len(found) > 0 {
		return
	}
	if rest := bytes.TrimSpace(before); len(rest) > 0 {
		h.Fault(bodyLine+bytes.Count(before[:bytes.Index(before, rest)], []byte{'\n'}), "briefings.text_before_sections", nil)
	}
	if len(list) != 3 {
		h.Fault(bodyLine, "briefings.three_sections_expected", errs.Args{"count": len(list)})
		return
	}
	for i, part := range []*string{&t.Changes, &t.Impact, &t.Plan} {
		*part = strings.TrimSpace(string(list[i].Body))
		if *part == "" {
			h.Fault(list[i].Line, "briefings.section_empty", nil)
			continue
		}
		_, found := markdownx.Render(list[i].Body, markdownx.Options{File: h.File, FirstLine: list[i].BodyLine, Citations: true})
		for _, f := range found {
			h.Faults.Add(f.Place, f.Code, f.Args)
		}
	}
}
