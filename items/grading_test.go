package items

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

func words(en string) Texts { return Texts{i18n.English: {Format: Plain, Source: en}} }

func option(text string, percent Weight) Option {
	return Option{Text: words(text), Weight: percent * (Whole / 100)}
}

func choiceItem(kind Kind, options ...Option) Item {
	return Item{Name: "q", Kind: kind, Text: words("Which?"), Options: options, Points: Point}
}

func shortItem(accepted ...Option) Item {
	return Item{Name: "q", Kind: ShortAnswer, Text: words("What?"), Accepted: accepted, Points: Point}
}

func numberItem(numbers ...Number) Item {
	return Item{Name: "q", Kind: Numerical, Text: words("How many?"), Numbers: numbers, Points: Point}
}

var (
	single   = choiceItem(SingleChoice, option("wrong", 0), option("half", 50), option("right", 100), option("harmful", -50))
	multiple = choiceItem(MultipleChoice, option("a", 50), option("b", 50), option("c", -50), option("d", -100))
	thirds   = choiceItem(MultipleChoice, Option{Text: words("a"), Weight: 3333333}, Option{Text: words("b"), Weight: 3333333}, Option{Text: words("c"), Weight: 3333333}, option("d", -100))
	truth    = choiceItem(TrueFalse, Option{Weight: Whole}, Option{})
	short    = shortItem(option("Frog", 100), option("Cat", 50), option("*", 0))
	place    = shortItem(Option{Weight: Whole, Text: Texts{i18n.English: {Plain, "Hong Kong"}, i18n.Hans: {Plain, "香港"}}})
	year     = numberItem(Number{Value: "1822", Tolerance: "0", Weight: Whole}, Number{Value: "1822", Tolerance: "2", Weight: Whole / 2}, Number{Any: true})
	pi       = numberItem(Number{Value: "3.1415", Tolerance: "0.0005", Weight: Whole})
)

func TestGradingPerKind(t *testing.T) {
	cases := []struct {
		name     string
		item     Item
		response Response
		earned   Points
		status   Status
	}{
		{"single: the right option", single, Choose(2), 1000, Right},
		{"single: a wrong option", single, Choose(0), 0, Wrong},
		{"single: a half-right option", single, Choose(1), 500, Partly},
		{"single: a harmful option earns nothing, not less", single, Choose(3), 0, Wrong},
		{"single: blank", single, Response{}, 0, Blank},

		{"multiple: all right options", multiple, ChooseAll(0, 1), 1000, Right},
		{"multiple: the order does not matter", multiple, ChooseAll(1, 0), 1000, Right},
		{"multiple: one of two", multiple, ChooseAll(1), 500, Partly},
		{"multiple: a wrong one takes its weight away", multiple, ChooseAll(0, 1, 2), 500, Partly},
		{"multiple: never below nothing", multiple, ChooseAll(0, 3), 0, Wrong},
		{"multiple: an empty list is blank", multiple, ChooseAll([]int{}...), 0, Blank},
		{"multiple: blank", multiple, Response{}, 0, Blank},
		{"multiple: three thirds of 33.33333% are the whole", thirds, ChooseAll(2, 0, 1), 1000, Right},
		{"multiple: one third", thirds, ChooseAll(0), 333, Partly},
		{"multiple: two thirds are rounded once", thirds, ChooseAll(0, 1), 667, Partly},

		{"true/false: right", truth, Choose(0), 1000, Right},
		{"true/false: wrong", truth, Choose(1), 0, Wrong},
		{"true/false: blank", truth, Response{}, 0, Blank},

		{"short: right", short, Write("Frog"), 1000, Right},
		{"short: case, spaces and a full stop do not matter", short, Write("  fROG . "), 1000, Right},
		{"short: full-width letters", short, Write("ｆｒｏｇ。"), 1000, Right},
		{"short: a variant of less weight", short, Write("cat"), 500, Partly},
		{"short: anything else", short, Write("dog"), 0, Wrong},
		{"short: only spaces are blank", short, Write(" \u3000\n"), 0, Blank},
		{"short: inner spaces collapse", place, Write("hong  \t kong"), 1000, Right},
		{"short: no space is another word", place, Write("hongkong"), 0, Wrong},
		{"short: another language's variant counts", place, Write("香 港！"), 1000, Right},

		{"numerical: exactly", year, Write("1822"), 1000, Right},
		{"numerical: the wider answer earns its part", year, Write("1824"), 500, Partly},
		{"numerical: outside", year, Write("1825"), 0, Wrong},
		{"numerical: full-width digits", year, Write("１８２２"), 1000, Right},
		{"numerical: thousands separated", year, Write("1,822"), 1000, Right},
		{"numerical: spaces around and zeros behind", year, Write(" 1822.00 "), 1000, Right},
		{"numerical: not a number is wrong", year, Write("about 1822"), 0, Wrong},
		{"numerical: a huge exponent is wrong and costs nothing", year, Write("1e999999999"), 0, Wrong},
		{"numerical: blank", year, Write(""), 0, Blank},
		{"numerical: the lower end is inside", pi, Write("3.1410"), 1000, Right},
		{"numerical: the upper end is inside", pi, Write("3.142"), 1000, Right},
		{"numerical: a hair above is outside", pi, Write("3.14200000000000000001"), 0, Wrong},
		{"numerical: a hair below is outside", pi, Write("3.14099999999999999999"), 0, Wrong},
		{"numerical: a decimal comma is not guessed at", pi, Write("3,1415"), 0, Wrong},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.item.Grade(Point, c.response)
			if err != nil {
				t.Fatal(err)
			}
			if want := (Grade{c.earned, Point, c.status}); got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

func TestAResponseThatDoesNotFitTheItemIsInvalid(t *testing.T) {
	cases := []struct {
		name     string
		item     Item
		response Response
		code     string
	}{
		{"single: unknown option", single, Choose(4), "quizzes.unknown_option"},
		{"single: negative option", single, Choose(-1), "quizzes.unknown_option"},
		{"single: several", single, ChooseAll(2), "quizzes.wrong_form"},
		{"multiple: unknown option", multiple, ChooseAll(0, 4), "quizzes.unknown_option"},
		{"multiple: the same option twice", multiple, ChooseAll(0, 0), "quizzes.repeated_option"},
		{"multiple: one choice", multiple, Choose(0), "quizzes.wrong_form"},
		{"true/false: unknown option", truth, Choose(2), "quizzes.unknown_option"},
		{"short: a choice", short, Choose(0), "quizzes.wrong_form"},
		{"short: far too long", short, Write(strings.Repeat("x", MaxResponseText+1)), "quizzes.answer_too_long"},
		{"numerical: a choice", year, ChooseAll(0), "quizzes.wrong_form"},
		{"unknown kind", Item{Kind: "hotspot"}, Write("x"), "quizzes.unknown_kind"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := c.item.Grade(Point, c.response)
			if errs.KindOf(err) != errs.Invalid || errs.CodeOf(err) != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
}

func TestNotAskedIsNotBlankAndBlankIsNotWrong(t *testing.T) {
	blank, err := single.Grade(Point, Response{})
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := single.Grade(Point, Choose(0))
	if err != nil {
		t.Fatal(err)
	}
	if blank.Status == wrong.Status || blank.Status == NotAsked().Status {
		t.Errorf("blank %+v, wrong %+v, not asked %+v", blank, wrong, NotAsked())
	}
	if blank.Max != Point || NotAsked().Max != 0 {
		t.Errorf("a blank answer could have earned %s, one not asked %s", blank.Max, NotAsked().Max)
	}
}

func TestWildcards(t *testing.T) {
	cases := []struct {
		pattern, text string
		want          bool
	}{
		{"*", "anything", true},
		{"48*", "48 hours", true},
		{"48*", "within 48", false},
		{"*hours*", "48 hours at most", true},
		{"a*b*c", "a1b2c", true},
		{"a*b*c", "acb", false},
		{"ab*ba", "aba", false},
		{`2 \* 3`, "2 * 3", true},
		{`2 \* 3`, "2 and 3", false},
		{"投诉*处理", "投诉应当及时处理。", true},
		{"C++", "c++", true},
		{"...", "...", true},
	}
	for _, c := range cases {
		if got := matchesPattern(foldPattern(c.pattern, FoldWidth), fold(c.text, FoldWidth)); got != c.want {
			t.Errorf("%q against %q: %v, want %v", c.pattern, c.text, got, c.want)
		}
	}
}

func TestTheBestMatchingAnswerCountsInAnyOrder(t *testing.T) {
	reversed := year
	reversed.Numbers = slices.Clone(year.Numbers)
	slices.Reverse(reversed.Numbers)
	got, err := reversed.Grade(Point, Write("1822"))
	if err != nil || got.Status != Right {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestFeedbackIsThatOfTheMatchedAnswers(t *testing.T) {
	it := shortItem(option("Frog", 100), Option{Text: words("*"), Feedback: words("Think of ponds.")})
	got, err := it.FeedbackFor(Write("dog"))
	if err != nil || len(got) != 1 || got[0][i18n.English].Source != "Think of ponds." {
		t.Errorf("got %v, %v", got, err)
	}
}

func randomItem(t *rapid.T) Item {
	weight := rapid.Custom(func(t *rapid.T) Weight {
		return Weight(rapid.Int64Range(int64(-Whole), int64(Whole)).Draw(t, "weight"))
	})
	kind := rapid.SampledFrom([]Kind{SingleChoice, MultipleChoice}).Draw(t, "kind")
	it := choiceItem(kind)
	for _, w := range rapid.SliceOfN(weight, 2, 12).Draw(t, "weights") {
		it.Options = append(it.Options, Option{Weight: w})
	}
	return it
}

func TestAGradeIsNeverBelowNothingOrAboveTheMaximum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		it := randomItem(t)
		worth := Points(rapid.Int64Range(1, int64(MaxPoints)).Draw(t, "worth"))
		chosen := rapid.SliceOfDistinct(rapid.IntRange(0, len(it.Options)-1), rapid.ID[int]).Draw(t, "chosen")
		given := ChooseAll(chosen...)
		if it.Kind == SingleChoice {
			given = Choose(rapid.IntRange(0, len(it.Options)-1).Draw(t, "choice"))
		}
		got, err := it.Grade(worth, given)
		if err != nil {
			t.Fatal(err)
		}
		if got.Earned < 0 || got.Earned > worth || got.Max != worth {
			t.Fatalf("%+v of %d", got, worth)
		}
		if got.Status == Wrong && got.Earned != 0 || got.Status == Right && got.Earned != worth {
			t.Fatalf("%+v of %d", got, worth)
		}
	})
}

func TestTheOrderOfChosenOptionsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		it := randomItem(t)
		it.Kind = MultipleChoice
		chosen := rapid.SliceOfDistinct(rapid.IntRange(0, len(it.Options)-1), rapid.ID[int]).Draw(t, "chosen")
		other := rapid.Permutation(chosen).Draw(t, "other order")
		a, errA := it.Grade(Point, ChooseAll(chosen...))
		b, errB := it.Grade(Point, ChooseAll(other...))
		if errA != nil || errB != nil || a != b {
			t.Fatalf("%v %v, %v %v", a, errA, b, errB)
		}
	})
}

func TestAResponseSurvivesJSON(t *testing.T) {
	cases := map[string]Response{
		`{"choice":0}`:      Choose(0),
		`{"choice":2}`:      Choose(2),
		`{"choices":[0,2]}`: ChooseAll(0, 2),
		`{"choices":[]}`:    {Choices: []int{}},
		`{"text":"48 小时"}`:  Write("48 小时"),
		`{"text":""}`:       Write(""),
		`{}`:                {},
	}
	for want, r := range cases {
		raw, err := json.Marshal(r)
		if err != nil || string(raw) != want {
			t.Errorf("wrote %s, %v, want %s", raw, err, want)
		}
		var back Response
		if err := json.Unmarshal(raw, &back); err != nil {
			t.Errorf("%s: %v", raw, err)
		}
		if again, _ := json.Marshal(back); string(again) != want {
			t.Errorf("%s came back as %s", want, again)
		}
	}
	for _, bad := range []string{`{"choice":1,"text":"x"}`, `{"choice":"1"}`, `{"choice":1.5}`, `{"answer":1}`, `[1]`, `7`} {
		var r Response
		if err := json.Unmarshal([]byte(bad), &r); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func BenchmarkGradeTwentyItems(b *testing.B) {
	items := []Item{single, multiple, truth, place, pi}
	given := []Response{Choose(2), ChooseAll(0, 1), Choose(0), Write("Ｈong  Kong."), Write("3.1415")}
	p := Paper{PassMark: 80}
	versions, answers := map[int64]Item{}, map[int]Response{}
	for i := range 20 {
		versions[int64(i)] = items[i%5]
		answers[i+1] = given[i%5]
		p.Positions = append(p.Positions, Position{ItemVersion: int64(i), Points: Point})
	}
	b.ReportAllocs()
	for b.Loop() {
		grades, err := p.Grade(versions, answers)
		if err != nil || !p.Score(grades).Passed {
			b.Fatal(fmt.Sprint(grades, err))
		}
	}
}
