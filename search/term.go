package search

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

const (
	maxPositions = 16_000 // PostgreSQL counts positions up to 16,383
	maxWord      = 60     // letters of a word that are indexed
	maxChunks    = 12     // words of a query that are looked for
	ofTitle      = "~"    // before a term of the title: it is found together with a clause alone
)

// chunk is a run of one script: Han characters, or letters and digits.
type chunk struct {
	runes []letter
	isHan bool
}

// chunks cuts a text at everything that is neither letter nor digit nor between
// the digits of one number, and where Han meets another script.
func chunks(text string, query bool) []chunk {
	var list []chunk
	var now chunk
	flush := func() {
		if len(now.runes) > 0 {
			list = append(list, now)
		}
		now = chunk{}
	}
	letters := lettersOf(text, query)
	for i, l := range letters {
		chinese := isHan(l.r)
		if l.r == '.' && i > 0 && i+1 < len(letters) && isDigit(letters[i-1].r) && isDigit(letters[i+1].r) {
			now.runes = append(now.runes, l) // 3.5 is one word
			continue
		}
		if !chinese && !unicode.IsLetter(l.r) && !unicode.IsDigit(l.r) && !unicode.IsMark(l.r) {
			flush()
			continue
		}
		if len(now.runes) > 0 && now.isHan != chinese {
			flush()
		}
		now.isHan = chinese
		now.runes = append(now.runes, l)
	}
	flush()
	return list
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func (c chunk) text(from, to int) string {
	var b strings.Builder
	for _, l := range c.runes[from:to] {
		b.WriteRune(l.r)
	}
	return b.String()
}

// terms are what a chunk is indexed as: neighbouring pairs of Han characters, a
// lone one, or the word.
func (c chunk) terms() []string {
	if !c.isHan {
		return []string{c.text(0, min(len(c.runes), maxWord))}
	}
	if len(c.runes) == 1 {
		return []string{c.text(0, 1)}
	}
	list := make([]string, 0, len(c.runes)-1)
	for i := 1; i < len(c.runes); i++ {
		list = append(list, c.text(i-1, i+1))
	}
	return list
}

// lexemes writes the terms of texts as PostgreSQL reads a tsvector.
type lexemes struct {
	strings.Builder
	position int
}

// add writes the terms of a text with a weight. Positions leave a gap between
// chunks, so that no phrase is found across them. A number that Chinese writes
// stands there in digits, too.
func (b *lexemes) add(text, mark string, weight byte) {
	for _, c := range chunks(text, false) {
		b.position++
		for i, term := range c.terms() {
			if b.position++; b.position > maxPositions {
				return
			}
			b.write(mark+term, weight)
			if digits := c.runes[i].digits; digits != "" && c.isHan {
				b.write(mark+digits, weight)
			}
		}
		if last := c.runes[len(c.runes)-1]; last.digits != "" && c.isHan && len(c.runes) > 1 && b.position < maxPositions {
			b.write(mark+last.digits, weight)
		}
	}
}

func (b *lexemes) write(term string, weight byte) {
	b.WriteByte('\'')
	b.WriteString(quoted(term))
	b.WriteString("':")
	b.WriteString(strconv.Itoa(b.position))
	b.WriteByte(weight)
	b.WriteByte(' ')
}

// vector writes the terms of a section: those of the title weigh most (A), those
// of the text least (C). The name of the whole, its title and code, stands in every
// section with a mark, for queries that name a clause.
func vector(title, heading, body string, whole ...string) string {
	var b lexemes
	b.add(title, "", 'A')
	b.add(heading, "", 'B')
	for _, name := range whole {
		b.add(name, ofTitle, 'D')
	}
	b.add(body, "", 'C')
	return b.String()
}

// reference is the number of a clause in a query, as lettersOf writes it.
var reference = regexp.MustCompile(`第[〇一二三四五六七八九十百千]+[编章节条款项](?:之[〇一二三四五六七八九十百千]+)?`)

// references are the words before the number of a clause in English.
var references = map[string]bool{"article": true, "section": true, "clause": true, "chapter": true, "part": true}

// words are what is looked for.
type words struct {
	all    string // as PostgreSQL reads a tsquery; empty when there is nothing to look for
	clause string // of all, without the title before the number of a clause
	title  string // how names of texts with the title are LIKE; empty for none
}

// wordsOf reads a query. What stands before the number of a clause may be a title in
// short, whose characters stand in the whole title in their order.
func wordsOf(text string) words {
	list := pieces(text)
	list = list[:min(len(list), maxChunks)]
	at := slices.IndexFunc(list, func(p piece) bool { return p.names })
	w := words{all: tsquery(list, at >= 0)}
	if at > 0 {
		if w.title = like(list[:at]); w.title != "" {
			w.clause = tsquery(list[at:], true)
		}
	}
	return w
}

// tsquery writes pieces as PostgreSQL reads a tsquery: Han as a phrase, a lone
// character or a word as a beginning. What stands beside the number of a clause may be
// the title instead of words of the clause.
func tsquery(list []piece, named bool) string {
	var all []string
	for _, w := range list {
		phrase := w.phrase("")
		if named && !w.names {
			phrase = "(" + phrase + " | " + w.phrase(ofTitle) + ")"
		}
		all = append(all, phrase)
	}
	return strings.Join(all, " & ")
}

// piece is a part of a query that is looked for as one.
type piece struct {
	chunk
	names bool // the number of a clause
}

// pieces cuts a query into its pieces, before and behind the number of a clause.
func pieces(text string) []piece {
	var list []piece
	for _, c := range chunks(text, true) {
		if !c.isHan {
			english := len(list) > 0 && references[list[len(list)-1].text(0, len(list[len(list)-1].runes))]
			if english && unicode.IsDigit(c.runes[0].r) {
				list[len(list)-1].names = true
			}
			list = append(list, piece{chunk: c, names: english})
			continue
		}
		text := c.text(0, len(c.runes))
		at := 0
		for _, m := range reference.FindAllStringIndex(text, -1) {
			from, to := len([]rune(text[:m[0]])), len([]rune(text[:m[1]]))
			if before := c.runes[at:from]; len(before) > 0 && !(len(before) == 1 && before[0].r == '的') {
				list = append(list, piece{chunk: chunk{withoutParticle(before), true}})
			}
			list = append(list, piece{chunk{c.runes[from:to], true}, true})
			at = to
		}
		if at < len(c.runes) {
			list = append(list, piece{chunk: chunk{c.runes[at:], true}})
		}
	}
	return list
}

// withoutParticle leaves out what only ties a title to a clause: 办法的第三条.
func withoutParticle(letters []letter) []letter {
	if n := len(letters); n > 1 && letters[n-1].r == '的' {
		return letters[:n-1]
	}
	return letters
}

// phrase writes the terms of a piece, each with a mark before it.
func (p piece) phrase(mark string) string {
	terms := p.terms()
	if !p.isHan || len(p.runes) == 1 {
		return "'" + quoted(mark+terms[0]) + "':*"
	}
	for i, term := range terms {
		terms[i] = "'" + quoted(mark+term) + "'"
	}
	return "(" + strings.Join(terms, " <-> ") + ")"
}

func quoted(term string) string {
	return strings.NewReplacer(`'`, `''`, `\`, `\\`).Replace(term)
}
