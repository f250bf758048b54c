package quizzes

import (
	"anwen/courses"
	"anwen/internal/i18n"
	"anwen/internal/markdownx"
)

// citations are the clauses that the item's texts link to, in Markdown.
func (it Item) citations() []courses.ItemCitation {
	var found []courses.ItemCitation
	for _, texts := range it.texts() {
		for _, l := range i18n.Locales {
			text, there := texts[l]
			if !there || text.Format != Markdown {
				continue
			}
			doc, _ := markdownx.Render([]byte(text.Source), markdownx.Options{Citations: true}) // its faults are found elsewhere
			for _, c := range doc.Citations {
				c.Line = 0 // of the text, not of the file
				found = append(found, courses.ItemCitation{Item: it.Name, Locale: l, Citation: c})
			}
		}
	}
	return found
}

// texts are all that the item says to a reader.
func (it Item) texts() []Texts {
	all := []Texts{it.Text, it.Feedback}
	for _, options := range [][]Option{it.Options, it.Accepted} {
		for _, o := range options {
			all = append(all, o.Text, o.Feedback)
		}
	}
	for _, n := range it.Numbers {
		all = append(all, n.Feedback)
	}
	for _, c := range it.Rubric {
		all = append(all, c.Text)
	}
	for _, g := range it.Gaps {
		all = append(all, g.Text, g.Feedback)
		if g.Item != nil {
			all = append(all, g.Item.texts()...)
		}
	}
	return append(all, it.Guide)
}
