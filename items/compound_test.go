package items

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

func prompt(text string, option int) Gap { return Gap{Text: words(text), Option: option, Share: 1} }

func small(share int, it Item) Gap { return Gap{Item: &it, Share: share} }

var (
	matching = Item{Name: "q", Kind: Matching, Text: words("Match."), Points: Point,
		Options: []Option{option("48 hours", 0), option("7 working days", 0), option("30 days", 0)},
		Gaps:    []Gap{prompt("general", 0), prompt("complex", 1), prompt("reply", 0)}}
	ordering = Item{Name: "q", Kind: Ordering, Text: words("Order."), Points: Point,
		Options: []Option{option("receive", 0), option("register", 0), option("investigate", 0), option("reply", 0)}}
	cloze = Item{Name: "q", Kind: Cloze, Text: words("Within [[1]] hours by [[2]], never [[3]]."), Points: Point,
		Gaps: []Gap{
			small(1, Item{Kind: Numerical, Numbers: []Number{{Value: "48", Tolerance: "0", Weight: Whole}}}),
			small(2, Item{Kind: SingleChoice, Options: []Option{option("the desk", 100), option("the branch", 0)}}),
			small(1, Item{Kind: ShortAnswer, Fold: FoldScript, Accepted: []Option{option("推诿", 100), option("late", 50)}}),
		}}
	drag = Item{Name: "q", Kind: Drag, Text: words("[[2]] after [[1]]"), Points: Point,
		Options: []Option{option("assess", 0), option("sell", 0), option("promise", 0)},
		Gaps:    []Gap{{Option: 0, Share: 1}, {Option: 1, Share: 1}}}
	essay = Item{Name: "q", Kind: Essay, Text: words("Why?"), Points: 5 * Point, Markers: 2,
		Rubric: []Criterion{{words("names the rule"), 2 * Point}, {words("draws the consequence"), 3 * Point}}}
	casus  = Item{Name: "case", Kind: Description, Text: words("A customer complains…"), Set: "case"}
	hours  = Item{Name: "q", Kind: Numerical, Text: words("How long?"), Points: Point, Numbers: []Number{{Value: "48", Tolerance: "0", Weight: Whole}}, Measures: []Measure{{"小时", "1"}, {"h", "1"}, {"天", "24"}}}
	strict = func() Item { it := hours; it.MeasurePenalty = Whole / 4; return it }()
	script = Item{Name: "q", Kind: ShortAnswer, Fold: FoldScript, Text: words("?"), Points: Point, Accepted: []Option{option("投诉处理", 100)}}
	exact  = Item{Name: "q", Kind: ShortAnswer, Fold: FoldNothing, Text: words("?"), Points: Point, Accepted: []Option{option("KYC", 100)}}
	allOf  = func() Item { it := multiple; it.Credit = AllOrNothing; return it }()
	more   = func() Item {
		it := choiceItem(MultipleChoice, option("a", 50), option("b", 50), option("c", 0))
		it.Credit = AllOrNothing
		return it
	}()
	wholly  = func() Item { it := matching; it.Credit = AllOrNothing; return it }()
	follows = func() Item { it := ordering; it.Credit = Neighbours; return it }()
	longest = func() Item { it := ordering; it.Credit = LongestRun; return it }()
)

func TestGradingOfCompoundKinds(t *testing.T) {
	blank := Response{}
	cases := []struct {
		name     string
		item     Item
		response Response
		earned   Points
		status   Status
	}{
		{"matching: all", matching, Fill(Choose(0), Choose(1), Choose(0)), 1000, Right},
		{"matching: two of three", matching, Fill(Choose(0), Choose(1), Choose(2)), 667, Partly},
		{"matching: one, the others blank", matching, Fill(Choose(0)), 333, Partly},
		{"matching: none", matching, Fill(Choose(2), Choose(2), Choose(2)), 0, Wrong},
		{"matching: only blanks", matching, Fill(blank, blank), 0, Blank},
		{"matching: blank", matching, blank, 0, Blank},
		{"matching: all or nothing", wholly, Fill(Choose(0), Choose(1), Choose(2)), 0, Wrong},
		{"matching: all or nothing, all", wholly, Fill(Choose(0), Choose(1), Choose(0)), 1000, Right},
		{"multiple choice: all or nothing", allOf, ChooseAll(0), 0, Wrong},
		{"multiple choice: all or nothing, all", allOf, ChooseAll(1, 0), 1000, Right},
		{"multiple choice: all or nothing, more than all", more, ChooseAll(0, 1, 2), 0, Wrong},

		{"ordering: right", ordering, Arrange(0, 1, 2, 3), 1000, Right},
		{"ordering: two at their place", ordering, Arrange(0, 1, 3, 2), 500, Partly},
		{"ordering: none at its place", ordering, Arrange(1, 2, 3, 0), 0, Wrong},
		{"ordering: blank", ordering, blank, 0, Blank},
		{"ordering: neighbours", follows, Arrange(1, 2, 3, 0), 667, Partly},
		{"ordering: neighbours, all", follows, Arrange(0, 1, 2, 3), 1000, Right},
		{"ordering: neighbours, none", follows, Arrange(3, 2, 1, 0), 0, Wrong},
		{"ordering: longest run", longest, Arrange(0, 2, 1, 3), 750, Partly},
		{"ordering: a run of one is none", longest, Arrange(3, 2, 1, 0), 0, Wrong},
		{"ordering: longest run, all", longest, Arrange(0, 1, 2, 3), 1000, Right},

		{"cloze: all", cloze, Fill(Write("48"), Choose(0), Write("推諉")), 1000, Right},
		{"cloze: the shares count", cloze, Fill(Write("47"), Choose(0)), 500, Partly},
		{"cloze: part of a gap", cloze, Fill(blank, blank, Write("LATE")), 125, Partly},
		{"cloze: none", cloze, Fill(Write("x"), Choose(1), Write("y")), 0, Wrong},
		{"cloze: blank", cloze, Fill(blank, blank, Write(" ")), 0, Blank},

		{"drag: all", drag, Fill(Choose(0), Choose(1)), 1000, Right},
		{"drag: one", drag, Fill(Choose(2), Choose(1)), 500, Partly},
		{"drag: none", drag, Fill(Choose(1), Choose(0)), 0, Wrong},
		{"drag: blank", drag, blank, 0, Blank},

		{"essay: waits for its markers", essay, Write("Because."), 0, Waiting},
		{"essay: blank needs no marker", essay, Write(" \n"), 0, Blank},
		{"description: asks nothing", casus, blank, 0, Stated},

		{"units: without", hours, Write("48"), 1000, Right},
		{"units: the key's", hours, Write("48 小時"), 1000, Right},
		{"units: another, converted", hours, Write("2天"), 1000, Right},
		{"units: full width", hours, Write("４８Ｈ"), 1000, Right},
		{"units: the wrong one", hours, Write("48 天"), 0, Wrong},
		{"units: unknown", hours, Write("48 weeks"), 0, Wrong},
		{"units: missing where it counts", strict, Write("48"), 750, Partly},
		{"units: unknown where it counts", strict, Write("48 weeks"), 750, Partly},
		{"units: given where it counts", strict, Write("2 天"), 1000, Right},
		{"units: a wrong number stays wrong", strict, Write("47"), 0, Wrong},

		{"short: Traditional for Simplified", script, Write("投訴處理"), 1000, Right},
		{"short: Simplified", script, Write("投诉 处理。"), 1000, Right},
		{"short: other words", script, Write("投诉"), 0, Wrong},
		{"short: exactly", exact, Write(" KYC "), 1000, Right},
		{"short: exactly, other case", exact, Write("kyc"), 0, Wrong},
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

func TestACompoundResponseThatDoesNotFitIsInvalid(t *testing.T) {
	cases := []struct {
		name     string
		item     Item
		response Response
		code     string
	}{
		{"matching: an option that is not there", matching, Fill(Choose(3)), "quizzes.unknown_option"},
		{"matching: a gap too many", matching, Fill(Choose(0), Choose(0), Choose(0), Choose(0)), "quizzes.wrong_form"},
		{"matching: text", matching, Write("x"), "quizzes.wrong_form"},
		{"matching: text in a gap", matching, Fill(Write("x")), "quizzes.wrong_form"},
		{"ordering: too few", ordering, Arrange(0, 1), "quizzes.incomplete_order"},
		{"ordering: one twice", ordering, Arrange(0, 1, 1, 2), "quizzes.repeated_option"},
		{"ordering: one that is not there", ordering, Arrange(0, 1, 2, 4), "quizzes.unknown_option"},
		{"ordering: a choice", ordering, Choose(0), "quizzes.wrong_form"},
		{"cloze: a choice where text stands", cloze, Fill(Choose(0)), "quizzes.wrong_form"},
		{"cloze: an option that is not there", cloze, Fill(Response{}, Choose(2)), "quizzes.unknown_option"},
		{"drag: an option that is not there", drag, Fill(Choose(-1)), "quizzes.unknown_option"},
		{"single choice: gaps", single, Fill(Choose(0)), "quizzes.wrong_form"},
		{"short: an order", short, Arrange(0), "quizzes.wrong_form"},
		{"description: anything", casus, Write("x"), "quizzes.nothing_asked"},
	}
	for _, c := range cases {
		if _, err := c.item.Grade(Point, c.response); errs.CodeOf(err) != c.code || errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s: %v, want %s", c.name, err, c.code)
		}
	}
}

func TestAMarkIsAGrade(t *testing.T) {
	for _, c := range []struct {
		earned, possible, want Points
		status                 Status
	}{{5000, 5000, 1000, Right}, {0, 5000, 0, Wrong}, {3500, 5000, 700, Partly}, {1, 3, 333, Partly}} {
		if got, err := Marked(Point, c.earned, c.possible); err != nil || got != (Grade{c.want, Point, c.status}) {
			t.Errorf("%d of %d: %+v, %v", c.earned, c.possible, got, err)
		}
	}
	for _, c := range [][2]Points{{-1, 5}, {6, 5}, {0, 0}} {
		if _, err := Marked(Point, c[0], c[1]); errs.CodeOf(err) != "quizzes.bad_mark" {
			t.Errorf("%v: %v", c, err)
		}
	}
}

func TestEveryKindSurvivesItsStoredForm(t *testing.T) {
	for _, it := range []Item{single, multiple, truth, short, year, matching, follows, cloze, drag, essay, casus, strict, script, exact} {
		var faults errs.Faults
		it.Check(errs.Place{}, &faults)
		if faults.Len() > 0 {
			t.Errorf("%s: %+v", it.Kind, faults.List())
		}
		body, err := it.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(body)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := back.Encode()
		if string(again) != string(body) {
			t.Errorf("%s came back as\n%s", body, again)
		}
	}
}

func TestEachFaultOfACompoundItemIsFound(t *testing.T) {
	change := func(it Item, f func(*Item)) Item { f(&it); return it }
	for code, it := range map[string]Item{
		"quizzes.no_gaps":            change(matching, func(it *Item) { it.Gaps = nil }),
		"quizzes.gaps_unlike_text":   change(cloze, func(it *Item) { it.Text = words("[[1]] and [[2]]") }),
		"quizzes.bad_share":          change(matching, func(it *Item) { it.Gaps = []Gap{{Text: words("x"), Share: 0}} }),
		"quizzes.gap_without_option": change(drag, func(it *Item) { it.Gaps = []Gap{{Share: 1}, {Option: 3, Share: 1}} }),
		"quizzes.gaps_out_of_order":  change(drag, func(it *Item) { it.Gaps = []Gap{{Option: 1, Share: 1}, {Share: 1}} }),
		"quizzes.empty_prompt":       change(matching, func(it *Item) { it.Gaps = []Gap{{Share: 1}} }),
		"quizzes.bad_markers":        change(essay, func(it *Item) { it.Markers = 3 }),
		"quizzes.bad_criterion":      change(essay, func(it *Item) { it.Rubric = []Criterion{{Points: Point}} }),
		"quizzes.bad_unit":           change(hours, func(it *Item) { it.Measures = []Measure{{"h", "1"}, {"Ｈ", "24"}} }),
		"quizzes.too_few_options":    change(ordering, func(it *Item) { it.Options = it.Options[:1] }),
	} {
		var faults errs.Faults
		it.Check(errs.Place{}, &faults)
		if list := faults.List(); len(list) != 1 || list[0].Code != code {
			t.Errorf("%+v, want %s", list, code)
		}
	}
}

// Whatever order options are shown in, what the learner gives comes back as it
// was given and is stored by the item's own indexes.
func TestResponsesComeBackAsTheyWereGiven(t *testing.T) {
	items := []Item{single, multiple, truth, short, matching, ordering, cloze, drag}
	rapid.Check(t, func(t *rapid.T) {
		it := rapid.SampledFrom(items).Draw(t, "item")
		p := Paper{Seed: rapid.Int64().Draw(t, "seed"), Positions: []Position{{1, Point, 0, rapid.Bool().Draw(t, "shuffled")}}}
		choice := func(n int) Response { return Choose(rapid.IntRange(0, n-1).Draw(t, "choice")) }
		var r Response
		switch it.Kind {
		case SingleChoice, TrueFalse:
			r = choice(len(it.Options))
		case MultipleChoice:
			r = ChooseAll(rapid.Permutation(identity(len(it.Options))).Draw(t, "choices")[:2]...)
		case ShortAnswer:
			r = Write("x")
		case Ordering:
			r = Arrange(rapid.Permutation(identity(len(it.Options))).Draw(t, "order")...)
		case Matching, Drag:
			for range it.Gaps {
				r.Gaps = append(r.Gaps, choice(len(it.Options)))
			}
		case Cloze:
			r = Fill(Write("48"), choice(2), Response{})
		}
		stored := p.ToStored(1, it, r)
		if _, err := it.Grade(Point, stored); err != nil {
			t.Fatal(err)
		}
		if back := p.ToShown(1, it, stored); !reflect.DeepEqual(back, r) {
			t.Fatalf("gave %+v, came back %+v", r, back)
		}
		raw, err := json.Marshal(stored)
		if err != nil {
			t.Fatal(err)
		}
		var read Response
		if err := json.Unmarshal(raw, &read); err != nil || !reflect.DeepEqual(read, stored) {
			t.Fatalf("%s read as %+v, %v", raw, read, err)
		}
	})
}

func TestTheOrderInWhichThingsAreShownIsNoKey(t *testing.T) {
	p := Paper{Seed: 7, Positions: []Position{{1, Point, 0, false}}}
	asked, err := p.Ask(1, ordering, i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	inOrder := true
	for place, o := range asked.Options {
		inOrder = inOrder && o.Text == ordering.Options[place].Text[i18n.English]
	}
	if inOrder {
		t.Error("things are shown in their right order though the paper does not shuffle")
	}
}

func TestTheKeyIsWhollyRight(t *testing.T) {
	for _, it := range []Item{single, multiple, truth, short, year, pi, matching, follows, cloze, drag, strict, script, exact, allOf} {
		if grade, err := it.Grade(Point, it.Key()); err != nil || grade.Status != Right {
			t.Errorf("%s: %+v earns %+v, %v", it.Kind, it.Key(), grade, err)
		}
	}
	if !essay.Key().Blank() {
		t.Error("an essay has no key")
	}
}
