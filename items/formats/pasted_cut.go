package formats

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	headThenNumber = regexp.MustCompile(`^((?:` + headOrdinal + `)?` + kindPhrase + `\s*(?:[（(][^（）()]*[)）])?\s*[:：]?)\s*([0-9]{1,4}\s*(?:[.．、]|[-—－～~至]\s*[0-9]).*)$`)
	ordinalThenRow = regexp.MustCompile(`^[（(]?` + hanNumber + `[)）]?\s*[、.．:：]?\s*([0-9].*)$`)
	answerInside   = regexp.MustCompile(`[（(【\[]?\s*(?:本题)?(?:正确|正確|参考|參考|标准|標準)?答案(?:是|为|為)?\s*[】\])）]?\s*[:：]\s*[（(]?\s*(?:` + upperKey + `|` + truthMarks + `)(?:[^A-Za-z]|$)`)
	tellInside     = regexp.MustCompile(`(?:[【\[（(]\s*(?:` + tellWords + `|` + otherWords + `)\s*[】\]）)]\s*[:：]?|(?:答案解析|试题解析|試題解析|解析|难度|難度|知识点|知識點|考点|考點)\s*[:：])`)
	learnersAnswer = regexp.MustCompile(`(?:我的|你的|您的|学生|學生|考生|用户|作答|提交)答案\s*[:：]\s*[^;；。\s][^;；。]*?(?:[;；。]|\s+|$)(?:得分\s*[:：]\s*[0-9.]+\s*分?)?`)
	firstLetter    = regexp.MustCompile(`[AＡ]\s*[.．、:：)）]`)
	secondLetter   = regexp.MustCompile(`[BＢ]\s*[.．、:：)）]`)
	answerRunOn    = regexp.MustCompile(`答案\s*[】\]]?\s*[:：]\s*[（(]?\s*(?:[` + upperLetters + `]{1,10}|[√×]|正确|错误|对|错)\s*[)）]?\s*[。；;]?\s*$`)
)

// cutPasted cuts a line that holds several things into lines: a heading before the
// first question, questions that run on, labels after an option.
func cutPasted(text string) []string {
	var parts []string
	if m := headThenNumber.FindStringSubmatch(text); m != nil && headingOf(strings.TrimSpace(m[1])) != nil {
		if rows, _ := answerRow(m[2]); len(rows) > 0 || markOf(m[2]) != nil {
			parts, text = append(parts, strings.TrimSpace(m[1])), m[2]
		}
	}
	if m := ordinalThenRow.FindStringSubmatch(text); m != nil {
		if rows, _ := answerRow(m[1]); len(rows) > 0 {
			text = m[1] // 一、1.A 2.B: the order of the parts is the order of the answers
		}
	}
	for _, question := range cutQuestions(text) {
		parts = append(parts, cutLabels(question)...)
	}
	return parts
}

// cutQuestions cuts where the next number follows upon options or an answer. A
// number is only looked for when the line holds A and B twice, or answers.
func cutQuestions(text string) []string {
	var parts []string
	for {
		m := markOf(text)
		if m == nil {
			return append(parts, text)
		}
		at := nextQuestion(text, m.n+1)
		if at < 0 {
			return append(parts, text)
		}
		parts, text = append(parts, strings.TrimSpace(text[:at])), text[at:]
	}
}

// Bounds on the search for the next question, so that a line costs time in
// proportion to its length.
const (
	mostTries = 50
	farBack   = 4000 // bytes, more than a question with its options
)

// nextQuestion is where the number stands after a whole question, -1 for nowhere.
func nextQuestion(text string, number int) int {
	word := strconv.Itoa(number)
	from := len(word)
	for range mostTries {
		i := strings.Index(text[min(from, len(text)):], word)
		if i < 0 {
			break
		}
		i += from
		from = i + len(word)
		after, marked := cutNumberMark(strings.TrimLeft(text[from:], " "))
		before := text[max(0, i-farBack):i]
		if !marked {
			continue
		}
		if before != "" && (before[len(before)-1] >= '0' && before[len(before)-1] <= '9' || asciiLetter(before[len(before)-1:]) && !answerRunOn.MatchString(before)) {
			continue
		}
		first := firstLetter.FindStringIndex(before)
		whole := first != nil && secondLetter.MatchString(before[first[1]:]) && firstLetter.MatchString(after)
		if whole || answerRunOn.MatchString(before) {
			return i
		}
	}
	return -1
}

// cutNumberMark takes the dot off that follows a number, unless digits follow it.
func cutNumberMark(s string) (rest string, ok bool) {
	for _, mark := range []string{".", "．", "、"} {
		if rest, ok := strings.CutPrefix(s, mark); ok {
			return rest, rest != "" && (rest[0] < '0' || rest[0] > '9')
		}
	}
	return "", false
}

// cutLabels cuts before 答案： that is followed by a key, and before 解析： after it.
func cutLabels(text string) []string {
	if !strings.Contains(text, "答案") && !strings.Contains(text, "【") {
		return []string{text}
	}
	var parts []string
	if m := learnersAnswer.FindStringIndex(text); m != nil {
		if before := strings.TrimSpace(text[:m[0]]); before != "" {
			parts = append(parts, cutLabels(before)...)
		}
		parts = append(parts, strings.TrimSpace(text[m[0]:m[1]]))
		if text = strings.TrimLeft(text[m[1]:], " \t　;；,，。"); text == "" {
			return parts
		}
	}
	answered := false
	if l := labelOf(text); l != nil {
		if l.field == fieldExplanation {
			return []string{text}
		}
		answered = l.field == fieldAnswer
	} else if m := markOf(text); m != nil && letterOf(text) == 0 {
		l := labelOf(m.rest)
		answered = l != nil && l.field == fieldAnswer
	}
	if !answered {
		if at := answerInside.FindStringIndex(text); at != nil && at[0] > 0 {
			parts, text = append(parts, strings.TrimSpace(text[:at[0]])), strings.TrimSpace(text[at[0]:])
			answered = true
		}
	}
	for answered {
		skip := labelEnd(text)
		at := tellInside.FindStringIndex(text[skip:])
		if at == nil || at[0] == 0 && skip == 0 {
			break
		}
		parts, text = append(parts, strings.TrimSpace(text[:skip+at[0]])), strings.TrimSpace(text[skip+at[0]:])
		if l := labelOf(text); l == nil || l.field == fieldExplanation {
			break // the explanation is the rest
		}
	}
	return append(parts, text)
}

// labelEnd is where the value of the label at the beginning of a line begins.
func labelEnd(text string) int {
	if m := labelMark.FindStringSubmatchIndex(text); m != nil {
		return m[6]
	}
	return 0
}
