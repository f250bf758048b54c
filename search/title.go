package search

import "strings"

// shortest is how many characters a title in short has: two stand in many titles.
const shortest = 3

// nameOf is the code and the title of a text as they are compared.
func nameOf(code, title string) string {
	var b strings.Builder
	for _, c := range chunks(code+" "+title, false) {
		b.WriteString(" " + c.text(0, len(c.runes)))
	}
	return b.String()
}

// like writes a title in short as a pattern of LIKE: 投诉办法 is %投%诉%办%法%, and a word
// of letters begins a word. What pieces are made of needs no escape. Empty for what
// is too short to be one.
func like(list []piece) string {
	var b strings.Builder
	characters := 0
	for _, p := range list {
		if !p.isHan {
			b.WriteString("% " + p.text(0, len(p.runes)))
			continue
		}
		characters += len(p.runes)
		for _, l := range p.runes {
			b.WriteString("%" + string(l.r))
		}
	}
	if characters < shortest {
		return ""
	}
	return b.String() + "%"
}
