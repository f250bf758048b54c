package clauses

import "strings"

var numeralDigits = map[rune]int{
	'〇': 0, '零': 0, '○': 0, '一': 1, '二': 2, '两': 2, '兩': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'壹': 1, '贰': 2, '貳': 2, '叁': 3, '參': 3, '肆': 4, '伍': 5, '陆': 6, '陸': 6, '柒': 7, '捌': 8, '玖': 9,
}

var numeralUnits = map[rune]int{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000}

// numeralRunes are all that a number of a Chinese clause may be written with.
const numeralRunes = "〇零○一二两兩三四五六七八九十百千壹贰貳叁參肆伍陆陸柒捌玖拾佰仟0-9０-９"

// ParseNumeral reads a Chinese or Arabic whole number below ten thousand, such
// as 一百二十三, 二〇二四, 十, 12 or １２; ok is false for anything else.
func ParseNumeral(s string) (n int, ok bool) {
	s = strings.Map(foldDigit, s)
	if s == "" {
		return 0, false
	}
	if !strings.ContainsAny(s, "十拾百佰千仟") {
		for _, r := range s {
			d, known := digitOf(r)
			if !known || n > 999 {
				return 0, false
			}
			n = n*10 + d
		}
		return n, true
	}
	digit, last := -1, 10_000
	for _, r := range s {
		if unit, is := numeralUnits[r]; is {
			if unit >= last {
				return 0, false // 十百
			}
			if digit < 0 {
				if unit != 10 { // 十二 is 12; 百二 is nothing
					return 0, false
				}
				digit = 1
			}
			n, digit, last = n+digit*unit, -1, unit
			continue
		}
		d, known := digitOf(r)
		if !known || digit > 0 {
			return 0, false
		}
		digit = d
	}
	if digit > 0 {
		n += digit
	}
	return n, true
}

func digitOf(r rune) (int, bool) {
	if r >= '0' && r <= '9' {
		return int(r - '0'), true
	}
	d, known := numeralDigits[r]
	return d, known
}

func foldDigit(r rune) rune {
	if r >= '０' && r <= '９' {
		return r - '０' + '0'
	}
	return r
}
