package docx

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"anwen/policies/clauses"
)

func formatOf(l level, legal bool) string {
	if legal {
		return "decimal"
	}
	return l.format
}

// written is a number in one of Word's formats; those that are not listed are
// written in digits.
func written(n int, format string) string {
	if w, known := formats[format]; known {
		return w(n)
	}
	return strconv.Itoa(n)
}

// formats are the ways of counting that texts use.
var formats = map[string]func(int) string{
	"decimal": strconv.Itoa, "bullet": strconv.Itoa, "none": strconv.Itoa, "": strconv.Itoa,
	"chineseCounting": chinese, "chineseCountingThousand": chinese, "japaneseCounting": chinese,
	"taiwaneseCounting": chinese, "taiwaneseCountingThousand": chinese, "koreanCounting": chinese,
	"ideographDigital": digitByDigit, "taiwaneseDigital": digitByDigit, "japaneseDigitalTenThousand": digitByDigit, "koreanDigital2": digitByDigit,
	"chineseLegalSimplified": func(n int) string {
		return replaced(chinese(n), "一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
	},
	"ideographLegalTraditional": func(n int) string {
		return replaced(chinese(n), "一二三四五六七八九十百千", "壹貳參肆伍陸柒捌玖拾佰仟")
	},
	"lowerLetter":                  func(n int) string { return letters(n, 'a') },
	"upperLetter":                  func(n int) string { return letters(n, 'A') },
	"lowerRoman":                   func(n int) string { return strings.ToLower(roman(n)) },
	"upperRoman":                   roman,
	"decimalZero":                  func(n int) string { return fmt.Sprintf("%02d", n) },
	"decimalFullWidth":             func(n int) string { return replaced(strconv.Itoa(n), "0123456789", "０１２３４５６７８９") },
	"decimalFullWidth2":            func(n int) string { return replaced(strconv.Itoa(n), "0123456789", "０１２３４５６７８９") },
	"decimalHalfWidth":             strconv.Itoa,
	"numberInDash":                 func(n int) string { return "- " + strconv.Itoa(n) + " -" },
	"decimalEnclosedCircle":        func(n int) string { return from(n, '①', 20) },
	"decimalEnclosedCircleChinese": func(n int) string { return from(n, '①', 20) },
	"decimalEnclosedFullstop":      func(n int) string { return from(n, '⒈', 20) },
	"decimalEnclosedParen":         func(n int) string { return from(n, '⑴', 20) },
	"ideographEnclosedCircle":      func(n int) string { return from(n, '㊀', 10) },
	"ideographTraditional":         func(n int) string { return oneOf(n, "甲乙丙丁戊己庚辛壬癸") },
	"ideographZodiac":              func(n int) string { return oneOf(n, "子丑寅卯辰巳午未申酉戌亥") },
}

func replaced(s, old, new string) string {
	from, to := []rune(old), []rune(new)
	return strings.Map(func(r rune) rune {
		if i := slices.Index(from, r); i >= 0 {
			return to[i]
		}
		return r
	}, s)
}

// digitByDigit writes 10 as 一〇.
func digitByDigit(n int) string {
	return replaced(strconv.Itoa(n), "0123456789", "〇一二三四五六七八九")
}

// from counts characters that stand one after the other.
func from(n int, first rune, last int) string {
	if n < 1 || n > last {
		return strconv.Itoa(n)
	}
	return string(first + rune(n-1))
}

func oneOf(n int, signs string) string {
	list := []rune(signs)
	if n < 1 || n > len(list) {
		return strconv.Itoa(n)
	}
	return string(list[n-1])
}

// chinese writes 1 to 9999 as statutes do: 十二, 一百零三, 一千一百一十.
func chinese(n int) string {
	if n <= 0 || n > 9999 {
		return strconv.Itoa(n)
	}
	return clauses.FormatNumeral(n, '零')
}

func letters(n int, first rune) string {
	if n < 1 || n > 26*30 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.value {
			b.WriteString(r.sign)
			n -= r.value
		}
	}
	return b.String()
}
