package quizzes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// trailing is the punctuation that may end an answer without changing it. It
// holds no bracket, quote, percent sign or asterisk: those can be the answer.
const trailing = ".,;:!?…。、"

// fold reduces a short answer to what is compared: composed characters,
// half-width letters and digits, no difference of case, single spaces, none
// beside a Chinese character, and no punctuation at the end. An answer that is
// nothing but punctuation stays as it is. Simplified and Traditional characters
// stay different: the author lists both.
func fold(s string) string {
	s = tidySpaces(cases.Fold().String(width.Fold.String(norm.NFC.String(s))))
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
func foldPattern(variant string) []string {
	folded := fold(strings.ReplaceAll(variant, `\*`, star))
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
