package certificates

import (
	"time"

	"anwen/internal/i18n"
)

// Content is what a document says. Render uses nothing else, so equal contents
// give equal bytes.
type Content struct {
	Serial      string
	VerifyURL   string
	HolderName  string
	EmployeeNo  string                 // left out when empty
	Titles      map[i18n.Locale]string // of the course; one is enough
	Institution string
	IssuedOn    time.Time   // a date
	ValidUntil  time.Time   // the last valid day; zero when there is no end
	Locale      i18n.Locale // the language of the document
}

func contentOf(c Certificate) Content {
	content := Content{
		Serial: c.Serial, VerifyURL: c.Frozen.VerifyURL, HolderName: c.Frozen.Holder, EmployeeNo: c.Frozen.EmployeeNo,
		Titles: c.Frozen.Titles, Institution: c.Frozen.Institution, IssuedOn: c.IssuedOn, Locale: c.Frozen.Locale,
	}
	if c.ValidUntil != nil {
		content.ValidUntil = *c.ValidUntil
	}
	return content
}

// titles returns the title in the document's language and, when there is one in
// the other language (Chinese for English, English for Chinese), that as well,
// each with the locale it was found in.
func (c Content) titles() (first, second line) {
	title, found := i18n.Pick(c.Titles, c.Locale)
	first = line{title, found}
	others := []i18n.Locale{i18n.English}
	if found == i18n.English {
		others = []i18n.Locale{i18n.Hans, i18n.Hant}
	}
	for _, l := range others {
		if t := c.Titles[l]; t != "" && l != found && t != title {
			return first, line{t, l}
		}
	}
	return first, line{locale: second.locale}
}

// line is a text and its language, which decides the shapes of its characters.
type line struct {
	text   string
	locale i18n.Locale
}
