package clauses

import (
	"regexp"
	"strings"
	"unicode"
)

// sentenceLikeness is what two sentences must share to be one that changed.
const sentenceLikeness = 0.34

// compareText lays two texts into one another: sentences first, letters within
// sentences that changed.
func compareText(old, new string) []Run {
	if old == new {
		return []Run{{Equal, old}}
	}
	a, b := sentences(old), sentences(new)
	var out runs
	i, j := 0, 0
	for _, m := range append(align(sentenceUnits(a), sentenceUnits(b), sentenceLikeness), match{len(a), len(b)}) {
		out.add(Delete, strings.Join(a[i:m.old], ""))
		out.add(Insert, strings.Join(b[j:m.new], ""))
		if m.old < len(a) {
			out.addAll(compareWords(a[m.old], b[m.new]))
		}
		i, j = m.old+1, m.new+1
	}
	return out.list
}

func sentenceUnits(list []string) []unit {
	units := make([]unit, len(list))
	for i, s := range list {
		key := fold(s)
		units[i] = unit{key: key, grams: gramsOf(key)}
	}
	return units
}

// sentences cuts behind what ends a sentence, or an item of an enumeration, with
// the closing quotes and spaces that follow. Nothing is lost.
func sentences(s string) []string {
	var list []string
	runes := []rune(s)
	start := 0
	for i := 0; i < len(runes); i++ {
		if !ends(runes, i) {
			continue
		}
		for i+1 < len(runes) && (unicode.IsSpace(runes[i+1]) || strings.ContainsRune("”’」』）)》\"'*_", runes[i+1])) {
			i++
		}
		list = append(list, string(runes[start:i+1]))
		start = i + 1
	}
	if start < len(runes) {
		list = append(list, string(runes[start:]))
	}
	return list
}

func ends(runes []rune, i int) bool {
	switch r := runes[i]; r {
	case '。', '！', '？', '；':
		return true
	case '\n':
		return endsLine(runes, i)
	case '.', '!', '?', ';':
		// 2.1 and e.g. are no ends: a space and a capital or the line's end follow.
		if i+1 >= len(runes) || runes[i+1] == '\n' {
			return true
		}
		if !unicode.IsSpace(runes[i+1]) {
			return false
		}
		for k := i + 1; k < len(runes); k++ {
			if !unicode.IsSpace(runes[k]) {
				return unicode.IsUpper(runes[k]) || unicode.Is(unicode.Han, runes[k]) || r == ';'
			}
		}
		return true
	}
	return false
}

// opening is what a line begins with that is no wrapped sentence.
var opening = regexp.MustCompile(`^[ \t\x{3000}]*(?:$|[#>|*+-]|[（(]?[0-9` + numeralRunes + `]{1,3}[)）、.．]|` + "```" + `)`)

// endsLine reports whether a line ends a sentence, too: in the middle of one it
// was only wrapped.
func endsLine(runes []rune, i int) bool {
	before := i - 1
	for before >= 0 && unicode.IsSpace(runes[before]) && runes[before] != '\n' {
		before--
	}
	if before < 0 || runes[before] == '\n' || strings.ContainsRune("。！？；：.!?;:|", runes[before]) {
		return true
	}
	end := min(i+1+12, len(runes))
	next, _, _ := strings.Cut(string(runes[i+1:end]), "\n")
	return opening.MatchString(next)
}
