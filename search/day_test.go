package search

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"anwen/internal/database"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/policies"
)

// clock is the time of a test, noon of a day in Shanghai.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func (c *clock) set(day string) {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	c.at = at.Add(4 * time.Hour)
}

func publishFrom(t *testing.T, db *database.Pool, code, from, title string, texts i18n.Texts) {
	t.Helper()
	titles := i18n.Texts{}
	for l := range texts {
		titles[l] = title
	}
	_, err := policies.New(db, time.Now).Publish(context.Background(), people.System(), policies.PublishInput{Code: code, Titles: titles, EffectiveFrom: from, Texts: texts})
	if err != nil {
		t.Fatal(err)
	}
}

// finds lists what is found as code, version and clause, with the date of what is not
// in force yet.
func finds(t *testing.T, s *Service, l i18n.Locale, query string) []string {
	t.Helper()
	found, err := s.Find(context.Background(), people.Actor{Locale: l, Zone: "Asia/Shanghai"}, query, 20)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, f := range found {
		hit := fmt.Sprintf("%s/%d %s", f.Code, f.Number, f.Heading)
		if !f.InForce {
			hit += " from " + f.EffectiveFrom
		}
		list = append(list, hit)
	}
	return list
}

func caughtUp(t *testing.T, s *Service) int {
	t.Helper()
	n, err := s.CatchUp(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTheTextInForceIsFoundAndOneToComeSaysSo(t *testing.T) {
	db, c := testdb.Tx(t), &clock{}
	s := New(db, c.now)
	c.set("2026-11-30")
	publishFrom(t, db, "P-1", "2026-01-01", "答复办法", i18n.Texts{i18n.Hans: "第一条 首次答复为48小时。\n", i18n.English: "**Article 1** First answer within 48 hours.\n"})
	caughtUp(t, s)
	publishFrom(t, db, "P-1", "2026-12-31", "答复办法", i18n.Texts{i18n.Hans: "第一条 首次答复为36小时。\n"})
	caughtUp(t, s)
	if n := caughtUp(t, s); n != 0 {
		t.Errorf("%d sources changed, though nothing was published", n)
	}
	check := func(day string, l i18n.Locale, query string, want ...string) {
		t.Helper()
		c.set(day)
		if got := finds(t, s, l, query); !slices.Equal(got, want) {
			t.Errorf("on %s %s finds %q, want %q", day, query, got, want)
		}
	}
	check("2026-11-30", i18n.Hans, "48小时", "P-1/1 第一条")
	check("2026-11-30", i18n.Hans, "36小时", "P-1/2 第一条 from 2026-12-31")
	check("2026-11-30", i18n.Hans, "首次答复", "P-1/1 第一条", "P-1/2 第一条 from 2026-12-31")
	check("2026-11-30", i18n.English, "first answer", "P-1/1 ")
	check("2026-11-30", i18n.English, "36小时", "P-1/2 第一条 from 2026-12-31")
	check("2026-12-30", i18n.Hans, "48小时", "P-1/1 第一条")
	// The day comes, and nothing runs: neither the index nor the program.
	check("2026-12-31", i18n.Hans, "48小时")
	check("2026-12-31", i18n.Hans, "36小时", "P-1/2 第一条")
	check("2026-12-31", i18n.English, "36小时", "P-1/2 第一条")

	c.set("2027-01-02")
	if n := caughtUp(t, s); n != 1 {
		t.Errorf("%d sources changed, want the replaced version dropped", n)
	}
	if err := db.Exec(`INSERT INTO policy_repeals (policy_id, effective_from, reason, repealed_at) SELECT id, '2027-03-01', 'x', now() FROM policies WHERE code = 'P-1'`).Error; err != nil {
		t.Fatal(err)
	}
	caughtUp(t, s)
	check("2027-02-28", i18n.Hans, "36小时", "P-1/2 第一条")
	check("2027-03-01", i18n.Hans, "36小时")
}

func TestTheDayIsThatOfTheReader(t *testing.T) {
	db, c := testdb.Tx(t), &clock{at: time.Date(2026, 12, 30, 17, 0, 0, 0, time.UTC)}
	s := New(db, c.now)
	publishFrom(t, db, "P-1", "2026-01-01", "答复办法", i18n.Texts{i18n.Hans: "第一条 首次答复为48小时。\n"})
	publishFrom(t, db, "P-1", "2026-12-31", "答复办法", i18n.Texts{i18n.Hans: "第一条 首次答复为36小时。\n"})
	caughtUp(t, s)
	for zone, want := range map[string]int{"Asia/Shanghai": 2, "UTC": 1, "America/Los_Angeles": 1} {
		found, err := s.Find(context.Background(), people.Actor{Locale: i18n.Hans, Zone: zone}, "首次答复", 1)
		if err != nil || len(found) != 1 || found[0].Number != want || !found[0].InForce {
			t.Errorf("%s: %+v, %v", zone, found, err)
		}
	}
}

// So many sections of a version to come take no place from the one in force.
func TestAVersionToComeHidesNoneInForce(t *testing.T) {
	db, c := testdb.Tx(t), &clock{}
	s := New(db, c.now)
	c.set("2026-11-30")
	var long string
	for i := range 2 * ranked {
		long += fmt.Sprintf("第%d条 首次答复，首次答复。\n\n", i+1)
	}
	publishFrom(t, db, "P-0", "2027-01-01", "首次答复", i18n.Texts{i18n.Hans: long})
	publishFrom(t, db, "P-1", "2026-01-01", "办法", i18n.Texts{i18n.Hans: "第一条 首次答复。\n"})
	caughtUp(t, s)
	if got := finds(t, s, i18n.Hans, "首次答复"); len(got) != 20 || got[0] != "P-1/1 第一条" {
		t.Errorf("finds %q", got)
	}
}

func TestAClauseIsFoundByTheTitleInShort(t *testing.T) {
	db := testdb.Tx(t)
	s := New(db, time.Now)
	law := "第一条 目的。\n\n第二条 见第三条。\n\n第三条 期限为三日，应当答复。\n"
	for code, title := range map[string]string{"TS-01": "客户投诉处理管理办法", "TS-02": "理财销售管理办法", "TS-03": "个人信息保护办法", "TS-04": "诉讼案件处理办法"} {
		publishFrom(t, db, code, "2026-01-01", title, i18n.Texts{i18n.Hans: law})
	}
	publishFrom(t, db, "TS-05", "2026-01-01", "Customer complaint handling rules", i18n.Texts{i18n.English: "**Article 3** Three days.\n"})
	caughtUp(t, s)
	for query, want := range map[string]string{
		"投诉处理办法第三条":       "TS-01/1 第三条",
		"《投诉处理办法》第3条":     "TS-01/1 第三条",
		"投訴處理辦法的第三條":      "TS-01/1 第三条",
		"投诉办法 第三条":        "TS-01/1 第三条",
		"客户投诉处理管理办法第三条":   "TS-01/1 第三条",
		"TS-01 投诉办法 第三条":  "TS-01/1 第三条",
		"投诉处理办法第三条 答复":    "TS-01/1 第三条",
		"个保办法第三条":         "TS-03/1 第三条",
		"办法投诉第三条":         "",
		"投诉处理办法第四条":       "",
		"投诉处理办法":          "",
		"投诉管理办法条例第三条":     "",
		"办理第三条":           "",
		"custom 投诉办法第三条":  "",
		"complaint 第三条 无": "",
	} {
		got := finds(t, s, i18n.Hans, query)
		if want == "" && len(got) > 0 || want != "" && (len(got) == 0 || got[0] != want) {
			t.Errorf("%s finds %q, want %q first", query, got, want)
		}
		for _, hit := range got {
			if want != "" && hit[:5] != want[:5] {
				t.Errorf("%s finds %s, of another policy", query, hit)
			}
		}
	}
}

func TestTheWholeTitleStandsBeforeOthersThatItIsShortFor(t *testing.T) {
	db := testdb.Tx(t)
	s := New(db, time.Now)
	for _, p := range [][2]string{{"TS-01", "客户投诉处理管理办法"}, {"TS-02", "投诉处理办法"}} {
		publishFrom(t, db, p[0], "2026-01-01", p[1], i18n.Texts{i18n.Hans: "第二条 见第三条。\n\n第三条 期限。\n"})
	}
	caughtUp(t, s)
	got := finds(t, s, i18n.Hans, "投诉处理办法第三条")
	if len(got) != 4 || got[0] != "TS-02/1 第三条" || !slices.Contains(got[:3], "TS-01/1 第三条") {
		t.Errorf("finds %q", got)
	}
}
