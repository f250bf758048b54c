package clauses

import (
	"fmt"
	"strings"
)

// Kind is what a clause is.
type Kind string

// The kinds, from the text before the first number to a paragraph of a text
// without any.
const (
	Preamble  Kind = "preamble"
	Part      Kind = "part"      // 编
	Chapter   Kind = "chapter"   // 章
	Section   Kind = "section"   // 节
	Article   Kind = "article"   // 条
	Heading   Kind = "heading"   // a Markdown heading, numbered or not
	Numbered  Kind = "numbered"  // 2.1, 一、, Article 5 outside a heading
	Paragraph Kind = "paragraph" // of a text with no structure
)

// Clause is a stretch of a text under one number or heading, without the clauses
// below it.
type Clause struct {
	Kind    Kind
	Level   int    // 1 is outermost
	Number  string // as written: 第十二条, 2.1; empty without one
	Ordinal []int  // the number read: {12}, {12, 1} for 第十二条之一, {2, 1}
	Title   string // the heading's words
	Address string // names the clause in its text, and in the next version if the number stays
	Text    string // its bytes, number and line ends included
	word    string // chapter, section… before the number of an English heading
	body    int    // where the words behind the number begin in Text
}

// Body is the text behind the number.
func (c Clause) Body() string { return c.Text[c.body:] }

// heads reports whether the clause is a heading over others, not words that bind.
func (c Clause) heads() bool { return c.Kind == Part || c.Kind == Chapter || c.Kind == Section }

// Document is a text cut into its clauses.
type Document struct {
	Clauses []Clause
}

// Text is the whole text again.
func (d Document) Text() string {
	var b strings.Builder
	for _, c := range d.Clauses {
		b.WriteString(c.Text)
	}
	return b.String()
}

// ByAddress finds a clause; ok is false when there is none.
func (d Document) ByAddress(address string) (c Clause, ok bool) {
	for _, c := range d.Clauses {
		if c.Address == address {
			return c, true
		}
	}
	return Clause{}, false
}

// addressAll gives every clause an address that no other of the text has.
func addressAll(list []Clause) {
	var chapter, part string
	seen := map[string]int{}
	for i := range list {
		c := &list[i]
		switch c.Kind {
		case Preamble:
			c.Address = "0"
		case Part:
			part, chapter = "pt"+ordinalText(c.Ordinal), ""
			c.Address = part
		case Chapter:
			chapter = "ch" + ordinalText(c.Ordinal)
			c.Address = under(part, chapter)
		case Section:
			c.Address = under(under(part, chapter), "s"+ordinalText(c.Ordinal))
		case Article:
			c.Address = ordinalText(c.Ordinal)
		case Paragraph:
			c.Address = fmt.Sprintf("p%d", i+1)
		default:
			c.Address = outlineAddress(*c)
		}
		seen[c.Address]++
		if n := seen[c.Address]; n > 1 {
			c.Address = fmt.Sprintf("%s~%d", c.Address, n)
		}
	}
}

func under(parent, own string) string {
	if parent == "" {
		return own
	}
	return parent + "/" + own
}

func ordinalText(ordinal []int) string {
	parts := make([]string, len(ordinal))
	for i, n := range ordinal {
		parts[i] = fmt.Sprint(n)
	}
	return strings.Join(parts, "-")
}

// outlineAddress prefers the number; a heading without one is named by its words.
func outlineAddress(c Clause) string {
	if len(c.Ordinal) > 0 {
		parts := make([]string, len(c.Ordinal))
		for i, n := range c.Ordinal {
			parts[i] = fmt.Sprint(n)
		}
		number := strings.Join(parts, ".")
		if c.word != "" {
			number = c.word + "-" + number
		}
		return number
	}
	words := []rune(fold(c.Title))
	if len(words) > 40 {
		words = words[:40]
	}
	if len(words) == 0 {
		return "untitled"
	}
	return string(words)
}

// Name is how people call the clause: its number, else its heading.
func (c Clause) Name() string {
	switch {
	case c.Number != "" && c.Title != "":
		return c.Number + " " + c.Title
	case c.Number != "":
		return c.Number
	case c.Title != "":
		return c.Title
	}
	return string(c.Kind)
}
