// Package identifier reads what identifies something and comes from outside: an employee
// number, a login, the code of a unit, the reference of a complaint. Two that look
// the same must be the same: one that differs from another only in capitals is refused,
// with the other's spelling (Key, and the indexes of migration 0035).
package identifier

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Read returns the identifier as it is stored: without space around it, full-width
// characters written as the usual ones, accents composed. It reports false when the
// text holds a character that nobody sees or that is no character at all: a control
// or zero-width one, a space of another width inside.
func Read(s string) (read string, ok bool) {
	if plain(s) {
		return strings.TrimSpace(s), true
	}
	read = norm.NFC.String(width.Fold.String(strings.TrimFunc(s, edge)))
	return read, !strings.ContainsFunc(read, unseen)
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
