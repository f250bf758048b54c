package briefings

import (
	"context"
	"slices"
	"strings"
	"testing"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
)

const briefingHans = `---
month: 2026-11
title: 十一月政策更新
policies:
  - {code: complaint-policy, version: 2}
---

## 本月变化

首次回复改为**48小时**。

## 对我行业务的影响

网点须当日登记。

### 柜面

甲

## 调整方案

十二月前完成培训。
`

func english(s string) []byte {
	return []byte(strings.NewReplacer("十一月政策更新", "Policy update", "本月变化", "Changes").Replace(s))
}

func TestABriefingIsReadFromItsFiles(t *testing.T) {
	in, err := ReadFiles(map[i18n.Locale][]byte{i18n.Hans: []byte(briefingHans), i18n.English: english(briefingHans)})
	if err != nil {
		t.Fatal(err)
	}
	hans := in.Texts[i18n.Hans]
	if in.Month != "2026-11" || hans.Title != "十一月政策更新" || hans.Changes != "首次回复改为**48小时**。" ||
		!strings.Contains(hans.Impact, "### 柜面") || hans.Plan != "十二月前完成培训。" ||
		!slices.Equal(in.Policies, []PolicyRef{{Code: "complaint-policy", Number: 2}}) || in.Texts[i18n.English].Title != "Policy update" {
		t.Errorf("%+v", in)
	}
}

func TestWhatIsWrongInABriefingIsRefusedWithItsLine(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"a month that is none": {"2026-11", "2026-13", "zh-Hans.md:2 briefings.month_refused"},
		"an unknown key":       {"month:", "months: a\nmonth:", "zh-Hans.md:2 frontmatter.unknown_key"},
		"no title":             {"title: 十一月政策更新\n", "", "zh-Hans.md:1 frontmatter.key_missing"},
		"a version as a word":  {"version: 2", "version: two", "zh-Hans.md:5 frontmatter.number_expected"},
		"policies not a list":  {"\n  - {code: complaint-policy, version: 2}", " a", "zh-Hans.md:4 frontmatter.list_expected"},
		"two sections":         {"## 调整方案", "调整方案", "zh-Hans.md:7 briefings.three_sections_expected"},
		"four sections":        {"### 柜面", "## 柜面", "zh-Hans.md:7 briefings.three_sections_expected"},
		"an empty section":     {"首次回复改为**48小时**。", "", "zh-Hans.md:8 briefings.section_empty"},
		"text above":           {"## 本月变化", "前言\n\n## 本月变化", "zh-Hans.md:8 briefings.text_before_sections"},
		"a picture":            {"甲", "![甲](../images/a.png)", "zh-Hans.md:18 markdown.image_unknown"},
		"a script link":        {"甲", "[甲](javascript:alert(1))", "zh-Hans.md:18 markdown.link_refused"},
		"no front matter":      {"---\nmonth", "month", "zh-Hans.md:1 frontmatter.missing"},
	} {
		_, err := ReadFiles(map[i18n.Locale][]byte{i18n.Hans: []byte(strings.Replace(briefingHans, c.old, c.new, 1))})
		if got := places(err); !slices.Equal(got, []string{c.want}) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	_, err := ReadFiles(map[i18n.Locale][]byte{i18n.Hans: []byte(briefingHans), i18n.English: []byte(strings.Replace(briefingHans, "2026-11", "2026-10", 1))})
	if got := places(err); !slices.Equal(got, []string{"en.md:1 briefings.languages_differ"}) {
		t.Errorf("%q", got)
	}
	if _, err := ReadFiles(nil); errs.KindOf(err) != errs.Invalid {
		t.Error(err)
	}
}

// policy inserts versions 1 and 2 of a policy.
func policy(t *testing.T, db *database.Pool, code string) {
	t.Helper()
	err := db.Exec(`WITH p AS (INSERT INTO policies (code, titles, created_at) VALUES (?, '{"zh-Hans":"投诉管理办法"}', now()) RETURNING id)
		INSERT INTO policy_versions (policy_id, number, titles, effective_from, sha256, published_at)
		SELECT id, n, '{"zh-Hans":"投诉管理办法"}', '2026-01-01', decode(repeat('00', 32), 'hex'), now() FROM p, generate_series(1, 2) n`, code).Error
	if err != nil {
		t.Fatal(err)
	}
}

func TestABriefingIsPublishedReadAndRevised(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	policy(t, st.db, "complaint-policy")
	unit, path := testdb.Unit(t, st.db, 0)
	boss, reader := officer(unit, path), st.employee(t, unit)
	in, err := ReadFiles(map[i18n.Locale][]byte{i18n.Hans: []byte(briefingHans), i18n.English: english(briefingHans)})
	if err != nil {
		t.Fatal(err)
	}

	dry := in
	dry.DryRun = true
	if r, err := st.Publish(ctx, boss, dry); err != nil || r.Revision != 1 || !r.DryRun {
		t.Errorf("%+v %v", r, err)
	}
	if list, err := st.List(ctx, reader); err != nil || len(list) != 0 {
		t.Errorf("a dry run shows: %+v %v", list, err)
	}
	if r, err := st.Publish(ctx, boss, in); err != nil || r.Revision != 1 {
		t.Errorf("%+v %v", r, err)
	}
	if r, err := st.Publish(ctx, boss, in); err != nil || r.Revision != 1 || !r.Unchanged {
		t.Errorf("%+v %v", r, err)
	}
	page, err := st.Briefing(ctx, reader, "2026-11")
	if err != nil || page.Read || page.Locale != i18n.Hans || page.ChangesHTML != "<p>首次回复改为<strong>48小时</strong>。</p>" ||
		len(page.Policies) != 1 || page.Policies[0].Title != "投诉管理办法" || page.Policies[0].Number != 2 || page.Policies[0].Acknowledged {
		t.Errorf("%+v %v", page, err)
	}
	for range 2 {
		if _, err := st.MarkRead(ctx, reader, "2026-11", 1, nil); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := st.List(ctx, reader); err != nil || len(list) != 1 || !list[0].Read {
		t.Errorf("%+v %v", list, err)
	}
	text := in.Texts[i18n.Hans]
	text.Plan = "十一月底前完成培训。"
	in.Texts[i18n.Hans] = text
	if r, err := st.Publish(ctx, boss, in); err != nil || r.Revision != 2 {
		t.Errorf("%+v %v", r, err)
	}
	if page, err := st.Briefing(ctx, reader, "2026-11"); err != nil || page.Read || page.Revision != 2 || !strings.Contains(page.PlanHTML, "十一月底") {
		t.Errorf("the new revision counts as read: %+v %v", page, err)
	}
	if n := st.count(t, `SELECT count(*) FROM briefing_reads`); n != 1 {
		t.Errorf("%d readings", n)
	}
}

func TestABriefingIsRefusedFieldByField(t *testing.T) {
	st, ctx := newStage(t, testdb.Tx(t)), context.Background()
	unit, path := testdb.Unit(t, st.db, 0)
	in := Input{
		Month:    "2026-1",
		Texts:    map[i18n.Locale]Text{i18n.Hant: {Changes: "a", Impact: "[x](javascript:1)"}},
		Policies: []PolicyRef{{"none", 1}, {"none", 1}},
	}
	_, err := st.Publish(ctx, officer(unit, path), in)
	want := []string{
		"body.month briefings.month_refused", "body.texts briefings.language_missing", "body.texts.zh-Hant.title briefings.title_refused",
		"1:body.texts.zh-Hant.impact markdown.link_refused", "body.texts.zh-Hant.plan briefings.section_empty",
		"body.policies[0] briefings.policy_unknown", "body.policies[1] briefings.policy_twice",
	}
	if got := places(err); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if _, err := st.Publish(ctx, people.Actor{Grants: []people.Grant{{Role: people.Author, UnitPath: "/"}}}, in); errs.KindOf(err) != errs.Forbidden {
		t.Error(err)
	}
	for _, month := range []string{"", "2026-12", "x"} {
		if _, err := st.Briefing(ctx, people.Actor{}, month); errs.KindOf(err) != errs.NotFound {
			t.Errorf("%q: %v", month, err)
		}
		if _, err := st.MarkRead(ctx, people.Actor{}, month, 1, nil); errs.KindOf(err) != errs.NotFound {
			t.Errorf("%q: %v", month, err)
		}
	}
}
