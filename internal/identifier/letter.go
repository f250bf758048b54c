package identifier

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// marks are those of Chinese writing that look like no other of them and none of ASCII.
const marks = "〔〕【】《》〈〉「」『』、。·〇々"

// dash reports a character that looks like the hyphen-minus of a keyboard.
func dash(r rune) bool {
	return r != '-' && (unicode.Is(unicode.Pd, r) || strings.ContainsRune("−˗⁃➖─━ー", r))
}

// foreign reports a character that an identifier is not written with: beside what a
// keyboard has these are Latin letters with accents, Han characters and their marks. The
// letters of other scripts, other digits, numerals and signs look like one of these.
func foreign(r rune) bool {
	if r <= unicode.MaxASCII || strings.ContainsRune(marks, r) {
		return false
	}
	han := unicode.Is(unicode.Han, r) && unicode.IsLetter(r) && norm.NFKC.String(string(r)) == string(r)
	return !han && !accented(r)
}

// accented reports a letter of ASCII with the accents that it is composed with.
func accented(r rune) bool {
	base, accents := rune(0), 0
	for _, part := range norm.NFD.String(string(r)) {
		switch {
		case base == 0:
			base = part
		case unicode.Is(unicode.Mn, part):
			accents++
		default:
			return false
		}
	}
	return accents > 0 && base <= unicode.MaxASCII && unicode.IsLetter(base)
}
