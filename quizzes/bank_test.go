package quizzes_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/items"
	"anwen/items/formats"
	"anwen/people"
	"anwen/quizzes"
)

func (s *school) items(t *testing.T, gift string) []items.Item {
	t.Helper()
	list, faults := formats.ReadQuiz(map[i18n.Locale][]byte{i18n.English: []byte(gift)})
	if len(faults) > 0 {
		t.Fatalf("%+v", faults)
	}
	return list
}

func TestABankIsFilledReviewedAndDrawnFrom(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer := s.marker(t)
	if err := s.quizzes.OpenBank(ctx, officer, "risk", i18n.Texts{i18n.English: "Risk"}); err != nil {
		t.Fatal(err)
	}
	if err := s.quizzes.OpenBank(ctx, officer, "risk", i18n.Texts{i18n.English: "Again"}); errs.CodeOf(err) != "quizzes.bank_taken" {
		t.Errorf("the same code again: %v", err)
	}
	gift := "$CATEGORY: a/b\n\n// [tag:x] [difficulty:2]\n::one:: One? {T}\n\n::two:: Two? {F}\n\n::who2:: who answers for a COMPLAINT {=One named person ~The branch ~Nobody}\n"
	report, err := s.quizzes.ImportItems(ctx, officer, "risk", s.items(t, gift), true, quizzes.Based{})
	if err != nil || report.Created != 3 || count(t, s.db, "items") != 3 {
		t.Fatalf("the dry run: %+v, %v", report, err)
	}
	report, err = s.quizzes.ImportItems(ctx, officer, "risk", s.items(t, gift), false, quizzes.Based{})
	if err != nil || report.Created != 3 || len(report.Duplicates) != 1 || report.Duplicates[0] != (quizzes.Duplicate{Name: "who2", Other: "who", Bank: "handling"}) {
		t.Fatalf("%+v, %v", report, err)
	}
	report, err = s.quizzes.ImportItems(ctx, officer, "risk", s.items(t, gift+"\n::two:: Two?? {F}\n")[:2], false, quizzes.Based{})
	if err != nil || report.Unchanged != 2 {
		t.Errorf("again: %+v, %v", report, err)
	}
	list, next, err := s.quizzes.BankItems(ctx, officer, quizzes.BankQuery{Bank: "risk", Category: "a", Tag: "x", Limit: 1})
	if err != nil || next != "" || len(list) != 1 || list[0].Name != "one" || list[0].Level != 2 || list[0].State != quizzes.Drafted || !slices.Equal(list[0].Tags, []string{"x"}) {
		t.Fatalf("%+v, %q, %v", list, next, err)
	}
	if found, _, _ := s.quizzes.BankItems(ctx, officer, quizzes.BankQuery{Bank: "risk", Search: "two", Limit: 9}); len(found) != 1 {
		t.Errorf("%d found", len(found))
	}
	// Drafts are not drawn.
	draw := "pass_mark: 80, sections: [{draw: {bank: risk, count: 2}}]"
	if _, err := s.courses.Publish(ctx, officer, s.folder(draw, gift), false, 0); errs.KindOf(err) != errs.Invalid {
		t.Errorf("drawn from drafts: %v", err)
	}
	all, _, _ := s.quizzes.BankItems(ctx, officer, quizzes.BankQuery{Bank: "risk", Limit: 9})
	ids := []int64{all[0].ID, all[1].ID}
	reviewed, level, category := quizzes.Reviewed, 4, "c"
	change := quizzes.Refiling{State: &reviewed, Level: &level, Category: &category, AddTags: []string{"y"}, RemoveTags: []string{"x"}}
	if err := s.quizzes.Refile(ctx, officer, "risk", append(ids, 999999), change); errs.KindOf(err) != errs.NotFound {
		t.Errorf("with one that is not there: %v", err)
	}
	if err := s.quizzes.Refile(ctx, officer, "risk", ids, change); err != nil {
		t.Fatal(err)
	}
	list, _, _ = s.quizzes.BankItems(ctx, officer, quizzes.BankQuery{Bank: "risk", State: "reviewed", Limit: 9})
	if len(list) != 2 || list[0].Category != "c" || list[0].Level != 4 || !slices.Equal(list[0].Tags, []string{"y"}) || list[0].Version != 1 {
		t.Errorf("%+v", list)
	}
	s.publish(t, draw, gift)
	if a := s.sit(t); len(a.Questions) != 2 {
		t.Errorf("%d questions", len(a.Questions))
	}
	// What is sent back to draft after the publication is drawn no more.
	drafted := quizzes.Drafted
	if err := s.quizzes.Refile(ctx, officer, "risk", ids[:1], quizzes.Refiling{State: &drafted}); err != nil {
		t.Fatal(err)
	}
	_, err = s.quizzes.Start(ctx, s.another(t), s.quizID, "")
	refused(t, err, "quizzes.bank_too_small")
	if err := s.quizzes.Refile(ctx, officer, "risk", ids[:1], quizzes.Refiling{State: &reviewed}); err != nil {
		t.Fatal(err)
	}
	back, err := s.quizzes.BankContents(ctx, officer, "risk")
	if err != nil || len(back) != 3 || back[0].Category != "c" {
		t.Errorf("%+v, %v", back, err)
	}
	for what, err := range map[string]error{
		"people.forbidden": func() error { _, err := s.quizzes.Banks(ctx, s.actor); return err }(),
		"quizzes.unknown_bank": func() error {
			_, _, err := s.quizzes.BankItems(ctx, officer, quizzes.BankQuery{Bank: "none"})
			return err
		}(),
		"quizzes.bank_of_course": func() error {
			_, err := s.quizzes.ImportItems(ctx, officer, "handling", back, false, quizzes.Based{})
			return err
		}(),
		"quizzes.bad_bank":     s.quizzes.OpenBank(ctx, officer, "no code", nil),
		"quizzes.bad_refiling": s.quizzes.Refile(ctx, officer, "risk", nil, change),
	} {
		if errs.CodeOf(err) != what {
			t.Errorf("%v, want %s", err, what)
		}
	}
}

func TestTheHistoryOfAnItemTellsWhereEachVersionWasAskedAndHowItDid(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer := s.marker(t)
	a := s.start(t)
	s.answerAll(t, a.ID)
	if _, err := s.quizzes.Submit(ctx, s.actor, a.ID); err != nil {
		t.Fatal(err)
	}
	s.publish(t, "pass_mark: 80", strings.Replace(gift, "{#48}", "{#24}", 1))
	items, _, err := s.quizzes.BankItems(ctx, officer, quizzes.BankQuery{Bank: "handling", Search: "hours", Limit: 9})
	if err != nil || len(items) != 1 {
		t.Fatalf("%d, %v", len(items), err)
	}
	h, err := s.quizzes.History(ctx, officer, "handling", items[0].ID)
	if err != nil || len(h.Versions) != 2 {
		t.Fatalf("%+v, %v", h, err)
	}
	now, before := h.Versions[0], h.Versions[1]
	if now.Number != 2 || now.Asked != 0 || now.Share != nil || *now.Key.Text != "24" || len(now.Uses) != 1 || !now.Uses[0].Now {
		t.Errorf("the newest: %+v", now)
	}
	if before.Asked != 1 || before.Right != 1 || *before.Share != 1 || *before.Key.Text != "48" || before.Uses[0].Now || before.Uses[0].Last != 1 {
		t.Errorf("the one before: %+v", before)
	}
	s.publish(t, "pass_mark: 80", gift+"\n// [kind:ordering]\n::steps:: Order? {=one =two =three =four =five}\n")
	items, _, err = s.quizzes.BankItems(ctx, officer, quizzes.BankQuery{Bank: "handling", Search: "steps", Limit: 9})
	if err != nil || len(items) != 1 {
		t.Fatalf("%d, %v", len(items), err)
	}
	ordered, err := s.quizzes.History(ctx, officer, "handling", items[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, id := range ordered.Versions[0].Key.Order {
		for _, o := range ordered.Versions[0].Shown.Options {
			if o.ID == id {
				words = append(words, o.HTML)
			}
		}
	}
	if strings.Join(words, " ") != "one two three four five" {
		t.Errorf("the right order is shown as %v", words)
	}
	items, _, _ = s.quizzes.BankItems(ctx, officer, quizzes.BankQuery{Bank: "handling", Search: "hours", Limit: 9})
	s.publish(t, "pass_mark: 80", strings.Replace(gift, "{#48}", "{#24}", 1))
	if err := s.quizzes.OpenBank(ctx, officer, "copies", i18n.Texts{i18n.English: "Copies"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.quizzes.ImportItems(ctx, officer, "copies", s.items(t, strings.Replace(gift, "{#48}", "{#24}", 1)), false, quizzes.Based{}); err != nil {
		t.Fatal(err)
	}
	if h, err = s.quizzes.History(ctx, officer, "handling", items[0].ID); err != nil || len(h.Duplicates) != 1 || h.Duplicates[0].Bank != "copies" {
		t.Errorf("%+v, %v", h.Duplicates, err)
	}
	if twice, _, err := s.quizzes.BankItems(ctx, officer, quizzes.BankQuery{Bank: "copies", Twice: true, Limit: 9}); err != nil || len(twice) != 3 || twice[0].Duplicates != 1 {
		t.Errorf("%d items stand twice, %v", len(twice), err)
	}
	_, err = s.quizzes.History(ctx, officer, "copies", items[0].ID)
	refused(t, err, "quizzes.item_not_in_bank")
}

func TestABankChangesItsOwner(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer, next := s.marker(t), s.another(t)
	if err := s.quizzes.OpenBank(ctx, officer, "risk", i18n.Texts{i18n.English: "Risk"}); err != nil {
		t.Fatal(err)
	}
	refused(t, s.quizzes.ChangeBank(ctx, officer, "risk", 1, nil, s.number(t, next)), "quizzes.no_keeper")
	if err := s.db.Exec(`INSERT INTO role_grants (person_id, role, unit_id, granted_at) VALUES (?, 'author', ?, ?)`, next.PersonID, next.UnitID, s.now).Error; err != nil {
		t.Fatal(err)
	}
	if err := s.quizzes.ChangeBank(ctx, officer, "risk", 1, i18n.Texts{i18n.English: "Risks"}, s.number(t, next)); err != nil {
		t.Fatal(err)
	}
	banks, err := s.quizzes.Banks(ctx, officer)
	if err != nil || banks[0].OwnerNo != s.number(t, next) || banks[0].Names[i18n.English] != "Risks" {
		t.Errorf("%+v, %v", banks, err)
	}
	refused(t, s.quizzes.ChangeBank(ctx, officer, "handling", 1, i18n.Texts{i18n.English: "x"}, ""), "quizzes.bank_of_course")
}

func TestABankTakesOneLanguageAfterTheOther(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer := s.marker(t)
	if err := s.quizzes.OpenBank(ctx, officer, "risk", i18n.Texts{i18n.English: "Risk"}); err != nil {
		t.Fatal(err)
	}
	put := func(l i18n.Locale, source string) quizzes.BankImport {
		t.Helper()
		questions, faults := formats.ReadGIFT("q.gift", []byte(source))
		items, wrong := formats.JoinLanguages(map[i18n.Locale][]formats.Question{l: questions})
		if len(faults)+len(wrong) > 0 {
			t.Fatalf("%v %v", faults, wrong)
		}
		report, err := s.quizzes.ImportItems(ctx, people.System(), "risk", items, false, quizzes.Based{})
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	held := func() items.Item {
		t.Helper()
		items, err := s.quizzes.BankContents(ctx, officer, "risk")
		if err != nil || len(items) != 1 {
			t.Fatalf("%d, %v", len(items), err)
		}
		return items[0]
	}
	english, chinese := "::who:: Who answers? {=One named person#Exactly. ~The branch}\n", "::who:: 谁负责？ {=一名责任人 ~网点}\n"
	put(i18n.English, english)
	if r := put(i18n.Hans, chinese); r.Changed != 1 {
		t.Errorf("%+v", r)
	}
	it := held()
	if it.Text[i18n.English].Source != "Who answers?" || it.Text[i18n.Hans].Source != "谁负责？" || it.Options[0].Feedback[i18n.English].Source != "Exactly." || it.Options[1].Text[i18n.Hans].Source != "网点" {
		t.Errorf("%+v", it)
	}
	if r := put(i18n.English, english); r.Unchanged != 1 {
		t.Errorf("the same words again: %+v", r)
	}
	put(i18n.English, "::who:: Who answers for it? {=One named person ~The branch}\n") // its feedback goes, the Chinese stays
	if it = held(); it.Text[i18n.English].Source != "Who answers for it?" || !it.Options[0].Feedback[i18n.English].Empty() || it.Text[i18n.Hans].Source != "谁负责？" {
		t.Errorf("%+v", it)
	}
	put(i18n.English, "::who:: Who answers? {=One named person ~The branch ~Nobody}\n")
	if it = held(); !it.Text[i18n.Hans].Empty() {
		t.Errorf("a translation of other options stays: %+v", it)
	}
}

func TestTheSameItemsAreFiledAndImportedAtOnce(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer := s.marker(t)
	if err := s.quizzes.OpenBank(ctx, officer, "risk", i18n.Texts{i18n.English: "Risk"}); err != nil {
		t.Fatal(err)
	}
	var gift strings.Builder
	for i := range 100 {
		fmt.Fprintf(&gift, "::q%d:: Is it %d? {T}\n\n", i, i)
	}
	if _, err := s.quizzes.ImportItems(ctx, officer, "risk", s.items(t, gift.String()), false, quizzes.Based{}); err != nil {
		t.Fatal(err)
	}
	all, _, err := s.quizzes.BankItems(ctx, officer, quizzes.BankQuery{Bank: "risk", Limit: 100})
	if err != nil || len(all) != 100 {
		t.Fatalf("%d items, %v", len(all), err)
	}
	var ids []int64
	for _, item := range all {
		ids = append(ids, item.ID)
	}
	backwards := slices.Clone(ids)
	slices.Reverse(backwards)
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for n := range 20 {
				category := fmt.Sprint("c", i, n)
				if err := s.quizzes.Refile(ctx, officer, "risk", [][]int64{ids, backwards}[i%2], quizzes.Refiling{Category: &category}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	// A file that has the items the other way round changes them meanwhile.
	for n := range 4 {
		var changed strings.Builder
		for i := range 100 {
			fmt.Fprintf(&changed, "::q%d:: Is it %d, or not, in edition %d? {T}\n\n", 99-i, 99-i, n)
		}
		if _, err := s.quizzes.ImportItems(ctx, people.System(), "risk", s.items(t, changed.String()), false, quizzes.Based{}); err != nil {
			t.Error(err)
		}
	}
	wait.Wait()
}

func TestBanksThatDifferOnlyInCapitalsAreTheSame(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer, names := s.marker(t), i18n.Texts{i18n.English: "Risk"}
	if err := s.quizzes.OpenBank(ctx, officer, "Risk", names); err != nil {
		t.Fatal(err)
	}
	// The index banks_code_alike holds it; without it this test is red.
	for _, code := range []string{"risk", "Handling"} {
		if err := s.quizzes.OpenBank(ctx, officer, code, names); errs.CodeOf(err) != "quizzes.bank_taken" {
			t.Errorf("%s: %v", code, err)
		}
	}
	files := s.folder("pass_mark: 80", gift)
	files["course.md"] = []byte(strings.Replace(string(files["course.md"]), "slug: handling", "slug: risk", 1))
	if _, err := s.courses.Publish(ctx, officer, files, false, 0); errs.CodeOf(err) != "quizzes.bank_of_course_taken" {
		t.Errorf("a course whose bank would have the code: %v", err)
	}
}

// What was shown is what is done: a text is put over the version that its writer saw, and
// one that is older than what the bank holds says so.
func TestAnImportPutsNothingOverAVersionThatWasNotShown(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer := s.marker(t)
	if err := s.quizzes.OpenBank(ctx, officer, "risk", i18n.Texts{i18n.English: "Risk"}); err != nil {
		t.Fatal(err)
	}
	put := func(text string, dry bool, based quizzes.Based) (quizzes.BankImport, error) {
		return s.quizzes.ImportItems(ctx, officer, "risk", s.items(t, "::a:: "+text+"? {T}\n"), dry, based)
	}
	must := func(r quizzes.BankImport, err error) quizzes.BankImport {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	must(put("One", false, quizzes.Based{}))
	shown := must(put("Two", true, quizzes.Based{}))
	if len(shown.Changes) != 1 || shown.Changes[0] != (quizzes.ItemChange{Name: "a", Version: 1}) {
		t.Errorf("%+v", shown.Changes)
	}
	_, err := put("Two", false, quizzes.Based{})
	refused(t, err, "quizzes.import_unseen")
	must(put("Two", false, quizzes.Based{Standing: shown.Standing}))
	_, err = put("Three", false, quizzes.Based{Standing: shown.Standing}) // the preview was of version 1
	refused(t, err, "quizzes.import_unseen")
	older := must(put("One", true, quizzes.Based{}))
	if len(older.Changes) != 1 || older.Changes[0] != (quizzes.ItemChange{Name: "a", Version: 2, Older: 1}) {
		t.Errorf("the text of an older version: %+v", older.Changes)
	}
	list, _, err := s.quizzes.BankItems(ctx, officer, quizzes.BankQuery{Bank: "risk", Limit: 9})
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	opened := quizzes.Based{Standing: older.Standing, Item: list[0].ID, Version: 1}
	for _, dry := range []bool{true, false} {
		_, err = put("Four", dry, opened)
		refused(t, err, "quizzes.item_changed")
	}
	opened.Version = 2
	must(put("Four", false, opened))
}

func TestABankIsChangedFromTheEditionThatWasShown(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer := s.marker(t)
	if err := s.quizzes.OpenBank(ctx, officer, "risk", i18n.Texts{i18n.English: "Risk"}); err != nil {
		t.Fatal(err)
	}
	if err := s.quizzes.ChangeBank(ctx, officer, "risk", 1, i18n.Texts{i18n.English: "First"}, ""); err != nil {
		t.Fatal(err)
	}
	refused(t, s.quizzes.ChangeBank(ctx, officer, "risk", 1, i18n.Texts{i18n.English: "Second"}, ""), "quizzes.bank_changed")
	banks, err := s.quizzes.Banks(ctx, officer)
	if err != nil || banks[0].Code != "risk" || banks[0].Edition != 2 || banks[0].Names[i18n.English] != "First" {
		t.Errorf("%+v, %v", banks, err)
	}
}

func TestWhatStaysAsItWasMakesNoOtherEdition(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer := s.marker(t)
	closes := s.now.Add(time.Hour)
	for range 2 {
		if err := s.quizzes.OpenBank(ctx, officer, "risk", i18n.Texts{i18n.English: "Risk"}); err != nil && errs.KindOf(err) != errs.Conflict {
			t.Fatal(err)
		}
	}
	if err := s.quizzes.SetConditions(ctx, officer, s.quizID, quizzes.Conditions{Closes: &closes}, nil); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func() error{
		"no name": func() error { return s.quizzes.ChangeBank(ctx, officer, "risk", 1, nil, "") },
		"the same name": func() error {
			return s.quizzes.ChangeBank(ctx, officer, "risk", 1, i18n.Texts{i18n.English: " Risk "}, "")
		},
		"the same owner": func() error { return s.quizzes.ChangeBank(ctx, officer, "risk", 1, nil, officer.EmployeeNo) },
		"the same conditions": func() error {
			return s.quizzes.SetConditions(ctx, officer, s.quizID, quizzes.Conditions{Number: 1, Closes: &closes}, nil)
		},
	} {
		before := s.events(t)
		if err := change(); err != nil || s.events(t) != before {
			t.Errorf("%s: %v, %d events", name, err, s.events(t)-before)
		}
	}
	refused(t, s.quizzes.ChangeBank(ctx, officer, "risk", 2, nil, ""), "quizzes.bank_changed")
	if banks, err := s.quizzes.Banks(ctx, officer); err != nil || banks[0].Edition != 1 {
		t.Errorf("%+v, %v", banks, err)
	}
}

// events is how many the log has.
func (s *school) events(t *testing.T) (n int) {
	t.Helper()
	if err := s.db.WithContext(context.Background()).Raw(`SELECT count(*) FROM audit_events`).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func TestABankKeepsANameInEachLanguage(t *testing.T) {
	s, ctx := open(t, testdb.New(t), "pass_mark: 80"), context.Background()
	officer := s.marker(t)
	if err := s.quizzes.OpenBank(ctx, officer, "named", i18n.Texts{i18n.English: "Risk", "xx": "?"}); errs.CodeOf(err) != "quizzes.bad_bank" {
		t.Errorf("a language that there is not: %v", err)
	}
	if err := s.quizzes.OpenBank(ctx, officer, "named", i18n.Texts{i18n.English: "Risk", i18n.Hans: "风险"}); err != nil {
		t.Fatal(err)
	}
	edition := 1
	for _, c := range []struct {
		names i18n.Texts
		want  string // of the bank, or the code of the refusal
	}{
		{i18n.Texts{"xx": "q"}, "quizzes.bad_bank"},
		{i18n.Texts{i18n.English: "Risks"}, `{"en": "Risks", "zh-Hans": "风险"}`},
		{i18n.Texts{i18n.English: " "}, `{"zh-Hans": "风险"}`},
		{i18n.Texts{i18n.Hans: ""}, "quizzes.bad_bank"},
		{nil, `{"zh-Hans": "风险"}`},
	} {
		err := s.quizzes.ChangeBank(ctx, officer, "named", edition, c.names, "")
		got := errs.CodeOf(err)
		if err == nil {
			edition++
			if err := s.db.Raw(`SELECT CAST(names AS text) FROM banks WHERE code = 'named'`).Scan(&got).Error; err != nil {
				t.Fatal(err)
			}
		}
		if got != c.want {
			t.Errorf("%v: %s, want %s", c.names, got, c.want)
		}
	}
}
