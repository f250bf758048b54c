package formats

import (
	"regexp"
	"slices"
	"strconv"
)

var placeMark = regexp.MustCompile(`\[\[(\d{1,4})\]\]`)

// readPlaces turns a text whose marks name the choice that belongs there, as
// [[3]] does, into one whose marks count the gaps, and lists the choice of each
// gap, from 0. Gaps count up with their choices, so that they are the same gaps
// in a language that says things in another order.
func readPlaces(source string) (text string, choices []int) {
	for _, m := range placeMark.FindAllStringSubmatch(source, -1) {
		n, _ := strconv.Atoi(m[1]) // four digits at most
		choices = append(choices, n-1)
	}
	slices.Sort(choices)
	next := map[int]int{} // the next gap of each choice
	for gap, choice := range slices.Backward(choices) {
		next[choice] = gap + 1
	}
	text = placeMark.ReplaceAllStringFunc(source, func(mark string) string {
		n, _ := strconv.Atoi(mark[2 : len(mark)-2])
		gap := next[n-1]
		next[n-1]++
		return placeOf(gap)
	})
	return text, choices
}

// writePlaces is the inverse of readPlaces.
func writePlaces(text string, choices []int) string {
	return placeMark.ReplaceAllStringFunc(text, func(mark string) string {
		gap, _ := strconv.Atoi(mark[2 : len(mark)-2])
		if gap < 1 || gap > len(choices) {
			return mark
		}
		return placeOf(choices[gap-1] + 1)
	})
}

func placeOf(n int) string { return "[[" + strconv.Itoa(n) + "]]" }
