package formats

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"anwen/internal/errs"
	"anwen/items"
)

// plainQuestion is a question as a sheet or a pasted text says it: letters for
// the options, words for everything else.
type plainQuestion struct {
	at          errs.Place
	name        string
	kind        string // the word for it, "" when it follows from the answer
	stem        string
	options     []string // "" for a letter that is not used
	answer      string
	explanation string
	difficulty  string
	points      string
	category    string
	tags        []string
	set         string
	warnings    []errs.Fault
}

// kindWords are the words for kinds in both scripts and in English, longer ones
// before what they contain.
var kindWords = []struct {
	words []string
	kind  items.Kind
}{
	{[]string{"不定项", "不定項", "多选", "多選", "多项", "多項", "复选", "複選", "multiple"}, items.MultipleChoice},
	{[]string{"单选", "單選", "单项", "單項", "选择", "選擇", "single"}, items.SingleChoice},
	{[]string{"判断", "判斷", "是非", "对错", "對錯", "true"}, items.TrueFalse},
	{[]string{"填空", "fill"}, items.ShortAnswer},
	{[]string{"数值", "數值", "计算", "計算", "numerical"}, items.Numerical},
	{[]string{"排序", "order"}, items.Ordering},
	{[]string{"配对", "配對", "匹配", "连线", "連線", "match"}, items.Matching},
	{[]string{"简答", "簡答", "问答", "問答", "论述", "論述", "案例", "综合", "綜合", "材料分析", "名词解释", "名詞解釋", "主观", "主觀", "essay"}, items.Essay},
	{[]string{"材料", "说明", "說明", "description"}, items.Description},
}

func kindOfWord(word string) (items.Kind, bool) {
	word = strings.ToLower(word)
	for _, k := range kindWords {
		for _, w := range k.words {
			if strings.Contains(word, w) {
				return k.kind, true
			}
		}
	}
	return "", false
}

var (
	rightWords = []string{"对", "對", "正确", "正確", "√", "✓", "✔", "☑", "✅", "∨", "v", "○", "〇", "◯", "是", "t", "true", "y", "yes", "1"}
	wrongWords = []string{"错", "錯", "错误", "錯誤", "×", "✗", "✘", "✕", "✖", "❌", "╳", "x", "ⅹ", "х", "χ", "否", "f", "false", "n", "no", "0"}
	blankMark  = regexp.MustCompile(`[_＿]{2,}|[（(][ 　\t]*[）)]|【[ 　]*】`)
)

// question makes the question, or notes what is wrong and reports false.
func (p plainQuestion) question(faults *errs.Faults) (Question, bool) {
	fault := func(code string, args errs.Args) (Question, bool) {
		faults.Add(p.at, code, args)
		return Question{}, false
	}
	q := Question{At: p.at, Name: oneSpace(p.name), Text: markdown(p.stem), Feedback: markdown(p.explanation), Tags: p.tags, Set: strings.TrimSpace(p.set), Warnings: p.warnings}
	if q.Text.Empty() {
		return fault("quizzes.no_text", nil)
	}
	var ok bool
	if q.Difficulty, ok = readDifficulty(p.difficulty); !ok {
		return fault("quizzes.bad_difficulty", errs.Args{"difficulty": cut(p.difficulty, 40)})
	}
	if p.points != "" {
		points, ok := items.ParsePoints(strings.TrimSuffix(width.Fold.String(strings.TrimSpace(p.points)), "分"))
		if !ok {
			return fault("quizzes.bad_points", errs.Args{"most": items.MaxPoints.String()})
		}
		q.Points = &points
	}
	if q.Kind, ok = p.inferKind(); !ok {
		return fault("quizzes.unknown_kind", errs.Args{"kind": cut(p.kind, 40)})
	}
	if p.kind == "" && q.Kind == items.ShortAnswer && p.namesOption() {
		return fault("quizzes.letter_without_option", errs.Args{"letter": cut(p.answer, 40)})
	}
	q.Called = called(p.kind)
	if p.kind == "" && p.answer == "" && q.Kind == items.Essay {
		q.Warnings = append(q.Warnings, errs.Fault{Place: p.at, Code: "quizzes.read_as_essay"})
	}
	if code, args := p.key(&q); code != "" {
		if strings.TrimSpace(p.answer) == "" && q.Kind != items.Matching {
			return fault("quizzes.no_answer", nil)
		}
		return fault(code, args)
	}
	return q, true
}

// called is the word for a kind as people say it: 简答题, where a heading says 简答.
func called(word string) string {
	word = strings.TrimSpace(word)
	last, _ := utf8.DecodeLastRuneInString(word)
	if word == "" || !unicode.Is(unicode.Han, last) || last == '题' || last == '題' {
		return word
	}
	for _, r := range word {
		if strings.ContainsRune("單選項對錯數計簡問論綜釋聯線", r) {
			return word + "題"
		}
	}
	return word + "题"
}

func markdown(source string) items.Text {
	if source = strings.TrimSpace(source); source == "" {
		return items.Text{}
	}
	return items.Text{Format: items.Markdown, Source: source}
}

// inferKind takes the word for the kind, or tells it from the answer.
func (p plainQuestion) inferKind() (items.Kind, bool) {
	if p.kind != "" {
		kind, ok := kindOfWord(p.kind)
		if ok && kind == items.SingleChoice && len(p.letters()) > 1 && !strings.Contains(p.kind, "单") && !strings.Contains(p.kind, "單") {
			kind = items.MultipleChoice // 选择题 says only that there are options
		}
		if ok && kind == items.ShortAnswer && len(blankMark.FindAllString(p.stem, -1)) > 1 {
			kind = items.Cloze
		}
		return kind, ok
	}
	switch {
	case len(p.offered()) > 0 && len(p.letters()) > 1:
		return items.MultipleChoice, true
	case len(p.offered()) > 0:
		return items.SingleChoice, true
	case isTruth(p.answer) && !isNumber(p.answer):
		return items.TrueFalse, true
	case p.answer == "", isLong(p.answer):
		return items.Essay, true
	case len(blankMark.FindAllString(p.stem, -1)) > 1:
		return items.Cloze, true
	}
	return items.ShortAnswer, true
}

var (
	fewLetters  = regexp.MustCompile(`^A?B?C?D?E?F?$`)
	oneNumber   = regexp.MustCompile(`^(?:[①-⑩、,，\s]+|[（(]\d[)）]|\d)$`)
	numberedTwo = regexp.MustCompile(`(?s)[（(]1[)）].*[（(]2[)）]`)
)

// namesOption reports whether an answer can only name an option, of which none was
// recognised.
func (p plainQuestion) namesOption() bool {
	answer := strings.Trim(homoglyphs.Replace(width.Fold.String(p.answer)), " .。")
	lines := strings.Split(p.stem, "\n")
	switch {
	case blankMark.MatchString(p.stem) && len(lines) == 1:
		return false
	case len(lines) > 2 && slices.Contains(lines[1:], strings.TrimSpace(p.answer)): // 甲, 乙 and 丙 on lines of their own
		return true
	case oneNumber.MatchString(answer):
		return strings.Trim(answer, "0123456789") != "" || numberedTwo.MatchString(width.Fold.String(p.stem))
	}
	return answer != "" && fewLetters.MatchString(answer)
}

// homoglyphs are letters of other scripts that look like those of options.
var homoglyphs = strings.NewReplacer("А", "A", "В", "B", "С", "C", "Е", "E", "Α", "A", "Β", "B", "Ε", "E")

// isLong reports whether an answer is more than a learner could be asked to write
// word for word.
func isLong(answer string) bool {
	answer = strings.TrimRight(answer, " 。")
	return answer == "略" || strings.ContainsAny(answer, "\n。") || utf8.RuneCountInString(answer) > 40
}

func isWord(s string, words []string) bool {
	return slices.Contains(words, strings.ToLower(strings.Trim(width.Fold.String(s), " 　.。")))
}

// offered lists the letters that have an option.
func (p plainQuestion) offered() []int {
	var all []int
	for i, o := range p.options {
		if strings.TrimSpace(o) != "" {
			all = append(all, i)
		}
	}
	return all
}

// letters reads AC, A,C, A、C or ＡＣ as options; nil when something else stands there.
func (p plainQuestion) letters() []int {
	var all []int
	for _, r := range strings.ToUpper(width.Fold.String(p.answer)) {
		switch {
		case r >= 'A' && r <= 'Z':
			all = append(all, int(r-'A'))
		case strings.ContainsRune(" ,;、，；|/　\t.。+&", r):
		default:
			return nil
		}
	}
	return all
}

// key reads the answer as the kind says.
func (p plainQuestion) key(q *Question) (code string, args errs.Args) {
	switch q.Kind {
	case items.SingleChoice, items.MultipleChoice, items.Ordering:
		return p.keyLetters(q)
	case items.TrueFalse:
		answer := p.answer
		if letters := p.letters(); len(letters) == 1 && letters[0] < len(p.options) && p.options[letters[0]] != "" {
			answer = p.options[letters[0]]
		}
		switch {
		case isWord(answer, rightWords):
			q.True = true
		case !isWord(answer, wrongWords):
			return "quizzes.bad_truth", errs.Args{"answer": cut(p.answer, 40)}
		}
	case items.ShortAnswer:
		q.Fold = items.FoldScript
		q.Choices = p.variants(p.answer)
		if len(q.Choices) == 0 {
			return "quizzes.no_right_answer", nil
		}
	case items.Numerical:
		number := Number{Line: p.at.Line, Right: true}
		if !number.read(strings.TrimSpace(width.Fold.String(p.answer))) {
			return "quizzes.bad_number", errs.Args{"number": cut(p.answer, 40)}
		}
		q.Numbers = []Number{number}
	case items.Cloze:
		return p.keyBlanks(q)
	case items.Matching:
		for _, i := range p.offered() {
			prompt, answer, ok := strings.Cut(p.options[i], "=")
			if !ok || strings.TrimSpace(answer) == "" {
				return "quizzes.gift_half_pair", nil
			}
			q.Pairs = append(q.Pairs, Pair{Line: p.at.Line, Text: markdown(prompt), Answer: markdown(answer)})
		}
	case items.Essay:
		q.Guide = markdown(p.answer)
	}
	return "", nil
}

// keyLetters gives each right option its equal part. A wrong one takes all away:
// who marks everything knows nothing.
func (p plainQuestion) keyLetters(q *Question) (code string, args errs.Args) {
	letters := p.letters()
	if len(letters) == 0 {
		return "quizzes.no_letters", errs.Args{"answer": cut(p.answer, 40)}
	}
	for _, l := range letters {
		if l >= len(p.options) || strings.TrimSpace(p.options[l]) == "" {
			return "quizzes.letter_without_option", errs.Args{"letter": string(rune('A' + l))}
		}
	}
	if q.Kind == items.Ordering {
		if len(letters) != len(p.offered()) {
			return "quizzes.incomplete_order", errs.Args{"count": len(p.offered())}
		}
		for _, l := range letters {
			q.Choices = append(q.Choices, Choice{Line: p.at.Line, Right: true, Text: markdown(p.options[l])})
		}
		return "", nil
	}
	if q.Kind == items.SingleChoice && len(letters) > 1 {
		return "quizzes.one_letter", errs.Args{"answer": cut(p.answer, 40)}
	}
	part := items.Whole / items.Weight(len(letters))
	for _, i := range p.offered() {
		weight := part
		right := slices.Contains(letters, i)
		if !right {
			weight = 0
			if q.Kind == items.MultipleChoice {
				weight = -items.Whole
			}
		}
		q.Choices = append(q.Choices, Choice{Line: p.at.Line, Right: right, Weight: &weight, Text: markdown(p.options[i])})
	}
	return "", nil
}

// variants are what a slash separates: 48小时/四十八小时.
func (p plainQuestion) variants(answer string) []Choice {
	var all []Choice
	for _, text := range strings.Split(answer, "/") {
		if text = strings.TrimSpace(text); text != "" {
			all = append(all, Choice{Line: p.at.Line, Right: true, Text: items.Text{Format: items.Plain, Source: text}})
		}
	}
	return all
}

// keyBlanks makes a gap of every blank of the stem.
func (p plainQuestion) keyBlanks(q *Question) (code string, args errs.Args) {
	blanks := blankMark.FindAllString(p.stem, -1)
	answers := blankAnswers(p.answer, len(blanks))
	if len(answers) != len(blanks) {
		return "quizzes.blanks_unlike_answers", errs.Args{"blanks": len(blanks), "answers": len(answers)}
	}
	for _, answer := range answers {
		gap := Question{At: p.at, Kind: items.ShortAnswer, Share: 1, Fold: items.FoldScript, Choices: p.variants(answer)}
		for i := range gap.Choices {
			gap.Choices[i].Text.Format = items.Markdown
		}
		if len(gap.Choices) == 0 {
			return "quizzes.no_right_answer", nil
		}
		q.Gaps = append(q.Gaps, gap)
	}
	n := 0
	q.Text.Source = blankMark.ReplaceAllStringFunc(q.Text.Source, func(string) string {
		n++
		return placeOf(n)
	})
	return "", nil
}

var enumerated = regexp.MustCompile(`[①-⑳]\s*|[（(]\d{1,2}[)）]\s*|(?:^|[\s；;])\d{1,2}[.．、]\s+|(?:^|[\s；;])\d{1,2}[.．、]`)

// blankAnswers cuts an answer at semicolons, or at another mark that makes of it as
// many parts as there are blanks.
func blankAnswers(answer string, blanks int) []string {
	if cuts := enumerated.FindAllStringIndex(answer, -1); len(cuts) == blanks && cuts[0][0] == 0 { // ①甲②乙
		var all []string
		for i, at := range cuts {
			end := len(answer)
			if i+1 < len(cuts) {
				end = cuts[i+1][0]
			}
			all = append(all, strings.Trim(answer[at[1]:end], "；;，,、 \t　\n"))
		}
		return all
	}
	parts := func(marks string) []string {
		return strings.FieldsFunc(answer, func(r rune) bool { return strings.ContainsRune(marks, r) })
	}
	all := parts("；;|")
	for _, marks := range []string{"、", ",，", " \t　\n"} {
		if len(all) != blanks && len(parts(marks)) == blanks {
			all = parts(marks)
		}
	}
	return all
}

// readDifficulty reads 1…5, stars, or easy, middle and hard in any script.
func readDifficulty(s string) (int, bool) {
	s = strings.ToLower(strings.TrimSpace(width.Fold.String(s)))
	if s == "" {
		return 0, true
	}
	if stars := strings.Count(s, "★"); stars > 0 && stars <= items.MaxDifficulty {
		return stars, true
	}
	for d, words := range [][]string{1: {"1", "易", "容易", "简单", "簡單", "easy"}, 2: {"2", "较易", "較易"}, 3: {"3", "中", "中等", "一般", "medium"},
		4: {"4", "较难", "較難"}, 5: {"5", "难", "難", "困难", "困難", "hard"}} {
		if slices.Contains(words, s) {
			return d, true
		}
	}
	return 0, false
}
