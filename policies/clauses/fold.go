package clauses

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// fold drops what does not change what a clause says: spaces and line ends,
// Markdown's signs for headings, quotes and emphasis, the width of letters and
// punctuation, and letter case.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '\u3000', r == '\ufeff', strings.ContainsRune("*_#>`", r):
			return -1
		}
		if p := width.LookupRune(r); p.Kind() == width.EastAsianFullwidth {
			if narrow := p.Narrow(); narrow != 0 {
				r = narrow
			}
		}
		return unicode.ToLower(r)
	}, s)
}
