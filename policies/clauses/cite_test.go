package clauses

import (
	"strings"
	"testing"
)

const oldRules = "第一章 总则\n\n第一条 为规范投诉处理,制定本办法。\n\n第二条 一般投诉应当在四十八小时内回复。\n\n第二章 处理\n\n第三条 经办人应当登记投诉。\n\n第四条 支行每月报送一次投诉情况,并说明原因、整改措施和责任人。\n"
const newRules = "第一章 总则\n\n第一条 为规范投诉处理,制定本办法。\n\n第二条 一般投诉应当在二十四小时内回复。\n\n第三条 客户可以书面撤回投诉,撤回不影响另行投诉。\n\n第二章 处理\n\n第四条 经办人应当登记投诉。\n"

func TestACitationIsFoundByAddressNumberOrHeading(t *testing.T) {
	rules := Parse(oldRules)
	for citation, address := range map[string]string{
		"第二条": "2", "第2条": "2", "2": "2", " 第二条 ": "2", "第二章": "ch2", "总则": "ch1", "第９条": "", "": "", "第二": "",
	} {
		found := rules.Find(citation)
		if address == "" && len(found) != 0 || address != "" && (len(found) != 1 || found[0].Address != address) {
			t.Errorf("%q: %+v, want %q", citation, found, address)
		}
	}
	english := Parse("# Rules\n\n## 4. Scope\n\n4.2 All branches are bound.\n\n4.3 So are agents.\n")
	for citation, address := range map[string]string{"4.2": "4.2", "4.": "4", "Scope": "4", "scope": "4"} {
		if found := english.Find(citation); len(found) != 1 || found[0].Address != address {
			t.Errorf("%q: %+v, want %q", citation, found, address)
		}
	}
	twice := Parse("第一章 甲\n\n一、先登记投诉。\n\n第二章 乙\n\n一、先核对身份。\n")
	if n := len(twice.Find("一、")); n != 2 && len(twice.Clauses) > 3 {
		t.Errorf("一、 stands twice and was found %d times", n)
	}
}

func TestTheFateOfACitedClause(t *testing.T) {
	d := Compare(oldRules, newRules)
	for address, want := range map[string]struct {
		fate Fate
		now  string
	}{
		"1": {Kept, "第一条"}, "2": {Reworded, "第二条"}, "3": {Renumbered, "第四条"}, "4": {Gone, ""},
		"ch1": {Reworded, "第一章"}, "ch2": {Reworded, "第二章"}, "none": {Gone, ""},
	} {
		fate, now := d.FateOf(address)
		name := ""
		if len(now) > 0 {
			name = now[0].Number
		}
		if fate != want.fate || name != want.now {
			t.Errorf("%s: %s now %q, want %s %q", address, fate, name, want.fate, want.now)
		}
	}
	rewritten := Compare(oldRules, strings.Replace(oldRules, "经办人应当登记投诉。", "本行每年七月检查档案库房的防火设施。", 1))
	if fate, now := rewritten.FateOf("3"); fate != Reworded || now[0].Number != "第三条" {
		t.Errorf("rewritten under the same number: %s %v", fate, now)
	}
	for _, c := range Parse(oldRules).Clauses {
		if fate, _ := Compare(oldRules, oldRules+"\n\n").FateOf(c.Address); fate != Kept {
			t.Errorf("%s of an unchanged text: %s", c.Address, fate)
		}
	}
}
