package courses

import (
	"context"
	"errors"
	"strings"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

const firstRules = "第一条 为规范投诉处理,制定本办法。\n\n第二条 一般投诉应当在四十八小时内回复。\n\n第三条 经办人应当登记投诉。\n"
const nextRules = "第一条 为规范投诉处理,制定本办法。\n\n第二条 一般投诉应当在二十四小时内回复。\n\n第三条 客户可以书面撤回投诉,撤回不影响另行投诉。\n\n第四条 经办人应当登记投诉。\n"

func (st *stage) rules(t *testing.T, text string, editorial bool) {
	t.Helper()
	_, err := st.policies.Publish(context.Background(), people.System(), policies.PublishInput{Code: "RULES", EffectiveFrom: "2026-01-01",
		Titles: i18n.Texts{i18n.Hans: "投诉办法"}, Texts: i18n.Texts{i18n.Hans: text}, Editorial: editorial})
	if err != nil {
		t.Fatal(err)
	}
}

func (st *stage) stale(t *testing.T) string {
	t.Helper()
	list, err := st.policies.StaleCitations(context.Background(), people.Actor{Locale: i18n.Hans}, policies.StaleFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, c := range list {
		lines = append(lines, strings.Join([]string{c.Source, c.Part, c.Clause, string(c.Fate), c.Now}, " "))
	}
	return strings.Join(lines, "\n")
}

func lessonCiting(clauses ...string) map[string]string {
	text := "# 第一课\n\n正文。\n"
	for _, c := range clauses {
		text += "\n见[" + c + "](policy:RULES#" + c + ")。\n"
	}
	return map[string]string{"lessons/01-receive.zh-Hans.md": text}
}

func TestWhatCitesAChangedClauseWaitsForItsAuthor(t *testing.T) {
	st := newStage(t, testdb.Tx(t))
	ctx := context.Background()
	st.rules(t, firstRules, false)
	st.publish(t, lessonCiting("第一条", "第二条", "第3条"))
	if got := st.stale(t); got != "" {
		t.Fatalf("stale before anything changed: %s", got)
	}
	st.rules(t, nextRules, false)
	slug := "complaint-handling"
	want := slug + " lesson/receive 第二条 changed 第二条\n" + slug + " lesson/receive 第3条 renumbered 第四条"
	if got := st.stale(t); got != want {
		t.Fatalf("stale:\n%s\nwant:\n%s", got, want)
	}
	list, _ := st.policies.StaleCitations(ctx, people.Actor{Locale: i18n.Hans}, policies.StaleFilter{Kind: policies.CitingCourse, Source: slug})
	if err := st.policies.ReviewCitation(ctx, people.Actor{}, policies.ReviewInput{ID: list[1].ID, Changed: 2}); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a review by an employee: %v", err)
	}
	if err := st.policies.ReviewCitation(ctx, people.System(), policies.ReviewInput{ID: list[1].ID, Changed: 2, Note: "条号已知"}); err != nil {
		t.Fatal(err)
	}
	if err := st.policies.ReviewCitation(ctx, people.System(), policies.ReviewInput{ID: list[1].ID, Changed: 2}); errs.KindOf(err) != errs.NotFound {
		t.Errorf("a second review: %v", err)
	}
	// The clause that is now the fourth is followed there by its review.
	st.rules(t, strings.Replace(nextRules, "经办人应当登记投诉", "经办人应当当日登记投诉", 1), true)
	if got := st.stale(t); !strings.Contains(got, "第3条 changed 第四条") || !strings.Contains(got, "第二条") {
		t.Errorf("after the third version: %s", got)
	}
	again, _ := st.policies.StaleCitations(ctx, people.Actor{Locale: i18n.Hans}, policies.StaleFilter{Kind: policies.CitingCourse, Source: slug})
	for _, c := range again {
		if first := map[string]int{"第二条": 2, "第3条": 3}[c.Clause]; c.Since != first || c.Changed != 3 {
			t.Errorf("%s changed in version %d first and in %d last", c.Clause, c.Since, c.Changed)
		}
	}
	if err := st.policies.ReviewCitation(ctx, people.System(), policies.ReviewInput{ID: list[0].ID, Changed: 2}); errs.KindOf(err) != errs.NotFound {
		t.Errorf("a review of an older change than the newest: %v", err)
	}
	st.publish(t, lessonCiting("第二条", "第四条"))
	if got := st.stale(t); got != "" {
		t.Errorf("a new revision cites the newest version: %s", got)
	}
}

func TestACitationThatNothingBearsOutIsRefusedWithItsLine(t *testing.T) {
	st := newStage(t, testdb.Tx(t))
	st.rules(t, firstRules, false)
	_, err := st.Publish(context.Background(), people.System(), folder(map[string]string{
		"lessons/01-receive.zh-Hans.md": "# 第一课\n\n见[九](policy:RULES#第九条)\n\n和[无](policy:NONE#第一条)。\n",
	}), true, 0)
	var refused *errs.Error
	if !errors.As(err, &refused) || len(refused.Faults) != 2 {
		t.Fatalf("%v", err)
	}
	if f := refused.Faults; f[0].Code != "policies.cited_clause_unknown" || f[1].Code != "policies.cited_unknown" || f[1].Place.Line != 5 {
		t.Errorf("%+v", f)
	}
	if n := st.count(t, `SELECT count(*) FROM course_revisions`); n != 0 {
		t.Errorf("%d revisions were made", n)
	}
}

// What changed before the version that a draft is written against waits for its review
// already: it is not this draft's doing.
func TestADraftIsAnsweredForByWhatItChangesItself(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	st.rules(t, firstRules, false)
	st.publish(t, lessonCiting("第3条", "第二条"))
	st.rules(t, nextRules, false)
	unit, path := testdb.Unit(t, st.db, 0)
	d, err := st.policies.SaveDraft(ctx, writer(t, st.db, unit, path, people.Author), policies.SaveInput{Code: "RULES", Content: policies.Content{EffectiveFrom: "2026-12-01",
		Titles: i18n.Texts{i18n.Hans: "投诉办法"}, Texts: i18n.Texts{i18n.Hans: strings.Replace(nextRules, "应当登记", "应当当日登记", 1)}}})
	if err != nil {
		t.Fatal(err)
	}
	effects, err := st.policies.DraftEffects(ctx, people.System(), d.ID)
	stale := effects.Stale
	if err != nil || len(stale) != 1 || stale[0].Clause != "第3条" || stale[0].Now != "第四条" || stale[0].Fate != "changed" || stale[0].ClauseName != "第三条" {
		t.Errorf("%+v, %v", stale, err)
	}
	list, err := st.policies.StaleCitations(ctx, people.Actor{Locale: i18n.Hans}, policies.StaleFilter{})
	if err != nil || len(list) != 2 || list[0].ClauseName != "第二条" || list[1].ClauseName != "第三条" {
		t.Errorf("not in the order of the clauses: %+v, %v", list, err)
	}
}

func TestALessonIsCalledByItsTitle(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	st.publish(t, nil)
	titles, err := st.LessonTitles(ctx, []string{"complaint-handling", "other"}, i18n.Hans)
	if err != nil || len(titles) != 1 || titles["complaint-handling"]["receive"] == "" {
		t.Errorf("%v, %v", titles, err)
	}
}
