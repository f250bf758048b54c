package typeset

import (
	"strings"
	"unicode"
)

// noStart may not stand first in a line, noEnd not last.
const (
	noStart = "，。、；：？！）》」』〉】〕〗］｝”’…—·・～％‰℃ー,.;:?!)]}%"
	noEnd   = "（《「『〈【〔〖［｛“‘￥＄([{$€£¥#"
)

// span is a line: the characters from up to to, without the spaces at its ends.
type span struct{ from, to int }

// breakLines fills lines of a width from the characters and their advances.
// Latin words stay whole, marks keep to the character they belong to, and the
// spaces at a break disappear. A piece that is wider than the line gets a line
// of its own.
func breakLines(chars []rune, advances []float64, width float64) []span {
	var lines []span
	start := skipSpaces(chars, 0)
	for start < len(chars) {
		end, used := start, 0.0
		for end < len(chars) {
			next := pieceEnd(chars, end)
			piece := sum(advances[end:trimmed(chars, end, next)])
			if end > start && used+piece > width+slack {
				break
			}
			used += sum(advances[end:next])
			end = next
		}
		lines = append(lines, span{start, trimmed(chars, start, end)})
		start = skipSpaces(chars, end)
	}
	return lines
}

// balancedLines breaks into as few lines as breakLines and makes them about
// equally long, so that no title ends in a single character.
func balancedLines(chars []rune, advances []float64, width float64) []span {
	best := breakLines(chars, advances, width)
	if len(best) < 2 {
		return best
	}
	narrow, wide := 0.0, width
	for range 24 {
		middle := (narrow + wide) / 2
		lines := breakLines(chars, advances, middle)
		if len(lines) > len(best) || widest(lines, advances) > width+slack {
			narrow = middle
			continue
		}
		wide, best = middle, lines
	}
	return best
}

// slack forgives the rounding of sums.
const slack = 1e-9

// pieceEnd returns where the piece that starts at i may be broken off: the next
// opportunity, with the spaces before it.
func pieceEnd(chars []rune, i int) int {
	for i++; i < len(chars); i++ {
		if mayBreak(chars, i) {
			return i
		}
	}
	return len(chars)
}

// mayBreak says whether a line may end before chars[i]; 0 < i < len(chars).
func mayBreak(chars []rune, i int) bool {
	left, right := chars[i-1], chars[i]
	switch {
	case isSpace(right):
		return false // the spaces stay with what is before them
	case unicode.In(right, unicode.Mn, unicode.Variation_Selector):
		return false
	case strings.ContainsRune(noStart, right):
		return false
	}
	for j := i - 1; j >= 0; j-- { // an opening mark holds on to what follows, over spaces too
		if !isSpace(chars[j]) {
			if strings.ContainsRune(noEnd, chars[j]) {
				return false
			}
			break
		}
	}
	if isSpace(left) {
		return true
	}
	if left >= firstHan || right >= firstHan {
		return true
	}
	return left == '-' && i >= 2 && unicode.IsLetter(chars[i-2]) && unicode.IsLetter(right)
}

// isSpace leaves out the ideographic space: it is part of how a name is set.
func isSpace(c rune) bool { return c == ' ' }

func skipSpaces(chars []rune, i int) int {
	for i < len(chars) && isSpace(chars[i]) {
		i++
	}
	return i
}

func trimmed(chars []rune, from, to int) int {
	for to > from && isSpace(chars[to-1]) {
		to--
	}
	return to
}

func sum(advances []float64) (total float64) {
	for _, a := range advances {
		total += a
	}
	return total
}

func widest(lines []span, advances []float64) (most float64) {
	for _, l := range lines {
		most = max(most, sum(advances[l.from:l.to]))
	}
	return most
}
