package items

import (
	"encoding/hex"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

func TestAnItemVersionHasOneSpelling(t *testing.T) {
	it := Item{
		Name: "limit", Kind: SingleChoice, Points: 1500,
		Text:     Texts{i18n.English: {Markdown, "Reply <within>?"}, i18n.Hans: {Markdown, "多久内回复？"}},
		Options:  []Option{{Text: words("48 h"), Weight: Whole, Feedback: words("Yes")}, {Text: words("72 h"), Feedback: Texts{}}},
		Feedback: Texts{i18n.Hant: {}},
	}
	body, sum, err := it.Digest()
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"form":1,"name":"limit","kind":"single_choice","text":{"en":{"format":"markdown","source":"Reply <within>?"},"zh-Hans":{"format":"markdown","source":"多久内回复？"}},"options":[{"text":{"en":{"format":"plain","source":"48 h"}},"weight":10000000,"feedback":{"en":{"format":"plain","source":"Yes"}}},{"text":{"en":{"format":"plain","source":"72 h"}},"weight":0}],"points":1500}`
	if string(body) != want {
		t.Errorf("the canonical form has changed:\n%s", body)
	}
	if got := hex.EncodeToString(sum[:]); got != "317c8395457749be44aae42783b5e68175a6899377a8e197a11c2db0f3881c24" {
		t.Errorf("SHA-256 %s", got)
	}
	for range 20 { // map order must not show
		again, err := it.Encode()
		if err != nil || string(again) != want {
			t.Fatalf("%s, %v", again, err)
		}
	}
}

func TestAnItemSurvivesItsStoredForm(t *testing.T) {
	for _, it := range []Item{single, thirds, truth, place, year, pi, keyed()} {
		body, err := it.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(body)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(it, back, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %s", it.Kind, diff)
		}
	}
	for _, bad := range []string{``, `{}`, `{"form":2}`, `{"form":1,"extra":1}`} {
		if _, err := Decode([]byte(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestAnItemThatNobodyCouldAnswerIsRefused(t *testing.T) {
	worthless := single
	worthless.Points = 0
	nameless := single
	nameless.Name = ""
	silent := single
	silent.Text = nil
	cases := []struct {
		name string
		item Item
		want []string
	}{
		{"single", single, nil},
		{"multiple", multiple, nil},
		{"multiple in thirds", thirds, nil},
		{"true/false", truth, nil},
		{"short", short, nil},
		{"numerical", year, nil},
		{"no name", nameless, []string{"quizzes.no_name"}},
		{"no text", silent, []string{"quizzes.no_text"}},
		{"no points", worthless, []string{"quizzes.bad_points"}},
		{"one option", choiceItem(SingleChoice, option("a", 100)), []string{"quizzes.too_few_options"}},
		{"an empty option", choiceItem(SingleChoice, option("a", 100), Option{}), []string{"quizzes.empty_option"}},
		{"nothing right", choiceItem(SingleChoice, option("a", 50), option("b", 0)), []string{"quizzes.no_right_answer"}},
		{"weights short of the whole", choiceItem(MultipleChoice, option("a", 50), option("b", 49)), []string{"quizzes.weights_not_whole"}},
		{"a weight above the whole", choiceItem(SingleChoice, option("a", 100), option("b", 101)), []string{"quizzes.bad_weight"}},
		{"no accepted answer", shortItem(), []string{"quizzes.no_right_answer"}},
		{"a number that is none", numberItem(Number{Value: "x", Tolerance: "0", Weight: Whole}), []string{"quizzes.bad_number"}},
		{"a negative tolerance", numberItem(Number{Value: "1", Tolerance: "-1", Weight: Whole}), []string{"quizzes.bad_number"}},
		{"too many answers", shortItem(slices.Repeat([]Option{option("a", 100)}, MaxAnswers+1)...), []string{"quizzes.too_many_answers"}},
		{"unknown kind", Item{Name: "q", Kind: "hotspot", Text: words("?"), Points: Point}, []string{"quizzes.unknown_kind"}},
	}
	for _, c := range cases {
		var faults errs.Faults
		c.item.Check(errs.Place{File: "f", Line: 3}, &faults)
		var got []string
		for _, f := range faults.List() {
			got = append(got, f.Code)
			if f.Line != 3 {
				t.Errorf("%s: %+v", c.name, f.Place)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestDecimals(t *testing.T) {
	cases := []struct {
		in   string
		want Decimal
		ok   bool
	}{
		{"1822", "1822", true}, {"-3.10", "-3.1", true}, {"+.5", "0.5", true}, {"2.", "2", true}, {"-0.0", "0", true},
		{"007", "7", true}, {"1.25e2", "125", true}, {"125e-4", "0.0125", true}, {"1e3", "1000", true},
		{"", "", false}, {".", "", false}, {"-", "", false}, {"1e", "", false}, {"1e41", "", false}, {"0x10", "", false},
		{"1_0", "", false}, {"1/2", "", false}, {"NaN", "", false}, {"1.2.3", "", false}, {"--1", "", false},
	}
	for _, c := range cases {
		if got, ok := ParseDecimal(c.in); got != c.want || ok != c.ok {
			t.Errorf("%q: %q %v, want %q %v", c.in, got, ok, c.want, c.ok)
		}
	}
}

func TestTypedNumbers(t *testing.T) {
	cases := []struct {
		in   string
		want Decimal
		ok   bool
	}{
		{"1,234,567.5", "1234567.5", true}, {"12 345", "12345", true}, {"−5", "-5", true}, {"－３．５", "-3.5", true},
		{"１，２３４", "1234", true}, {"　48　", "48", true}, {"12,34", "", false}, {"1,5", "", false}, {"1,2345", "", false},
		{",123", "", false}, {"1,234 567", "", false}, {"48 h", "", false}, {"1.234,5", "", false}, {"", "", false},
	}
	for _, c := range cases {
		if got, ok := typedDecimal(c.in); got != c.want || ok != c.ok {
			t.Errorf("%q: %q %v, want %q %v", c.in, got, ok, c.want, c.ok)
		}
	}
}

func TestARangeIsAValueWithATolerance(t *testing.T) {
	value, tolerance, ok := Between("3.141", "3.142")
	if value != "3.1415" || tolerance != "0.0005" || !ok {
		t.Errorf("%s ± %s, %v", value, tolerance, ok)
	}
	if _, _, ok := Between("2", "1"); ok {
		t.Error("a range from 2 to 1 was accepted")
	}
	rapid.Check(t, func(t *rapid.T) {
		a := Decimal(fixed(rapid.Int64Range(-1e18, 1e18).Draw(t, "a"), rapid.IntRange(0, 9).Draw(t, "places")))
		b := Decimal(fixed(rapid.Int64Range(-1e18, 1e18).Draw(t, "b"), 3))
		value, tolerance, ok := Between(a, b)
		if !ok {
			return
		}
		it := numberItem(Number{Value: value, Tolerance: tolerance, Weight: Whole})
		for _, end := range []Decimal{a, b} {
			if g, err := it.Grade(Point, Write(string(end))); err != nil || g.Status != Right {
				t.Fatalf("%s is not in %s..%s: %v %v", end, a, b, g, err)
			}
		}
	})
}

func TestWeightsAndPointsAreWrittenExactly(t *testing.T) {
	for in, want := range map[string]Weight{"33.33333": 3333333, "-100": -Whole, "50": Whole / 2, "0.5": 50_000, "-.5": -50_000, "12.500000": 1_250_000} {
		if got, ok := ParseWeight(in); got != want || !ok {
			t.Errorf("%s: %d %v", in, got, ok)
		}
	}
	for _, bad := range []string{"100.00001", "-101", "33.333333", "x", ""} {
		if _, ok := ParseWeight(bad); ok {
			t.Errorf("%s was accepted", bad)
		}
	}
	for p, want := range map[Points]string{1300: "1.3", 333: "0.333", 0: "0", 4000: "4", -50: "-0.05"} {
		if p.String() != want {
			t.Errorf("%d: %s", int64(p), p)
		}
	}
}
