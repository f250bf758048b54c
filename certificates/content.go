package certificates

import (
	"time"

	"anwen/internal/i18n"
)

// Content is what a document says. Render uses nothing else, so that equal contents
// give equal bytes.
type Content struct {
	Serial      string
	VerifyURL   string
	HolderName  string
	EmployeeNo  string     // left out when empty
	Titles      i18n.Texts // of the course; one is enough
	Institution string
	IssuedOn    time.Time   // a date
	ValidUntil  time.Time   // the last valid day; zero when there is no end
	Locale      i18n.Locale // the language of the document
}

// contentOf is the content of a certificate's document.
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

// titles returns the title in the document's language and, when there is one,
// the title in the other language: Chinese for English, English for Chinese.
func (c Content) titles() (first, second line) {
	title, found := c.Titles.Pick(c.Locale)
	other := i18n.English
	if found == i18n.English {
		other = c.chinese()
	}
	if c.Titles[other] != title {
		second = line{c.Titles[other], other}
	}
	return line{title, found}, second
}

// chinese is the Chinese script that is printed beside English: the one that the course
// has a title in.
func (c Content) chinese() i18n.Locale {
	if c.Titles[i18n.Hans] == "" && c.Titles[i18n.Hant] != "" {
		return i18n.Hant
	}
	return i18n.Hans
}

// line is a text and its language, which decides the shapes of its characters.
type line struct {
	text   string
	locale i18n.Locale
}
