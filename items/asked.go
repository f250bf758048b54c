package items

import "anwen/internal/i18n"

// Question is an asked item with its HTML, in which <span data-gap="n"> stands
// where a gap is. Nothing of the answer key is in it.
type Question struct {
	Position      int
	Kind          Kind
	Points        Points
	Locale        i18n.Locale
	HTML          string
	Case          int    // position of the description of its scenario, 0 for none
	Section       string // title of the part of the paper, "" without one
	Options       []ShownHTML
	Gaps          []GapHTML
	Measures      []string
	MeasureCounts bool
	Criteria      []CriterionHTML // what an essay is marked by
}

// ShownHTML is an option in the order it is shown; true/false has empty HTML.
type ShownHTML struct {
	ID   int
	HTML string
}

// GapHTML is a gap as it is asked: the prompt of a matching item, or the kind and
// options of what stands in a text.
type GapHTML struct {
	Kind    Kind
	HTML    string
	Options []ShownHTML
}

// CriterionHTML is a criterion of an essay.
type CriterionHTML struct {
	HTML   string
	Points Points
}

// Rendered is an item rendered in one language, options by their index.
type Rendered struct {
	Locale   i18n.Locale
	HTML     string
	Options  []string
	gaps     []gapHTML
	criteria []CriterionHTML
}

type gapHTML struct {
	text    string
	options []string
}

// Render makes the HTML of the item in the wanted language.
func (it Item) Render(want i18n.Locale) *Rendered {
	text, found := it.Text.Pick(want)
	h := &Rendered{Locale: found, HTML: text.HTML(), Options: renderOptions(it.Options, want)}
	if it.Kind == Cloze || it.Kind == Drag {
		h.HTML = gapMark.ReplaceAllString(h.HTML, `<span data-gap="$1"></span>`)
	}
	for _, g := range it.Gaps {
		prompt, _ := g.Text.Pick(want)
		gap := gapHTML{text: prompt.InlineHTML()}
		if g.Item != nil {
			gap.options = renderOptions(g.Item.Options, want)
		}
		h.gaps = append(h.gaps, gap)
	}
	for _, c := range it.Rubric {
		text, _ := c.Text.Pick(want)
		h.criteria = append(h.criteria, CriterionHTML{text.InlineHTML(), c.Points})
	}
	return h
}

func renderOptions(options []Option, want i18n.Locale) []string {
	all := make([]string, len(options))
	for i, o := range options {
		text, _ := o.Text.Pick(want)
		all[i] = text.InlineHTML()
	}
	return all
}

// Question puts the HTML into what is asked.
func (a Asked) Question(html *Rendered) Question {
	q := Question{Position: a.Position, Kind: a.Kind, Points: a.Points, Locale: html.Locale, HTML: html.HTML,
		Options: shownHTML(a.Options, html.Options), Measures: a.Measures, MeasureCounts: a.MeasureCounts, Criteria: html.criteria}
	for i, g := range a.Gaps {
		q.Gaps = append(q.Gaps, GapHTML{Kind: g.Kind, HTML: html.gaps[i].text, Options: shownHTML(g.Options, html.gaps[i].options)})
	}
	return q
}

func shownHTML(shown []Shown, html []string) []ShownHTML {
	var all []ShownHTML
	for _, o := range shown {
		all = append(all, ShownHTML{ID: o.ID, HTML: html[o.index]})
	}
	return all
}
