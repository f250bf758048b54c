package items

import (
	_ "embed"
	"strings"
	"sync"
)

// hanTable has a line per Simplified character with the Traditional ones that
// it stands for: 发發髮. The pairs are those of the OpenCC project's table
// TSCharacters (Apache-2.0), first choice each.
//
//go:embed han.txt
var hanTable string

var simplified = sync.OnceValue(func() map[rune]rune {
	table := make(map[rune]rune, 4000)
	for line := range strings.Lines(hanTable) {
		characters := []rune(strings.TrimSpace(line))
		for _, traditional := range characters[1:] {
			table[traditional] = characters[0]
		}
	}
	return table
})

// simplify writes Traditional characters as Simplified ones, one by one: enough
// to compare answers, not to write for people.
func simplify(s string) string {
	table := simplified()
	return strings.Map(func(r rune) rune {
		if simple, ok := table[r]; ok {
			return simple
		}
		return r
	}, s)
}
