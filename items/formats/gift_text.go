package formats

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"anwen/items"
)

// escapable are the characters that a backslash takes the meaning of. A
// backslash before anything else, such as LaTeX, stays a backslash.
const escapable = `\~=#{}:`

// indexUnescaped returns the offset of the first of the characters that is not
// escaped, at or after from, or -1.
func indexUnescaped(s string, from int, chars string) int {
	for i := from; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && strings.IndexByte(escapable, s[i+1]) >= 0:
			i++
		case strings.IndexByte(chars, c) >= 0:
			return i
		}
	}
	return -1
}

// indexUnescapedString returns the offset of the first occurrence of the string
// whose first character is not escaped, at or after from, or -1.
func indexUnescapedString(s string, from int, what string) int {
	for {
		i := indexUnescaped(s, from, what[:1])
		if i < 0 || strings.HasPrefix(s[i:], what) {
			return i
		}
		from = i + 1
	}
}

func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		switch next := s[i+1]; {
		case next == 'n':
			b.WriteByte('\n')
			i++
		case strings.IndexByte(escapable, next) >= 0:
			b.WriteByte(next)
			i++
		default:
			b.WriteByte('\\')
		}
	}
	return b.String()
}

// readText reads a text with its optional [format], which is otherwise the one
// given. In Moodle's own format line breaks of the file are spaces; elsewhere
// they are part of the text.
func readText(raw string, inherited items.Format) items.Text {
	format, raw := readFormat(raw, inherited)
	return items.Text{Format: format, Source: readSource(raw, format)}
}

func readSource(raw string, format items.Format) string {
	raw = strings.TrimSpace(raw)
	if format == items.Moodle {
		raw = oneSpace(raw)
	}
	return unescape(raw)
}

// oneSpace makes one space of every run of white space that HTML would show as
// one; the wide and the fixed spaces of a text stay.
func oneSpace(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\n\r\f\v", r) }), " ")
}

// readFormat takes the [format] off the front.
func readFormat(raw string, inherited items.Format) (items.Format, string) {
	raw = strings.TrimLeftFunc(raw, unicode.IsSpace)
	if strings.HasPrefix(raw, "[") {
		if end := strings.IndexByte(raw[:min(len(raw), 12)], ']'); end > 0 {
			if format, ok := items.ParseFormat(raw[1:end]); ok {
				return format, raw[end+1:]
			}
		}
	}
	return inherited, raw
}

const gap = "_____"

// joinGap puts the gap between the text before and after the answers. Spaces set
// it off, except beside a Chinese character, where none are written.
func joinGap(before, after string) string {
	if before != "" && !wide(utf8.DecodeLastRuneInString(before)) {
		before += " "
	}
	if !wide(utf8.DecodeRuneInString(after)) {
		after = " " + after
	}
	return before + gap + after
}

func wide(r rune, _ int) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

func skipSpace(s string, from int) int {
	return len(s) - len(strings.TrimLeftFunc(s[from:], unicode.IsSpace))
}
