// Package han writes Traditional Chinese characters as Simplified ones, one by
// one: enough to compare and to find, not to write for people.
package han

import (
	_ "embed"
	"strings"
	"sync"
)

// pairs has a line per Simplified character with the Traditional ones that it
// stands for: 发發髮. The pairs are those of the OpenCC project's table
// TSCharacters (Apache-2.0), first choice each.
//
//go:embed han.txt
var pairs string

var simplified = sync.OnceValue(func() map[rune]rune {
	table := make(map[rune]rune, 4000)
	for line := range strings.Lines(pairs) {
		characters := []rune(strings.TrimSpace(line))
		for _, traditional := range characters[1:] {
			table[traditional] = characters[0]
		}
	}
	return table
})

// SimplifyRune is the Simplified character of a Traditional one, else the same.
func SimplifyRune(r rune) rune {
	if simple, ok := simplified()[r]; ok {
		return simple
	}
	return r
}

// Simplify writes the Traditional characters of a text as Simplified ones.
func Simplify(s string) string { return strings.Map(SimplifyRune, s) }
