package typeset

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"

	"anwen/internal/i18n"
)

// Cell is one character with the face that draws it.
type Cell struct {
	char    rune
	copied  string // what a reader copies, when it is not char
	face    *face
	glyph   uint16
	advance float64 // in em
}

// shape chooses a face for every character. Latin runs are set in the Latin
// face, the rest in the first Chinese face of the language that has it.
// Characters that no face has are returned as missing.
func (l *library) shape(text string, locale i18n.Locale) (cells []Cell, missing []rune, err error) {
	chars := []rune(Clean(text))
	var buf sfnt.Buffer
	for i := 0; i < len(chars); i++ {
		c, order := chars[i], l.order(chars, i, locale)
		chosen, err := l.choose(&buf, c, order)
		if err != nil {
			return nil, nil, err
		}
		if isDash(chars[i:]) && order[0] != l.latin {
			if long, err := l.choose(&buf, longDash, order[:1]); err == nil && long.face != nil {
				long.copied = "——"
				cells = append(cells, long)
				i++
				continue
			}
		}
		if chosen.face == nil {
			if !slices.Contains(missing, c) {
				missing = append(missing, c)
			}
			continue
		}
		cells = append(cells, chosen)
	}
	return cells, missing, nil
}

// longDash is the Chinese dash in one piece; two em dashes leave a gap.
const longDash = '⸺'

func isDash(chars []rune) bool { return len(chars) > 1 && chars[0] == '—' && chars[1] == '—' }

func (l *library) order(chars []rune, i int, locale i18n.Locale) []*face {
	han := l.han[locale]
	if han == nil {
		han = l.han[i18n.Hans]
	}
	if isLatin(chars, i, locale) {
		return slices.Concat([]*face{l.latin}, han, l.extras)
	}
	return slices.Concat(han, []*face{l.latin}, l.extras)
}

func (l *library) choose(buf *sfnt.Buffer, c rune, order []*face) (Cell, error) {
	if unicode.Is(unicode.Co, c) || unicode.Is(unicode.Cc, c) || c == unicode.ReplacementChar {
		return Cell{}, nil // what it should look like is unknown, whatever a face has there
	}
	for _, f := range order {
		glyph, err := f.font.GlyphIndex(buf, c)
		if err != nil {
			return Cell{}, err
		}
		if glyph == 0 {
			continue
		}
		advance, _, err := f.metric(uint16(glyph))
		return Cell{char: c, face: f, glyph: uint16(glyph), advance: float64(advance) / unitsPerEm}, err
	}
	return Cell{}, nil
}

// firstHan is where the scripts begin that are set in the Chinese faces.
const firstHan = 0x2E80

// shared are the marks that Chinese sets a full em wide and Latin does not.
const shared = "‘’“”—…·"

// isLatin says whether a character is set in the Latin face. A shared mark
// follows its neighbours, and the language where they differ.
func isLatin(chars []rune, i int, locale i18n.Locale) bool {
	if !strings.ContainsRune(shared, chars[i]) {
		return chars[i] < firstHan
	}
	before, after := neighbour(chars, i, -1), neighbour(chars, i, +1)
	switch {
	case before == 0 && after == 0:
		return locale == i18n.English
	case before == 0:
		return after < firstHan
	case after == 0 || (before < firstHan) == (after < firstHan):
		return before < firstHan
	}
	return locale == i18n.English
}

func neighbour(chars []rune, i, step int) rune {
	for i += step; i >= 0 && i < len(chars); i += step {
		if unicode.IsLetter(chars[i]) || unicode.IsDigit(chars[i]) || chars[i] >= firstHan && !unicode.IsSpace(chars[i]) {
			return chars[i]
		}
	}
	return 0
}

// Clean drops what has no shape of its own (variation selectors, joiners, the
// byte order mark), makes every white control a space and composes letters with
// their accents. It leaves Chinese compatibility characters as they are: a name
// is written as its bearer writes it.
func Clean(s string) string {
	var out []rune
	for _, c := range s {
		switch {
		case c == '\t' || c == '\n' || c == '\r' || c == '\u00a0':
			out = append(out, ' ')
		case c == '\u00ad' || c == '\ufeff' || c >= '\u200b' && c <= '\u200f' || c == '\u2060' || unicode.Is(unicode.Variation_Selector, c):
		case unicode.Is(unicode.Mn, c) && len(out) > 0:
			pair := []rune(norm.NFC.String(string([]rune{out[len(out)-1], c})))
			out = append(out[:len(out)-1], pair...)
		default:
			out = append(out, c)
		}
	}
	return strings.TrimSpace(string(out))
}
