package search

import (
	"unicode"

	"golang.org/x/text/width"

	"anwen/internal/han"
)

// letter is a character of a text as it is compared, with its place in the text.
type letter struct {
	r        rune
	from, to int    // runes of the text that it stands for
	digits   string // the number that begins here, in digits: 48 for 四十八
}

// variant is the plain form of another way to write a number in Chinese.
var variant = func() map[rune]rune {
	table := map[rune]rune{}
	for _, pair := range []string{"两二", "零〇", "○〇", "壹一", "贰二", "叁三", "肆四", "伍五", "陆六", "柒七", "捌八", "玖九", "拾十", "佰百", "仟千"} {
		runes := []rune(pair)
		table[runes[0]] = runes[1]
	}
	return table
}()

// fold makes a character what it is compared as: narrow, lower case, Simplified,
// a number in its plain form. It maps one character to one, so that places in a
// text keep their meaning.
func fold(r rune) rune {
	if p := width.LookupRune(r); p.Kind() == width.EastAsianFullwidth {
		if narrow := p.Narrow(); narrow != 0 {
			r = narrow
		}
	}
	r = han.SimplifyRune(unicode.ToLower(r))
	if plain, ok := variant[r]; ok {
		return plain
	}
	return r
}
