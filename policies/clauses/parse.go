package clauses

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	statuteHeading = regexp.MustCompile(`^第([` + numeralRunes + `\s　]+)(部分|[编編章节節])[\s　]*(.*)$`)
	statuteArticle = regexp.MustCompile(`^第([` + numeralRunes + `\s　]+)[条條](?:[\s　]*之[\s　]*([` + numeralRunes + `]+))?`)
	chineseOutline = regexp.MustCompile(`^([` + numeralRunes[:len(numeralRunes)-len("0-9０-９")] + `]+)[、.．][\s　]*`)
	chineseInner   = regexp.MustCompile(`^[（(]([` + numeralRunes[:len(numeralRunes)-len("0-9０-９")] + `]+)[)）][\s　]*`)
	englishWord    = regexp.MustCompile(`^(Article|Section|Part|Chapter|Schedule|Annex|Appendix|Clause|ARTICLE|SECTION|PART|CHAPTER|SCHEDULE|ANNEX|APPENDIX|CLAUSE|§) ?([0-9]+(?:\.[0-9]+)*|[IVXL]{1,7})(?:\*\*|[.:)—–-]+(?:\s+|$)|\s+[—–-]+\s+|\s*$|\s+(?:[A-Z][^.]{0,80})$)`)
	decimal        = regexp.MustCompile(`^([0-9０-９]+(?:[.．][0-9０-９]+)+)[.)]?(?:[\s　]+|$)`)
	decimalGlued   = regexp.MustCompile(`^([0-9０-９]{1,3}(?:[.．][0-9０-９]{1,3})+)(?:\p{Han}|[（《“])`)
	bareNumber     = regexp.MustCompile(`^([0-9０-９]{1,2})[ \t　]+\p{Han}[^。；，,;]{0,30}$`)
	annex          = regexp.MustCompile(`^(?:附件|附录|附錄|附表)[\s　]*(?:[` + numeralRunes + `]{1,3})?(?:[\s　:：].{0,40})?$`)
	whole          = regexp.MustCompile(`^([0-9]{1,3})\\?[.、)．](?:[\s　]+|[^0-9\s]|$)`) // 1\. is no list in Markdown
	markdownHead   = regexp.MustCompile(`^(#{1,6})[ \t]+`)
)

// Parse cuts a text into its clauses. It recognises the structure of Chinese
// statutes (编, 章, 节, 条 with Chinese or Arabic numerals), and otherwise
// Markdown headings, decimal numbers, 一、 and （一）, and English "Section 4";
// a text with none of these is cut into its paragraphs. Code blocks and front
// matter hold no clauses. Parse never fails and loses nothing:
// Parse(s).Text() == s.
func Parse(text string) Document {
	lines := cut(text)
	list := collect(lines, statuteClause())
	if !statute(list) {
		list = collect(lines, outlineClause(lines))
		if len(list) <= 1 {
			list = paragraphs(lines)
		}
	}
	addressAll(list)
	return Document{Clauses: list}
}

// statute: a text with two articles, or with a first one.
func statute(list []Clause) bool {
	articles, first := 0, false
	for _, c := range list {
		if c.Kind == Article {
			articles++
			first = first || c.Ordinal[0] == 1
		}
	}
	return articles >= 2 || first
}

// line is a line of a text with its end; words are what stands behind spaces and
// Markdown's signs, and empty where no clause can begin.
type line struct {
	text  string
	words string
	lead  int // bytes before words
	level int // of a Markdown heading, else 0
}

func cut(text string) []line {
	var lines []line
	fence := ""
	front := strings.HasPrefix(text, "---\n") || strings.HasPrefix(text, "---\r\n")
	for first := true; text != ""; first = false {
		end := strings.IndexByte(text, '\n') + 1
		if end == 0 {
			end = len(text)
		}
		l := line{text: text[:end]}
		text = text[end:]
		bare := strings.TrimSpace(l.text)
		switch {
		case front:
			front = first || bare != "---"
		case fence != "":
			if strings.HasPrefix(bare, fence) {
				fence = ""
			}
		case strings.HasPrefix(bare, "```"), strings.HasPrefix(bare, "~~~"):
			fence = bare[:3]
		default:
			l.read()
		}
		lines = append(lines, l)
	}
	return lines
}

func (l *line) read() {
	rest := strings.TrimLeft(l.text, " \t\u3000\ufeff")
	if m := markdownHead.FindStringSubmatch(rest); m != nil {
		l.level, rest = len(m[1]), rest[len(m[0]):]
	}
	rest = strings.TrimLeft(rest, "*_ \t\u3000")
	l.lead = len(l.text) - len(rest)
	l.words = strings.TrimRight(rest, "\r\n \t\u3000")
}

// collect cuts where begins says that a clause begins; what stands before the
// first is the preamble.
func collect(lines []line, begins func(line) (Clause, bool)) []Clause {
	var list []Clause
	for _, l := range lines {
		c, is := begins(l)
		switch {
		case is:
			list = append(list, c)
		case len(list) == 0:
			list = append(list, Clause{Kind: Preamble, Level: 1})
		}
		list[len(list)-1].Text += l.text
	}
	return list
}

// statuteClause recognises 编, 章, 节 and 条. A line that begins with a reference
// to an article, 第十二条规定的…, is no clause: behind the number stands a space,
// or the number is the next.
func statuteClause() func(line) (Clause, bool) {
	last, lastInserted, begins := 0, 0, false
	var around surroundings
	return func(l line) (c Clause, is bool) {
		defer func() { around.read(l, is && c.Kind != Article) }()
		if c, is = statuteHead(l, around); is {
			begins = true
			return c, true
		}
		m := statuteArticle.FindStringSubmatch(l.words)
		if m == nil {
			if last > 0 && l.level == 0 && around.before == "" && annex.MatchString(l.words) {
				return Clause{Kind: Heading, Level: 2, Title: strings.Trim(l.words, "*_ "), body: l.lead}, true
			}
			return headingOnly(l)
		}
		n, ok := ParseNumeral(unspaced(m[1]))
		inserted, _ := ParseNumeral(m[2]) // 0 without one
		rest := l.words[len(m[0]):]
		spaced := rest == "" || strings.ContainsRune(" \t\u3000*_【：:", firstRune(rest))
		// The next number, one inserted behind the last, or the first below a heading.
		next := n == last+1 || n == last && inserted == lastInserted+1 || n == 1 && begins
		if !ok || !spaced && !next || l.level == 0 && around.speaksOf(rest) {
			return Clause{}, false
		}
		c = Clause{Kind: Article, Level: 4, Number: m[0], Ordinal: []int{n}, body: l.lead + len(l.words) - len(strings.TrimLeft(rest, " \t\u3000*_"))}
		if inserted > 0 {
			c.Ordinal = append(c.Ordinal, inserted)
		}
		last, lastInserted, begins = n, inserted, false
		return c, true
	}
}

// statuteHead recognises the heading of a part, chapter or section.
func statuteHead(l line, around surroundings) (Clause, bool) {
	m := statuteHeading.FindStringSubmatch(l.words)
	if m == nil || l.level == 0 && (utf8.RuneCountInString(m[3]) > 40 || around.speaksOf(l.words[strings.Index(l.words, m[2])+len(m[2]):])) {
		return Clause{}, false
	}
	n, ok := ParseNumeral(unspaced(m[1]))
	if !ok {
		return Clause{}, false
	}
	kind, level := Part, 1
	switch m[2] {
	case "章":
		kind, level = Chapter, 2
	case "节", "節":
		kind, level = Section, 3
	}
	title := strings.TrimSpace(m[3])
	number := strings.TrimSpace(strings.TrimSuffix(l.words, m[3]))
	return Clause{Kind: kind, Level: level, Number: number, Ordinal: []int{n}, Title: strings.Trim(title, "*_ "), body: l.lead + len(l.words) - len(m[3])}, true
}

// unspaced is a number without the spaces that set it wide: 第 三 条.
func unspaced(number string) string {
	return strings.Join(strings.Fields(number), "")
}

func headingOnly(l line) (Clause, bool) {
	if l.level == 0 {
		return Clause{}, false
	}
	return Clause{Kind: Heading, Level: l.level, Title: strings.Trim(l.words, "*_ "), body: l.lead}, true
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
