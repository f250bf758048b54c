package formats

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"
)

// optionMark is a letter that may begin an option.
type optionMark struct {
	letter   int // from 1
	from, to int // the mark itself, so that its text begins at to
	first    bool
	spaced   bool
	strong   bool
}

var (
	strongOption  = regexp.MustCompile(`([` + anyLetters + `])[ \t　]{0,2}[.．、:：)）]{1,2}`)
	wrappedOption = regexp.MustCompile(`[（(【\[][ \t　]*([` + upperLetters + `])[ \t　]*[)）】\]][ \t　]*[.．、:：]?`)
	otherOption   = regexp.MustCompile(`(?m)^[ \t　]*([` + upperLetters + `])[ \t　]*[,，;；。·]`)
	bareOption    = regexp.MustCompile(`^([` + upperLetters + `])(?:[ \t　]+|\p{Han}|[《“"‘])`)
	weakOption    = regexp.MustCompile(`(?m)(?:^|[ \t　])([` + upperLetters + `])(?:[ \t　]+|(\p{Han}|[《“"‘]))`)
)

// letterOf is the option that a line begins with, from 1; 0 for none. Only a letter
// with a mark counts.
func letterOf(text string) int {
	for _, pattern := range []*regexp.Regexp{strongOption, otherOption, wrappedOption} {
		if m := pattern.FindStringSubmatchIndex(text[:min(len(text), 24)]); m != nil && m[0] == 0 {
			if rest := strings.TrimSpace(text[m[1]:]); pattern == wrappedOption && rest == "" {
				return 0
			}
			return letterNumber(text[m[2]:m[3]])
		}
	}
	return 0
}

// bareLetter is the option that a line may begin with, without a mark.
func bareLetter(text string) int {
	if m := bareOption.FindStringSubmatch(text[:min(len(text), 24)]); m != nil {
		return letterNumber(m[1])
	}
	return 0
}

func letterNumber(s string) int { return int(strings.ToUpper(width.Fold.String(s))[0]-'A') + 1 }

// splitOptions takes the options off the end of a text. Their order on the page is
// free, as in two columns; options whose letter is not there are "". It reports a
// letter that stands twice.
func splitOptions(text string) (stem string, options []string, twice string) {
	marks, twice := optionMarks(text)
	if len(marks) == 0 {
		return text, nil, ""
	}
	stem = strings.TrimSpace(text[:marks[0].from])
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1].from
		}
		for len(options) < m.letter {
			options = append(options, "")
		}
		option := strings.TrimSpace(text[m.to:end])
		if i+1 < len(marks) && !marks[i+1].first { // A.甲；B.乙
			option = strings.TrimRight(option, "；;、,，|/ \t　")
		}
		options[m.letter-1] = option
	}
	return stem, options, twice
}

// optionMarks chooses the marks of the options: those at the beginning of lines and
// after spaces first, then those that fill the letters between them.
func optionMarks(text string) (marks []optionMark, twice string) {
	candidates := optionCandidates(text)
	marks, twice = boundaryMarks(candidates)
	if len(marks) == 0 {
		if marks = gluedRun(text, candidates); len(marks) == 0 {
			return nil, ""
		}
	}
	marks = filled(marks, candidates)
	if marks[0].letter != 1 {
		return nil, ""
	}
	if len(marks) == 1 && !(marks[0].first && marks[0].strong) {
		return nil, ""
	}
	return marks, twice
}

// optionCandidates lists every letter that may begin an option, in the order of
// the text.
func optionCandidates(text string) []optionMark {
	var all []optionMark
	lower := true
	add := func(from, to, letterFrom, letterTo int, strong bool) {
		before := strings.TrimRight(text[:from], " \t　")
		m := optionMark{letter: letterNumber(text[letterFrom:letterTo]), from: from, to: to, strong: strong}
		if from == letterFrom && strings.ContainsAny(text[letterTo:to], ")）") && before != "" && strings.ContainsAny(lastRune(before), "（([【〔") {
			return // （A） is a key, or has its own pattern
		}
		m.first = before == "" || strings.HasSuffix(before, "\n")
		m.spaced = m.first || len(before) < from || strings.ContainsAny(lastRune(before), "。？?！!）)：:；;，,、”\"》|")
		if !m.spaced && asciiLetter(lastRune(before)) {
			return
		}
		all = append(all, m)
	}
	for _, m := range strongOption.FindAllStringSubmatchIndex(text, -1) {
		if letter := width.Fold.String(text[m[2]:m[3]]); letter >= "a" {
			continue
		}
		lower = false
		add(m[0], m[1], m[2], m[3], true)
	}
	if lower {
		for _, m := range strongOption.FindAllStringSubmatchIndex(text, -1) {
			add(m[0], m[1], m[2], m[3], true)
		}
		begins := slices.ContainsFunc(all, func(m optionMark) bool { return m.first && m.letter == 1 })
		all = slices.DeleteFunc(all, func(m optionMark) bool {
			return !m.first && !(begins && strings.ContainsAny(lastRune(text[:m.from]), " \t　"))
		})
	}
	for _, m := range otherOption.FindAllStringSubmatchIndex(text, -1) {
		add(m[2], m[1], m[2], m[3], true)
	}
	if !slices.ContainsFunc(all, func(m optionMark) bool { return m.letter == 1 && m.spaced }) {
		wrapped := wrappedOption.FindAllStringSubmatchIndex(text, -1)
		has := func(letter int) bool {
			return slices.ContainsFunc(wrapped, func(m []int) bool { return m[0] > 0 && letterNumber(text[m[2]:m[3]]) == letter })
		}
		if has(1) && has(2) { // one by itself is a key
			for _, m := range wrapped {
				if m[0] > 0 {
					add(m[0], m[1], m[2], m[3], true)
				}
			}
		}
	}
	for _, m := range weakOption.FindAllStringSubmatchIndex(text, -1) {
		to := m[1]
		if m[4] >= 0 {
			to = m[4]
		}
		add(m[2], to, m[2], m[3], false)
	}
	slices.SortStableFunc(all, func(a, b optionMark) int { return a.from - b.from })
	return all
}

func asciiLetter(s string) bool {
	return s != "" && (s[0] >= 'A' && s[0] <= 'Z' || s[0] >= 'a' && s[0] <= 'z')
}

// boundaryMarks are the strong marks that stand where a mark is expected, one for
// each letter: one at the beginning of a line counts before one inside.
func boundaryMarks(candidates []optionMark) (marks []optionMark, twice string) {
	best := map[int]optionMark{}
	end := -1 // of the mark before
	for _, c := range candidates {
		if !c.strong || !c.spaced {
			continue
		}
		behind := c.from == end // D. A、B都对: what an option says
		if end = c.to; behind && !c.first && len(best) > 1 {
			continue
		}
		old, there := best[c.letter]
		switch {
		case !there, c.first && !old.first:
			best[c.letter] = c
		case c.first == old.first:
			twice = string(rune('A' + c.letter - 1))
		}
	}
	if _, ok := best[2]; !ok {
		if a, ok := best[1]; !ok || !a.first {
			return nil, ""
		}
	}
	for _, m := range best {
		marks = append(marks, m)
	}
	slices.SortFunc(marks, func(a, b optionMark) int { return a.from - b.from })
	return marks, twice
}

// gluedRun finds A甲B乙C丙 where nothing stands before the letters: a run from A
// on, each of which has a text.
func gluedRun(text string, candidates []optionMark) []optionMark {
	for _, strong := range []bool{true, false} {
		for i, c := range candidates {
			if c.letter != 1 || strong != c.strong || !strong && !c.first {
				continue
			}
			run := []optionMark{c}
			for _, next := range candidates[i+1:] {
				if next.letter == len(run)+1 && strings.TrimSpace(text[run[len(run)-1].to:next.from]) != "" {
					run = append(run, next)
				}
			}
			if len(run) > 1 {
				return run
			}
		}
	}
	return nil
}

// filled adds the letters that are missing before, between and after the marks:
// a letter that stands between its neighbours.
func filled(marks, candidates []optionMark) []optionMark {
	for _, strong := range []bool{true, false} {
		for _, c := range candidates {
			if c.strong != strong || slices.ContainsFunc(marks, func(m optionMark) bool { return m.letter == c.letter }) {
				continue
			}
			at, _ := slices.BinarySearchFunc(marks, c, func(m, c optionMark) int { return m.from - c.from })
			after := at == 0 && c.letter == 1 && marks[0].letter == 2 && (c.first || strong) || at > 0 && marks[at-1].letter == c.letter-1
			if after && (at == len(marks) || marks[at].letter > c.letter) {
				marks = slices.Insert(marks, at, c)
			}
		}
	}
	return marks
}
