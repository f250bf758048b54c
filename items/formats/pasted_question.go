package formats

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"anwen/internal/errs"
	"anwen/items"
)

// question makes the question of the block, or notes what is wrong with it.
func (b *pastedBlock) question(at errs.Place, faults *errs.Faults) (Question, bool) {
	p := plainQuestion{
		at: at, kind: b.kind, points: b.points(), explanation: strings.Join(b.explanation, "\n"),
		difficulty: b.fields[fieldDifficulty], tags: tagsOf(b.fields[fieldTags]), category: b.fields[fieldCategory],
		answer: strings.TrimSpace(strings.Join(b.answer, "\n")), warnings: b.warnings,
	}
	whole := strings.TrimSpace(strings.Join(b.body, "\n"))
	var twice string
	p.stem, p.options, twice = splitOptions(whole)
	if len(p.options) == 0 {
		p.circledOptions()
	}
	b.stemMarks(&p)
	if twice != "" {
		faults.Add(at, "quizzes.letter_twice", errs.Args{"letter": twice})
	}
	key, code, args := b.findKey(&p, whole)
	if code == "" && b.otherAnswer != "" {
		code, args = "quizzes.two_answers", errs.Args{"one": cut(p.answer, 40), "other": cut(b.otherAnswer, 40)}
	}
	if code != "" {
		faults.Add(at, code, args)
		return Question{}, false
	}
	p.answer = key
	q, ok := p.question(faults)
	q.Dropped = b.dropped
	return q, ok
}

// points are those of the question itself, or of each in its section.
func (b *pastedBlock) points() string {
	if said := b.fields[fieldPoints]; said != "" {
		return said
	}
	return b.section.points
}

// stemMarks takes the kind and the points off the end of a stem.
func (b *pastedBlock) stemMarks(p *plainQuestion) {
	if kind, rest := cutKindMark(p.stem); kind != "" && b.kind == "" {
		p.kind, p.stem = kind, rest
	}
	p.stem = truthBoxes.ReplaceAllString(p.stem, "")
	if m := kindFirst.FindStringSubmatch(p.stem); m != nil && b.kind == "" {
		p.kind, p.stem = m[1], p.stem[len(m[0]):]
	}
	p.stem = stemWord.ReplaceAllString(p.stem, "")
	if m := pointsAtStart.FindStringSubmatch(p.stem); m != nil && b.fields[fieldPoints] == "" {
		p.points, p.stem = m[1], p.stem[len(m[0]):]
	}
	if m := pointsAtEnd.FindStringSubmatch(p.stem); m != nil && b.fields[fieldPoints] == "" {
		p.points, p.stem = m[1], strings.TrimSpace(p.stem[:len(p.stem)-len(m[0])])
	}
	if m := kindAtEnd.FindStringSubmatch(p.stem); m != nil {
		if p.kind == "" {
			p.kind = m[1]
		}
		p.stem = strings.TrimSpace(p.stem[:len(p.stem)-len(m[0])])
	}
}

var (
	// truthBoxes are what a paper offers to tick under a statement.
	truthBoxes = regexp.MustCompile(`\s*[○◯□☐]\s*(?:对|對|正确|正確|√)[\s/]*[○◯□☐]\s*(?:错|錯|错误|錯誤|×)\s*$`)
	kindFirst  = regexp.MustCompile(`^[【\[](?:题型|題型)[】\]]\s*[:：]?\s*(` + kindPhrase + `)\s*(?:\n|$)`)
	stemWord   = regexp.MustCompile(`^(?:[【\[](?:题目|題目|题干|題幹|试题)[】\]]\s*[:：]?|(?:题目|題目|题干|題幹|试题)\s*[:：])\s*`)
	circled    = regexp.MustCompile(`(^|[\s；;，,。？?：:])([①-⑩])`)
)

// circledOptions makes options of ①甲 ②乙 where the answer names one of them.
func (p *plainQuestion) circledOptions() {
	var letters strings.Builder
	for _, r := range p.answer {
		switch {
		case r >= '①' && r <= '⑩':
			letters.WriteRune('A' + r - '①')
		case !strings.ContainsRune(" 、,，;；和", r):
			return
		}
	}
	if letters.Len() == 0 {
		return
	}
	marks := circled.FindAllStringSubmatchIndex(p.stem, -1)
	for i, m := range marks {
		if r, _ := utf8.DecodeRuneInString(p.stem[m[4]:]); int(r-'①') != i {
			return
		}
		end := len(p.stem)
		if i+1 < len(marks) {
			end = marks[i+1][4]
		}
		p.options = append(p.options, strings.TrimRight(strings.TrimSpace(p.stem[m[5]:end]), "；;，, "))
	}
	if len(marks) < 2 {
		p.options = nil
		return
	}
	p.stem, p.answer = strings.TrimSpace(p.stem[:marks[0][4]]), letters.String()
}

// findKey finds the answer, wherever it stands, and settles the kind: what the
// question itself shows counts before the heading above it.
func (b *pastedBlock) findKey(p *plainQuestion, whole string) (answer, code string, args errs.Args) {
	own := p.kind != ""
	word := p.kind
	if !own {
		word = b.section.kind
	}
	kind, _ := kindOfWord(word)
	p.kind = word
	if len(p.offered()) > 0 && kind != items.Matching && kind != items.Ordering {
		answer, code, args = b.keyOfOptions(p)
		_, truth := truthOf(p, answer)
		switch {
		case code != "":
			return "", code, args
		case kind == items.TrueFalse && (truth || own):
			return answer, "", nil
		case lettersOf(answer) != "":
			if kind != items.SingleChoice && kind != items.MultipleChoice {
				p.kind = ""
			}
			return answer, "", nil
		case kind == items.SingleChoice || kind == items.MultipleChoice || kind == "":
			return answer, "", nil
		}
		p.stem, p.options = whole, nil // they were no options
	}
	if kind == items.Matching || kind == items.Ordering {
		return p.answer, "", nil
	}
	answer, code, args = b.keyOfStatement(p)
	if code != "" || isTruth(answer) && !isNumber(answer) {
		if code == "" && !own && (kind == items.SingleChoice || kind == items.MultipleChoice || kind == "") {
			p.kind = "判断"
		}
		return answer, code, args
	}
	if (kind == items.ShortAnswer) && p.answer == "" {
		return b.keyOfBlanks(p), "", nil
	}
	if kind == items.Numerical && !isNumber(p.answer) && strings.HasPrefix(word, "计算") {
		p.kind = "简答" // worked out in words
	}
	return p.answer, "", nil
}

func isNumber(s string) bool {
	var n Number
	return n.read(strings.TrimSpace(s))
}

// truthOf reports whether the options are the words for true and false.
func truthOf(p *plainQuestion, answer string) (string, bool) {
	offered := p.offered()
	if len(offered) != 2 {
		return "", false
	}
	for _, i := range offered {
		if !isTruth(p.options[i]) {
			return "", false
		}
	}
	return answer, true
}

var markedRight = regexp.MustCompile(`\s*(?:[（(]\s*(?:正确答案|正確答案|正确|正確|√|✓|✔)\s*[)）]|[√✓✔✅])\s*$`)

// keyOfOptions finds the letters of the right options: after a label, before the
// number, in the stem, or as a mark behind an option.
func (b *pastedBlock) keyOfOptions(p *plainQuestion) (answer, code string, args errs.Args) {
	said, told := cutLetters(p.answer)
	if all := p.lettersBesideTexts(); len(all) > len(said) {
		said, told = all, ""
	}
	if said == "" && p.answer != "" {
		if truth, more := cutTruth(p.answer); truth != "" { // A.对 B.错 答案：对
			said, told = truth, more
			for _, i := range p.offered() {
				if isTruth(truth) && isWord(p.options[i], rightWords) == isWord(truth, rightWords) && isTruth(p.options[i]) {
					said = string(rune('A' + i))
				}
			}
		}
	}
	if said == "" && p.answer != "" {
		return p.answer, "", nil // refused by whoever reads letters
	}
	b.tell(p, said, told)
	keys := []string{}
	add := func(key string) {
		if key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	add(said)
	add(lettersOf(b.key))
	add(p.cutMarkedRight())
	offered := ""
	for _, i := range p.offered() {
		offered += string(rune('A' + i))
	}
	places := lettersInStem(p.stem, offered)
	if len(keys) > 0 && len(places) > 0 && (len(places) > 1 || places[0].key != keys[0] && blankMark.MatchString(p.stem)) {
		places = slices.DeleteFunc(places, func(k keyPlace) bool { return k.key != keys[0] })
	}
	for _, place := range slices.Backward(places) {
		p.stem = place.without(p.stem)
	}
	for _, place := range places {
		add(place.key)
	}
	switch len(keys) {
	case 0:
		return "", "", nil
	case 1:
		return keys[0], "", nil
	}
	return "", "quizzes.two_answers", errs.Args{"one": keys[0], "other": keys[1]}
}

// lettersBesideTexts are the options that an answer repeats with their letters, A.甲
// B.乙, or the one whose words it is.
func (p *plainQuestion) lettersBesideTexts() string {
	bare := func(s string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(" \t　.．、:：;；,，。)）", r) {
				return -1
			}
			return r
		}, s)
	}
	answer, repeated, same := bare(p.answer), "", ""
	for _, i := range p.offered() {
		letter, text := string(rune('A'+i)), bare(p.options[i])
		if text == "" {
			continue
		}
		if strings.HasPrefix(answer, letter+text) {
			answer, repeated = answer[len(letter+text):], repeated+letter
		}
		if bare(p.answer) == text {
			same += letter
		}
	}
	switch {
	case answer == "":
		return repeated
	case len(same) == 1 && lettersOf(p.answer) == "":
		return same
	}
	return ""
}

// tell puts what is said after a key before the explanation, unless it only repeats
// the option.
func (b *pastedBlock) tell(p *plainQuestion, letters, told string) {
	if told == "" {
		return
	}
	if len(letters) == 1 {
		if i := int(letters[0] - 'A'); i >= 0 && i < len(p.options) && strings.Trim(told, "。.；; ") == strings.Trim(p.options[i], "。.；; ") {
			return
		}
	}
	if p.explanation != "" {
		told += "\n" + p.explanation
	}
	p.explanation = told
}

// cutMarkedRight takes （正确答案） off the options and returns their letters.
func (p *plainQuestion) cutMarkedRight() string {
	letters := ""
	for i, o := range p.options {
		if bare := markedRight.ReplaceAllString(o, ""); bare != o && bare != "" {
			p.options[i] = bare
			letters += string(rune('A' + i))
		}
	}
	return letters
}

// keyOfStatement finds the truth of a statement; an answer that is none is returned
// as it is.
func (b *pastedBlock) keyOfStatement(p *plainQuestion) (answer, code string, args errs.Args) {
	said, told := cutTruth(p.answer)
	if said == "" && p.answer != "" {
		return p.answer, "", nil
	}
	if place, more, ok := truthInStem(p.stem); ok && isTruth(place.key) {
		if said != "" && isWord(said, rightWords) != isWord(place.key, rightWords) {
			return "", "quizzes.two_answers", errs.Args{"one": said, "other": place.key}
		}
		p.stem = place.without(p.stem)
		b.tell(p, "", more)
		if said == "" {
			said = place.key
		}
	}
	if said == "" && isTruth(b.key) && b.key != "" {
		said = b.key
	}
	if said != "" {
		b.tell(p, "", told)
	}
	return said, "", nil
}

var (
	filledBlank = regexp.MustCompile(`[（(]\s*([^（）()；;/|\n]{1,60}?)\s*[)）]|[_＿]+\s*([^_＿；;/|\n]{1,60}?)\s*[_＿]+`)
	emptyBlank  = regexp.MustCompile(`[（(]\s*[)）]`)
)

// keyOfBlanks takes the answers of a fill-in question out of its text, where they
// stand in brackets or on lines, if none of its blanks is empty.
func (b *pastedBlock) keyOfBlanks(p *plainQuestion) string {
	if emptyBlank.MatchString(p.stem) || !filledBlank.MatchString(p.stem) {
		return ""
	}
	var answers []string
	p.stem = filledBlank.ReplaceAllStringFunc(p.stem, func(blank string) string {
		m := filledBlank.FindStringSubmatch(blank)
		answers = append(answers, m[1]+m[2])
		return "____"
	})
	p.warnings = append(p.warnings, errs.Fault{Place: p.at, Code: "quizzes.answers_in_text"})
	return strings.Join(answers, "；")
}
