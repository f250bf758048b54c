package clauses

import "strings"

// FormatNumeral writes a number from 1 to 999,999,999,999 as Chinese texts do: 十二,
// 一百零三, 一千〇一十二, 十二万. The zero is 零 or 〇. ParseNumeral reads it again
// below ten thousand. Empty for every other number.
func FormatNumeral(n int, zero rune) string {
	if n < 1 || n > 999_999_999_999 {
		return ""
	}
	w := numeralWriter{zero: zero}
	gap := false
	for _, group := range []struct {
		size int
		name string
	}{{100_000_000, "亿"}, {10_000, "万"}, {1, ""}} {
		part := n / group.size
		n %= group.size
		if part == 0 {
			gap = w.Len() > 0
			continue
		}
		if w.Len() > 0 && (gap || part < 1000) {
			w.WriteRune(zero)
		}
		gap = false
		w.below(part)
		w.WriteString(group.name)
	}
	return w.String()
}

// numeralWriter gathers a number, from the left.
type numeralWriter struct {
	strings.Builder
	zero rune
}

// below writes 1 to 9999; at the beginning 12 is 十二, behind more it is 一十二.
func (w *numeralWriter) below(n int) {
	digits := []rune("?一二三四五六七八九")
	begun, gap := false, false
	for _, unit := range []struct {
		size int
		name string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / unit.size % 10
		if d == 0 {
			gap = begun
			continue
		}
		if gap {
			w.WriteRune(w.zero)
			gap = false
		}
		if d != 1 || unit.size != 10 || w.Len() > 0 {
			w.WriteRune(digits[d])
		}
		w.WriteString(unit.name)
		begun = true
	}
}
