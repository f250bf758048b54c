package formats

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/sheet"
	"anwen/items"
)

const pasted = `一、单项选择题（每题 1.5 分）
1. 一般投诉应在多长时间内回复？（ B ）
A. 24小时　　B. 48小时
C. 7个工作日　D. 15个工作日
解析：自受理之时起算，
节假日照算。
难度：易

2、首问负责的意思是：
A、谁先接到谁负责到底
B、转给支行
【答案】A
二、多选题
3. 以下哪些属于销售人员的义务？
A. 揭示风险
B. 了解客户
C. 承诺收益
正确答案：A、B
知识点：适当性、风险揭示
三、判断题
4．投诉可以口头提出。（√）
（5）可以承诺收益。
答案：错
四、填空题
6. 一般投诉须在____内回复，重大投诉须在（　）个工作日内办结。
答案：48小时/四十八小时；7
五、简答题
7. 客户要求当场赔付，你怎么办？
参考答案：安抚、登记、说明时限。
`

func describe(q Question) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s %s", q.At.Line, q.Kind, q.Text.Source)
	for _, c := range q.Choices {
		fmt.Fprintf(&b, " |%s %s", c.Worth(), c.Text.Source)
	}
	for _, g := range q.Gaps {
		b.WriteString(" [")
		for _, c := range g.Choices {
			b.WriteString(c.Text.Source + " ")
		}
		b.WriteString("]")
	}
	if q.Kind == items.TrueFalse {
		fmt.Fprintf(&b, " %t", q.True)
	}
	if q.Points != nil {
		fmt.Fprintf(&b, " %s分", q.Points)
	}
	if q.Difficulty > 0 {
		fmt.Fprintf(&b, " 难%d", q.Difficulty)
	}
	if len(q.Tags) > 0 {
		fmt.Fprintf(&b, " %v", q.Tags)
	}
	if !q.Feedback.Empty() {
		fmt.Fprintf(&b, " 因为%q", q.Feedback.Source)
	}
	if !q.Guide.Empty() {
		fmt.Fprintf(&b, " 要点%q", q.Guide.Source)
	}
	return b.String()
}

func TestPastedChineseQuestionsAreRead(t *testing.T) {
	questions, faults := ReadPasted("粘贴", []byte(strings.ReplaceAll(pasted, "\n", "\r\n")))
	if len(faults) > 0 {
		t.Fatalf("%+v", faults)
	}
	want := []string{
		`2 single_choice 一般投诉应在多长时间内回复？（　） |0 24小时 |100 48小时 |0 7个工作日 |0 15个工作日 1.5分 难1 因为"自受理之时起算，\n节假日照算。"`,
		`9 single_choice 首问负责的意思是： |100 谁先接到谁负责到底 |0 转给支行 1.5分`,
		`14 multiple_choice 以下哪些属于销售人员的义务？ |50 揭示风险 |50 了解客户 |-100 承诺收益 [适当性 风险揭示]`,
		`21 true_false 投诉可以口头提出。（　） true`,
		`22 true_false 可以承诺收益。 false`,
		`25 cloze 一般投诉须在[[1]]内回复，重大投诉须在[[2]]个工作日内办结。 [48小时 四十八小时 ] [7 ]`,
		`28 essay 客户要求当场赔付，你怎么办？ 要点"安抚、登记、说明时限。"`,
	}
	var got []string
	for _, q := range questions {
		got = append(got, describe(q))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if items, faults := JoinLanguages(map[i18n.Locale][]Question{i18n.Hans: questions}); len(items) != 7 || len(faults) > 0 {
		t.Errorf("%d items, %+v", len(items), faults)
	}
}

func TestEachFaultOfAPastedTextHasItsLine(t *testing.T) {
	for _, c := range []struct {
		name, text, code string
		line             int
	}{
		{"no question at all", "\n\n", "quizzes.no_questions", 0},
		{"words and no question", "你好", "quizzes.line_without_question", 1},
		{"a letter without an option", "1. 甲？\nA. 一\nB. 二\n答案：D", "quizzes.letter_without_option", 1},
		{"an option twice", "1. 甲？\nA. 一\nA. 二\nB. 三\n答案：B", "quizzes.letter_twice", 1},
		{"two letters for one answer", "1.【单选题】甲？\nA. 一\nB. 二\n答案：AB", "quizzes.one_letter", 1},
		{"options without an answer", "\n1. 甲？\nA. 一\nB. 二", "quizzes.no_answer", 2},
		{"neither true nor false", "1.【判断题】甲\n答案：也许", "quizzes.bad_truth", 1},
		{"fewer answers than blanks", "1. 甲____乙____\n答案：一", "quizzes.blanks_unlike_answers", 1},
		{"a difficulty that is none", "1. 甲\n答案：对\n难度：蓝", "quizzes.bad_difficulty", 1},
	} {
		_, faults := ReadPasted("f", []byte(c.text))
		if len(faults) != 1 || faults[0].Code != c.code || faults[0].Line != c.line {
			t.Errorf("%s: %+v, want %s at line %d", c.name, faults, c.code, c.line)
		}
	}
}

func TestASheetOfTheUsualFormIsRead(t *testing.T) {
	csv := "题型,题干,选项A,选项B,选项C,答案,解析,难度,知识点,分值,分类\n" +
		"单选题,一般投诉的时限？,24小时,48小时,,B,第三条,中,时限,2,投诉/时限\n" +
		"判断题,可以承诺收益。,,,,错误,,,,1,\n" +
		"排序题,处理步骤,答复,受理,调查,BCA,,,,,\n" +
		"配对题,配一配,一般=48小时,重大=7个工作日,,,,,,,\n" +
		"多选题,坏的一行,甲,,,,,,,,\n"
	questions, faults := ReadWorkbook("题.csv", []byte(csv))
	if len(faults) != 1 || faults[0].Line != 6 || faults[0].Code != "quizzes.no_answer" {
		t.Errorf("%+v", faults)
	}
	var got []string
	for _, q := range questions {
		got = append(got, describe(q))
	}
	want := []string{
		"2 category 投诉/时限", `2 single_choice 一般投诉的时限？ |0 24小时 |100 48小时 2分 难3 [时限] 因为"第三条"`,
		"3 category ", "3 true_false 可以承诺收益。 false 1分", "4 ordering 处理步骤 |100 受理 |100 调查 |100 答复", "5 matching 配一配",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, faults := ReadWorkbook("f.csv", []byte("题型,答案\n单选题,A\n")); len(faults) != 1 || faults[0].Code != "quizzes.no_column" {
		t.Errorf("without 题干: %+v", faults)
	}
}

func TestASheetHasTenOptionsAndNamesWhatIsLeftOut(t *testing.T) {
	csv := "题库导出,,,,,,\n*题干,选项A,选项Ｉ,选项J,正确答案,正确答案文本,备注\n选哪些？,甲,壬,癸,AIJ,甲、壬、癸,\n再选？,甲,,癸,J,,旧题\n"
	questions, faults := ReadWorkbook("题.csv", []byte(csv))
	if len(faults) > 0 || len(questions) != 2 {
		t.Fatalf("%+v %+v", questions, faults)
	}
	var got []string
	for _, q := range questions {
		got = append(got, describe(q)+" "+strings.Join(q.Dropped, "|"))
	}
	want := []string{"3 multiple_choice 选哪些？ |33.33333 甲 |33.33333 壬 |33.33333 癸 题库导出|正确答案文本: 甲、壬、癸", "4 single_choice 再选？ |0 甲 |100 癸 备注: 旧题"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	_, faults = ReadWorkbook("f.csv", []byte("题干,题目,答案\n甲,乙,对\n"))
	if len(faults) != 1 || faults[0].Code != "sheet.column_twice" {
		t.Errorf("two columns of one field: %+v", faults)
	}
	if _, faults = Read("旧.xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..."), ""); len(faults) != 1 || faults[0].Code != "sheet.old_workbook" {
		t.Errorf("an old workbook: %+v", faults)
	}
}

func TestWhatASheetOrAikenHoldsComesBack(t *testing.T) {
	formats := map[string]struct {
		write func([]Question) ([]byte, []errs.Fault)
		read  func(string, []byte) ([]Question, []errs.Fault)
	}{"sheet": {WriteWorkbook, ReadWorkbook}, "aiken": {WriteAiken, ReadAiken}}
	for name, format := range formats {
		comesBack := func(t interface{ Fatalf(string, ...any) }, it items.Item) (held bool) {
			q := QuestionOf(it, i18n.Hans)
			file, faults := format.write([]Question{q})
			if len(faults) > 0 {
				if file != nil || len(faults) != 1 || faults[0].Code != "quizzes.not_for_format" {
					t.Fatalf("%+v", faults)
				}
				return false
			}
			back, faults := format.read("f", file)
			if len(faults) > 0 || len(back) != 1 {
				t.Fatalf("%d, %+v\n%s", len(back), faults, file)
			}
			if name == "sheet" && !sameQuestion(q, back[0]) {
				t.Fatalf("%+v came back as %+v", q, back[0])
			}
			return true
		}
		written := map[string]items.Format{"sheet": items.Markdown, "aiken": items.Plain}[name]
		choice := func(first, second items.Texts) items.Item {
			return items.Item{Name: "q01", Kind: items.SingleChoice, Text: first, Points: items.Point,
				Options: []items.Option{{Text: first}, {Text: second, Weight: items.Whole}}}
		}
		// Of the items that are drawn few fit a sheet, and in a short run none may be among them.
		if !comesBack(t, choice(items.Texts{i18n.Hans: {Source: "甲", Format: written}}, items.Texts{i18n.Hans: {Source: "乙", Format: written}})) {
			t.Errorf("%s holds nothing at all", name)
		}
		rapid.Check(t, func(t *rapid.T) {
			if name == "aiken" || rapid.Bool().Draw(t, "plain") {
				comesBack(t, choice(drawing{t, written}.texts(), drawing{t, written}.texts()))
				return
			}
			comesBack(t, anyItem(allKinds, []items.Format{items.Markdown, items.Plain}).Draw(t, "item"))
		})
	}
}

func TestWorkbooksHoldTextOnly(t *testing.T) {
	raw, err := sheet.Write([]string{"题干"}, [][]string{{"=1+1"}, {"2026-01-02"}})
	if err != nil {
		t.Fatal(err)
	}
	table, err := sheet.Read("f.xlsx", raw, sheet.Limits{}, nil)
	if err != nil || table.Rows[0].Cells[0] != "=1+1" || table.Rows[1].Cells[0] != "2026-01-02" {
		t.Errorf("%+v, %v", table, err)
	}
}

func TestAikenIsRead(t *testing.T) {
	questions, faults := ReadAiken("f", []byte("\nHow long?\nA. 24 hours\nB) 48 hours\nANSWER: B\n\nNo answer\nA. x\nB. y\n\nNext?\nA. 1\nANSWER: C\n"))
	var got []string
	for _, q := range questions {
		got = append(got, describe(q))
	}
	if diff := cmp.Diff([]string{"2 single_choice How long? |0 24 hours |100 48 hours"}, got); diff != "" {
		t.Error(diff)
	}
	if len(faults) != 2 || faults[0].Code != "quizzes.aiken_no_answer" || faults[0].Line != 11 {
		t.Errorf("%+v", faults)
	}
}

func TestTheFormatIsToldFromTheFile(t *testing.T) {
	for _, c := range []struct {
		name, source string
		want         Format
	}{
		{"a.gift", "x", GIFT}, {"a.txt", "::a::b{T}", GIFT}, {"a.xml", "<?xml version='1.0'?><quiz></quiz>", Moodle},
		{"a.xml", `<assessmentItem xmlns="x"/>`, QTI}, {"a.xml", `<qti-assessment-item/>`, QTI}, {"a.csv", "题干", Workbook}, {"a.xlsx", "PK\x03\x04", Workbook},
		{"a.zip", "PK\x03\x04", QTI}, {"a.txt", "Q\nA. x\nB. y\nANSWER: A", Aiken}, {"", "1. 甲\n答案：对", Pasted}, {"", "1.表达式{1}的值是（B）。\nA.甲\nB.乙", Pasted},
	} {
		if got := detect(c.name, []byte(c.source)); got != c.want {
			t.Errorf("%s %q is %s, want %s", c.name, c.source, got, c.want)
		}
	}
}

func TestSheetsOfQuestionsWithOtherHeadingsAreRead(t *testing.T) {
	for name, c := range map[string]struct{ csv, want string }{
		"letters as headings":      {"序号,题型,试题内容,A,B,正确选项,试题分析\n1,单选题,谁？,甲,乙,B,因为\n", `2 single_choice 谁？ |0 甲 |100 乙 因为"因为"`},
		"numbered options":         {"题目类型,题目内容,选项1,选项2,标准答案\n单选题,谁？,甲,乙,B\n", "2 single_choice 谁？ |0 甲 |100 乙"},
		"one column of options":    {"题型,题目,选项,答案\n单选题,谁？,A.甲|B.乙|C.丙,B\n", "2 single_choice 谁？ |0 甲 |100 乙 |0 丙"},
		"one column, on lines":     {"题型,题目,选项,答案\n多选题,哪些？,\"A.甲\nB.乙\nC.丙\",AB\n", "2 multiple_choice 哪些？ |50 甲 |50 乙 |-100 丙"},
		"letters in the options":   {"题型,题目,选项A,选项B,答案\n单选题,谁？,A.甲,B、乙,b\n", "2 single_choice 谁？ |0 甲 |100 乙"},
		"letters of other options": {"题型,题目,选项A,选项B,答案\n单选题,谁？,A.甲和乙,A.乙,b\n", "2 single_choice 谁？ |0 A.甲和乙 |100 A.乙"},
	} {
		questions, faults := ReadWorkbook("题.csv", []byte(c.csv))
		if len(faults) > 0 || len(questions) != 1 || describe(questions[0]) != c.want {
			t.Errorf("%s: %v %+v", name, faults, questions)
		}
	}
}

func TestWhatOtherSystemsMeanIsKeptOrSaid(t *testing.T) {
	item := func(declaration, rest string) string {
		return `<assessmentItem identifier="i" title="t"><responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="identifier">` + declaration + `</responseDeclaration>` +
			`<itemBody><choiceInteraction responseIdentifier="RESPONSE" maxChoices="0"><prompt>哪些？</prompt><simpleChoice identifier="A">甲</simpleChoice><simpleChoice identifier="B">乙</simpleChoice>` +
			`<simpleChoice identifier="C">丙</simpleChoice></choiceInteraction></itemBody>` + rest + `</assessmentItem>`
	}
	const right = `<correctResponse><value>A</value><value>B</value></correctResponse>`
	template := func(name string) string {
		return `<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/` + name + `"/>`
	}
	for _, c := range []struct {
		name   string
		format Format
		source string
		want   string
	}{
		{"a mapping that the processing does not use", QTI, item(right+`<mapping><mapEntry mapKey="C" mappedValue="5"/></mapping>`, template("match_correct")), "1 multiple_choice <p>哪些？</p> |50 甲 |50 乙 |0 丙"},
		{"the worth of what is not mapped", QTI, item(`<mapping defaultValue="-1"><mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="B" mappedValue="1"/></mapping>`, template("map_response")), "1 multiple_choice <p>哪些？</p> |50 甲 |50 乙 |-50 丙 2分"},
		{"a text in another file", QTI, strings.Replace(item(right, ""), "<itemBody>", `<assessmentStimulusRef href="a.xml"/><itemBody>`, 1), "1 multiple_choice <p>哪些？</p> |50 甲 |50 乙 |0 丙 -file: a.xml"},
		{"what learners and what markers read", QTI, `<assessmentItem title="t"><responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"/><itemBody><rubricBlock view="scorer">要点</rubricBlock><rubricBlock view="candidate">写300字。</rubricBlock><extendedTextInteraction responseIdentifier="RESPONSE"><prompt>说</prompt></extendedTextInteraction></itemBody></assessmentItem>`, `1 essay <p>说</p> 要点"要点" -rubric: 写300字。`},
		{"braces in full width", GIFT, "谁？｛＝甲 ～乙｝", "!quizzes.gift_wide_brace"},
		{"a star for any words", GIFT, "首都？{=*北京* =北京市}", "1 short_answer 首都？ |100 *北京* |100 北京市 !quizzes.wildcard"},
		{"a star for any words, in Moodle", Moodle, `<quiz><question type="shortanswer"><questiontext><text>首都？</text></questiontext><answer fraction="100"><text>北京*</text></answer><answer fraction="0"><text>*</text></answer></question></quiz>`, "1 short_answer 首都？ |100 北京* |0 * !quizzes.wildcard"},
	} {
		questions, faults := Read("f", []byte(c.source), c.format)
		got := ""
		for _, q := range questions {
			got += describe(q)
			for _, d := range q.Dropped {
				got += " -" + d
			}
			for _, w := range q.Warnings {
				got += " !" + w.Code
			}
		}
		for _, f := range faults {
			got += "!" + f.Code
		}
		if got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
