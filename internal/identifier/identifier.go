// Package identifier reads what identifies something and comes from outside: an employee
// number, a login, the code of a unit, the reference of a complaint. Two that look
// the same must be the same: one that differs from another only in capitals is refused,
// with the other's spelling (Key, and the indexes of migration 0035).
package identifier

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"anwen/internal/errs"
)

// Wrong says why a text identifies nothing: the code of a message, and what fills it.
type Wrong struct {
	Code string
	Args errs.Args
}

// Read returns the identifier as it is stored: without space around it, full-width
// characters written as the usual ones, accents composed. It is wrong when it holds a
// character that nobody sees or that is no character at all, one that looks like another
// that it may hold, such as a dash or a Cyrillic letter, and when it holds white space of
// any kind: AH 1 would be another person than AH1, whom the same list names.
func Read(s string) (read string, wrong *Wrong) {
	read = fold(s)
	if strings.ContainsFunc(read, white) {
		return read, &Wrong{"sheet.inner_space", errs.Args{"value": errs.Clip(strings.Map(shown, read))}}
	}
	if wrong = seen(read); wrong != nil {
		return read, wrong
	}
	for _, r := range read {
		for _, one := range alike {
			if one.is(r) {
				return read, &Wrong{one.code, errs.Args{"letter": string(r), "point": fmt.Sprintf("U+%04X", r)}}
			}
		}
	}
	return read, nil
}

// alike are the characters that are taken for others, and what is said of them.
var alike = []struct {
	is   func(rune) bool
	code string
}{{dash, "sheet.other_dash"}, {ambiguous, "sheet.ambiguous_letter"}, {foreign, "sheet.foreign_letter"}}

// Word returns a word that means something in a list of words, a date or a number, as
// Read does, and lets it hold single spaces.
func Word(s string) (read string, wrong *Wrong) {
	read = fold(s)
	return read, seen(read)
}

func fold(s string) string {
	if plain(s) {
		return strings.TrimSpace(s)
	}
	return norm.NFC.String(width.Fold.String(strings.TrimFunc(s, edge)))
}

func seen(read string) *Wrong {
	if !strings.ContainsFunc(read, unseen) {
		return nil
	}
	return &Wrong{"sheet.unseen_character", nil}
}

var folding = cases.Fold()

// ambiguous reports a letter whose capital or small letter is that of another one too,
// or two letters, such as ſ, ı, ς, the sign of micro and ß: whether two identifiers with
// it are the same depends on who compares them.
func ambiguous(r rune) bool {
	if r <= unicode.MaxASCII {
		return false
	}
	small, capital := unicode.ToLower(r), unicode.ToUpper(r)
	folded := folding.String(string(r))
	return unicode.ToLower(capital) != small || unicode.ToUpper(small) != capital || folded != string(small) && folded != string(capital)
}

// Key is what identifiers that look the same have in common: capitals and small letters
// are the same. It is for what Read has read, and the same as lower in SQL.
func Key(read string) string { return strings.ToLower(read) }

// unseen reports whether the character is one that a reader cannot see or tell from
// another: what no identifier may hold.
func unseen(r rune) bool {
	switch {
	case r == ' ':
		return false
	case r == unicode.ReplacementChar, r == '\u2800':
		return true
	case unicode.IsSpace(r), unicode.IsControl(r):
		return true
	}
	return unicode.In(r, unicode.C, unicode.Z, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// white reports white space: what Unicode calls so, and the blank characters that look
// like it.
func white(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Z, r) || r == '\u2800' || r == '\u3164' || r == '\uffa0' || r == '\u115f' || r == '\u1160'
}

// shown writes white space as a mark that can be seen.
func shown(r rune) rune {
	if white(r) {
		return '␣'
	}
	return r
}

// edge is what Excel and web pages leave around a value.
func edge(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' }

// plain reports whether the text is printable ASCII, as nearly every identifier is.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
