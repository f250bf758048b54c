package clauses

import (
	"strconv"
	"strings"
)

// outlineClause recognises headings and the numbers of institutions' own
// policies. A lone 1. begins a clause only in a text without headings, where it
// cannot be an item of a list below one.
func outlineClause(lines []line) func(line) (Clause, bool) {
	headings := 0
	for _, l := range lines {
		if l.level > 0 {
			headings++
		}
	}
	var around context
	var last []int
	return func(l line) (c Clause, is bool) {
		defer func() { around.read(l, is && c.Title != "") }()
		number, word, ordinal, level := outlineNumber(l.words, l.level > 0 || headings <= 1)
		if number != "" && l.level == 0 && (around.goesOn() || around.unfinished() && word == "" && !follows(last, ordinal)) {
			number = ""
		}
		if number == "" {
			return headingOnly(l)
		}
		last = ordinal
		c = Clause{Kind: Numbered, Level: level, Number: strings.ReplaceAll(strings.TrimRight(number, " \t\u3000*"), `\`, ""), word: word, Ordinal: ordinal, body: l.lead + len(number)}
		rest := l.words[len(number):]
		if l.level > 0 {
			c.Kind, c.Level, c.Title = Heading, l.level, strings.Trim(rest, "*_ ")
		} else if strings.HasPrefix(rest, "*") || len(rest) <= 120 && !strings.ContainsAny(rest, "。.；;") {
			c.Title = strings.Trim(rest, "*_ ")
		}
		return c, true
	}
}

// outlineNumber reads the number that a line begins with, the word before it
// unless it is an article, and its depth.
func outlineNumber(words string, lone bool) (number, word string, ordinal []int, level int) {
	if m := englishWord.FindStringSubmatchIndex(words); m != nil {
		if word = strings.ToLower(words[m[2]:m[3]]); word == "article" || word == "clause" {
			word = ""
		}
		ordinal = decimals(words[m[4]:m[5]])
		rest := strings.TrimLeft(words[m[5]:], ".:)—–-* \t")
		return words[:len(words)-len(rest)], word, ordinal, len(ordinal)
	}
	if m := decimal.FindStringSubmatch(words); m != nil {
		ordinal = decimals(m[1])
		return m[0], "", ordinal, len(ordinal)
	}
	if m := chineseOutline.FindStringSubmatch(words); m != nil {
		if n, ok := ParseNumeral(m[1]); ok {
			return m[0], "", []int{n}, 1
		}
	}
	if !lone {
		return "", "", nil, 0
	}
	if m := chineseInner.FindStringSubmatch(words); m != nil {
		if n, ok := ParseNumeral(m[1]); ok {
			return m[0], "", []int{n}, 2
		}
	}
	if m := whole.FindStringSubmatch(words); m != nil {
		ordinal = decimals(m[1])
		rest := strings.TrimLeft(words[len(m[1]):], "\\.、)． \t\u3000")
		return words[:len(words)-len(rest)], "", ordinal, 1
	}
	return "", "", nil, 0
}

func decimals(s string) []int {
	var list []int
	for _, part := range strings.Split(s, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil // more digits than a number of a clause has
		}
		list = append(list, n)
	}
	return list
}

// paragraphs cuts at blank lines; the blank lines belong to the paragraph above.
func paragraphs(lines []line) []Clause {
	var list []Clause
	blank := true
	for _, l := range lines {
		empty := strings.TrimSpace(l.text) == ""
		if len(list) == 0 || blank && !empty {
			list = append(list, Clause{Kind: Paragraph, Level: 1})
		}
		list[len(list)-1].Text += l.text
		blank = empty
	}
	return list
}
