package docx

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// line is the paragraph in Markdown, without what its style adds.
func (p *prose) line() string {
	var b strings.Builder
	for _, s := range p.spans {
		b.WriteString(s.markdown(p.r))
	}
	lines := strings.Split(b.String(), "\n")
	for i, l := range lines {
		lines[i] = escapeStart(strings.Trim(l, " \t\u3000\u00a0"))
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// markdown writes a span. Space goes outside of its marks, which would not hold
// otherwise.
func (s span) markdown(r *reader) string {
	if s.look.raw {
		return s.text
	}
	text := strings.ReplaceAll(s.text, "\t", " ")
	if s.look.raised != "" {
		text = raise(text, s.look.raised == "superscript")
	}
	words := strings.TrimSpace(text)
	if words == "" {
		return text
	}
	head := text[:strings.Index(text, words)]
	tail := text[len(head)+len(words):]
	marked := escape(words)
	if s.look.link != "" && s.look.link != words && s.look.link != words+"/" && s.look.link != "mailto:"+words {
		marked = "[" + marked + "](<" + encode.Replace(s.look.link) + ">)"
	}
	if s.look.strike == yes {
		r.warn("policies.docx_struck", words)
		marked = "~~" + strings.ReplaceAll(marked, "\n", "~~\n~~") + "~~"
	}
	return head + marked + tail
}

var encode = strings.NewReplacer("<", "%3C", ">", "%3E", "\\", "%5C", " ", "%20", "\n", "")

var (
	signs  = strings.NewReplacer("*", `\*`, "_", `\_`, "`", "\\`", "<", `\<`, "[", `\[`, "#", `\#`)
	entity = regexp.MustCompile(`&(#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);`)
	tildes = regexp.MustCompile(`~~+|^~|~$`)
)

// escape keeps words from becoming Markdown.
func escape(s string) string {
	s = signs.Replace(escapeBackslashes(s))
	s = entity.ReplaceAllString(s, `\&$1;`)
	return tildes.ReplaceAllStringFunc(s, func(t string) string { return strings.Repeat(`\~`, len(t)) })
}

// escapeBackslashes writes a backslash twice where one would be taken for a mark:
// before punctuation and at the end.
func escapeBackslashes(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		b.WriteByte(s[i])
		if s[i] == '\\' && (i+1 == len(s) || s[i+1] == '\n' || s[i+1] > ' ' && s[i+1] < 0x7f && !isAlphanumeric(s[i+1])) {
			b.WriteByte('\\')
		}
	}
	return b.String()
}

func isAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

var (
	listNumber = regexp.MustCompile(`^([0-9]{1,9})([.)])([ \t]|$)`)
	listSign   = regexp.MustCompile(`^(?:[>|]|[+-](?:[ \t]|$)|:(?:[ \t]|$)|[-=|: \t]+$)`)
)

// escapeStart keeps a line from becoming a list, a quotation, a table, a heading
// or a definition by how it begins.
func escapeStart(line string) string {
	if m := listNumber.FindStringSubmatch(line); m != nil {
		return m[1] + `\` + line[len(m[1]):]
	}
	if line != "" && listSign.MatchString(line) {
		return `\` + line
	}
	return line
}

var (
	superscripts = pairs("0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼(⁽)⁾nⁿiⁱ")
	subscripts   = pairs("0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌(₍)₎")
)

func pairs(s string) map[rune]rune {
	table := map[rune]rune{}
	list := []rune(s)
	for i := 0; i+1 < len(list); i += 2 {
		table[list[i]] = list[i+1]
	}
	return table
}

// raise writes superscripts and subscripts with the characters that there are for
// them, else with a sign: 10⁴, 10^(k/2).
func raise(text string, up bool) string {
	table, sign := subscripts, "_"
	if up {
		table, sign = superscripts, "^"
	}
	words := strings.TrimSpace(text)
	if words == "" {
		return text
	}
	raised := strings.Map(func(r rune) rune {
		if to, known := table[r]; known {
			return to
		}
		return -1
	}, words)
	if utf8.RuneCountInString(raised) < utf8.RuneCountInString(words) {
		raised = sign + "(" + words + ")"
	}
	return strings.Replace(text, words, raised, 1)
}
