package items

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

// These orders were fixed on the first day. When this test is red, papers that
// people answered years ago would be shown in another order: mend the code, never
// the test.
func TestThePermutationNeverChanges(t *testing.T) {
	cases := []struct {
		seed, stream uint64
		want         []int
	}{
		{0, 1, []int{1, 4, 3, 2, 0}},
		{42, 1, []int{0, 3, 4, 5, 7, 2, 1, 6}},
		{42, 2, []int{6, 7, 1, 4, 0, 5, 2, 3}},
		{^uint64(0), 20, []int{3, 0, 2, 1}},
	}
	for _, c := range cases {
		if got := permutation(c.seed, c.stream, len(c.want)); !slices.Equal(got, c.want) {
			t.Errorf("seed %d stream %d: %v, want %v", c.seed, c.stream, got, c.want)
		}
	}
}

func TestAPermutationHoldsEveryNumberOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "n")
		got := permutation(rapid.Uint64().Draw(t, "seed"), rapid.Uint64().Draw(t, "stream"), n)
		slices.Sort(got)
		for i, v := range got {
			if v != i {
				t.Fatalf("%v", got)
			}
		}
	})
}

// Each option must come first about equally often, for consecutive seeds too.
func TestThePermutationPrefersNoOption(t *testing.T) {
	var first [4]int
	for seed := range uint64(40_000) {
		first[permutation(seed, 3, 4)[0]]++
	}
	for i, n := range first {
		if n < 9_600 || n > 10_400 {
			t.Errorf("option %d came first %d times of 40000", i, n)
		}
	}
}

func keyed() Item {
	it := choiceItem(SingleChoice, option("red", 0), option("green", 100), option("blue", -50))
	for i := range it.Options {
		it.Options[i].Feedback = words("SECRET feedback")
		it.Options[i].Text[i18n.Hans] = Text{Plain, "颜色"}
	}
	it.Feedback = words("SECRET general feedback")
	return it
}

func TestNothingOfTheAnswerKeyIsInTheLearnersView(t *testing.T) {
	items := []Item{
		keyed(),
		{Kind: TrueFalse, Text: words("True?"), Options: []Option{{Weight: Whole, Feedback: words("SECRET")}, {Feedback: words("SECRET")}}, Feedback: words("SECRET")},
		{Kind: ShortAnswer, Text: words("Which?"), Accepted: []Option{{Text: words("SECRET"), Weight: Whole, Feedback: words("SECRET")}}},
		{Kind: Numerical, Text: words("How many?"), Numbers: []Number{{Value: "987654", Tolerance: "321", Weight: Whole, Feedback: words("SECRET")}}},
	}
	p := Paper{Seed: 7, Positions: []Position{{1, Point, 0, true}}}
	for _, it := range items {
		asked, err := p.Ask(1, it, i18n.English)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(asked)
		if err != nil {
			t.Fatal(err)
		}
		for _, leak := range []string{"SECRET", "987654", "321", "10000000", "Weight", "weight", "Feedback", "feedback", "Accepted", "Numbers"} {
			if strings.Contains(string(raw), leak) {
				t.Errorf("%s: %q is in %s", it.Kind, leak, raw)
			}
		}
	}
	// Two items that differ only in the key look the same.
	other := keyed()
	other.Options[0].Weight, other.Options[1].Weight = other.Options[1].Weight, other.Options[0].Weight
	a, _ := p.Ask(1, keyed(), i18n.English)
	b, _ := p.Ask(1, other, i18n.English)
	if !reflect.DeepEqual(a, b) {
		t.Errorf("the key shows: %v, %v", a, b)
	}
}

func TestOptionsAreShownInTheOrderOfTheSeedAndCountedAsShown(t *testing.T) {
	it := choiceItem(SingleChoice, option("0", 100), option("1", 0), option("2", 0), option("3", 0), option("4", 0))
	p := Paper{Seed: -3, Positions: []Position{{1, Point, 0, true}, {2, Point, 0, false}, {3, Point, 0, true}}}
	ids := func(number int, it Item) (out []int) {
		asked, err := p.Ask(number, it, i18n.Hant)
		if err != nil {
			t.Fatal(err)
		}
		if asked.Locale != i18n.English {
			t.Errorf("shown in %s, but only English is there", asked.Locale)
		}
		for place, o := range asked.Options {
			if o.ID != place {
				t.Errorf("the option at place %d is called %d", place, o.ID)
			}
			stored := p.ToStored(number, it, Choose(o.ID))
			if o.Text.Source != string(rune('0'+*stored.Choice)) {
				t.Errorf("choosing %q is stored as option %d", o.Text.Source, *stored.Choice)
			}
			out = append(out, *stored.Choice)
		}
		return out
	}
	shuffled := ids(1, it)
	if slices.IsSorted(shuffled) || !slices.Equal(shuffled, ids(1, it)) {
		t.Errorf("position 1: %v then %v", shuffled, ids(1, it))
	}
	if plain := ids(2, it); !slices.IsSorted(plain) {
		t.Errorf("position 2 is not shuffled, but shows %v", plain)
	}
	if slices.Equal(shuffled, ids(3, it)) {
		t.Errorf("positions 1 and 3 have the same order %v", shuffled)
	}
	asked, _ := p.Ask(1, truth, i18n.English)
	if asked.Options[0].ID != 0 || asked.Options[1].ID != 1 {
		t.Errorf("true stands before false: %v", asked.Options)
	}
	if _, err := p.Ask(4, it, i18n.English); errs.KindOf(err) != errs.NotFound {
		t.Errorf("position 4: %v", err)
	}
}

func TestAPaperIsGradedByPosition(t *testing.T) {
	p := Paper{PassMark: 60, Positions: []Position{{11, 1300, 0, false}, {12, 1300, 0, false}, {13, 1300, 0, false}, {14, 2000, 0, false}}}
	versions := map[int64]Item{11: single, 12: multiple, 13: short, 14: pi}
	grades, err := p.Grade(versions, map[int]Response{1: Choose(2), 2: ChooseAll(0, 1), 3: Write("frog")})
	if err != nil {
		t.Fatal(err)
	}
	want := []Grade{{1300, 1300, Right}, {1300, 1300, Right}, {1300, 1300, Right}, {0, 2000, Blank}}
	if diff := cmp.Diff(want, grades); diff != "" {
		t.Error(diff)
	}
	score := p.Score(grades)
	if score.Earned.String() != "3.9" || score.Possible.String() != "5.9" || !score.Passed {
		t.Errorf("1.3 × 3 of 5.9 scored %s of %s, passed %v", score.Earned, score.Possible, score.Passed)
	}
	if got := p.GradeOf(grades, 14); got.Status != Blank {
		t.Errorf("asked and left blank: %+v", got)
	}
	if got := p.GradeOf(grades, 99); got.Status != Unasked {
		t.Errorf("not on the paper: %+v", got)
	}
	if _, err := p.Grade(versions, map[int]Response{5: Choose(0)}); errs.CodeOf(err) != "quizzes.unknown_position" {
		t.Errorf("an answer to position 5: %v", err)
	}
	if _, err := p.Grade(nil, nil); err == nil || errs.KindOf(err) != "" {
		t.Errorf("a missing version is internal: %v", err)
	}
}

func TestThePassMarkIsComparedExactly(t *testing.T) {
	cases := []struct {
		name     string
		mark     int
		earned   Points
		possible Points
		want     bool
	}{
		{"just reached", 60, 600, 1000, true},
		{"a thousandth short", 60, 599, 1000, false},
		{"two thirds are not 67%", 67, 2000, 3000, false},
		{"two thirds are 66%", 66, 2000, 3000, true},
		{"everything at 100%", 100, 1000, 1000, true},
		{"nothing asked is not passed", 1, 0, 0, false},
		{"very many points", 80, 800_000 * MaxPoints / 1000, 1_000_000 * MaxPoints / 1000, true},
	}
	for _, c := range cases {
		got := Paper{PassMark: c.mark}.Score([]Grade{{Earned: c.earned, Max: c.possible}})
		if got.Passed != c.want {
			t.Errorf("%s: passed %v", c.name, got.Passed)
		}
	}
}

func TestAPaperSurvivesItsStoredForm(t *testing.T) {
	p := Paper{Seed: -9_223_372_036_854_775_808, PassMark: 80, Positions: []Position{{1 << 60, 1300, 0, true}, {2, 1000, 0, false}}}
	raw, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var back Paper
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, back); diff != "" {
		t.Error(diff)
	}
	if err := json.Unmarshal([]byte(`{"seed":1,"pass_mark":80,"positions":[{"item_version":1,"bonus":2}]}`), &back); err == nil {
		t.Error("a paper with a part that is not known was read")
	}
}
