package policies

import (
	"crypto/sha256"
	"encoding/hex"

	"anwen/internal/date"
	"anwen/internal/i18n"
)

// statement is the sentence that a reader accepts, in one language.
func statement(l i18n.Locale, titles Texts, number int, effectiveFrom string) string {
	title := titles.In(l)
	return i18n.Text(l, "policies.statement", map[string]any{
		"title": title, "version": number, "effective": inWords(l, effectiveFrom),
	})
}

// inWords writes a date as the language does.
func inWords(l i18n.Locale, text string) string {
	day, err := date.Parse(text)
	if err != nil {
		return text // never stored; nothing is hidden
	}
	return l.Date(day)
}

// hash is the SHA-256 of a text, in hexadecimal as clients hand it back.
func hash(text string) string {
	return hex.EncodeToString(sum(text))
}

func sum(text string) []byte {
	s := sha256.Sum256([]byte(text))
	return s[:]
}
