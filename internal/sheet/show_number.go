package sheet

import (
	"math/big"
	"strconv"
	"strings"
)

// number is what Excel shows of n.
func (f *numberFormat) number(n float64, date1904 bool) (string, *cellFault) {
	s, signed := f.sectionOf(n)
	plain, wrong := general(n)
	switch s.kind {
	case dateKind:
		return s.date(n, date1904)
	case unknownKind:
		return "", fault("sheet.unknown_format", nil)
	case literalKind:
		if len(s.tokens) == 0 && n != 0 { // ;;; hides what the cell holds
			return "", fault("sheet.hidden_value", nil)
		}
		return strings.TrimSpace(s.around("")), nil
	}
	if wrong != nil {
		return "", wrong
	}
	if !signed {
		plain = strings.TrimPrefix(plain, "-")
	}
	if s.kind == generalKind {
		return strings.TrimSpace(s.around(plain)), nil
	}
	if s.has("E") {
		return s.scientific(n, plain)
	}
	return s.digits(plain), nil
}

// text is what Excel shows of a text: the last section may set something around it.
func (f *numberFormat) text(text string) string {
	last := f.sections[len(f.sections)-1]
	if last.has("@") && strings.TrimSpace(last.around("")) != "" {
		return last.around(text)
	}
	return text
}

// around sets the literals of a section around a value.
func (s section) around(value string) string {
	var b strings.Builder
	for _, t := range s.tokens {
		switch t.is {
		case 'x':
			b.WriteString(t.text)
		case '@', 'G':
			b.WriteString(value)
		}
	}
	if s.kind == generalKind && len(s.tokens) == 0 {
		return value
	}
	return b.String()
}

// sectionOf is the section that shows n; signed tells that a minus is written.
func (f *numberFormat) sectionOf(n float64) (s section, signed bool) {
	list := f.sections
	if len(list) == 4 || len(list) > 1 && list[len(list)-1].has("@") {
		list = list[:len(list)-1]
	}
	for i, s := range list {
		if s.condition.op != "" && s.condition.holds(n) {
			return s, !s.condition.negative()
		}
		if s.condition.op != "" {
			continue
		}
		switch {
		case i == len(list)-1, i == 0 && n > 0, i == 1 && n < 0, i == 0 && n == 0 && len(list) < 3:
			return s, i == 0 || i == len(list)-1 && list[0].condition.op != "" && !list[0].condition.positive()
		}
	}
	return section{kind: unknownKind}, true
}

// scientific gives the number in full when what is shown says the same number.
func (s section) scientific(n float64, plain string) (string, *cellFault) {
	decimals, after := 0, false
	for _, t := range s.tokens {
		if t.is == 'E' {
			break
		}
		after = after || t.is == '.'
		if after && strings.IndexByte("0#?", t.is) >= 0 {
			decimals++
		}
	}
	shown, err := strconv.ParseFloat(strconv.FormatFloat(n, 'e', decimals, 64), 64)
	if err != nil || shown != n {
		return "", fault("sheet.number_rounded", nil)
	}
	return plain, nil
}

// digits shows a decimal number in the places of the section.
func (s section) digits(plain string) string {
	whole, decimals, scale, grouped := s.shape()
	value, ok := new(big.Rat).SetString(plain)
	if !ok {
		return plain
	}
	factor := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(scale, -scale))), nil))
	if scale < 0 {
		factor.Inv(factor)
	}
	rounded := value.Mul(value, factor).FloatString(decimals)
	rounded, negative := strings.CutPrefix(rounded, "-")
	before, after, _ := strings.Cut(rounded, ".")
	if before == "0" {
		before = ""
	}
	before = s.wholePart(before, whole, grouped)
	out := strings.TrimSpace(before + s.decimalPart(after))
	if negative {
		out = "-" + out
	}
	return out
}

// shape counts the places before and after the point, by how many tens the value is
// taken (a % is two, a comma at the end minus three), and whether thousands are parted.
func (s section) shape() (whole, decimals, scale int, grouped bool) {
	after, commas := false, 0
	for _, t := range s.tokens {
		switch t.is {
		case '0', '#', '?':
			if after {
				decimals++
			} else {
				whole++
				grouped = grouped || commas > 0
			}
			commas = 0
		case ',':
			if !after && whole > 0 || after {
				commas++
			}
		case '.':
			scale -= 3 * commas
			after, commas = true, 0
		case '%':
			scale += 2
		}
	}
	return whole, decimals, scale - 3*commas, grouped
}

// wholePart fills the places before the point from the right; the first place takes
// all digits that are left.
func (s section) wholePart(digits string, places int, grouped bool) string {
	end := len(s.tokens)
	for i, t := range s.tokens {
		if t.is == '.' {
			end = i
			break
		}
	}
	var back []string // pieces from the right
	written := 0
	put := func(d string) {
		if grouped && written > 0 && written%3 == 0 {
			back = append(back, ",")
		}
		back = append(back, d)
		written++
	}
	for i := end - 1; i >= 0; i-- {
		switch t := s.tokens[i]; t.is {
		case 'x':
			back = append(back, t.text)
		case '%':
			back = append(back, "%")
		case '0', '#', '?':
			places--
			switch {
			case digits != "":
				put(digits[len(digits)-1:])
				digits = digits[:len(digits)-1]
			case t.is == '0':
				put("0")
			case t.is == '?':
				back = append(back, " ")
			}
			for places == 0 && digits != "" {
				put(digits[len(digits)-1:])
				digits = digits[:len(digits)-1]
			}
		}
	}
	var b strings.Builder
	if end < len(s.tokens) && places == 0 && digits != "" { // .00 has no place before its point
		b.WriteString(digits)
	}
	for i := len(back) - 1; i >= 0; i-- {
		b.WriteString(back[i])
	}
	return b.String()
}

// decimalPart fills the places after the point; # and ? show no zeros at the end.
func (s section) decimalPart(digits string) string {
	var b strings.Builder
	after := false
	for _, t := range s.tokens {
		switch {
		case t.is == '.' && !after:
			after = true
			b.WriteString(".")
		case !after:
		case t.is == 'x':
			b.WriteString(t.text)
		case t.is == '%':
			b.WriteString("%")
		case strings.IndexByte("0#?", t.is) >= 0:
			if t.is == '0' || strings.Trim(digits, "0") != "" {
				b.WriteString(digits[:1])
			}
			digits = digits[1:]
		}
	}
	return b.String()
}
