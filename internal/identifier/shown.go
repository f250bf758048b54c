package identifier

import (
	"strings"
	"unicode"
)

// Shows reports whether a reader sees anything of the text: a name of which nothing is
// seen, of blanks and characters without width, is no name.
func Shows(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return !white(r) && !unicode.IsControl(r) && !unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
	})
}
