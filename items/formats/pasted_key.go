package formats

import (
	"regexp"
	"strings"

	"golang.org/x/text/width"
)

const (
	upperLetters = `A-JＡ-Ｊ`
	anyLetters   = `A-Ja-jＡ-Ｊａ-ｊ`
	upperKey     = `[` + upperLetters + `](?:[\s、,，;；/.．]*[` + upperLetters + `])*`
	anyKey       = `[` + anyLetters + `](?:[\s、,，;；/.．]*[` + anyLetters + `])*`

	truthSymbols = `[√✓✔☑✅∨○〇◯×✗✘✕✖❌╳ⅩⅹХхΧ]`
	truthMarks   = `(?:` + truthSymbols + `|正确|正確|错误|錯誤|对|對|错|錯|[xXｘＸvVｖＶTFＴＦ])`

	opening = `[（(\[【〔]`
	closing = `[)）\]】〕]`
	line    = `[_＿]`
	dash    = `[-—－–]`
)

// Where authors write the key: in brackets, on a line, between dashes, or at the
// end of the stem.
var (
	keyInBrackets = regexp.MustCompile(opening + `\s*(` + anyKey + `)\s*` + closing)
	keyOnLine     = regexp.MustCompile(line + `+\s*(` + anyKey + `)\s*` + line + `+|` + line + `{2,}\s*(` + upperKey + `)(?:\s*[。.，,；;？?]|\s*$)|` + dash + `{2,}\s*(` + upperKey + `)\s*` + dash + `{2,}`)
	keyAtEnd      = regexp.MustCompile(`[。．.？?！!：:；;，,、\s_＿)）\]】"”’》]\s*(` + upperKey + `)\s*[。．.]?$`)
	keyGlued      = regexp.MustCompile(`\p{Han}([` + upperLetters + `]{1,10})\s*[。．.]?$`)

	truthAtEnd   = regexp.MustCompile(opening + `\s*(` + truthMarks + `)\s*(?:[,，;；。:：.、]\s*([^）)】\]]*))?` + closing + `\s*[。．.？?]?\s*$|` + line + `+\s*(` + truthMarks + `)\s*` + line + `*\s*[。．.]?$|[。．.！!？?；;\s）)]\s*(` + truthMarks + `)\s*[。．.]?$|(` + truthSymbols + `)\s*[。．.]?$`)
	truthAtStart = regexp.MustCompile(`^` + opening + `\s*(` + truthMarks + `)\s*` + closing)
)

// keyPlace is a key that stands in a stem: text[from:to] is the key itself.
type keyPlace struct {
	from, to int
	key      string
}

func placesOfKeys(pattern *regexp.Regexp, text string) []keyPlace {
	var all []keyPlace
	for _, m := range pattern.FindAllStringSubmatchIndex(text, -1) {
		for g := 2; g < len(m); g += 2 {
			if m[g] >= 0 {
				all = append(all, keyPlace{m[g], m[g+1], text[m[g]:m[g+1]]})
				break
			}
		}
	}
	return all
}

// lettersOf writes a key of letters as AC; "" for what is none.
func lettersOf(key string) string {
	var b strings.Builder
	seen := map[rune]bool{}
	for _, r := range strings.ToUpper(homoglyphs.Replace(width.Fold.String(key))) {
		switch {
		case r >= 'A' && r <= 'J':
			if seen[r] {
				return ""
			}
			seen[r] = true
			b.WriteRune(r)
		case !strings.ContainsRune(" ,;、，；|/　\t\n.．。+＋&＆", r):
			return ""
		}
	}
	return b.String()
}

// lettersInStem finds the letters that a stem names as its key, those of offered
// options only. Keys that stand twice and alike are one; several finds remain for
// the caller to judge.
func lettersInStem(stem string, offered string) []keyPlace {
	fits := func(places []keyPlace) []keyPlace {
		var all []keyPlace
		for _, p := range places {
			letters := lettersOf(p.key)
			if letters == "" || strings.Trim(letters, offered) != "" {
				continue
			}
			p.key = letters
			all = append(all, p)
		}
		return all
	}
	for _, pattern := range []*regexp.Regexp{keyInBrackets, keyOnLine, keyAtEnd} {
		if found := fits(placesOfKeys(pattern, stem)); len(found) > 0 {
			return found
		}
	}
	if blankMark.MatchString(stem) {
		return fits(placesOfKeys(keyGlued, stem))
	}
	return nil
}

// truthInStem finds the mark of a true/false question, with what its bracket says
// beside it.
func truthInStem(stem string) (place keyPlace, told string, ok bool) {
	if m := truthAtEnd.FindStringSubmatchIndex(stem); m != nil {
		for _, g := range []int{2, 6, 8, 10} {
			if m[g] >= 0 {
				place = keyPlace{m[g], m[g+1], stem[m[g]:m[g+1]]}
			}
		}
		if m[4] >= 0 {
			told = strings.TrimSpace(stem[m[4]:m[5]])
			place.to = m[5]
		}
		return place, told, true
	}
	if m := truthAtStart.FindStringSubmatchIndex(stem); m != nil {
		return keyPlace{m[2], m[3], stem[m[2]:m[3]]}, "", true
	}
	return keyPlace{}, "", false
}

// without takes a key out of its stem and leaves the blank in which it stood.
func (p keyPlace) without(stem string) string {
	before, after := stem[:p.from], stem[p.to:]
	trimmed := strings.TrimRight(before, " \t　")
	rest := strings.TrimLeft(after, " \t　")
	if trimmed != "" && strings.ContainsAny(lastRune(trimmed), "（([【〔") {
		return trimmed + "　" + rest
	}
	return trimmed + rest
}

func lastRune(s string) string {
	r := []rune(s[max(0, len(s)-4):])
	return string(r[len(r)-1:])
}

var (
	lettersFirst = regexp.MustCompile(`^\s*(?:应?选|故选|选项)?\s*[（(【\[]?\s*(` + upperKey + `)\s*[)）】\]]?\s*(?:[项項])?(?:\s*$|\s*[。．.,，;；:：、（(【]|\s+)`)
	truthFirst   = regexp.MustCompile(`^\s*[（(]?\s*(` + truthMarks + `|true|false|TRUE|FALSE|True|False|是|否)\s*[)）]?(?:\s*$|\s*[。．.,，;；:：、（(【]|\s+)`)
)

// keyJoiners are what may stand around and between the letters of an answer.
var keyJoiners = strings.NewReplacer("（", " ", "）", " ", "(", " ", ")", " ", "【", " ", "】", " ", "和", " ", "及", " ", "与", " ", "與", " ", "项", " ", "項", " ")

// cutLetters reads the letters at the beginning of an answer, and what is said
// after them; "" for an answer that does not begin with letters.
func cutLetters(answer string) (letters, told string) {
	if all := lettersOf(keyJoiners.Replace(answer)); all != "" {
		return all, ""
	}
	m := lettersFirst.FindStringSubmatchIndex(answer)
	if m == nil {
		return "", ""
	}
	if letters = lettersOf(answer[m[2]:m[3]]); letters == "" {
		return "", ""
	}
	return letters, toldAfter(answer[m[3]:])
}

// cutTruth is cutLetters for a true/false question.
func cutTruth(answer string) (truth, told string) {
	m := truthFirst.FindStringSubmatchIndex(answer)
	if m == nil {
		return "", ""
	}
	return answer[m[2]:m[3]], toldAfter(answer[m[3]:])
}

// toldAfter is the explanation after a key, without the marks between them.
func toldAfter(rest string) string {
	rest = strings.TrimLeft(rest, ")）】]项項 \t　\n。．.,，;；:：、")
	if l := labelOf(rest); l != nil && l.field == fieldExplanation {
		return l.value
	}
	if strings.HasPrefix(rest, "（") && strings.HasSuffix(rest, "）") && strings.Count(rest, "（") == 1 {
		rest = strings.TrimSuffix(strings.TrimPrefix(rest, "（"), "）")
	}
	return strings.TrimSpace(rest)
}

// isTruth reports whether a text is no more than a word for true or false.
func isTruth(s string) bool { return isWord(s, rightWords) || isWord(s, wrongWords) }
