package search

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

const (
	maxPositions = 16_000 // PostgreSQL counts positions up to 16,383
	maxWord      = 60     // letters of a word that are indexed
	maxChunks    = 12     // words of a query that are looked for
)

// chunk is a run of one script: Han characters, or letters and digits.
type chunk struct {
	runes []rune
	han   bool
}

// fold makes a character what it is compared as: narrow and lower case. It maps
// one character to one, so that places in a text keep their meaning.
func fold(r rune) rune {
	if p := width.LookupRune(r); p.Kind() == width.EastAsianFullwidth {
		if narrow := p.Narrow(); narrow != 0 {
			r = narrow
		}
	}
	return unicode.ToLower(r)
}

// chunks cuts a text at everything that is neither letter nor digit, and where
// Han meets another script.
func chunks(text string) []chunk {
	var list []chunk
	var now chunk
	flush := func() {
		if len(now.runes) > 0 {
			list = append(list, now)
		}
		now = chunk{}
	}
	for _, r := range text {
		r = fold(r)
		han := unicode.Is(unicode.Han, r)
		if !han && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			flush()
			continue
		}
		if len(now.runes) > 0 && now.han != han {
			flush()
		}
		now.han = han
		now.runes = append(now.runes, r)
	}
	flush()
	return list
}

// terms are what a chunk is indexed as: neighbouring pairs of Han characters, a
// lone one, or the word.
func (c chunk) terms() []string {
	if !c.han {
		return []string{string(c.runes[:min(len(c.runes), maxWord)])}
	}
	if len(c.runes) == 1 {
		return []string{string(c.runes)}
	}
	list := make([]string, 0, len(c.runes)-1)
	for i := 1; i < len(c.runes); i++ {
		list = append(list, string(c.runes[i-1:i+1]))
	}
	return list
}

// vector writes the terms of texts as PostgreSQL reads a tsvector. Terms of the
// first text weigh most (A), those of the last least (D). Positions leave a gap
// between chunks, so that no phrase is found across them.
func vector(texts ...string) string {
	var b strings.Builder
	position := 0
	for i, text := range texts {
		weight := "ABCD"[min(i, 3)]
		for _, c := range chunks(text) {
			position++
			for _, term := range c.terms() {
				if position++; position > maxPositions {
					return b.String()
				}
				b.WriteByte('\'')
				b.WriteString(quoted(term))
				b.WriteString("':")
				b.WriteString(strconv.Itoa(position))
				b.WriteByte(weight)
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}

// tsquery writes what is looked for as PostgreSQL reads a tsquery: every chunk,
// Han as a phrase, a lone character or a word as a beginning. Empty when there is
// nothing to look for.
func tsquery(text string) string {
	var all []string
	for _, c := range chunks(text) {
		if len(all) == maxChunks {
			break
		}
		terms := c.terms()
		if !c.han || len(c.runes) == 1 {
			all = append(all, "'"+quoted(terms[0])+"':*")
			continue
		}
		for i, term := range terms {
			terms[i] = "'" + quoted(term) + "'"
		}
		all = append(all, "("+strings.Join(terms, " <-> ")+")")
	}
	return strings.Join(all, " & ")
}

func quoted(term string) string {
	return strings.NewReplacer(`'`, `''`, `\`, `\\`).Replace(term)
}
