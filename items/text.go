package items

import "anwen/internal/i18n"

// Format is the markup that a text is written in.
type Format string

// The formats, with Moodle's words for them. Moodle's own format is plain text
// with a few HTML tags in it.
const (
	Moodle   Format = "moodle"
	HTML     Format = "html"
	Markdown Format = "markdown"
	Plain    Format = "plain"
)

// ParseFormat reports whether s names a format.
func ParseFormat(s string) (Format, bool) {
	switch f := Format(s); f {
	case Moodle, HTML, Markdown, Plain:
		return f, true
	}
	return "", false
}

// Text is a source text with its markup; whoever shows it renders and
// sanitises it.
type Text struct {
	Format Format
	Source string
}

// Empty reports whether there is nothing to show.
func (t Text) Empty() bool { return t.Source == "" }

// Texts holds one text in several languages. A language that has none is absent.
type Texts map[i18n.Locale]Text

// Pick returns the text for the locale, falling back as i18n.Texts does, and the
// locale it found.
func (t Texts) Pick(want i18n.Locale) (Text, i18n.Locale) {
	sources := make(i18n.Texts, len(t))
	for l, text := range t {
		sources[l] = text.Source
	}
	_, found := sources.Pick(want)
	return t[found], found
}
