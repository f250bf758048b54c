package quizzes_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"anwen/internal/archive"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/items"
	"anwen/people"
	"anwen/quizzes"
)

// bank writes questions of two categories: ten on time limits, of which four are
// hard, and five on duties.
func bankOf() string {
	var b strings.Builder
	b.WriteString("$CATEGORY: rules/time\n\n")
	for n := range 10 {
		difficulty := 1 + 4*(n%5/3) // 1 1 1 5 5
		fmt.Fprintf(&b, "// [tag:limit] [difficulty:%d]\n::time%d:: Time %d? {T}\n\n", difficulty, n, n)
	}
	b.WriteString("$CATEGORY: rules/duty\n\n")
	for n := range 5 {
		fmt.Fprintf(&b, "::duty%d:: Duty %d? {T}\n\n", n, n)
	}
	b.WriteString("$CATEGORY: fixed\n\n::first:: First? {T}\n\n::second:: Second? {F}\n")
	return b.String()
}

func names(a quizzes.Attempt) (list []string) {
	for _, q := range a.Questions {
		list = append(list, strings.TrimSuffix(q.HTML, "?"))
	}
	return list
}

func (s *school) sit(t *testing.T) quizzes.Attempt {
	t.Helper()
	learner := s.actor
	defer func() { s.actor = learner }()
	s.actor = s.another(t)
	return s.start(t)
}

const drawn = `pass_mark: 80, sections: [
  {items: [first]},
  {draw: {category: rules/time, tags: [limit], difficulty: 5, count: 2, points: "2.5"}},
  {draw: {category: rules, count: 4}},
  {items: [second]}]`

func TestSectionsDrawAtRandomAndNeverTwice(t *testing.T) {
	s := open(t, testdb.New(t), "pass_mark: 80")
	s.publish(t, drawn, bankOf())
	seen, papers := map[string]int{}, map[string]bool{}
	for range 25 {
		a := s.sit(t)
		list := names(a)
		if len(list) != 8 || list[0] != "First" || list[7] != "Second" {
			t.Fatalf("%v", list)
		}
		if sorted := slices.Sorted(slices.Values(list)); len(slices.Compact(sorted)) != 8 {
			t.Fatalf("one was drawn twice: %v", list)
		}
		for i, q := range a.Questions {
			hard := i == 1 || i == 2
			if hard != (q.Points == 2500) || hard && !slices.Contains([]string{"Time 3", "Time 4", "Time 8", "Time 9"}, list[i]) {
				t.Fatalf("position %d is %s for %s points", i+1, list[i], q.Points)
			}
			seen[list[i]]++
		}
		papers[strings.Join(list, ",")] = true
	}
	if len(papers) < 15 || len(seen) < 15 {
		t.Errorf("25 people got %d different papers of %d questions", len(papers), len(seen))
	}
}

func TestAPaperThatCannotBeFilledIsRefusedBeforeItIsPublished(t *testing.T) {
	s := open(t, testdb.New(t), "pass_mark: 80")
	for plan, code := range map[string]string{
		"sections: [{draw: {category: rules/duty, count: 6}}]":                                           "quizzes.not_enough_items",
		"sections: [{draw: {category: rules/duty, count: 3}}, {draw: {category: rules/duty, count: 3}}]": "quizzes.not_enough_items",
		"sections: [{items: [duty0, duty1]}, {draw: {category: rules/duty, count: 4}}]":                  "quizzes.not_enough_items",
		"sections: [{draw: {tags: [none], count: 1}}]":                                                   "quizzes.not_enough_items",
		"sections: [{draw: {bank: nowhere, count: 1}}]":                                                  "quizzes.unknown_bank",
		"sections: [{items: [nothing]}]":                                                                 "quizzes.section_unknown_item",
		"sections: [{items: [first]}, {items: [first]}]":                                                 "quizzes.item_twice",
		"sections: [{draw: {count: 1, points: minus}}]":                                                  "quizzes.bad_points",
		"sections: [{}]": "courses.section_items_or_draw",
		"sections: [{items: [first], draw: {count: 1}}]": "courses.section_items_or_draw",
		"keep: worst": "courses.word_expected",
		"sections: [{draw: {category: rules/duty, count: 3}}, {draw: {category: rules, count: 12}}]":            "",
		"sections: [{draw: {category: rules/duty, count: 3}}, {draw: {category: rules, count: 13}}]":            "quizzes.not_enough_items",
		"sections: [{draw: {bank: handling, category: rules/duty, difficulty: [1, 5], count: 1}}]":              "quizzes.not_enough_items",
		"sections: [{draw: {bank: handling, category: rules/time, difficulty: [1, 5], count: 10}}], keep: last": "",
	} {
		_, err := s.courses.Publish(context.Background(), people.System(), s.folder("pass_mark: 80, "+plan, bankOf()), false, 0)
		var faults []errs.Fault
		if e, ok := err.(*errs.Error); ok {
			faults = e.Faults
		}
		if code == "" {
			if err != nil {
				t.Errorf("%s: %v %+v", plan, err, faults)
			}
			continue
		}
		if len(faults) == 0 || faults[0].Code != code {
			t.Errorf("%s: %v %+v, want %s", plan, err, faults, code)
		}
	}
}

func TestItemsAreShuffledWithTheirScenariosTogether(t *testing.T) {
	s := open(t, testdb.New(t), "pass_mark: 80")
	gift := "// [set:a]\n::case:: A case {}\n"
	gift = strings.Replace(gift, " {}", "", 1)
	for n := range 3 {
		gift += fmt.Sprintf("\n// [set:a]\n::in%d:: In %d? {T}\n", n, n)
	}
	for n := range 5 {
		gift += fmt.Sprintf("\n::out%d:: Out %d? {T}\n", n, n)
	}
	s.publish(t, "pass_mark: 80, shuffle_items: true, shuffle_options: false", gift)
	orders := map[string]bool{}
	for range 12 {
		list := names(s.sit(t))
		at := slices.Index(list, "A case")
		if !slices.Equal(list[at:at+4], []string{"A case", "In 0", "In 1", "In 2"}) {
			t.Fatalf("the scenario is torn: %v", list)
		}
		orders[strings.Join(list, ",")] = true
	}
	if len(orders) < 5 {
		t.Errorf("12 people got %d orders", len(orders))
	}
}

func TestTheNextAttemptWaits(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80, wait_hours: 24"), context.Background()
	a := s.start(t)
	if _, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(23 * time.Hour)
	_, err := s.quizzes.Start(ctx, s.actor, s.quizID, "")
	if errs.CodeOf(err) != "quizzes.wait_until" {
		t.Fatalf("too early: %v", err)
	}
	if e := err.(*errs.Error); e.Args["time"] != "2026-11-03 09:00" {
		t.Errorf("it opens at %v in Shanghai", e.Args["time"])
	}
	s.now = s.now.Add(time.Hour)
	if b := s.start(t); b.Number != 2 {
		t.Errorf("attempt %d", b.Number)
	}
}

func TestWhichAttemptCounts(t *testing.T) {
	for keep, passes := range map[string][]bool{ // after a wrong and then a right paper
		"best": {false, true}, "last": {false, true}, "first": {false, false}, "average": {false, false},
	} {
		s, ctx := open(t, testdb.New(t), "pass_mark: 60, keep: "+keep), context.Background()
		for n, want := range passes {
			a := s.start(t)
			if n == 1 {
				s.answerAll(t, a.ID)
			}
			if _, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil {
				t.Fatal(err)
			}
			if got := count(t, s.db, "quiz_passes") == 1; got != want {
				t.Errorf("%s: after attempt %d passed is %t", keep, n+1, got)
			}
		}
	}
}

func TestHowEachQuestionWentIsSeenWhenThePlanSays(t *testing.T) {
	for _, c := range []struct {
		review string
		right  bool
		seen   bool
	}{{"submitted", false, true}, {"passed", false, false}, {"passed", true, true}, {"never", true, false}} {
		s, ctx := open(t, testdb.New(t), "pass_mark: 80, review: "+c.review), context.Background()
		a := s.start(t)
		if c.right {
			s.answerAll(t, a.ID)
		}
		r, err := s.quizzes.Submit(ctx, s.actor, a.ID)
		if err != nil || (len(r.Items) > 0) != c.seen {
			t.Errorf("%+v: %+v, %v", c, r, err)
		}
		again, err := s.quizzes.Attempt(ctx, s.actor, a.ID)
		if err != nil || (len(again.Result.Items) > 0) != c.seen {
			t.Errorf("%+v, looked at again: %+v, %v", c, again.Result, err)
		}
	}
}

// Until the quiz has closed for the last one, whoever sat early tells nobody.
func TestReviewWaitsUntilTheQuizHasClosed(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80, review: closed"), context.Background()
	a := s.start(t)
	s.answerAll(t, a.ID)
	r, err := s.quizzes.Submit(ctx, s.actor, a.ID)
	if err != nil || !r.Passed || len(r.Items) > 0 || r.Hidden != items.AfterClosing {
		t.Fatalf("%+v, %v", r, err)
	}
	seen := func() int {
		t.Helper()
		again, err := s.quizzes.Attempt(ctx, s.actor, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		return len(again.Result.Items)
	}
	if seen() != 0 {
		t.Error("seen though nobody has said when it closes")
	}
	closes, later := s.now.Add(time.Hour), s.now.Add(3*time.Hour)
	s.set(t, quizzes.Conditions{Closes: &closes}, nil)
	err = s.quizzes.Accommodate(ctx, s.marker(t), s.quizID, quizzes.Accommodation{EmployeeNo: s.number(t, s.another(t)), Closes: &later, Reason: "ill"})
	if err != nil {
		t.Fatal(err)
	}
	s.now = closes.Add(time.Minute)
	if seen() != 0 {
		t.Error("seen while somebody has more time")
	}
	s.now = later.Add(time.Minute)
	if seen() != 3 {
		t.Error("not seen after all is closed")
	}
}

func TestFeedbackMayComeLaterThanTheRest(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80, feedback: passed"), context.Background()
	for _, passes := range []bool{false, true} {
		a := s.start(t)
		s.answerAll(t, a.ID)
		if !passes {
			s.answer(t, a.ID, 1, items.Write("12"))
			s.answer(t, a.ID, 3, items.Response{})
		}
		r, err := s.quizzes.Submit(ctx, s.actor, a.ID)
		if err != nil || r.Passed != passes || len(r.Items) != 3 || (r.Items[1].Feedback != "") != passes || (r.HiddenFeedback == "") != passes {
			t.Errorf("passed %t: %+v, %v", passes, r, err)
		}
	}
	_, err := s.courses.Publish(ctx, s.marker(t), s.folder("pass_mark: 80, practice: true, review: closed", gift), false, 0)
	if errs.KindOf(err) != errs.Invalid {
		t.Errorf("practice that shows what the quiz withholds: %v", err)
	}
}

// folder is the course with another quiz.
func (s *school) folder(settings, gift string) archive.Files {
	return archive.Files{
		"course.md": []byte("---\nslug: handling\ncategory: complaints\nminutes: 10\ntitles: {en: Handling}\nsummaries: {en: Short.}\nquiz: {" +
			settings + "}\n---\n"),
		"lessons/01-one.en.md":                   []byte("# One\n\nRead me.\n"),
		"quiz." + string(i18n.English) + ".gift": []byte(gift),
	}
}

// Whole scenarios are drawn with their cases, each of the same number of questions,
// and of one with a draft nothing.
func TestWholeScenariosAreDrawn(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	gift := "::first:: First? {T}\n"
	for n := range 4 {
		gift += fmt.Sprintf("\n// [set:case%d]\n::case%d:: Case %d\n", n, n, n)
		for m := range 2 {
			gift += fmt.Sprintf("\n// [set:case%d]\n::q%d%d:: In %d-%d? {T}\n", n, n, m, n, m)
		}
	}
	settings := func(n int) string {
		return fmt.Sprintf("pass_mark: 80, sections: [{titles: {en: Alone}, items: [first]}, {titles: {en: Cases}, draw: {scenarios: %d, points: 2}}]", n)
	}
	_, err := s.courses.Publish(ctx, s.marker(t), s.folder(settings(5), gift), false, 0)
	refused(t, err, "quizzes.faults")
	s.publish(t, settings(2), gift)
	papers := map[string]bool{}
	for range 30 {
		a := s.sit(t)
		list := names(a)
		if len(list) != 7 {
			t.Fatalf("%v", list)
		}
		for i := 1; i < 7; i += 3 {
			of := strings.TrimPrefix(list[i], "Case ")
			if list[i+1] != "In "+of+"-0" || list[i+2] != "In "+of+"-1" || a.Questions[i+1].Case != i+1 || a.Questions[i+1].Points != 2*items.Point || a.Questions[i].Points != 0 {
				t.Fatalf("the scenario is torn: %v", list)
			}
			if a.Questions[i].Section != "Cases" || a.Questions[0].Section != "Alone" {
				t.Errorf("sections %q and %q", a.Questions[0].Section, a.Questions[i].Section)
			}
		}
		papers[strings.Join(list, "|")] = true
	}
	if len(papers) < 6 {
		t.Errorf("only %d different papers of 12", len(papers))
	}
	course, err := s.training.Course(ctx, s.actor, "handling")
	if err != nil {
		t.Fatal(err)
	}
	if card, err := s.quizzes.QuizOfCourse(ctx, s.actor, course.CourseID); err != nil || card.Items != 5 {
		t.Errorf("the card says %d questions, %v", card.Items, err)
	}
	_, err = s.courses.Publish(ctx, s.marker(t), s.folder(settings(2), gift+"\n// [set:case3]\n::q32:: In 3-2? {T}\n"), false, 0)
	refused(t, err, "quizzes.faults")
	if _, err := s.courses.Publish(ctx, s.marker(t), s.folder("pass_mark: 80, sections: [{draw: {scenarios: 1, count: 2}}]", gift), false, 0); errs.KindOf(err) != errs.Invalid {
		t.Errorf("questions and scenarios at once: %v", err)
	}
}

// What an author takes out of the quiz files is drawn no more, and comes back with
// them.
func TestAQuestionThatLeftTheFilesIsNotDrawn(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	three := "::a:: A? {T}\n\n::b:: B? {T}\n\n::c:: C? {T}\n"
	s.publish(t, "pass_mark: 80, sections: [{draw: {count: 3}}]", three)
	without := strings.Replace(three, "::b:: B? {T}\n\n", "", 1)
	_, err := s.courses.Publish(ctx, s.marker(t), s.folder("pass_mark: 80, sections: [{draw: {count: 3}}]", without), false, 0)
	refused(t, err, "quizzes.faults")
	s.publish(t, "pass_mark: 80, sections: [{draw: {count: 2}}]", without)
	for range 10 {
		if list := names(s.sit(t)); slices.Contains(list, "B") {
			t.Fatalf("drawn though it is gone: %v", list)
		}
	}
	s.publish(t, "pass_mark: 80, sections: [{draw: {count: 3}}]", three)
	if list := names(s.sit(t)); len(list) != 3 {
		t.Errorf("%v", list)
	}
}
