package formats

import (
	"regexp"
	"strings"

	"anwen/internal/errs"
	"anwen/items"
)

// ReadPasted reads questions as they are pasted out of documents:
//
//	一、多项选择题（每题 2 分）
//	1. 以下哪些属于销售人员的义务？
//	A. 揭示风险  B. 了解客户
//	C. 承诺收益
//	答案：AB
//	解析：……
//
// The kind follows from the heading, from 【单选】 before the stem, or from the
// answer. Answers may also stand in the stem, as （AB） at its end.
func ReadPasted(file string, source []byte) ([]Question, []errs.Fault) {
	r := &pastedReader{file: file}
	if text, ok := decode(file, source, &r.faults); ok {
		for i, line := range strings.Split(text, "\n") {
			if r.full {
				break
			}
			r.readLine(i+1, strings.TrimRight(line, " \t　"))
		}
		r.finish()
		if len(r.questions) == 0 && r.faults.Len() == 0 {
			r.faults.Add(errs.Place{File: file}, "quizzes.no_questions", nil)
		}
	}
	return r.questions, r.faults.List()
}

var (
	pastedHeading = regexp.MustCompile(`^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)]?\s*[、.．]?|第[一二三四五六七八九十]{1,3}(?:部分|大题|大題))\s*(\S.*)$`)
	pastedNumber  = regexp.MustCompile(`^\s*(?:第\s*(\d{1,4})\s*[题題]\s*[.．、:：]?|(\d{1,4})\s*[.．、)）:：]|[（(](\d{1,4})[）)])\s*(\S.*)$`)
	pastedOption  = regexp.MustCompile(`^\s*([A-Ha-hＡ-Ｈ])\s*[.．、:：)）]\s*(.*)$`)
	nextOption    = regexp.MustCompile(`[\s　；;]+([A-HＡ-Ｈ])\s*[.．、:：)）]`)
	pastedLabel   = regexp.MustCompile(`^\s*【?\s*(正确答案|正確答案|参考答案|參考答案|标准答案|標準答案|答案解析|试题解析|試題解析|答案|解析|说明|說明|难度|難度|知识点|知識點|分值|分数|分數|分类|分類|Answer|ANSWER|Explanation)\s*(?:】\s*[:：]?|[:：])\s*(.*)$`)
	kindMark      = regexp.MustCompile(`^\s*[【\[（(]\s*([^】\]）)]{2,8}?)\s*[】\]）)]\s*`)
	answerInStem  = regexp.MustCompile(`[（(]\s*([A-HＡ-Ｈ](?:[\s、,，]*[A-HＡ-Ｈ])*|√|×|对|错|對|錯|正确|错误|正確|錯誤)\s*[）)]\s*[。.？?]?\s*$`)
	pointsInHead  = regexp.MustCompile(`(?:每[小]?[题題]|各)\s*(\d+(?:\.\d+)?)\s*分`)
)

type pastedReader struct {
	file      string
	questions []Question
	faults    errs.Faults
	full      bool

	section string // the kind that the heading above says
	points  string
	current *plainQuestion
	into    *string // what a line without a mark goes on
}

func (r *pastedReader) readLine(number int, line string) {
	if strings.TrimSpace(line) == "" {
		return
	}
	if m := pastedLabel.FindStringSubmatch(line); m != nil && r.current != nil {
		r.readLabel(m[1], m[2])
		return
	}
	if m := pastedOption.FindStringSubmatch(line); m != nil && r.current != nil {
		r.readOptions(line)
		return
	}
	if m := pastedNumber.FindStringSubmatch(line); m != nil {
		r.begin(number, m[4])
		return
	}
	if m := pastedHeading.FindStringSubmatch(line); m != nil {
		if _, ok := kindOfWord(m[1]); ok {
			r.finish()
			r.section, r.points = m[1], ""
			if points := pointsInHead.FindStringSubmatch(line); points != nil {
				r.points = points[1]
			}
			return
		}
	}
	if r.into == nil {
		r.faults.Add(errs.Place{File: r.file, Line: number}, "quizzes.line_without_question", errs.Args{"text": cut(strings.TrimSpace(line), 40)})
		return
	}
	*r.into += "\n" + strings.TrimSpace(line)
}

func (r *pastedReader) begin(number int, stem string) {
	r.finish()
	r.current = &plainQuestion{at: errs.Place{File: r.file, Line: number}, kind: r.section, points: r.points, stem: stem}
	if m := kindMark.FindStringSubmatch(stem); m != nil {
		if _, ok := kindOfWord(m[1]); ok {
			r.current.kind, r.current.stem = m[1], stem[len(m[0]):]
		}
	}
	r.into = &r.current.stem
}

// readOptions reads one option or several in a row.
func (r *pastedReader) readOptions(line string) {
	for line != "" {
		m := pastedOption.FindStringSubmatch(line)
		if m == nil {
			return
		}
		text, rest := m[2], ""
		if next := nextOption.FindStringIndex(text); next != nil {
			text, rest = text[:next[0]], strings.TrimLeft(text[next[0]:], " \t　；;")
		}
		letter := int(strings.ToUpper(foldLetter(m[1]))[0] - 'A')
		for len(r.current.options) <= letter {
			r.current.options = append(r.current.options, "")
		}
		if r.current.options[letter] != "" {
			r.faults.Add(r.current.at, "quizzes.letter_twice", errs.Args{"letter": string(rune('A' + letter))})
		}
		r.current.options[letter] = strings.TrimSpace(text)
		r.into = &r.current.options[letter]
		line = rest
	}
}

func (r *pastedReader) readLabel(label, text string) {
	text = strings.TrimSpace(text)
	switch label {
	case "答案", "正确答案", "正確答案", "参考答案", "參考答案", "标准答案", "標準答案", "Answer", "ANSWER":
		r.current.answer, r.into = text, &r.current.answer
	case "难度", "難度":
		r.current.difficulty = text
	case "知识点", "知識點":
		r.current.tags = tagsOf(text)
	case "分值", "分数", "分數":
		r.current.points = text
	case "分类", "分類":
		r.current.category = text
	default:
		r.current.explanation, r.into = text, &r.current.explanation
	}
}

func tagsOf(s string) []string {
	var tags []string
	for _, tag := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、,，;；|", r) }) {
		if tag = oneSpace(strings.TrimSpace(tag)); tag != "" {
			tags = append(tags, tag)
		}
	}
	return tags
}

// finish makes the question that the lines so far are.
func (r *pastedReader) finish() {
	p := r.current
	r.current, r.into = nil, nil
	if p == nil {
		return
	}
	if len(r.questions) >= MaxQuestions {
		r.full = true
		r.faults.Add(p.at, "quizzes.too_many_questions", errs.Args{"most": MaxQuestions})
		return
	}
	if m := answerInStem.FindStringSubmatchIndex(p.stem); m != nil && p.answer == "" {
		p.answer = p.stem[m[2]:m[3]]
		p.stem = p.stem[:m[2]] + "　" + p.stem[m[3]:]
	}
	if p.category != "" {
		r.questions = append(r.questions, Question{At: p.at, Kind: Category, Text: items.Text{Format: items.Plain, Source: p.category}})
	}
	if q, ok := p.question(&r.faults); ok {
		r.questions = append(r.questions, q)
	}
}
