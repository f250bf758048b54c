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
