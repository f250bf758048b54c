package formats

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anwen/internal/i18n"
	"anwen/internal/testcost"
	"anwen/items"
)

func readOne(t *testing.T, source string) Question {
	t.Helper()
	questions, faults := ReadGIFT("quiz.gift", []byte(source))
	if len(faults) > 0 || len(questions) != 1 {
		t.Fatalf("%d questions, faults %+v", len(questions), faults)
	}
	return questions[0]
}

// brief writes a question on one line, for tables.
func brief(q Question) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s|%s|%s:%s", q.Kind, q.Name, q.Text.Format, q.Text.Source)
	for _, c := range q.Choices {
		fmt.Fprintf(&b, "|%s%% %s", c.Worth(), c.Text.Source)
		if !c.Feedback.Empty() {
			fmt.Fprintf(&b, " #%s", c.Feedback.Source)
		}
	}
	for _, n := range q.Numbers {
		fmt.Fprintf(&b, "|%s%% %s,%s", n.Worth(), n.First, n.Second)
		if !n.Feedback.Empty() {
			fmt.Fprintf(&b, " #%s", n.Feedback.Source)
		}
	}
	for _, p := range q.Pairs {
		fmt.Fprintf(&b, "|%s->%s", p.Text.Source, p.Answer.Source)
	}
	if q.Kind == items.TrueFalse {
		fmt.Fprintf(&b, "|%v #%s #%s", q.True, q.WhenWrong.Source, q.WhenRight.Source)
	}
	if !q.Feedback.Empty() {
		fmt.Fprintf(&b, "|####%s", q.Feedback.Source)
	}
	return b.String()
}

func TestQuestionsAreRead(t *testing.T) {
	cases := []struct{ name, source, want string }{
		{"single choice", "::q1::多久内回复？{=48 小时#对 ~72 小时#太久}", "single_choice|q1|moodle:多久内回复？|100% 48 小时 #对|0% 72 小时 #太久"},
		{"weights make it multiple", "Which?{~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-100%d}", "multiple_choice||moodle:Which?|33.33333% a|33.33333% b|33.33333% c|-100% d"},
		{"short answer", "Who?{=no one =%50%nobody}", "short_answer||moodle:Who?|100% no one|50% nobody"},
		{"short answer without a mark", "Write 1 as a word {One#good}", "short_answer||moodle:Write 1 as a word|100% One #good"},
		{"true", "Is it so?{T}", "true_false||moodle:Is it so?|true # #"},
		{"false with both feedbacks", "Is it so?{false#no#yes####all}", "true_false||moodle:Is it so?|false #no #yes|####all"},
		{"true only as a whole word", "Who?{Truman}", "short_answer||moodle:Who?|100% Truman"},
		{"number", "When?{#1822}", "numerical||moodle:When?|100% 1822,0"},
		{"number with tolerance and feedback", "When?{#1822:5#close}", "numerical||moodle:When?|100% 1822,5 #close"},
		{"range", "Pick{#-5..5}", "numerical||moodle:Pick|100% -5,5"},
		{"numbers with weights and a rest", "When?{#=1822 =%50%1822:2 ~#no}", "numerical||moodle:When?|100% 1822,0|50% 1822,2|0% , #no"},
		{"matching", "Match{=a -> 1 =b->2}", "matching||moodle:Match|a->1|b->2"},
		{"essay with general feedback", "Discuss{####well}", "essay||moodle:Discuss|####well"},
		{"description", "::intro::Read this", "description|intro|moodle:Read this"},
		{"missing word", "Grant is {~buried =entombed} here.", "single_choice||moodle:Grant is _____ here.|0% buried|100% entombed"},
		{"missing word in Chinese takes no spaces", "应在{=48 ~72}小时内回复。", "single_choice||moodle:应在_____小时内回复。|100% 48|0% 72"},
		{"markdown keeps its lines", "[markdown]a  \nb\n- c{T}", "true_false||markdown:a  \nb\n- c|true # #"},
		{"escapes", `::a\:b::2 \= 2 \{x\} \# \~ \\ \q \n.{=\=1 ~\~2}`, "single_choice|a:b|moodle:2 = 2 {x} # ~ \\ \\q \n.|100% =1|0% ~2"},
		{"a percent sign that is no weight", "How much?{=50% ~% of it}", "single_choice||moodle:How much?|100% 50%|0% % of it"},
		{"an option that begins with #", "Red?{=#ff0000#right ~#00ff00}", "single_choice||moodle:Red?|100% #ff0000 #right|0% #00ff00"},
		{"answers over several lines with CRLF", "Q{\r\n  =a\r\n  ~b # x\r\n    y\r\n}", "single_choice||moodle:Q|100% a|0% b #x y"},
		{"a byte order mark", "\ufeff::q::Q{T}", "true_false|q|moodle:Q|true # #"},
		{"an empty line inside <pre>", "[html]<pre>\na\n\n// b\n</pre>{T}", "true_false||html:<pre>\na\n\n// b\n</pre>|true # #"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, brief(readOne(t, c.source))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEmptyOptionsAreLeftOutWithAWarning(t *testing.T) {
	for source, want := range map[string]string{
		"Pick. {~one~=two~three}": "single_choice||moodle:Pick.|0% one|100% two|0% three",
		"Pick. {~a~=b~c}":         "single_choice||moodle:Pick.|0% a|100% b|0% c",
		"Pick. {\n=a\n~b\n~\n}":   "single_choice||moodle:Pick.|100% a|0% b",
		"Pick. {~%50%a~~%50%b}":   "multiple_choice||moodle:Pick.|50% a|50% b",
	} {
		q := readOne(t, source)
		if diff := cmp.Diff(want, brief(q)); diff != "" {
			t.Errorf("%s: %s", source, diff)
		}
		if len(q.Warnings) != 1 || q.Warnings[0].Code != "quizzes.empty_answer_left_out" {
			t.Errorf("%s: warned of %+v", source, q.Warnings)
		}
	}
	if q := readOne(t, "Pick. {~one =two}"); len(q.Warnings) > 0 {
		t.Errorf("warned of %+v", q.Warnings)
	}
	// A choice of one option stays a choice, and is refused as such.
	if q := readOne(t, "Pick. {=a ~}"); q.Kind != items.SingleChoice {
		t.Errorf("became %s", q.Kind)
	}
}

func TestGapsMakeAClozeWithoutItsNote(t *testing.T) {
	for name, source := range map[string]string{
		"nobody escaped them":    `::q::Bonn lies in {1:MULTICHOICE:=Germany#yes~France} on the {2:SHORTANSWER:=Rhine~%50%Rhein} \: no more`,
		"escaped":                `::q::Bonn lies in \{1\:MULTICHOICE\:\=Germany\#yes\~France\} on the \{2\:SHORTANSWER\:\=Rhine\~%50%Rhein\} \: no more`,
		"the note and no escape": "// [kind:cloze]\n" + `::q::Bonn lies in {1:MULTICHOICE:=Germany#yes~France} on the {2:SHORTANSWER:=Rhine~%50%Rhein} \: no more`,
	} {
		q := readOne(t, source)
		if q.Kind != items.Cloze || q.Text.Source != "Bonn lies in [[1]] on the [[2]] : no more" || len(q.Gaps) != 2 {
			t.Errorf("%s: %s %q, %d gaps", name, q.Kind, q.Text.Source, len(q.Gaps))
			continue
		}
		if a, b := q.Gaps[0], q.Gaps[1]; a.Kind != items.SingleChoice || a.Choices[0].Feedback.Source != "yes" || b.Share != 2 || b.Choices[1].Worth() != items.Whole/2 {
			t.Errorf("%s: %+v", name, q.Gaps)
		}
	}
	// What only looks like a gap is described, and comes back as it was.
	description := Question{Name: "d", Kind: items.Description, Text: items.Text{Format: items.Plain, Source: "Write {1:SA:=x}"}}
	if back := readOne(t, string(WriteGIFT([]Question{description}))); back.Kind != items.Description || back.Text != description.Text {
		t.Errorf("came back as %+v", back)
	}
}

func TestSeveralRightOptionsOfAGapShareItsPoints(t *testing.T) {
	for source, want := range map[string][]items.Weight{
		"{1:MULTIRESPONSE:=a~=b~c}":             {items.Whole / 2, items.Whole / 2, 0},
		"{1:MULTIRESPONSE:=a~=b~=c~%-50%d}":     {items.Whole / 3, items.Whole / 3, items.Whole / 3, -items.Whole / 2},
		"{1:MULTIRESPONSE:%50%a~%50%b~c}":       {items.Whole / 2, items.Whole / 2, 0},
		"{1:MULTIRESPONSE:=a~b}":                {items.Whole, 0},
		"{1:MULTICHOICE:=a~=b~c}":               {items.Whole, items.Whole, 0},
		"{1:MULTIRESPONSE_H:%100%a~%100%b~c~d}": {items.Whole / 2, items.Whole / 2, 0, 0},
	} {
		_, gaps, code, _ := readCloze(items.Text{Format: items.HTML, Source: source})
		if code != "" {
			t.Errorf("%s: %s", source, code)
			continue
		}
		var got []items.Weight
		for _, c := range gaps[0].Choices {
			got = append(got, c.Worth())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", source, diff)
		}
		if _, faults := JoinLanguages(map[i18n.Locale][]Question{i18n.Hans: {{Name: "q", Kind: items.Cloze, Text: items.Text{Format: items.HTML, Source: "[[1]]"}, Gaps: gaps}}}); len(faults) > 0 {
			t.Errorf("%s: %+v", source, faults)
		}
	}
}

func TestAFileOfSeveralEntries(t *testing.T) {
	source := `// the bank
$CATEGORY: $course$/合规

// [id:17] [tag:aml] [tag:kyc]
::one::First?{T}
// after it

::two::Second?{F}
::three::Third, without an empty line before{=a ~b}

::open::[html]A <pre> that is never closed

::last::Last?{T}

// the end
`
	questions, faults := ReadGIFT("f", []byte(source))
	if len(faults) > 0 {
		t.Fatalf("%+v", faults)
	}
	type row struct {
		Kind     items.Kind
		Name     string
		Line     int
		ID       string
		Tags     []string
		Comments []string
	}
	var got []row
	for _, q := range questions {
		got = append(got, row{q.Kind, q.Name, q.At.Line, q.ID, q.Tags, q.Comments})
	}
	want := []row{
		{Category, "", 2, "", nil, []string{"the bank"}},
		{items.TrueFalse, "one", 5, "17", []string{"aml", "kyc"}, []string{"[id:17] [tag:aml] [tag:kyc]", "after it"}},
		{items.TrueFalse, "two", 8, "", nil, nil},
		{items.SingleChoice, "three", 9, "", nil, nil},
		{items.Description, "open", 11, "", nil, nil},
		{items.TrueFalse, "last", 13, "", nil, []string{"the end"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if path := questions[0].Text.Source; path != "$course$/合规" {
		t.Errorf("category %q", path)
	}
}

func TestWhatCannotBeReadIsAFaultAtItsLine(t *testing.T) {
	cases := []struct {
		name, source, code string
		line               int
	}{
		{"no closing brace", "\nQ{\n=a\n~b\n\n::next::N{T}", "quizzes.gift_answers_open", 2},
		{"stray brace", "a\nQ}", "quizzes.gift_stray_brace", 2},
		{"brace in the answers", "Q{=a\n~{b}}", "quizzes.gift_brace_in_answers", 2},
		{"two questions without an empty line", "Q{T}\nR{F}", "quizzes.gift_second_answers", 2},
		{"name without an end", "::Q{T}", "quizzes.gift_name_open", 1},
		{"no text", "::Q::{T}", "quizzes.gift_no_text", 1},
		{"an empty name and nothing else", "::::", "quizzes.gift_no_text", 1},
		{"bad number", "Q{#\n=12a\n}", "quizzes.bad_number", 2},
		{"range upside down", "Q{#5..1}", "quizzes.bad_number", 1},
		{"negative tolerance", "Q{#5:-1}", "quizzes.bad_number", 1},
		{"number missing", "Q{#}", "quizzes.gift_empty_answer", 1},
		{"weight above the whole", "Q{\n~%150%a\n~b}", "quizzes.bad_weight", 2},
		{"weight with too many decimals", "Q{~%33.333333%a ~b}", "quizzes.bad_weight", 1},
		{"empty right answer", "Q{=a\n=\n~c}", "quizzes.gift_empty_answer", 2},
		{"empty option that says something", "Q{=a\n~%50%\n~c}", "quizzes.gift_empty_answer", 2},
		{"nothing but an empty option", "Q{\n~}", "quizzes.gift_empty_answer", 2},
		{"a cloze with a kind that there is none of", "In {1:GUESS:=a} b", "quizzes.bad_gap", 1},
		{"a cloze that does not end", "In {1:SA:=a b", "quizzes.bad_gap", 1},
		{"text before the first option", "Q{some =a ~b}", "quizzes.gift_text_before_answers", 1},
		{"half a pair", "Q{=a -> 1\n=b\n}", "quizzes.gift_half_pair", 2},
		{"not UTF-8", "Q{T}\n\n\xff", "quizzes.not_utf8", 3},
		{"binary", "Q{T}\n\x00", "quizzes.not_text", 2},
		{"nothing", " \n// only words\n", "quizzes.no_questions", 0},
		{"too large", strings.Repeat("a", MaxBytes+1), "quizzes.file_too_large", 0},
		{"too many answers", "Q{" + strings.Repeat("~a", maxAnswers+1) + "}", "quizzes.too_many_answers", 1},
		{"too many questions", strings.Repeat("Q{T}\n\n", MaxQuestions+1), "quizzes.too_many_questions", 2*MaxQuestions + 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, faults := ReadGIFT("quiz.gift", []byte(c.source))
			if len(faults) != 1 || faults[0].Code != c.code || faults[0].Line != c.line || faults[0].File != "quiz.gift" {
				t.Errorf("got %+v, want %s at line %d", faults, c.code, c.line)
			}
		})
	}
}

func TestAFaultDoesNotHideTheOtherQuestions(t *testing.T) {
	questions, faults := ReadGIFT("f", []byte("::a::A{T}\n\n::b::B{\n\n::c::C{F}"))
	if len(questions) != 2 || len(faults) != 1 {
		t.Errorf("%d questions, %+v", len(questions), faults)
	}
}

func TestHostileFilesTakeTimeInProportionToTheirLength(t *testing.T) {
	for _, piece := range []string{
		"\n", " ", "{", "}", "{}", "::", ":", "~", "=", "#", "####", "\\", "%", "[", "//\n", "//[tag:", "->", "a\n\n", "{T}\n::a::b",
		"{=", "[html]<pre>\n\n", "[html]<pre>\n\n</pre", "[html]<pre\n::\n\n", "%1%", "{#..", "$CATEGORY:\n", "\r", "$CATEGORY:a\n::b::c\n", "甲 ",
	} {
		source := []byte(strings.Repeat(piece, (2<<20)/len(piece)))
		for _, before := range []string{"", "Q{", "Q{~", "Q{#", "::"} {
			t.Run(fmt.Sprintf("%q then %q", before, piece), func(t *testing.T) {
				testcost.Linear(t, len(source)-len(before), func(size int) { ReadGIFT("f", append([]byte(before), source[:size]...)) })
			})
		}
	}
}

func FuzzGIFT(f *testing.F) {
	for _, seed := range []string{
		"::a::[html]Q{=x#y ~%-50%z####g}", "Q{#=1:2 =%5%1..2#f ~#n}", "Q{T#a#b}", "Q{=a->b =c->d}", "$CATEGORY: a\n\n// [id:1] [tag:b]\nQ{}",
		"[markdown]a\nb {~%50%c ~%50%d} e", "[html]<pre>\n\n</pre>{T}\n::b::c{F}", `\:\=\~\#\{\}\\\n{=\\}`, "题{=对 ~错}目\r\n\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		questions, faults := ReadGIFT("f", source)
		if len(questions) == 0 && len(faults) == 0 {
			t.Fatal("nothing read and nothing said")
		}
		for _, fault := range faults {
			if fault.Code == "" || fault.Line < 0 || fault.Line > 2+strings.Count(string(source), "\n")+strings.Count(string(source), "\r") {
				t.Fatalf("%+v", fault)
			}
		}
		checkJoining(t, questions)
		if len(faults) == 0 {
			if lost := lostLetters(string(source), questions); len(lost) > 0 {
				t.Fatalf("lost %q of %q", lost, source)
			}
		}
	})
}
