package items

import (
	"anwen/internal/i18n"
	"anwen/internal/markdownx"
)

// Citation is a clause that an item links to.
type Citation struct {
	Item   string
	Locale i18n.Locale
	markdownx.Citation
}

// Citations are the clauses that the item's texts link to, in Markdown.
func (it Item) Citations() []Citation {
	var found []Citation
	for _, texts := range it.texts() {
		for _, l := range i18n.Locales {
			text, there := texts[l]
			if !there || text.Format != Markdown {
				continue
			}
			doc, _ := markdownx.Render([]byte(text.Source), markdownx.Options{Citations: true}) // its faults are found elsewhere
			for _, c := range doc.Citations {
				c.Line = 0 // of the text, not of the file
				found = append(found, Citation{Item: it.Name, Locale: l, Citation: c})
			}
		}
	}
	return found
}
