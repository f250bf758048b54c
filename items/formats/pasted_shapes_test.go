package formats

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anwen/internal/errs"
	"anwen/items"
)

// readShape reads a pasted text and says on one line each what was read, and what
// was refused, with the line.
func readShape(text string) []string {
	questions, faults := ReadPasted("f", []byte(text))
	var got []string
	for _, q := range questions {
		line := fmt.Sprintf("%d %s", q.At.Line, q.Text.Source)
		if q.Kind == items.TrueFalse {
			line += fmt.Sprintf(" %t", q.True)
		}
		for _, c := range q.Choices {
			mark := "|"
			if c.Worth() > 0 {
				mark = "|*"
			}
			line += mark + c.Text.Source
		}
		switch q.Kind {
		case items.MultipleChoice:
			line += " 多"
		case items.Essay:
			line += " 答：" + q.Guide.Source
		case items.Cloze:
			for _, g := range q.Gaps {
				line += " [" + g.Choices[0].Text.Source + "]"
			}
		}
		if !q.Feedback.Empty() {
			line += " 因：" + q.Feedback.Source
		}
		if q.Points != nil {
			line += " " + q.Points.String() + "分"
		}
		for _, w := range q.Warnings {
			line += " !" + strings.TrimPrefix(w.Code, "quizzes.")
		}
		for _, d := range q.Dropped {
			line += " -" + d
		}
		got = append(got, strings.ReplaceAll(line, "\n", "⏎"))
	}
	for _, f := range faults {
		got = append(got, fmt.Sprintf("%d %s", f.Line, f.Code))
	}
	return got
}

func TestPastedQuestionsAreReadInEveryShape(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"key in brackets in the stem", "1.人民币由（A）发行。\nA.央行\nB.商行", []string{"1 人民币由（　）发行。|*央行|商行"}},
		{"key in brackets with spaces", "1.下列( B )属于现金。\nA.支票\nB.纸币", []string{"1 下列(　)属于现金。|支票|*纸币"}},
		{"key in brackets of two sorts", "1.(C），大会通过了该法。\nA.三月\nB.五月\nC.七月", []string{"1 (　），大会通过了该法。|三月|五月|*七月"}},
		{"small letters", "1.柜台由（b）办理。\nA.主管\nB.柜员\n2.包括（abc）。\nA.甲\nB.乙\nC.丙", []string{"1 柜台由（　）办理。|主管|*柜员", "4 包括（　）。|*甲|*乙|*丙 多"}},
		{"key on a line", "1.限额为____C___元。\nA.一\nB.二\nC.三", []string{"1 限额为_______元。|一|二|*三"}},
		{"key between dashes", "1.图案为----B------。\nA.飞龙\nB.狮头", []string{"1 图案为----------。|飞龙|*狮头"}},
		{"key behind the full stop", "1.限额为____。B\nA.一\nB.二\n2.归谁保管？A\nA.甲\nB.乙", []string{"1 限额为____。|一|*二", "4 归谁保管？|*甲|乙"}},
		{"key behind the line", "1.包括_______ABC\nA.甲\nB.乙\nC.丙", []string{"1 包括_______|*甲|*乙|*丙 多"}},
		{"key glued to the words, where a blank asks", "1.可用____方式实现清分AB\nA.甲\nB.乙\nC.丙", []string{"1 可用____方式实现清分|*甲|*乙|丙 多"}},
		{"the second blank stays", "1.应当报（A）批准，由（）决定。\nA.总行，分行\nB.分行，支行", []string{"1 应当报（　）批准，由（）决定。|*总行，分行|分行，支行"}},
		{"letters that are no key", "1.A类点钞机由维生素C（ ）。\nA.甲\nB.乙\n答案：B", []string{"1 A类点钞机由维生素C（ ）。|甲|*乙"}},
		{"two keys that differ", "1.由（A）定，报（B）批。\nA.甲\nB.乙", []string{"1 quizzes.two_answers"}},
		{"key in the stem and after a label", "1.由（A）定。\nA.甲\nB.乙\n答案：A\n2.由（A）定。\nA.甲\nB.乙\n答案：B", []string{"1 由（　）定。|*甲|乙", "5 quizzes.two_answers"}},
		{"key behind the option", "1.谁保管？\nA.甲\nB.乙（正确答案）\nC.丙 √", []string{"1 谁保管？|甲|*乙|*丙 多"}},

		{"true and false in brackets", "判断题\n1.可以代签。（×）\n2.应当登记。（ √ ）\n3.不得代办。(对)\n4.可以外借。（错误）\n5.须双人。（正确）\n6.可以。（Ⅹ）\n7.可以。(x)\n8.可以。（X）\n9.应当。（T）",
			[]string{"2 可以代签。（　） false", "3 应当登记。（　） true", "4 不得代办。(　) true", "5 可以外借。（　） false", "6 须双人。（　） true", "7 可以。（　） false", "8 可以。(　) false", "9 可以。（　） false", "10 应当。（　） true"}},
		{"true and false behind the stop or before the number", "判断题\n1.可以代签。×\n2.应当登记。 对\n（√）3.须双人。\n4.（×）可以外借。", []string{"2 可以代签。 false", "3 应当登记。 true", "4 须双人。 true", "5 （　）可以外借。 false"}},
		{"a bracket that says why", "1.可以代签。（×，须本人）", []string{"1 可以代签。（　） false 因：须本人"}},
		{"true and false as options", "判断题\n1.可以代签。\nA.对\nB.错\n答案：B", []string{"2 可以代签。 false"}},
		{"true and false under a heading of choices", "单选题\n1.谁？（A）\nA.甲\nB.乙\n2.可以代签。（×）", []string{"2 谁？（　）|*甲|乙", "5 可以代签。（　） false"}},
		{"a statement without its mark", "判断题\n1.可以代签。（ ）", []string{"2 quizzes.no_answer"}},

		{"headings", "单选题\n1.谁？（A）\nA.甲\nB.乙\n二、多项选择题（共10题，每题2分）\n1.哪些？（A）\nA.甲\nB.乙\n第三部分  判断题(每题1分，对的打√，错的打×)\n1.可以。（×）",
			[]string{"2 谁？（　）|*甲|乙", "6 哪些？（　）|*甲|乙 多 2分", "10 可以。（　） false 1分"}},
		{"kind before or after the number", "1.【多选题】哪些？（A）\nA.甲\nB.乙\n【单选题】2.谁？（A）\nA.甲\nB.乙\n3.(判断题)可以。\n答案：错\n4、多选题 哪些？\nA.甲\nB.乙\n答案：B\n5.哪些？（多选）\nA.甲\nB.乙\n答案：AB",
			[]string{"1 哪些？（　）|*甲|乙 多", "4 谁？（　）|*甲|乙", "7 可以。 false", "9 哪些？|甲|*乙 多", "13 哪些？|*甲|*乙 多"}},
		{"kind on a line of its own", "【单选题】\n20:谁保管？\nA. 甲\nB. 乙\n答案\nB\n解析\n须双人\n【判断题】\n21:可以代签。\n答案\n错误", []string{"2 谁保管？|甲|*乙 因：须双人", "10 可以代签。 false"}},
		{"kind before its question", "题型：多选题\n1. 哪些？\nA. 甲\nB. 乙\n答案：A\n题型：判断题\n2. 可以。\n答案：对", []string{"2 哪些？|*甲|乙 多", "7 可以。 true"}},
		{"a number that begins again ends the heading", "单选题\n1.谁？（A）\nA.甲\nB.乙\n1.哪些？（AB）\nA.甲\nB.乙", []string{"2 谁？（　）|*甲|乙", "5 哪些？（　）|*甲|*乙 多"}},
		{"one answer where the heading says so", "一、单选题\n1.谁？（AB）\nA.甲\nB.乙", []string{"2 quizzes.one_letter"}},
		{"a title and a chapter", "某银行题库\n第一章 存款\n1.谁？（A）\nA.甲\nB.乙\n第二章 贷款\n2.谁？（B）\nA.甲\nB.乙",
			[]string{"3 谁？（　）|*甲|乙 -某银行题库 -第一章 存款", "7 谁？（　）|甲|*乙 -第二章 贷款"}},
		{"marks of Markdown", "## 一、单选题\n\n**1. 谁保管？**\n\n- A. 甲\n- B. 乙\n\n**答案：B**\n\n---\n\n### 2. 谁复核？\nA. 甲\nB. 乙\n**答案：** A", []string{"3 谁保管？|甲|*乙", "12 谁复核？|*甲|乙"}},

		{"options glued", "1.谁发行？（A）\nA.央行B.商行C.邮局", []string{"1 谁发行？（　）|*央行|商行|邮局"}},
		{"options set off by marks", "1.谁发行？（B）\nA.央行；B.商行；C.邮局\n2.谁？（A）\nA.甲、B.乙", []string{"1 谁发行？（　）|央行|*商行|邮局", "3 谁？（　）|*甲|乙"}},
		{"options without dots", "1.谁发行？（B）\nA央行 B.商行 C 邮局\n2.谁？（A）\nA 甲\nB 乙\n3.谁？（D）\nA.甲   B.乙\nC.丙   D丁行", []string{"1 谁发行？（　）|央行|*商行|邮局", "3 谁？（　）|*甲|乙", "6 谁？（　）|甲|乙|丙|*丁行"}},
		{"options in full width", "１．谁发行？（Ｂ）\nＡ．央行　Ｂ．商行\nＣ、邮局", []string{"1 谁发行？（　）|央行|*商行|邮局"}},
		{"options in brackets, and behind the stem", "1.谁发行？（A）央行（B）商行\n答案：B\n2.谁发行？\n（A）央行 （B）商行\n答案：A", []string{"1 谁发行？|央行|*商行", "3 谁发行？|*央行|商行"}},
		{"options in columns", "1.谁？（C）\nA.甲    C.丙\nB.乙    D.丁", []string{"1 谁？（　）|甲|乙|*丙|丁"}},
		{"options after empty lines, and on several lines", "1.谁？（B）\n\n\nA.甲，\n也就是甲方\nB.乙\n \nC.丙", []string{"1 谁？（　）|甲，⏎也就是甲方|*乙|丙"}},
		{"stem and options on one line", "1.谁发行？（）A、央行B、商行C、邮局答案：C2.谁保管？（）A、甲B、乙答案：A", []string{"1 谁发行？（）|央行|商行|*邮局", "1 谁保管？（）|*甲|乙"}},
		{"a whole paper on one line", "一、单选题（共2题）1.谁发行？（A）A.央行B.商行2.多少？（B）A.1.5元B.2.5元C.3元", []string{"1 谁发行？（　）|*央行|商行", "1 多少？（　）|1.5元|*2.5元|3元"}},
		{"numbers in options", "1.多少？（C）\nA.0.005%  B.0.010%  C.0.015%\n2.几点？（A）\nA.9:30\nB.17:00\n3.多少？（B）\nA.1\nB.3.5%", []string{"1 多少？（　）|0.005%|0.010%|*0.015%", "3 几点？（　）|*9:30|17:00", "6 多少？（　）|1|*3.5%"}},
		{"a letter twice", "1.谁？（A）\nA.甲\nA.乙\nB.丙", []string{"1 谁？（　）|*甲⏎A.乙|丙", "1 quizzes.letter_twice"}},
		{"ten options", "1.哪些？（AJ）\nA.一 B.二 C.三 D.四 E.五\nF.六 G.七 H.八 I.九 J.十", []string{"1 哪些？（　）|*一|二|三|四|五|六|七|八|九|*十 多"}},

		{"answers at the end", "1.谁？\nA.甲\nB.乙\n2.哪些？\nA.甲\nB.乙\n3.可以。\n参考答案\n1.A 2.AB\n3.×", []string{"1 谁？|*甲|乙", "4 哪些？|*甲|*乙 多", "7 可以。 false"}},
		{"answers in ranges", "1.谁？\nA.甲\nB.乙\n2.谁？\nA.甲\nB.乙\n3.谁？\nA.甲\nB.乙\n答案：1-2 AB 3.B", []string{"1 谁？|*甲|乙", "4 谁？|甲|*乙", "7 谁？|甲|*乙"}},
		{"answers in a table", "1.谁？\nA.甲\nB.乙\n2.谁？\nA.甲\nB.乙\n题号\t1\t2\n答案\tA\tB", []string{"1 谁？|*甲|乙", "4 谁？|甲|*乙"}},
		{"answers in a table, each cell on its line", "1.谁？\nA.甲\nB.乙\n2.谁？\nA.甲\nB.乙\n题号\n1\n2\n答案\nA\nB", []string{"1 谁？|*甲|乙", "4 谁？|甲|*乙"}},
		{"answers by section", "一、单选题\n1.谁？\nA.甲\nB.乙\n二、判断题\n1.可以。\n2.应当。\n参考答案\n一、单选题\n1.B\n二、判断题\n1.× 2.√", []string{"2 谁？|甲|*乙", "6 可以。 false", "7 应当。 true"}},
		{"answers after each section", "一、单选题\n1.谁？\nA.甲\nB.乙\n答案：\n1.B\n二、单选题\n1.谁？\nA.甲\nB.乙\n答案：\n1.A", []string{"2 谁？|甲|*乙", "8 谁？|*甲|乙"}},
		{"answers with explanations", "1.谁？\nA.甲\nB.乙\n2.怎么办？\n参考答案及解析\n1.【答案】B。解析：乙方保管\n2.安抚、登记\n并说明时限", []string{"1 谁？|甲|*乙 因：乙方保管", "4 怎么办？ 答：安抚、登记⏎并说明时限"}},
		{"answers of which each is marked", "1.谁？\nA.甲\nB.乙\n2.谁？\nA.甲\nB.乙\n参考答案\n（1）A；（2）B", []string{"1 谁？|*甲|乙", "4 谁？|甲|*乙"}},
		{"answers with their part, and in a table of Markdown", "一、单选题\n1.谁？\nA.甲\nB.乙\n二、判断题\n1.可以。\n2.应当。\n参考答案\n一、1.B\n二、1.×\n| 题号 | 2 |\n|---|---|\n| 答案 | √ |", []string{"2 谁？|甲|*乙", "6 可以。 false", "7 应当。 true"}},
		{"letters in every writing", "1.哪些？\nA.甲\nB.乙\nC.丙\n本题答案：A和C\n2.哪些？\nA.甲\nB.乙\n答案为：（A）（B）\n3.哪些？（A.B）\nA.甲\nB.乙\n4.谁？\nA.甲\nB.乙\n答案是B",
			[]string{"1 哪些？|*甲|乙|*丙 多", "6 哪些？|*甲|*乙 多", "10 哪些？（　）|*甲|*乙 多", "13 谁？|甲|*乙"}},
		{"an answer to no question", "1.谁？\nA.甲\nB.乙\n答案\n1.A 2.B", []string{"1 谁？|*甲|乙", "5 quizzes.answer_without_question"}},
		{"a range with too few answers", "1.谁？\nA.甲\nB.乙\n答案\n1-5 ABC", []string{"1 quizzes.no_answer", "5 quizzes.answers_unlike_range"}},

		{"an explanation with numbered points", "1.谁？\nA.甲\nB.乙\n答案：B\n解析：依据：\n1.办法第三条；\n2.细则第五条，年利率\n3.5%左右；\n9:30起算。\n2.哪些？\nA.甲\nB.乙\n答案：AB",
			[]string{"1 谁？|甲|*乙 因：依据：⏎1.办法第三条；⏎2.细则第五条，年利率⏎3.5%左右；⏎9:30起算。", "10 哪些？|*甲|*乙 多"}},
		{"an explanation that goes through the options", "1.谁？\nA.甲\nB.乙\n答案：B\n解析：\n分别来看\nA. 不对\nB. 对\n2.谁？（A）\nA.甲\nB.乙", []string{"1 谁？|甲|*乙 因：分别来看⏎A. 不对⏎B. 对", "9 谁？（　）|*甲|乙"}},
		{"an explanation behind the answer", "1.谁？\nA.甲\nB.乙\n答案：B。乙方保管，所以选B。\n2.可以。\n答案：错，须本人", []string{"1 谁？|甲|*乙 因：乙方保管，所以选B。", "5 可以。 false 因：须本人"}},
		{"answer and explanation behind the last option", "1.谁？\nA.甲\nB.乙 答案：B 解析：乙方保管", []string{"1 谁？|甲|*乙 因：乙方保管"}},
		{"an answer that repeats its option", "1.谁？\nA.甲\nB.乙方\n答案：B、乙方", []string{"1 谁？|甲|*乙方"}},
		{"a list in the stem", "1.谁？（A）\nA.甲\nB.乙\n2.下列正确的有（ ）：\n1.甲\n2.乙\n3.丙\nA.1和2\nB.2和3\n答案：B\n3.谁？（B）\nA.甲\nB.乙", []string{"1 谁？（　）|*甲|乙", "4 下列正确的有（ ）：⏎1.甲⏎2.乙⏎3.丙|1和2|*2和3", "11 谁？（　）|甲|*乙"}},
		{"a long answer with points", "1.怎么办？\n答案：1.安抚；\n2.登记；\n3.说明。\n2.为什么？\n答案：略", []string{"1 怎么办？ 答：1.安抚；⏎2.登记；⏎3.说明。", "5 为什么？ 答：略"}},
		{"stems that begin with a quantity", "1.谁？（A）\nA.甲\nB.乙\n2.5元纸币的图案是（A）。\nA.花\nB.山\n3.2014年6月，应当（B）。\nA.退\nB.换", []string{"1 谁？（　）|*甲|乙", "4 5元纸币的图案是（　）。|*花|山", "7 2014年6月，应当（　）。|退|*换"}},

		{"options with numbers in circles", "1.谁？\n①甲 ②乙 ③丙\n答案：②\n2.哪些？\n①甲；\n②乙；\n③丙。\n答案：①、③\n3.哪些对：①甲；②乙\nA.①\nB.①②\n答案：B", []string{"1 谁？|甲|*乙|丙", "4 哪些？|*甲|乙|*丙。 多", "9 哪些对：①甲；②乙|①|*①②"}},
		{"letters of another script", "1.谁？\nА.甲\nВ.乙\nС.丙\n答案：В", []string{"1 谁？|甲|*乙|丙"}},
		{"an answer that names an option where there are none", "1.谁？\n甲\n乙\n答案：A\n2.谁？\n（1）甲\n（2）乙\n答案：2\n3.谁？\n甲\n乙\n答案：乙", []string{"1 quizzes.letter_without_option", "5 quizzes.letter_without_option", "9 quizzes.letter_without_option"}},
		{"what learners answered", "1.谁？\nA.甲\nB.乙\n我的答案：A\n得分：0\n正确答案：B\n2.谁？\nA.甲\nB.乙\n我的答案: B:乙; 正确答案: A:甲;\n3.谁？\nA.甲\nB.乙\n学生答案：A 得分：2分\n正确答案：B",
			[]string{"1 谁？|甲|*乙 -我的答案：A -得分：0", "7 谁？|*甲|乙 -我的答案: B:乙;", "11 谁？|甲|*乙 -学生答案：A 得分：2分"}},
		{"labels between the options and the answer", "1.谁？\nA.甲\nB.乙\n难度系数：0.6\n【章节】第一章\n认知层次：理解\n答案：B", []string{"1 谁？|甲|*乙 -难度系数：0.6 -【章节】第一章 -认知层次：理解"}},
		{"numbers in other brackets, with a stop, behind No.", "[1] 谁？（A）\nA.甲\nB.乙\n【2】谁？（B）\nA.甲\nB.乙\n3。谁？（A）\nA。甲\nB。乙\nNo.4 谁？（B）\nA.甲\nB.乙", []string{"1 谁？（　）|*甲|乙", "4 谁？（　）|甲|*乙", "7 谁？（　）|*甲|乙", "10 谁？（　）|甲|*乙"}},
		{"options that speak of options", "1.哪个？（D）\nA.甲 B.乙 C.丙 D. A、B、C均正确\n2.哪个？（C）\nA.甲 B.乙 C. A、B都对", []string{"1 哪个？（　）|甲|乙|丙|*A、B、C均正确", "3 哪个？（　）|甲|乙|*A、B都对"}},
		{"the word before each option", "1.谁？\n选项A：甲\n选项B：乙\n答案：B\n2.谁？\n选项：A.甲 B.乙\n答案：A", []string{"1 谁？|甲|*乙", "5 谁？|*甲|乙"}},
		{"boxes under a statement", "1.可以。( )\n○ 对 ○ 错\n答案：对\n2.可以。（　）\n□正确 □错误\n答案：错误", []string{"1 可以。( ) true", "4 可以。（　） false"}},
		{"answers of blanks that are numbered", "填空题\n1.原则是____、____。\n答案：①公开；②公平\n2.原则是____、____。\n答案：（1）公开（2）公平\n3.原则是____、____。\n答案：1.公开 2.公平", []string{"2 原则是[[1]]、[[2]]。 [公开] [公平]", "4 原则是[[1]]、[[2]]。 [公开] [公平]", "6 原则是[[1]]、[[2]]。 [公开] [公平]"}},
		{"points before the stem", "1.（2分）谁？（A）\nA.甲\nB.乙\n2.谁？（分值：3分）\nA.甲\nB.乙\n答案：B", []string{"1 谁？（　）|*甲|乙 2分", "4 谁？|甲|*乙 3分"}},
		{"answers in words of their options", "1.哪些？\nA.甲方\nB.乙方\nC.丙方\n答案：A.甲方 C.丙方\n2.谁？\nA.甲方\nB.乙方\n答案：乙方\n3.哪些？\nA.甲\nB.乙\n答案：A+B", []string{"1 哪些？|*甲方|乙方|*丙方 多", "6 谁？|甲方|*乙方", "10 哪些？|*甲|*乙 多"}},
		{"answers as one says them", "1.谁？\nA.甲\nB.乙\n本题选A\n2.谁？\nA.甲\nB.乙\n故选：B。\n3.谁？\nA.甲\nB.乙\n正确答案为B项", []string{"1 谁？|*甲|乙", "5 谁？|甲|*乙", "9 谁？|甲|*乙"}},
		{"small letters on one line", "1.谁？（a）\na.甲　b.乙\n2.谁？\nａ．甲　ｂ．乙\n答案：b", []string{"1 谁？（　）|*甲|乙", "3 谁？|甲|*乙"}},
		{"fields of other programs", "1、[题型]单选题\n[题目]谁？\n[A]甲\n[B]乙\n[答案]B\n2、题干：谁？\nA.甲\nB.乙\n答案：A", []string{"1 谁？|甲|*乙", "6 谁？|*甲|乙"}},
		{"answers in English", "1. Who?\nA. Anna\nB. Bob\nCorrect answer: B\n2. Which?\nA) one\nB) two\nAnswers: A, B", []string{"1 Who?|Anna|*Bob", "5 Which?|*one|*two 多"}},
		{"questions without numbers", "单选题\n\n扬程随流量上升而( C )。\nA.上升  B.不变\nC.下降\n水印是（A）。\nA.花\nB.山\n\n多选题\n包括（AB）\nA.甲 B.乙", []string{"3 扬程随流量上升而(　)。|上升|不变|*下降", "6 水印是（　）。|*花|山", "11 包括（　）|*甲|*乙 多"}},
		{"statements without numbers", "判断题\n预案应逐一编制。（×）\n停机时应先降负荷，\n再停设备。（√）", []string{"2 预案应逐一编制。（　） false", "3 停机时应先降负荷，⏎再停设备。（　） true"}},
		{"an unnumbered question between numbers", "1.谁？____。A\nA.甲\nB.乙\n\n水印有____。B\nA.花\nB.山\n\n2.谁？____。B\nA.甲\nB.乙", []string{"1 谁？____。|*甲|乙", "5 水印有____。|花|*山", "9 谁？____。|甲|*乙"}},
		{"essays without numbers", "问答题\n联锁的动作？\n答：停机\n如何启动？\n答：先开阀", []string{"2 联锁的动作？ 答：停机", "4 如何启动？ 答：先开阀"}},

		{"blanks", "填空题\n1.应在____小时内答复，（　）日内办结。\n答案：48、7\n2.（安全权）是首要的权利。\n3.温度为__525__度。\n4.温度为____。", []string{"2 应在[[1]]小时内答复，[[2]]日内办结。 [48] [7]", "4 ____是首要的权利。|*安全权 !answers_in_text", "5 温度为____度。|*525 !answers_in_text", "6 quizzes.no_answer"}},
		{"an essay only because nothing was found", "1.客户要求当场赔付，你怎么办？\n2.简答题 说说时限。\n3.谁？（A）\nA.甲\nB.乙", []string{"1 客户要求当场赔付，你怎么办？ 答： !read_as_essay", "2 说说时限。 答：", "3 谁？（　）|*甲|乙"}},
		{"pages and rules", "1.谁？（A）\nA.甲\n第 3 页 共 8 页\nB.乙\n- 4 -\n——————\n2.谁？（B）\nA.甲\nB.乙", []string{"1 谁？（　）|*甲|乙", "7 谁？（　）|甲|*乙"}},
		{"words that belong nowhere", "单选题\n1.谁？（A）\nA.甲\nB.乙\n判断题\n某客户投诉，支行未答复，此事引起媒体关注\n1.可以。（×）", []string{"2 谁？（　）|*甲|乙", "7 可以。（　） false", "6 quizzes.line_without_question"}},
		{"labels", "1.谁？\nA.甲\nB.乙\n答案：A 难度：易 知识点：时限、投诉\n依据：办法第三条\n2.谁？（B）（3分）\nA.甲\nB.乙", []string{"1 谁？|*甲|乙 因：依据：办法第三条", "6 谁？（　）|甲|*乙 3分"}},
		{"the number of the question only", "第1题\n谁保管？\nA.甲\nB.乙\n答案：A\n第 2 题 【判断题】\n可以。\n答案：×", []string{"1 谁保管？|*甲|乙", "6 可以。 false"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, readShape(c.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheNumberOfFaultsIsWholeThoughTheListIsCut(t *testing.T) {
	text := strings.Repeat("1.谁？\nA.甲\nB.乙\n", 300)
	for name, read := range map[string]func() []errs.Fault{
		"pasted": func() []errs.Fault { _, faults := ReadPasted("f", []byte(text)); return faults },
		"gift": func() []errs.Fault {
			_, faults := ReadGIFT("f", []byte(strings.Repeat("Q{#x}\n\n", 300)))
			return faults
		},
		"moodle": func() []errs.Fault {
			_, faults := ReadMoodle("f", []byte("<quiz>"+strings.Repeat(`<question type="x"/>`, 300)+"</quiz>"))
			return faults
		},
	} {
		faults := read()
		if len(faults) != errs.MaxFaults+1 || errs.Count(faults) != 300 || faults[errs.MaxFaults].Args["total"] != 300 {
			t.Errorf("%s: %d listed, %d counted", name, len(faults), errs.Count(faults))
		}
	}
}
