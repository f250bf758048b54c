package items

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"

	"anwen/internal/i18n"
)

// Fingerprint is equal for items that ask the same in the same words: case, width,
// script, punctuation, spaces and the order of options do not matter. It finds
// duplicates; it proves nothing.
func (it Item) Fingerprint() string {
	text, _ := it.Text.Pick(i18n.Hans)
	parts := []string{bareWords(text)}
	for _, options := range [][]Option{it.Options, it.Accepted} {
		for _, o := range options {
			option, _ := o.Text.Pick(i18n.Hans)
			parts = append(parts, bareWords(option))
		}
	}
	slices.Sort(parts[1:])
	sum := sha256.Sum256([]byte(string(it.Kind) + "\n" + strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:16])
}

// bareWords are the letters and digits of a text, folded.
func bareWords(t Text) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, fold(t.Source, FoldScript))
}
