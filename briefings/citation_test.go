package briefings

import (
	"context"
	"strings"
	"testing"

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

func TestABriefingThatCitesAClauseIsStaleToo(t *testing.T) {
	st := newStage(t, testdb.Tx(t))
	st.rules(t, firstRules, false)
	_, err := st.Publish(context.Background(), people.System(), Input{Month: "2026-11", Texts: map[i18n.Locale]Text{
		i18n.Hans: {Title: "简报", Changes: "[第二条](policy:RULES#第二条)改了。", Impact: "影响。", Plan: "[全文](policy:RULES)。"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	st.rules(t, nextRules, false)
	if got := st.stale(t); got != "2026-11 plan  changed \n2026-11 changes 第二条 changed 第二条" {
		t.Errorf("%s", got)
	}
}
