package clauses

import (
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// outlineClause recognises headings and the numbers of institutions' own
// policies. A lone 1. begins a clause only in a text without headings, where it
// cannot be an item of a list below one.
func outlineClause(lines []line) func(line) (Clause, bool) {
	headings, heads, decimals := 0, 0, false
	for _, l := range lines {
		if _, is := statuteHead(l, surroundings{}); is && l.level == 0 {
			heads = statuteLevels // numbers stand below chapters
		}
		if l.level > 0 {
			headings++
		}
		decimals = decimals || decimal.MatchString(l.words) || decimalGlued.MatchString(l.words)
	}
	var around surroundings
	var last []int
	return func(l line) (c Clause, is bool) {
		defer func() { around.read(l, is && c.Title != "") }()
		if l.level == 0 {
			if c, is = statuteHead(l, around); is {
				last = nil
				return c, true
			}
		}
		number, word, ordinal, level := outlineNumber(l.words, l.level > 0 || headings <= 1)
		if number == "" && (l.level > 0 || !around.unfinished()) {
			number, ordinal = gluedNumber(l.words, l.level > 0 || decimals)
			if level = len(ordinal); l.level == 0 && !follows(last, ordinal) {
				number = ""
			}
		}
		level += heads
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

// statuteLevels are those of parts, chapters and sections.
const statuteLevels = 3

// gluedNumber reads a number with no mark between it and the words: 1.1目的, or 1 总则
// in a text that counts on with 1.1.
func gluedNumber(words string, bare bool) (number string, ordinal []int) {
	m := decimalGlued.FindStringSubmatch(words)
	if m == nil && bare {
		m = bareNumber.FindStringSubmatch(words)
	}
	if m == nil {
		return "", nil
	}
	rest := strings.TrimLeft(words[len(m[1]):], " \t\u3000")
	return words[:len(words)-len(rest)], decimals(m[1])
}

// outlineNumber reads the number that a line begins with, the word before it
// unless it is an article, and its depth.
func outlineNumber(words string, lone bool) (number, word string, ordinal []int, level int) {
	if m := englishWord.FindStringSubmatchIndex(words); m != nil {
		if word = strings.ToLower(words[m[2]:m[3]]); word == "article" || word == "clause" || word == "§" {
			word = ""
		}
		if ordinal = decimals(words[m[4]:m[5]]); ordinal == nil {
			ordinal = []int{roman(words[m[4]:m[5]])}
		}
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

// roman reads a number below a hundred in Roman numerals.
func roman(s string) (n int) {
	values := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50}
	for i := range len(s) {
		if i+1 < len(s) && values[s[i]] < values[s[i+1]] {
			n -= values[s[i]]
		} else {
			n += values[s[i]]
		}
	}
	return n
}

func decimals(s string) []int {
	var list []int
	for _, part := range strings.Split(width.Fold.String(s), ".") {
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
