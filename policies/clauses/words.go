package clauses

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// Of two sentences that keep less than this in place, and are less alike than
	// that, the old one is shown whole, and then the new one: letters strewn over
	// it help nobody.
	readable, alike = 0.30, 0.50
	// maxEdits bounds the search in sentences of thousands of words.
	maxEdits = 1000
)

// compareWords lays two sentences into one another by their letters: Latin words,
// numbers and spaces are whole, each Han character stands alone, and Chinese
// words are kept together by joining changes that only a letter or two separate
// and by widening what was replaced to whole words.
func compareWords(old, new string) []Run {
	if old == new {
		return []Run{{Equal, old}}
	}
	a, b := tokens(old), tokens(new)
	edits := wholeWords(tidy(shortest(a, b)), old, new)
	equal := 0
	for _, e := range edits {
		if e.Op == Equal {
			equal += utf8.RuneCountInString(strings.TrimSpace(e.Text))
		}
	}
	if float64(equal) < readable*float64(min(utf8.RuneCountInString(old), utf8.RuneCountInString(new))) &&
		likeness(gramsOf(fold(old)), gramsOf(fold(new))) < alike {
		return []Run{{Delete, old}, {Insert, new}}
	}
	return edits
}

// atomic is what is compared as a whole beside words: the number of a clause that
// is spoken of, a share, a number with its decimals.
var atomic = regexp.MustCompile(`^(?:第[` + numeralRunes + `]+(?:编|編|章|节|節|条|條|款|项|項|目)(?:之[` + numeralRunes + `]+)?|` +
	`[百千万]分之[` + numeralRunes + `万亿]+(?:点[` + numeralRunes + `]+)?|[0-9０-９]+(?:[.,．，][0-9０-９]+)*[%％‰]?|[` + numeralRunes + `万亿萬億]+)`)

// tokens cuts a sentence into what is compared as a whole.
func tokens(s string) []string {
	var list []string
	start, kind := 0, 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		k := kindOf(r)
		if k == number || k == single && (r == '第' || numeralLetter(r)) {
			if whole := atomic.FindString(s[i:]); whole != "" {
				k, size = apart, len(whole)
			}
		}
		if i > start && (k != kind || k == single || k == apart) {
			list = append(list, s[start:i])
			start = i
		}
		kind = k
		i += size
	}
	if start < len(s) {
		list = append(list, s[start:])
	}
	return list
}

func numeralLetter(r rune) bool {
	_, digit := numeralDigits[r]
	_, unit := numeralUnits[r]
	return digit || unit || r == '万' || r == '亿' || r == '萬' || r == '億'
}

const (
	single = iota // Han, punctuation: each for itself
	latin
	number
	space
	apart // whole by itself: numbers
)

func kindOf(r rune) int {
	switch {
	case unicode.IsSpace(r):
		return space
	case unicode.IsDigit(r):
		return number
	case unicode.Is(unicode.Han, r):
		return single
	case unicode.IsLetter(r), unicode.IsMark(r), r == '\'', r == '’':
		return latin
	}
	return single
}

// tidy makes a shortest edit readable: an equal stretch too short to hold on to
// between two changes becomes part of them, again until nothing changes.
func tidy(list []Run) []Run {
	for {
		var out runs
		changed := false
		for i, r := range list {
			if r.Op == Equal && i > 0 && i < len(list)-1 && flimsy(r.Text, weight(list[:i], true), weight(list[i+1:], false)) {
				out.add(Delete, r.Text)
				out.add(Insert, r.Text)
				changed = true
				continue
			}
			out.add(r.Op, r.Text)
		}
		list = out.list
		if !changed {
			return list
		}
	}
}

// flimsy: one letter, or two between larger changes, or a space. Punctuation
// that ends a phrase holds.
func flimsy(equal string, before, after int) bool {
	words := strings.TrimSpace(equal)
	n := utf8.RuneCountInString(words)
	if n == 1 && strings.ContainsAny(words, "，。；：、！？,;:") {
		return false
	}
	latinWord := n > 0 && kindOf(firstRune(words)) == latin
	switch {
	case n == 0:
		return true
	case latinWord:
		return n <= 3 && before > 12 && after > 12
	case n == 1:
		return before > 1 || after > 1
	}
	return n == 2 && before >= 4 && after >= 4
}

// weight counts the letters of the change next to an equal stretch.
func weight(list []Run, last bool) (n int) {
	for k := range list {
		r := list[k]
		if last {
			r = list[len(list)-1-k]
		}
		if r.Op == Equal {
			break
		}
		n = max(n, utf8.RuneCountInString(r.Text))
	}
	return n
}
