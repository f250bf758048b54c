package items

import (
	"math/big"
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// Decimal is an exact number in its one canonical spelling: 3.142, -5, 0. Equal
// numbers have equal strings.
type Decimal string

// Bounds on what is read as a number. They are far above any question and keep
// a text such as 1e999999999 from becoming a gigabyte of digits.
const (
	maxNumberLength = 80
	maxExponent     = 40
)

// ParseDecimal reads 42, -3.5, +.5, 2. or 1.2e-3 and reports whether it could.
func ParseDecimal(s string) (Decimal, bool) {
	if len(s) == 0 || len(s) > maxNumberLength {
		return "", false
	}
	negative := s[0] == '-'
	if s[0] == '-' || s[0] == '+' {
		s = s[1:]
	}
	exponent := 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		n, err := strconv.Atoi(s[i+1:])
		if err != nil || n > maxExponent || n < -maxExponent {
			return "", false
		}
		exponent, s = n, s[:i]
	}
	whole, fraction, _ := strings.Cut(s, ".")
	if whole+fraction == "" || !onlyDigits(whole) || !onlyDigits(fraction) {
		return "", false
	}
	return canonical(negative, whole, fraction, exponent), true
}

// canonical moves the point by the exponent and drops zeros that say nothing.
func canonical(negative bool, whole, fraction string, exponent int) Decimal {
	for ; exponent > 0; exponent-- {
		if fraction == "" {
			fraction = "0"
		}
		whole, fraction = whole+fraction[:1], fraction[1:]
	}
	for ; exponent < 0; exponent++ {
		if whole == "" {
			whole = "0"
		}
		whole, fraction = whole[:len(whole)-1], whole[len(whole)-1:]+fraction
	}
	whole = strings.TrimLeft(whole, "0")
	fraction = strings.TrimRight(fraction, "0")
	if whole == "" {
		whole = "0"
	}
	text := whole
	if fraction != "" {
		text += "." + fraction
	}
	if negative && text != "0" {
		text = "-" + text
	}
	return Decimal(text)
}

func onlyDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// rat is the value for exact arithmetic. A Decimal that did not come from
// ParseDecimal counts as zero; Item.Check refuses it before it is stored.
func (d Decimal) rat() *big.Rat {
	r, ok := new(big.Rat).SetString(string(d))
	if !ok {
		return new(big.Rat)
	}
	return r
}

// decimalOf writes a fraction that ends, such as a half of a decimal.
func decimalOf(r *big.Rat) Decimal {
	digits, _ := r.FloatPrec()
	d, _ := ParseDecimal(r.FloatString(digits))
	return d
}

// Inverse is one divided by the number and whether that is exact; otherwise it is
// rounded to 12 decimals. Of zero it is nothing.
func (d Decimal) Inverse() (inverse Decimal, exact bool) {
	r := d.rat()
	if r.Sign() == 0 {
		return "", false
	}
	r.Inv(r)
	if digits, exact := r.FloatPrec(); exact && digits <= maxExponent {
		return decimalOf(r), true
	}
	inverse, _ = ParseDecimal(r.FloatString(12))
	return inverse, false
}

// Between returns the middle of low and high and the tolerance that reaches
// both, exactly. It reports false when low is above high.
func Between(low, high Decimal) (value, tolerance Decimal, ok bool) {
	l, h := low.rat(), high.rat()
	if l.Cmp(h) > 0 {
		return "", "", false
	}
	half := big.NewRat(1, 2)
	middle := new(big.Rat).Add(l, h)
	reach := new(big.Rat).Sub(h, l)
	value, tolerance = decimalOf(middle.Mul(middle, half)), decimalOf(reach.Mul(reach, half))
	return value, tolerance, value != "" && tolerance != ""
}

var minusSigns = strings.NewReplacer("\u2212", "-", "\u2013", "-", "\u00a0", " ", "\u202f", " ", "\u2009", " ")

// typedDecimal reads a number as people type it: full-width digits and signs,
// and thousands separated by a comma or a space in groups of three. A comma is
// never a decimal point: 1,5 could mean either and is therefore not a number.
func typedDecimal(s string) (Decimal, bool) {
	if len(s) > 4*maxNumberLength {
		return "", false
	}
	s = strings.TrimSpace(minusSigns.Replace(width.Fold.String(s)))
	if !strings.ContainsAny(s, ", ") {
		return ParseDecimal(s)
	}
	whole, fraction, point := strings.Cut(s, ".")
	groups, ok := joinThousands(whole)
	if !ok {
		return "", false
	}
	if point {
		groups += "." + fraction
	}
	return ParseDecimal(groups)
}

func joinThousands(whole string) (string, bool) {
	separator := ","
	if !strings.Contains(whole, ",") {
		separator = " "
	}
	groups := strings.Split(whole, separator)
	first := strings.TrimLeft(groups[0], "+-")
	if len(first) < 1 || len(first) > 3 {
		return "", false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 || !onlyDigits(g) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}
