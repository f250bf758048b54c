package formats

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anwen/items"
)

// printed is a question as a document says it, in parts.
type printed struct {
	kind          items.Kind
	before, after string // of the blank in the stem
	options       []string
	right         []int
	truth         bool
	explanation   string
}

// stems, options and explanations that hold what a reader could stumble over.
var (
	stemsBefore  = []string{"人民币由", "根据《办法》第三条，A类机具由", "2015年版100元（含）以上，应报", "年利率3.5%的存款，自9:30起归", "使用ATM的客户可向", "下列说法中，"}
	stemsAfter   = []string{"负责。", "发行", "办理（含补办）。", "承担，时限为2个工作日。"}
	optionWords  = []string{"中国人民银行", "25.5毫米", "48小时", "0.015%", "9:30", "以上都不对", "甲、乙两方", "《条例》", "17", "三分之一（含）以上", "先登记，再答复"}
	explanations = []string{"", "见第三条。", "依据如下：\n1.办法第三条；\n2.利率为\n3.5%左右；\n9:30起算。", "选项A不合规定，\n其余均可。"}
)

func anyPrinted(t *rapid.T, kind items.Kind) printed {
	q := printed{kind: kind, before: rapid.SampledFrom(stemsBefore).Draw(t, "before"), after: rapid.SampledFrom(stemsAfter).Draw(t, "after"),
		explanation: rapid.SampledFrom(explanations).Draw(t, "explanation")}
	if kind == items.TrueFalse {
		q.truth = rapid.Bool().Draw(t, "truth")
		return q
	}
	count := rapid.IntRange(2, 6).Draw(t, "options")
	q.options = rapid.Permutation(optionWords).Draw(t, "words")[:count]
	least := 1
	if kind == items.MultipleChoice {
		least = 2
	}
	q.right = rapid.Permutation([]int{0, 1, 2, 3, 4, 5}[:count]).Draw(t, "right")[:least]
	if kind == items.MultipleChoice && count > 2 && rapid.Bool().Draw(t, "three") {
		q.right = rapid.Permutation([]int{0, 1, 2}).Draw(t, "right of three")
	}
	return q
}

func (q printed) letters() string {
	var b strings.Builder
	for i := range q.options {
		for _, r := range q.right {
			if i == r {
				b.WriteByte(byte('A' + i))
			}
		}
	}
	return b.String()
}

// shape is a way to print questions. Each of its parts is drawn by itself, so that
// every combination comes up.
type shape struct {
	number, heading, options, key, truth, explain string
}

func anyShape(t *rapid.T) shape {
	return shape{
		number:  rapid.SampledFrom([]string{"%d.", "%d、", "%d．", "%d. ", "(%d)", "（%d）", "%d)", "第%d题 ", "%d："}).Draw(t, "number"),
		heading: rapid.SampledFrom([]string{"%s题", "一、%s选择题（共10题，每题2分）", "【%s题】", "## %s题", "第一部分  %s题", "inline", "before", "none"}).Draw(t, "heading"),
		options: rapid.SampledFrom([]string{"lines", "spaces", "two lines", "glued", "full width", "、", "first without a dot", "without dots", "brackets", "columns", "behind the stem"}).Draw(t, "options"),
		key:     rapid.SampledFrom([]string{"答案：", "【答案】", "正确答案: ", "alone", "brackets", "small", "line", "tail", "behind the option", "list", "rows", "range", "table", "numbered", "behind options"}).Draw(t, "key"),
		truth:   rapid.SampledFrom([]string{"√×", "对错", "√Ⅹ", "√x", "✓✗"}).Draw(t, "truth"),
		explain: rapid.SampledFrom([]string{"解析：", "【解析】", "答案解析："}).Draw(t, "explain"),
	}
}

// word is the key as the shape writes it.
func (s shape) word(q printed) string {
	if q.kind != items.TrueFalse {
		return q.letters()
	}
	marks := []rune(s.truth)
	if q.truth {
		return string(marks[0])
	}
	return string(marks[1])
}

// stem prints the stem with its key, and says what is left when the key is out.
func (s shape) stem(q printed) (text, left string) {
	key := s.word(q)
	open := q.before + "（　）" + q.after
	switch s.key {
	case "brackets":
		if q.kind == items.TrueFalse {
			return q.before + q.after + "（" + key + "）", q.before + q.after + "（　）"
		}
		return q.before + "（ " + key + " ）" + q.after, open
	case "small":
		if q.kind == items.TrueFalse {
			return q.before + q.after + "( " + key + " )", q.before + q.after + "(　)"
		}
		return q.before + "（" + strings.ToLower(key) + "）" + q.after, open
	case "line":
		if q.kind != items.TrueFalse {
			return q.before + "____" + key + "___" + q.after, q.before + "_______" + q.after
		}
		return q.before + q.after + "__" + key + "__", q.before + q.after + "____"
	case "tail":
		return q.before + "____" + q.after + "。" + key, q.before + "____" + q.after + "。"
	}
	return open, open
}

// optionLines prints the options, in the layout that the shape says.
func (s shape) optionLines(q printed) string {
	var parts []string
	for i, o := range q.options {
		letter := string(rune('A' + i))
		if s.key == "behind the option" && strings.Contains(q.letters(), letter) {
			o += "（正确答案）"
		}
		mark := letter + "."
		switch s.options {
		case "full width":
			mark = string(rune('Ａ'+i)) + "．"
		case "、":
			mark = letter + "、"
		case "brackets":
			mark = "（" + letter + "）"
		case "without dots":
			mark = letter + " "
		case "first without a dot":
			if i == 0 && unicode.Is(unicode.Han, []rune(o)[0]) {
				mark = letter
			}
		}
		parts = append(parts, mark+o)
	}
	half := (len(parts) + 1) / 2
	switch s.options {
	case "spaces", "full width", "first without a dot":
		return strings.Join(parts, "    ")
	case "two lines":
		return strings.Join(parts[:half], "  ") + "\n" + strings.Join(parts[half:], "  ")
	case "glued", "behind the stem":
		return strings.Join(parts, "")
	case "columns":
		var rows []string
		for i := range half {
			row := parts[i]
			if i+half < len(parts) {
				row += "\t\t" + parts[i+half]
			}
			rows = append(rows, row)
		}
		return strings.Join(rows, "\n")
	}
	return strings.Join(parts, "\n")
}

var kindNames = map[items.Kind]string{items.SingleChoice: "单选", items.MultipleChoice: "多选", items.TrueFalse: "判断"}

// print prints questions of one kind and returns what should be read of them.
func (s shape) print(kind items.Kind, questions []printed) (text string, want []string) {
	var b strings.Builder
	head := kindNames[kind]
	if strings.Contains(s.heading, "选择") {
		head = map[items.Kind]string{items.SingleChoice: "单项", items.MultipleChoice: "多项"}[kind]
		if kind == items.TrueFalse {
			s.heading, head = "三、%s题（每题1分）", "判断"
		}
	}
	if strings.Contains(s.heading, "%s") {
		fmt.Fprintf(&b, s.heading+"\n", head)
	}
	apart := map[string]bool{"list": true, "rows": true, "range": true, "table": true, "numbered": true}[s.key]
	for i, q := range questions {
		number := fmt.Sprintf(s.number, i+1)
		stem, left := s.stem(q)
		switch s.heading {
		case "inline":
			number += "【" + kindNames[kind] + "题】"
		case "before":
			number = "（" + kindNames[kind] + "题）" + number
		}
		b.WriteString(number + stem)
		if kind != items.TrueFalse {
			if s.options != "behind the stem" {
				b.WriteByte('\n')
			}
			b.WriteString(s.optionLines(q))
		}
		b.WriteByte('\n')
		switch s.key {
		case "答案：", "【答案】", "正确答案: ":
			b.WriteString(s.key + s.word(q) + "\n")
		case "alone":
			b.WriteString("答案\n" + s.word(q) + "\n")
		case "behind options":
			text := strings.TrimSuffix(b.String(), "\n")
			b.Reset()
			b.WriteString(text + " 答案：" + s.word(q) + "\n")
		case "behind the option":
			if kind == items.TrueFalse {
				b.WriteString("答案：" + s.word(q) + "\n")
			}
		}
		if q.explanation != "" && !apart {
			b.WriteString(s.explain + q.explanation + "\n")
		} else {
			q.explanation = ""
		}
		want = append(want, describePrinted(q, left))
	}
	b.WriteString(s.answers(questions))
	return b.String(), want
}

// answers prints the keys that stand apart from their questions.
func (s shape) answers(questions []printed) string {
	var rows, numbers, keys []string
	for i, q := range questions {
		numbers, keys = append(numbers, fmt.Sprint(i+1)), append(keys, s.word(q))
		row := fmt.Sprintf("%d.%s", i+1, s.word(q))
		if s.key == "numbered" {
			row = fmt.Sprintf("%d、【答案】%s", i+1, s.word(q))
		}
		rows = append(rows, row)
	}
	switch s.key {
	case "list":
		return "参考答案：\n" + strings.Join(rows, "  ") + "\n"
	case "rows", "numbered":
		return "参考答案\n" + strings.Join(rows, "\n") + "\n"
	case "range":
		return fmt.Sprintf("答案：1-%d %s\n", len(questions), strings.Join(keys, " "))
	case "table":
		return "题号\t" + strings.Join(numbers, "\t") + "\n答案\t" + strings.Join(keys, "\t") + "\n"
	}
	return ""
}

func describePrinted(q printed, stem string) string {
	text := fmt.Sprintf("%s %s", q.kind, stem)
	if q.kind == items.TrueFalse {
		text += fmt.Sprintf(" %t", q.truth)
	}
	for i, o := range q.options {
		mark := "|"
		if strings.Contains(q.letters(), string(rune('A'+i))) {
			mark = "|*"
		}
		text += mark + o
	}
	return text + " " + q.explanation
}

func describeRead(q Question) string {
	text := fmt.Sprintf("%s %s", q.Kind, q.Text.Source)
	if q.Kind == items.TrueFalse {
		text += fmt.Sprintf(" %t", q.True)
	}
	for _, c := range q.Choices {
		mark := "|"
		if c.Worth() > 0 {
			mark = "|*"
		}
		text += mark + c.Text.Source
	}
	return text + " " + q.Feedback.Source
}

// fits reports whether the shape can say the questions at all: without an order of
// marks nobody could read them either.
func (s shape) fits(kind items.Kind) bool {
	switch {
	case kind == items.TrueFalse:
		return !(s.key == "tail" && s.heading == "none") // 对 at the end of words is a word
	case s.key == "tail" && s.options == "behind the stem":
		return false // B A.甲 B.乙
	}
	return true
}

func TestWhatIsPrintedInAnyShapeIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]items.Kind{items.SingleChoice, items.MultipleChoice, items.TrueFalse}).Draw(t, "kind")
		s := anyShape(t)
		if !s.fits(kind) {
			return
		}
		var questions []printed
		for range rapid.IntRange(1, 5).Draw(t, "questions") {
			questions = append(questions, anyPrinted(t, kind))
		}
		text, want := s.print(kind, questions)
		if rapid.Bool().Draw(t, "empty lines") {
			text = strings.ReplaceAll(text, "\n", "\n\n")
			for i := range want {
				want[i] = strings.ReplaceAll(want[i], "\n", "⏎")
			}
		}
		read, faults := ReadPasted("f", []byte(text))
		var got []string
		for _, q := range read {
			got = append(got, describeRead(q))
		}
		for i := range want {
			want[i] = strings.ReplaceAll(want[i], "\n", "⏎")
		}
		for i := range got {
			got[i] = strings.ReplaceAll(got[i], "\n", "⏎")
		}
		if diff := cmp.Diff(want, got); diff != "" || len(faults) > 0 {
			t.Fatalf("%+v\n%s\n%+v\n%s", s, diff, faults, text)
		}
		if lost := lostText(text, read); lost != "" {
			t.Fatalf("lost %q of\n%s", lost, text)
		}
	})
}

// lostText is what stands in a text and in no question: letters that occur less
// often in the questions than in the text, apart from the words of the format.
func lostText(text string, questions []Question) string {
	count := map[rune]int{}
	for _, r := range kept(questions) {
		count[r]++
	}
	for _, words := range []string{"单选多选判断单项多项选择题一三第部分共每分参考正确答案解析：号对错√×Ⅹx✓✗Ⅹ"} {
		for _, r := range words {
			count[r] += 1 << 20
		}
	}
	var lost strings.Builder
	for _, r := range text {
		if !unicode.Is(unicode.Han, r) {
			continue
		}
		if count[r]--; count[r] < 0 {
			lost.WriteRune(r)
		}
	}
	return lost.String()
}

// Whatever is pasted, each line is in a question, a heading, a list of answers or a
// fault.
func TestNoPastedLineIsLost(t *testing.T) {
	pieces := []string{"1.", "2、", "（3）", "一、", "单选题", "【多选题】", "判断题（每题1分）", "A.", "B、", "C", "D. 丁", "答案：", "答案", "解析：", "A", "√", "（B）", "____", "3.5%", "9:30", "人民币", "。", "？",
		"题号", "1 2", "1-2 AB", "参考答案", "\n", "\n", "\n\n", " ", "　", "第一章 总则", "题型：单选题", "难度：易", "**", "# ", "（×）", "第 1 页"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 40).Draw(t, "pieces"), "")
		r := &pastedReader{}
		r.lines = r.pastedLines(text)
		r.divide()
		for _, l := range r.lines {
			if l.role == pastedUnread {
				t.Fatalf("line %d is nowhere: %q of\n%s", l.number, l.text, text)
			}
		}
	})
}
