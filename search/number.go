package search

import (
	"strconv"
	"strings"
	"unicode"

	"anwen/policies/clauses"
)

// lettersOf folds a text and writes the numbers beside Chinese in Chinese, 第3条 as
// 第三条 and 7 个工作日 as 七个工作日, so that both are found by either. A query
// keeps the space before a number: it separates two words.
func lettersOf(text string, query bool) []letter {
	runes := []rune(text)
	folded := make([]rune, len(runes))
	for i, r := range runes {
		folded[i] = fold(r)
	}
	list := make([]letter, 0, len(runes))
	for i := 0; i < len(folded); {
		if isDigit(folded[i]) {
			end := i
			for end < len(folded) && isDigit(folded[end]) {
				end++
			}
			list, i = appendNumber(list, folded, i, end, query)
			continue
		}
		if joins(folded, i, query) {
			i++
			continue
		}
		list = append(list, letter{r: folded[i], from: i, to: i + 1})
		i++
	}
	return withDigits(list)
}

// appendNumber writes the digits from start to end, in Chinese where Chinese
// stands beside them.
func appendNumber(list []letter, text []rune, start, end int, query bool) ([]letter, int) {
	digits := string(text[start:end])
	next := end
	percent := next < len(text) && text[next] == '%'
	behind := next
	if behind < len(text) && text[behind] == ' ' {
		behind++
	}
	followed := behind < len(text) && isHan(text[behind]) && !(behind > next && text[behind] == '第')
	led := len(list) > 0 && isHan(list[len(list)-1].r) && !(query && start > 0 && text[start-1] == ' ' && text[max(start-2, 0)] != '第')
	written, ok := "", false
	if !partOfMore(text, start, end) && (followed || led || percent) {
		written, ok = inChinese(digits, behind < len(text) && text[behind] == '年')
	}
	if !ok {
		for i := start; i < end; i++ {
			list = append(list, letter{r: text[i], from: i, to: i + 1})
		}
		return list, end
	}
	if percent {
		written, next = "百分之"+written, next+1
	} else if followed {
		next = behind // without the space
	}
	for k, r := range []rune(written) {
		l := letter{r: r, from: start, to: end}
		if k == 0 {
			l.digits = digits
		}
		list = append(list, l)
	}
	return list, next
}

// partOfMore reports whether digits are part of 3.5, 1,000, A3 or TS-2.
func partOfMore(text []rune, start, end int) bool {
	digit := func(i int) bool { return i >= 0 && i < len(text) && isDigit(text[i]) }
	latin := func(i int) bool {
		return i >= 0 && i < len(text) && unicode.IsLetter(text[i]) && !isHan(text[i])
	}
	joined := func(i int) bool { return i >= 0 && i < len(text) && strings.ContainsRune(".,:/-", text[i]) }
	return latin(start-1) || latin(end) || joined(start-1) && (digit(start-2) || latin(start-2)) || joined(end) && digit(end+1)
}

// joins reports whether the space here only sets Chinese and a number apart, or is
// where a line of Chinese was wrapped, or sets the number of a clause wide.
func joins(text []rune, i int, query bool) bool {
	if i == 0 || i+1 >= len(text) || text[i] != ' ' && text[i] != '\n' && text[i] != '\u3000' {
		return false
	}
	before, behind := text[i-1], text[i+1]
	digit := isDigit(behind)
	switch {
	case before == '第' && (digit || numeral(behind)):
		return true
	case numeral(before) && (behind == '条' || behind == '章' || behind == '节' || behind == '款' || behind == '项'):
		return true
	case query:
		return false
	case isHan(before) && digit:
		return text[i] == ' '
	}
	return text[i] == '\n' && isHan(before) && isHan(behind)
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) || r == '〇' }

func numeral(r rune) bool {
	return strings.ContainsRune("〇一二三四五六七八九十百千万亿", r)
}

// withDigits notes the numbers that Chinese writes, so that 48 finds 四十八小时. One
// character is a number only where it counts something.
func withDigits(list []letter) []letter {
	for i := 0; i < len(list); i++ {
		if !numeral(list[i].r) || list[i].digits != "" {
			continue
		}
		end := i
		var b strings.Builder
		for end < len(list) && numeral(list[end].r) {
			b.WriteRune(list[end].r)
			end++
		}
		counts := end < len(list) && strings.ContainsRune("条章节款项年月日天周个小时分秒元万亿人次份件起倍岁户笔张页级类种", list[end].r)
		if n, ok := clauses.ParseNumeral(b.String()); ok && (end-i > 1 || counts) {
			list[i].digits = strconv.Itoa(n)
		}
		i = end - 1
	}
	return list
}

// inChinese writes a number as texts do: 四十八, 一百〇五, 十二万; a year digit by
// digit. Not ok for more digits than numbers in texts have, or zeros before it.
func inChinese(digits string, year bool) (written string, ok bool) {
	n, err := strconv.Atoi(digits)
	if err != nil || len(digits) > 12 || len(digits) > 1 && digits[0] == '0' {
		return "", false
	}
	if year && len(digits) == 4 || n == 0 {
		return strings.Map(func(d rune) rune { return []rune("〇一二三四五六七八九")[d-'0'] }, digits), true
	}
	return clauses.FormatNumeral(n, '〇'), true
}
