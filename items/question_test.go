package items

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/i18n"
)

func asked(t *testing.T, it Item) []byte {
	t.Helper()
	raw, err := it.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// Outside a quiz the right option is as a rule the one that was written first. Its name
// must not say so, nor be the same for every reader and every question.
func TestTheNameOfAnOptionTellsNothing(t *testing.T) {
	places := map[int]int{}
	for question := range 40 {
		it := choiceItem(SingleChoice, option("right", 100), option("b", 0), option("c", 0), option("d", 0))
		it.Name = fmt.Sprint("q", question)
		raw := asked(t, it)
		for reader := range int64(10) {
			q, err := ShowQuestion(raw, 1, reader, i18n.English)
			if err != nil || len(q.Options) != 4 {
				t.Fatalf("%+v, %v", q, err)
			}
			again, err := ShowQuestion(raw, 7, reader, i18n.English)
			if err != nil || !slices.Equal(q.Options, again.Options) {
				t.Fatalf("another order at the next look: %+v, %v", again, err)
			}
			for place, o := range q.Options {
				if o.ID != place {
					t.Fatalf("the option at place %d is called %d", place, o.ID)
				}
				right, _, err := Try(raw, reader, fmt.Appendf(nil, `{"choice":%d}`, o.ID), i18n.English)
				if isRight := strings.Contains(o.HTML, "right"); err != nil || right != isRight {
					t.Fatalf("%s is right: %v, %v", o.HTML, right, err)
				}
				if right {
					places[place]++
				}
			}
		}
	}
	for place := range 4 {
		if n := places[place]; n < 60 || n > 140 {
			t.Errorf("the right one is at place %d %d times of 400", place, n)
		}
	}
	// The key decides too, so that the order cannot be computed from what is shown.
	one, other := choiceItem(SingleChoice, option("a", 100), option("b", 0), option("c", 0), option("d", 0)), choiceItem(SingleChoice, option("a", 0), option("b", 100), option("c", 0), option("d", 0))
	differ := false
	for reader := range int64(10) {
		a, _ := ShowQuestion(asked(t, one), 1, reader, i18n.English)
		b, _ := ShowQuestion(asked(t, other), 1, reader, i18n.English)
		differ = differ || !slices.Equal(a.Options, b.Options)
	}
	if !differ {
		t.Error("the order does not depend on the key")
	}
}

// What is kept names options by their index in the item, as it always did.
func TestAJudgementIsKeptAsTheItemCounts(t *testing.T) {
	several := choiceItem(MultipleChoice, option("a", 50), option("b", 50), option("c", -100))
	questions := [][]byte{asked(t, choiceItem(SingleChoice, option("right", 100), option("b", 0), option("c", 0))), asked(t, several), asked(t, truth)}
	const reader = 7
	named := func(question int, texts ...string) (ids []int) {
		q, err := ShowQuestion(questions[question], 1, reader, i18n.English)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range q.Options {
			if slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(o.HTML, text) }) {
				ids = append(ids, o.ID)
			}
		}
		return ids
	}
	both, err := json.Marshal(ChooseAll(named(1, "a", "b")...))
	if err != nil {
		t.Fatal(err)
	}
	answers := []json.RawMessage{fmt.Appendf(nil, `{"choice":%d}`, named(0, "right")[0]), both, json.RawMessage(`{"choice":0}`)}
	j, err := Judge(questions, reader, answers, "x.missing")
	if err != nil || j.Correct != 3 || slices.Contains(j.Right, false) {
		t.Fatalf("%+v, %v", j, err)
	}
	var kept []Response
	if err := json.Unmarshal(j.Responses, &kept); err != nil {
		t.Fatal(err)
	}
	slices.Sort(kept[1].Choices)
	if *kept[0].Choice != 0 || !slices.Equal(kept[1].Choices, []int{0, 1}) || *kept[2].Choice != 0 {
		t.Errorf("kept as %s", j.Responses)
	}
	if _, err := Judge(questions, reader, answers[:2], "x.missing"); errs.CodeOf(err) != "x.missing" {
		t.Errorf("an answer too few: %v", err)
	}
	answers[0] = json.RawMessage(`{"choice":3}`)
	if _, err := Judge(questions, reader, answers, "x.missing"); errs.KindOf(err) != errs.Invalid {
		t.Errorf("an option that there is not: %v", err)
	}
}
