package docx

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// numbers makes the labels of lists as Word prints them (ECMA-376 part 1, §17.9).
type numbers struct {
	abstract map[string]map[int]level // levels by the id of the abstract list
	of       map[string]string        // numId → abstract id
	start    map[string]map[int]int   // overrides by numId
	counts   map[string]*[9]int       // how far each list has counted, by abstract id
	begun    map[string]*[9]bool
}

type level struct {
	format string // decimal, chineseCounting, bullet…
	text   string // 第%1条
	start  int
	legal  bool // all numbers of the label in digits
}

func newNumbers() *numbers {
	return &numbers{abstract: map[string]map[int]level{}, of: map[string]string{}, start: map[string]map[int]int{},
		counts: map[string]*[9]int{}, begun: map[string]*[9]bool{}}
}

func (n *numbers) read(d *xml.Decoder) error {
	var list, num string
	at := 0
	var visit func(e element, depth int) error
	visit = func(e element, depth int) error {
		switch e.name {
		case "abstractNum":
			list, num = e.attr["abstractNumId"], ""
			n.abstract[list] = map[int]level{}
		case "num":
			num = e.attr["numId"]
		case "abstractNumId":
			n.of[num] = e.attr["val"]
		case "lvl", "lvlOverride":
			if at = number(e.attr["ilvl"]); at > 8 {
				at = 8
			}
		case "startOverride":
			if n.start[num] == nil {
				n.start[num] = map[int]int{}
			}
			n.start[num][at] = number(e.attr["val"])
		case "start", "numFmt", "lvlText", "isLgl":
			if num != "" || n.abstract[list] == nil {
				break // levels overridden one by one are rare, and their start is read above
			}
			l := n.abstract[list][at]
			switch e.name {
			case "isLgl":
				l.legal = e.attr["val"] != "0" && e.attr["val"] != "false"
			case "start":
				l.start = number(e.attr["val"])
			case "numFmt":
				l.format = e.attr["val"]
			case "lvlText":
				l.text = e.attr["val"]
			}
			n.abstract[list][at] = l
		}
		return each(d, depth, visit, nil)
	}
	return each(d, 0, visit, nil)
}

// label counts the paragraph and returns what stands before it; bullet for a
// list without numbers.
func (n *numbers) label(p place) (label string, bullet bool) {
	list, known := n.of[p.id]
	if p.id == "" || p.id == "0" || !known || p.level > 8 {
		return "", false
	}
	levels := n.abstract[list]
	if n.counts[list] == nil {
		n.counts[list], n.begun[list] = &[9]int{}, &[9]bool{}
	}
	counts, begun := n.counts[list], n.begun[list]
	begin := func(at int) int {
		if start, over := n.start[p.id][at]; over {
			return start
		}
		return levels[at].start
	}
	if begun[p.level] {
		counts[p.level]++
	} else {
		counts[p.level], begun[p.level] = begin(p.level), true
	}
	for at := range p.level { // an outer level that was never printed counts as begun
		if !begun[at] {
			counts[at], begun[at] = begin(at), true
		}
	}
	for at := p.level + 1; at < len(counts); at++ {
		begun[at] = false
	}
	l := levels[p.level]
	if l.format == "bullet" {
		return "", true
	}
	if l.format == "none" {
		return "", false
	}
	text := l.text
	for at := range counts {
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(at+1), written(counts[at], formatOf(levels[at], l.legal)))
	}
	return text, false
}

func formatOf(l level, legal bool) string {
	if legal {
		return "decimal"
	}
	return l.format
}

// written is a number in one of Word's formats; those that policies do not use
// are written in digits.
func written(n int, format string) string {
	switch format {
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting", "taiwaneseCountingThousand", "chineseLegalSimplified":
		return chinese(n)
	case "lowerLetter":
		return letters(n, 'a')
	case "upperLetter":
		return letters(n, 'A')
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		if n >= 1 && n <= 20 {
			return string(rune('①' + n - 1))
		}
	}
	return strconv.Itoa(n)
}

// chinese writes 1 to 9999 as statutes do: 十二, 一百零三, 一千一百一十.
func chinese(n int) string {
	if n <= 0 || n > 9999 {
		return strconv.Itoa(n)
	}
	digits := []rune("零一二三四五六七八九")
	var b strings.Builder
	gap := false
	for _, unit := range []struct {
		size int
		name string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / unit.size % 10
		if d == 0 {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteRune('零')
			gap = false
		}
		if !(d == 1 && unit.size == 10 && b.Len() == 0) {
			b.WriteRune(digits[d])
		}
		b.WriteString(unit.name)
	}
	return b.String()
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
