package items

import (
	"strconv"
	"strings"
)

// Points count thousandths of a point, so that 1.3 points three times are 3.9
// exactly and a third of a point is rounded once, in the grade of one item.
type Points int64

// Point is one whole point.
const Point Points = 1000

// MaxPoints bounds what one item may be worth: a million points. Grading
// multiplies points with weights in 64 bits and stays far inside them.
const MaxPoints = 1_000_000 * Point

// String writes the points in decimal: 1.3, 4, 0.333.
func (p Points) String() string { return fixed(int64(p), 3) }

// ParsePoints reads points in decimal, such as 2 or 0.5. It reports false for
// anything else, for more than three decimals that matter, for points below
// nothing and above MaxPoints.
func ParsePoints(s string) (Points, bool) {
	n, ok := parseFixed(s, 3)
	return Points(n), ok && n >= 0 && Points(n) <= MaxPoints
}

// Weight is the share of an item's points that an option earns, in
// hundred-thousandths of a percent: the five decimals that Moodle writes, as in
// 33.33333%.
type Weight int64

// Whole is 100%.
const Whole Weight = 100 * 100_000

// String writes the weight in percent without the sign: 33.33333, 50, -100.
func (w Weight) String() string { return fixed(int64(w), 5) }

// ParseWeight reads a percentage such as 50, -33.33333 or 12.5. It reports false
// for anything else, for more than five decimals that matter and for shares
// outside ±100%.
func ParseWeight(s string) (Weight, bool) {
	n, ok := parseFixed(s, 5)
	w := Weight(n)
	if !ok || w > Whole || w < -Whole {
		return 0, false
	}
	return w, true
}

// ParseFraction reads a share as a part of one, such as 0.5 or -1, to seven
// decimals. It reports false for shares outside ±1.
func ParseFraction(s string) (Weight, bool) {
	n, ok := parseFixed(s, 7)
	w := Weight(n)
	return w, ok && w <= Whole && w >= -Whole
}

// Fraction writes the weight as a part of one: 0.5.
func (w Weight) Fraction() string { return fixed(int64(w), 7) }

// parseFixed reads a number of at most so many decimals and counts their units.
func parseFixed(s string, decimals int) (int64, bool) {
	d, ok := ParseDecimal(s)
	if !ok {
		return 0, false
	}
	whole, fraction, _ := strings.Cut(string(d), ".")
	if len(fraction) > decimals {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", decimals-len(fraction)), 10, 64)
	return n, err == nil
}

// fixed writes n/10^decimals without trailing zeros.
func fixed(n int64, decimals int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	digits := strconv.FormatInt(n, 10)
	if len(digits) <= decimals {
		digits = strings.Repeat("0", decimals-len(digits)+1) + digits
	}
	cut := len(digits) - decimals
	fraction := strings.TrimRight(digits[cut:], "0")
	if fraction == "" {
		return sign + digits[:cut]
	}
	return sign + digits[:cut] + "." + fraction
}
