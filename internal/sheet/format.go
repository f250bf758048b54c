package sheet

import (
	"regexp"
	"strconv"
	"strings"
)

// numberFormat is how Excel shows the values of a cell: one to four sections, for
// positive and negative numbers, zero and text.
type numberFormat struct {
	sections []section
}

// section is one of them. Its kind says which values it can show.
type section struct {
	kind      sectionKind
	tokens    []token
	condition condition
	language  string // as it stands in [$-804], in small letters
}

type sectionKind int

const (
	generalKind sectionKind = iota
	numberKind
	dateKind
	literalKind // a fixed text, or nothing
	unknownKind // what this reader cannot show
)

// token is a piece of a section: what it says for 'x', a literal; a digit's place 0, #
// or ?; '.', ',' and '%'; E; @ for a text, 'G' for a number without a format; a part of
// a date by its letter, in small letters, with how often the letter stands; 'p' for
// before or after noon, '[' for hours, minutes or seconds that run on.
type token struct {
	is   byte
	text string
	n    int
}

// condition is [>=100] before a section; op is "" when there is none.
type condition struct {
	op    string
	bound float64
}

func (c condition) holds(v float64) bool {
	switch c.op {
	case "<":
		return v < c.bound
	case "<=":
		return v <= c.bound
	case ">":
		return v > c.bound
	case ">=":
		return v >= c.bound
	case "=":
		return v == c.bound
	case "<>":
		return v != c.bound
	}
	return true
}

// negative reports whether only negative numbers can meet the condition: its section
// shows them in a way of its own, without a minus.
func (c condition) negative() bool {
	return c.op == "<" && c.bound <= 0 || (c.op == "<=" || c.op == "=") && c.bound < 0
}

// positive reports whether the condition leaves the negative numbers to the next
// section.
func (c condition) positive() bool { return c.bound == 0 && (c.op == ">" || c.op == ">=") }

var generalFormat = numberFormat{sections: []section{{kind: generalKind}}}

// parseFormat reads a number format (ECMA-376 part 1, 18.8.31).
func parseFormat(code string) *numberFormat {
	if code = strings.TrimSpace(code); code == "" {
		return &generalFormat
	}
	p := formatParser{rest: code}
	f := &numberFormat{}
	for more := true; more; {
		var s section
		s, more = p.section()
		f.sections = append(f.sections, s)
	}
	return f
}

type formatParser struct {
	rest    string
	unknown bool
}

var (
	conditionMark = regexp.MustCompile(`^(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)$`)
	elapsedMark   = regexp.MustCompile(`(?i)^(h+|m+|s+)$`)
	colourMark    = regexp.MustCompile(`(?i)^(black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|黑色|蓝色|青色|绿色|洋红|红色|白色|黄色|颜色 ?\d+)$`)
	noonMark      = regexp.MustCompile(`(?i)^(am/pm|a/p|上午/下午)`)
	generalMark   = regexp.MustCompile(`(?i)^(general|g/通用格式|通用格式|g/標準|g/一般)`)
)

// section reads up to the next semicolon; more tells that there is one.
func (p *formatParser) section() (s section, more bool) {
	p.unknown = false
	for p.rest != "" {
		r, size := firstRune(p.rest)
		switch {
		case r == ';':
			p.rest = p.rest[1:]
			return p.finish(s), true
		case generalMark.MatchString(p.rest):
			s.tokens = append(s.tokens, token{is: 'G'})
			p.rest = p.rest[len(generalMark.FindString(p.rest)):]
		case noonMark.MatchString(p.rest):
			mark := noonMark.FindString(p.rest)
			s.tokens = append(s.tokens, token{is: 'p', text: mark})
			p.rest = p.rest[len(mark):]
		case r == '"':
			text, rest, _ := strings.Cut(p.rest[1:], `"`)
			s.literal(text)
			p.rest = rest
		case r == '\\' || r == '!':
			_, next := firstRune(p.rest[size:])
			s.literal(p.rest[size : size+next])
			p.rest = p.rest[size+next:]
		case r == '_' || r == '*': // a space as wide as the next character; the next character, repeated
			_, next := firstRune(p.rest[size:])
			if r == '_' {
				s.literal(" ")
			}
			p.rest = p.rest[size+next:]
		case r == '[':
			mark, rest, _ := strings.Cut(p.rest[1:], "]")
			p.bracket(&s, mark)
			p.rest = rest
		case len(p.rest) > 1 && (r == 'E' || r == 'e') && (p.rest[1] == '+' || p.rest[1] == '-') && s.has("0#?"):
			s.tokens = append(s.tokens, token{is: 'E'})
			p.rest = p.rest[2:]
		case strings.ContainsRune("0#?.,%@", r):
			s.tokens = append(s.tokens, token{is: byte(r), text: string(r)})
			p.rest = p.rest[size:]
		case strings.ContainsRune("ymdhsegabYMDHSEGAB", r):
			n := 1
			for n < len(p.rest) && p.rest[n]|0x20 == byte(r)|0x20 {
				n++
			}
			s.tokens = append(s.tokens, token{is: byte(r) | 0x20, n: n})
			p.rest = p.rest[n:]
		default:
			s.literal(p.rest[:size])
			p.rest = p.rest[size:]
		}
	}
	return p.finish(s), false
}

func firstRune(s string) (r rune, size int) {
	for i, c := range s {
		if i > 0 {
			return r, i
		}
		r = c
	}
	return r, len(s)
}

// bracket reads what stands in [ ].
func (p *formatParser) bracket(s *section, mark string) {
	switch {
	case strings.HasPrefix(mark, "$"): // a currency, and a language that dates are written in
		symbol, language, _ := strings.Cut(mark[1:], "-")
		s.literal(symbol)
		s.language = strings.ToLower(language)
	case conditionMark.MatchString(mark):
		m := conditionMark.FindStringSubmatch(mark)
		bound, err := strconv.ParseFloat(m[2], 64)
		p.unknown = p.unknown || err != nil
		s.condition = condition{m[1], bound}
	case elapsedMark.MatchString(mark):
		s.tokens = append(s.tokens, token{is: '[', text: strings.ToLower(mark[:1]), n: len(mark)})
	case !colourMark.MatchString(mark): // digits in other scripts, such as [DBNum1]
		p.unknown = true
	}
}

func (s *section) literal(text string) {
	if text != "" {
		s.tokens = append(s.tokens, token{is: 'x', text: text})
	}
}

// has reports whether one of the tokens stands in the section.
func (s section) has(kinds string) bool {
	for _, t := range s.tokens {
		if strings.IndexByte(kinds, t.is) >= 0 {
			return true
		}
	}
	return false
}

// finish tells of what kind the section is.
func (p *formatParser) finish(s section) section {
	s.minutes()
	switch {
	case s.has("ymdhsiea[p"):
		s.kind = dateKind
		if s.has("E%") || (p.unknown || s.has("gb") || s.has("e") && !s.chinese()) && !s.wholeDate() {
			s.kind = unknownKind
		}
	case p.unknown, s.has("gb"), s.fraction():
		s.kind = unknownKind
	case s.has("0#?"):
		s.kind = numberKind
	case s.has("G@"):
		s.kind = generalKind
	default:
		s.kind = literalKind
	}
	return s
}

// chinese reports whether the section speaks the Chinese of the mainland, or no
// language of its own: elsewhere e is the year of another calendar.
func (s section) chinese() bool {
	return s.language == "" || s.mainland()
}

func (s section) mainland() bool {
	return strings.HasSuffix(s.language, "804") || s.language == "zh-cn"
}

// fraction reports a format such as # ?/?.
func (s section) fraction() bool {
	if !s.has("0#?") {
		return false
	}
	for i, t := range s.tokens {
		if t.is == 'x' && t.text == "/" && i > 0 && i+1 < len(s.tokens) && strings.IndexByte("0#?", s.tokens[i-1].is) >= 0 {
			return true
		}
	}
	return false
}

// minutes marks each m that means minutes: it follows hours, or seconds follow it.
func (s *section) minutes() {
	last, waiting := byte(0), -1
	for i, t := range s.tokens {
		switch t.is {
		case 'm':
			if waiting = -1; t.n > 2 {
				break
			}
			if last == 'h' {
				s.tokens[i].is = 'i'
			} else {
				waiting = i
			}
		case 's':
			if waiting >= 0 {
				s.tokens[waiting].is = 'i'
			}
		}
		switch t.is {
		case 'y', 'm', 'd', 'h', 's':
			last = t.is
		case '[':
			last = t.text[0]
			if last == 's' && waiting >= 0 {
				s.tokens[waiting].is = 'i'
			}
		}
		if t.is != 'm' && strings.IndexByte("ydh", t.is) >= 0 {
			waiting = -1
		}
	}
}

// wholeDate reports whether the section shows year, month and day.
func (s section) wholeDate() bool {
	return s.has("ye") && s.has("m") && s.has("d")
}
