package items

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"anwen/internal/han"
)

// trailing is the punctuation that may end an answer without changing it. It
// holds no bracket, quote, percent sign or asterisk: those can be the answer.
const trailing = ".,;:!?…。、"

// Fold says which differences of writing do not matter to a short answer.
type Fold string

// The rules of folding. FoldWidth is the zero rule, so that item versions from
// before there was a choice are graded as they always were.
const (
	// FoldWidth compares composed characters, half-width letters and digits, no
	// difference of case, single spaces, none beside a Chinese character, and no
	// punctuation at the end. An answer that is nothing but punctuation stays.
	FoldWidth Fold = ""
	// FoldScript is FoldWidth with Traditional characters as Simplified ones.
	FoldScript Fold = "script"
	// FoldNothing compares composed characters without the spaces around them.
	FoldNothing Fold = "none"
)

// ParseFold reports whether s names a rule of folding; "width" is FoldWidth.
func ParseFold(s string) (Fold, bool) {
	if s == "width" {
		return FoldWidth, true
	}
	f := Fold(s)
	return f, f == FoldScript || f == FoldNothing
}

// fold reduces a short answer to what is compared.
func fold(s string, rule Fold) string {
	s = norm.NFC.String(s)
	if rule == FoldNothing {
		return strings.TrimSpace(s)
	}
	s = tidySpaces(cases.Fold().String(width.Fold.String(s)))
	if rule == FoldScript {
		s = han.Simplify(s)
	}
	if short := strings.TrimRight(s, trailing+" "); short != "" {
		return short
	}
	return s
}

func tidySpaces(s string) string {
	words := strings.Fields(s)
	var b strings.Builder
	var last rune
	for _, word := range words {
		first, _ := utf8.DecodeRuneInString(word)
		if b.Len() > 0 && !unicode.Is(unicode.Han, last) && !unicode.Is(unicode.Han, first) {
			b.WriteByte(' ')
		}
		b.WriteString(word)
		last, _ = utf8.DecodeLastRuneInString(word)
	}
	return b.String()
}

// star stands for `\*` while a pattern is folded: a private character that no
// width, case or space rule touches.
const star = "\uf8ff"

// foldPattern folds an accepted variant and cuts it at its wildcards: n
// wildcards give n+1 parts.
func foldPattern(variant string, rule Fold) []string {
	folded := fold(strings.ReplaceAll(variant, `\*`, star), rule)
	parts := strings.Split(folded, "*")
	for i := range parts {
		parts[i] = strings.ReplaceAll(parts[i], star, "*")
	}
	return parts
}

// matchesPattern reports whether the text is the parts in this order with
// anything between them. The leftmost place for each part is always as good as a
// later one, so one pass is enough.
func matchesPattern(parts []string, text string) bool {
	if len(parts) == 1 {
		return parts[0] == text
	}
	first, last := parts[0], parts[len(parts)-1]
	if len(text) < len(first)+len(last) || !strings.HasPrefix(text, first) || !strings.HasSuffix(text, last) {
		return false
	}
	text = text[len(first) : len(text)-len(last)]
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(text, part)
		if i < 0 {
			return false
		}
		text = text[i+len(part):]
	}
	return true
}
