package clauses

import (
	_ "embed"
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"anwen/internal/han"
)

// wordList has a Chinese word of two to four letters a line, the most usual first.
// They are those of the jieba project's dictionary (MIT) that are used most, and
// names of authorities of today.
//
//go:embed words.txt
var wordList string

const longestWord = 4 // letters

// lexicon is what a word costs: little for a usual one.
var lexicon = sync.OnceValue(func() map[string]float64 {
	costs := make(map[string]float64, 32_000)
	rank := 0.0
	for line := range strings.Lines(wordList) {
		costs[strings.TrimSpace(line)] = math.Log(rank + 100)
		rank++
	}
	return costs
})

const lonelyCost = 11 // of a letter that makes no word with its neighbours

// wordsAt gives for each byte of a text where the word that it stands in begins
// and ends: the words of the cheapest cut of each stretch of Han.
func wordsAt(s string) (begin, end []int) {
	begin, end = make([]int, len(s)+1), make([]int, len(s)+1)
	for i := range begin {
		begin[i], end[i] = i, i
	}
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.Is(unicode.Han, r) {
			i += size
			continue
		}
		stop := i
		for stop < len(s) {
			r, size := utf8.DecodeRuneInString(s[stop:])
			if !unicode.Is(unicode.Han, r) {
				break
			}
			stop += size
		}
		for _, word := range cheapest(s[i:stop]) {
			for k := i; k < i+len(word); k++ {
				begin[k], end[k] = i, i+len(word)
			}
			i += len(word)
		}
	}
	return begin, end
}

// cheapest cuts a stretch of Han into the words that cost least together.
func cheapest(s string) []string {
	costs := lexicon()
	letters := []rune(han.Simplify(s)) // as many as before
	var places []int
	for i := range s {
		places = append(places, i)
	}
	places = append(places, len(s))
	n := len(places) - 1
	best, length := make([]float64, n+1), make([]int, n+1)
	for i := n - 1; i >= 0; i-- {
		best[i], length[i] = best[i+1]+lonelyCost, 1
		for size := 2; size <= longestWord && i+size <= n; size++ {
			if cost, known := costs[string(letters[i:i+size])]; known && cost+best[i+size] < best[i] {
				best[i], length[i] = cost+best[i+size], size
			}
		}
	}
	var words []string
	for i := 0; i < n; i += length[i] {
		words = append(words, s[places[i]:places[i+length[i]]])
	}
	return words
}

// wholeWords widens what was replaced so that no word is cut: 国务院 became 国家,
// not 务院 家. What was only deleted or inserted stands as it is.
func wholeWords(list []Run, old, new string) []Run {
	oldBegin, oldEnd := wordsAt(old)
	newBegin, newEnd := wordsAt(new)
	for range 3 { // a wider change may cut a word of the other text
		list = append([]Run{}, list...)
		widened := false
		i, j := 0, 0
		for k, r := range list {
			replaced := r.Op == Delete && k+1 < len(list) && list[k+1].Op == Insert
			if replaced && k > 0 {
				n := min(max(i-oldBegin[i], j-newBegin[j]), len(list[k-1].Text))
				moved := list[k-1].Text[len(list[k-1].Text)-n:]
				list[k-1].Text = list[k-1].Text[:len(list[k-1].Text)-n]
				list[k].Text, list[k+1].Text = moved+list[k].Text, moved+list[k+1].Text
				i, j, widened = i-n, j-n, widened || n > 0
			}
			if replaced && k+2 < len(list) {
				oldStop, newStop := i+len(list[k].Text), j+len(list[k+1].Text)
				n := min(max(cutBehind(oldBegin, oldEnd, oldStop), cutBehind(newBegin, newEnd, newStop)), len(list[k+2].Text))
				moved := list[k+2].Text[:n]
				list[k+2].Text = list[k+2].Text[n:]
				list[k].Text, list[k+1].Text = list[k].Text+moved, list[k+1].Text+moved
				widened = widened || n > 0
			}
			if r.Op != Insert {
				i += len(list[k].Text)
			}
			if r.Op != Delete {
				j += len(list[k].Text)
			}
		}
		if !widened {
			break
		}
		var out runs
		out.addAll(list)
		list = out.list
	}
	return list
}

// cutBehind is how much of a word stands behind a place inside it.
func cutBehind(begin, end []int, place int) int {
	if begin[place] < place {
		return end[place] - place
	}
	return 0
}
