package formats

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// numberStyle is how a number is written; a list inside a text often has another
// one than the questions.
type numberStyle byte

// The styles.
const (
	numberDotted    numberStyle = '.' // 1. 1、 1:
	numberBracketed numberStyle = ')' // 1) （1）
	numberOrdinal   numberStyle = '#' // 第1题
)

// pastedNumber is the number at the beginning of a line.
type pastedNumber struct {
	n     int
	style numberStyle
	weak  bool   // it may as well be a quantity, as in 3.5%, or words, as in 3 天内
	share bool   // weak, and a percentage with what follows, as in 3.5%
	kind  string // 【单选题】 before it
	key   string // （√） before it
	rest  string
}

const digitClass = `[0-9０-９]{1,4}`

var (
	numberMark  = regexp.MustCompile(`^(?:第\s*(` + digitClass + `)\s*[题題]\s*[.．、:：,，]?|(?:题目?|題目?|问题|問題|Q|No[.．]?)\s*(` + digitClass + `)\s*(?:[.．、:：]|[ \t　])|[（(【\[]\s*(` + digitClass + `)\s*[）)】\]]\s*[.．、:：]?|(` + digitClass + `)\s*([.．、:：)）,，。]{1,2})|(` + digitClass + `)[ \t　]+)\s*`)
	keyBefore   = regexp.MustCompile(`^[（(]\s*(` + truthMarks + `|[` + upperLetters + `]{1,8})?\s*[)）]\s*`)
	notMinutes  = regexp.MustCompile(`^[0-9０-９]{4}`) // a year
	percentage  = regexp.MustCompile(`^[0-9０-９]{1,4}\s*[%％‰]`)
	manyNumbers = regexp.MustCompile(`^[0-9]+(?:[.．][0-9]+){2}`)
)

// markOf reads the number at the beginning of a line, nil without one. Times,
// dates and numbers of sections are none.
func markOf(text string) *pastedNumber {
	m := pastedNumber{}
	if kind, rest := cutKindMark(text); kind != "" && numberMark.MatchString(rest) {
		m.kind, text = kind, rest
	}
	if before := keyBefore.FindStringSubmatch(text); before != nil && numberMark.MatchString(text[len(before[0]):]) {
		m.key, text = before[1], text[len(before[0]):]
	}
	at := numberMark.FindStringSubmatchIndex(text)
	if at == nil || manyNumbers.MatchString(text) {
		return nil
	}
	group := func(i int) string {
		if at[2*i] < 0 {
			return ""
		}
		return text[at[2*i]:at[2*i+1]]
	}
	m.rest = text[at[1]:]
	digit := m.rest != "" && strings.IndexByte("0123456789", width.Fold.String(m.rest)[0]) >= 0 && at[1] > 0 && text[at[1]-1] != ' '
	digits := ""
	switch {
	case group(1) != "":
		digits, m.style = group(1), numberOrdinal
	case group(2) != "":
		digits, m.style = group(2), numberOrdinal
	case group(3) != "":
		digits, m.style = group(3), numberBracketed
	case group(4) != "":
		digits, m.style = group(4), numberDotted
		switch separator := group(5); {
		case strings.ContainsAny(separator, ")）"):
			m.style = numberBracketed
		case digit && notMinutes.FindString(m.rest) == "" && strings.ContainsAny(separator, ":：,，"):
			return nil // a time, or thousands
		case digit && strings.ContainsAny(separator, ".．:："):
			m.weak, m.share = true, percentage.MatchString(m.rest)
		}
	default:
		digits, m.style, m.weak = group(6), numberDotted, true
		if digit {
			return nil
		}
	}
	n, err := strconv.Atoi(width.Fold.String(digits))
	if err != nil || n == 0 {
		return nil
	}
	m.n = n
	if kind, rest := cutKindMark(m.rest); kind != "" && m.kind == "" {
		m.kind, m.rest = kind, rest
	}
	return &m
}
