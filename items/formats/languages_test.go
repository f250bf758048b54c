package formats

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anwen/internal/i18n"
	"anwen/internal/testcost"
	"anwen/items"
)

const (
	inHans = `::limit::一般投诉应在多久内回复？{=48 小时#对 ~72 小时#太久####见第三条}

::days::重大投诉的处理期限是几个工作日？{#7}

::duty::哪些属于销售人员的义务？{~%50%揭示风险 ~%50%了解客户 ~%-100%承诺收益}

::so::可以承诺收益。{F#不可以#对}

::word::投诉也可以叫作{=申诉 =%50%意见}`

	inEnglish = `::limit::How soon must a general complaint be answered?{=48 hours#Yes ~72 hours#Too late####See article 3}

::days::How many working days does a complex complaint have?{#7.0:0}

::duty::Which are duties of a seller?{~%50%disclose the risk ~%50%know the customer ~%-100%promise a return}

::so::You may promise a return.{FALSE#You may not#Right}

::word::Another word for complaint {=grievance =%50%remark}`
)

func readFile(t *testing.T, name, source string) []Question {
	t.Helper()
	questions, faults := ReadGIFT(name, []byte(source))
	if len(faults) > 0 {
		t.Fatalf("%s: %+v", name, faults)
	}
	return questions
}

func TestTheSameQuizInTwoLanguagesIsOne(t *testing.T) {
	list, faults := JoinLanguages(map[i18n.Locale][]Question{
		i18n.Hans: readFile(t, "zh.gift", inHans), i18n.English: readFile(t, "en.gift", inEnglish),
	})
	if len(faults) > 0 {
		t.Fatalf("%+v", faults)
	}
	in := func(zh, en string) items.Texts {
		return items.Texts{i18n.Hans: {Format: items.Moodle, Source: zh}, i18n.English: {Format: items.Moodle, Source: en}}
	}
	none := items.Texts{}
	want := []items.Item{
		{Name: "limit", Kind: items.SingleChoice, Text: in("一般投诉应在多久内回复？", "How soon must a general complaint be answered?"), Options: []items.Option{
			{Text: in("48 小时", "48 hours"), Weight: items.Whole, Feedback: in("对", "Yes")},
			{Text: in("72 小时", "72 hours"), Feedback: in("太久", "Too late")},
		}, Feedback: in("见第三条", "See article 3"), Points: items.Point},
		{Name: "days", Kind: items.Numerical, Text: in("重大投诉的处理期限是几个工作日？", "How many working days does a complex complaint have?"),
			Numbers: []items.Number{{Value: "7", Tolerance: "0", Weight: items.Whole, Feedback: none}}, Feedback: none, Points: items.Point},
		{Name: "duty", Kind: items.MultipleChoice, Text: in("哪些属于销售人员的义务？", "Which are duties of a seller?"), Options: []items.Option{
			{Text: in("揭示风险", "disclose the risk"), Weight: items.Whole / 2, Feedback: none},
			{Text: in("了解客户", "know the customer"), Weight: items.Whole / 2, Feedback: none},
			{Text: in("承诺收益", "promise a return"), Weight: -items.Whole, Feedback: none},
		}, Feedback: none, Points: items.Point},
		{Name: "so", Kind: items.TrueFalse, Text: in("可以承诺收益。", "You may promise a return."), Options: []items.Option{
			{Text: none, Feedback: in("不可以", "You may not")}, {Text: none, Weight: items.Whole, Feedback: in("对", "Right")},
		}, Feedback: none, Points: items.Point},
		{Name: "word", Kind: items.ShortAnswer, Fold: items.FoldScript, Text: in("投诉也可以叫作", "Another word for complaint"), Accepted: []items.Option{
			{Text: in("申诉", "grievance"), Weight: items.Whole, Feedback: none}, {Text: in("意见", "remark"), Weight: items.Whole / 2, Feedback: none},
		}, Feedback: none, Points: items.Point},
	}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Error(diff)
	}
}

func TestEachDifferenceBetweenLanguagesIsAFaultAtItsLine(t *testing.T) {
	cases := []struct {
		name, from, to string // replaced in the English file
		code           string
		line           int
	}{
		{"another kind", "{FALSE#You may not#Right}", "{=no ~yes}", "quizzes.other_kind", 7},
		{"an option fewer", " ~%-100%promise a return", "", "quizzes.other_count", 5},
		{"another weight", "%-100%", "%-50%", "quizzes.other_weights", 5},
		{"the right option elsewhere", "=48 hours#Yes ~72 hours", "~48 hours#Yes =72 hours", "quizzes.other_weights", 1},
		{"the other truth", "FALSE", "TRUE", "quizzes.other_weights", 7},
		{"another number", "7.0:0", "7.0:1", "quizzes.other_number", 3},
		{"a question more", "::word::", "::more::More?{T}\n\n::word::", "quizzes.only_in_language", 9},
		{"a question fewer", "::so::You may promise a return.{FALSE#You may not#Right}", "", "quizzes.missing_in_language", 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			items, faults := JoinLanguages(map[i18n.Locale][]Question{
				i18n.Hans: readFile(t, "zh.gift", inHans), i18n.English: readFile(t, "en.gift", strings.Replace(inEnglish, c.from, c.to, 1)),
			})
			if len(items) > 0 || len(faults) != 1 || faults[0].Code != c.code || faults[0].File != "en.gift" || faults[0].Line != c.line {
				t.Errorf("%d items, %+v, want %s at en.gift:%d", len(items), faults, c.code, c.line)
			}
		})
	}
}

func TestTheOrderOfQuestionsMustAgree(t *testing.T) {
	_, faults := JoinLanguages(map[i18n.Locale][]Question{
		i18n.Hans: readFile(t, "", "::a::甲{T}\n\n::b::乙{F}"), i18n.Hant: readFile(t, "", "::b::乙{F}\n\n::a::甲{T}"),
	})
	if len(faults) != 1 || faults[0].Code != "quizzes.other_order" || faults[0].File != "zh-Hant" || faults[0].Line != 1 {
		t.Errorf("%+v", faults)
	}
}

func TestAQuizRefusesWhatItCannotUse(t *testing.T) {
	for source, code := range map[string]string{
		"$CATEGORY: a":       "quizzes.no_questions",
		"Q{~a ~b}":           "quizzes.weights_not_whole",
		"Q{=%50%a}":          "quizzes.no_right_answer",
		"Q{=a ~%100%b ~%9%}": "",
	} {
		questions, faults := ReadGIFT("f", []byte(source))
		if code == "" {
			if len(faults) != 1 {
				t.Errorf("%q: %+v", source, faults)
			}
			continue
		}
		items, faults := JoinLanguages(map[i18n.Locale][]Question{i18n.English: questions})
		if len(items) > 0 || len(faults) != 1 || faults[0].Code != code {
			t.Errorf("%q: %d items, %+v, want %s", source, len(items), faults, code)
		}
	}
}

func TestQuestionsWithoutANameOrWithTheSameOneGetTheirOwn(t *testing.T) {
	items, faults := JoinLanguages(map[i18n.Locale][]Question{i18n.English: readFile(t, "f", "A{T}\n\n::x::B{T}\n\n$CATEGORY: c\n\n::x::C{T}\n\nD{F}")})
	if len(faults) > 0 {
		t.Fatalf("%+v", faults)
	}
	var names []string
	for _, it := range items {
		names = append(names, it.Name)
	}
	if diff := cmp.Diff([]string{"q01", "x", "x (2)", "q04"}, names); diff != "" {
		t.Error(diff)
	}
}

func TestTenThousandQuestionsOfOneNameAreNamedInProportion(t *testing.T) {
	questions := readFile(t, "f", strings.Repeat("::x::Q{T}\n\n", MaxQuestions))
	items, faults := JoinLanguages(map[i18n.Locale][]Question{i18n.English: questions})
	if len(items) != MaxQuestions || len(faults) > 0 || items[MaxQuestions-1].Name != "x (10000)" {
		t.Errorf("%d items, %+v", len(items), faults)
	}
	testcost.Linear(t, MaxQuestions, func(size int) {
		JoinLanguages(map[i18n.Locale][]Question{i18n.English: questions[:size]})
	})
}

// checkJoining holds what must be true of any questions whatsoever: no language
// differs from itself, and an item survives its stored form.
func checkJoining(t *testing.T, questions []Question) {
	t.Helper()
	alone, faults := JoinLanguages(map[i18n.Locale][]Question{i18n.Hans: questions})
	both, faultsOfBoth := JoinLanguages(map[i18n.Locale][]Question{i18n.Hans: questions, i18n.English: questions})
	if len(faults) != len(faultsOfBoth) || len(alone) != len(both) {
		t.Fatalf("alone %+v, twice %+v", faults, faultsOfBoth)
	}
	for _, it := range alone {
		body, err := it.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := items.Decode(body)
		if err != nil {
			t.Fatal(err)
		}
		again, err := back.Encode()
		if err != nil || string(again) != string(body) {
			t.Fatalf("%s came back as %s, %v", body, again, err)
		}
		if _, err := it.Grade(items.Point, items.Response{}); err != nil {
			t.Fatal(err)
		}
	}
}
