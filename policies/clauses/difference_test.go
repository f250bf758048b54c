package clauses

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const law = "# 某办法\n\n## 第一章 总则\n\n" +
	"第一条 为了规范客户投诉处理工作，保护客户合法权益，制定本办法。\n\n" +
	"第二条 本办法适用于总行各部门及各分支机构的全体员工。\n\n" +
	"第三条 受理投诉后，应当在四十八小时内联系客户，并在七个工作日内反馈初步处理结果。\n\n" +
	"## 第二章 责任\n\n" +
	"第四条 每件投诉应当指定一名责任人；责任人变更的，不重新计算时限。责任人休假的，由其直接主管代理，代理期间的时限照常计算。\n\n" +
	"第五条 投诉资料自办结之日起保存三年，法律另有规定的从其规定。\n\n" +
	"第六条 本办法自发布之日起施行。\n"

// told lists the pairs that are not simply the same: change old>new.
func told(d Difference) string {
	var list []string
	for _, p := range d.Pairs {
		if p.Change == Same && !p.Renumbered && !p.Moved {
			continue
		}
		words := string(p.Change)
		if p.Renumbered {
			words += "+renumbered"
		}
		if p.Moved {
			words += "+moved"
		}
		list = append(list, fmt.Sprintf("%s %s>%s", words, addresses(d.Old, p.Old), addresses(d.New, p.New)))
	}
	return strings.Join(list, "; ")
}

func addresses(d Document, places []int) string {
	list := make([]string, len(places))
	for i, place := range places {
		list[i] = d.Clauses[place].Address
	}
	return strings.Join(list, ",")
}

func TestWhatBecameOfEachClauseIsNamed(t *testing.T) {
	replace := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(law) }
	for name, c := range map[string]struct{ new, want string }{
		"nothing":                {law, ""},
		"another width and case": {replace("，保护", ", 保护"), "typographic 1>1"},
		"a word":                 {replace("三年", "五年"), "changed 5>5"},
		"a clause added renumbers those behind": {
			replace("## 第二章", "第四条 投诉不得拒收，也不得以任何理由推诿给其他部门。\n\n## 第二章", "第四条", "第五条", "第五条", "第六条", "第六条", "第七条"),
			"added >4; same+renumbered 4>5; same+renumbered 5>6; same+renumbered 6>7"},
		"a clause removed renumbers those behind": {
			strings.NewReplacer("第二条 本办法适用于总行各部门及各分支机构的全体员工。\n\n", "", "第三条", "第二条", "第四条", "第三条", "第五条", "第四条", "第六条", "第五条").Replace(law),
			"removed 2>; same+renumbered 3>2; same+renumbered 4>3; same+renumbered 5>4; same+renumbered 6>5"},
		"renumbered and changed": {
			replace("第五条 投诉资料自办结之日起保存三年", "第五条 本条新增：建立台账并由专人管理，每月核对一次。\n\n第六条 投诉资料自办结之日起保存五年", "第六条 本", "第七条 本"),
			"added >5; changed+renumbered 5>6; same+renumbered 6>7"},
		"moved to another place": {
			replace("第二条 本办法适用于总行各部门及各分支机构的全体员工。\n\n", "", "第六条 本办法", "第七条 本办法适用于总行各部门及各分支机构的全体员工。\n\n第六条 本办法"),
			"same+renumbered+moved 2>7"},
		"split in two": {
			replace("不重新计算时限。责任人休假的，由其直接主管代理，代理期间的时限照常计算。", "不重新计算时限。\n\n第五条 责任人休假的，由其直接主管代理，代理期间的时限照常计算。", "第五条 投", "第六条 投", "第六条 本", "第七条 本"),
			"split 4>4,5; same+renumbered 5>6; same+renumbered 6>7"},
		"a heading reworded": {replace("第二章 责任", "第二章 责任人"), "changed ch2>ch2"},
		"everything else":    {"第一条 天气晴朗，适合郊游踏青。\n第二条 记得带水和午餐便当盒。\n", "removed 某办法>; removed ch1>; removed 1>; removed 2>; removed 3>; removed ch2>; removed 4>; removed 5>; removed 6>; added >1; added >2"},
	} {
		t.Run(name, func(t *testing.T) {
			d := Compare(law, c.new)
			check(t, name, d, law, c.new)
			if got := told(d); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
	t.Run("merged: a split the other way round", func(t *testing.T) {
		two := strings.NewReplacer("不重新计算时限。责任人休假的", "不重新计算时限。\n\n第五条 责任人休假的", "第五条 投", "第六条 投", "第六条 本", "第七条 本").Replace(law)
		if got, want := told(Compare(two, law)), "merged 4,5>4; same+renumbered 6>5; same+renumbered 7>6"; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
}

func TestAClauseIsFoundAgainWhereverItStands(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"a line break in a sentence": {"第一条 应当在\n3个工作日\n内报告，不得\n迟延。\n", "第一条 应当在3个工作日内报告，不得迟延。\n", "typographic 1>1"},
		"a short clause with another word, moved": {
			"第一条 本办法由总行负责解释。\n第二条 投诉应当登记。\n第三条 登记后应当核实身份并联系客户。\n",
			"第一条 投诉应当登记。\n第二条 登记后应当核实身份并联系客户。\n第三条 本办法由分行负责解释。\n",
			"same+renumbered 2>1; same+renumbered 3>2; changed+renumbered+moved 1>3"},
		"the more alike wins over the neighbour": {
			"第一条 违反规定未登记投诉的，责令改正，处一万元罚款。\n第二条 违反规定未报告投诉的，责令改正，处三万元罚款。\n",
			"第一条 违反规定未报告投诉的，责令改正，处五万元罚款。\n第二条 天气晴朗适合郊游踏青。\n",
			"removed 1>; changed+renumbered 2>1; added >2"},
		"the other script": {
			"第一條 經辦人應當聯繫客戶，並登記。\n第二條 投訴資料保存三年。\n",
			"第一条 经办人应当联系客户，并登记。\n第二条 投诉资料保存五年。\n",
			"changed 1>1; changed 2>2"},
		"most of an article goes elsewhere": {
			"第一条 应当登记。登记在当日完成，并由经办人签字确认后交存。\n第二条 每月核对台账，发现不符的报告支行行长处理，不得隐瞒不报或者拖延。\n",
			"第一条 应当登记。\n第二条 每月核对台账，发现不符的报告支行行长处理，不得隐瞒不报或者拖延。\n",
			"changed 1>1"},
		"an annex": {
			"第一条 本办法自发布之日起施行。\n\n附件1 登记表\n\n编号、姓名\n",
			"第一条 本办法自发布之日起施行。\n\n附件1 登记表\n\n编号、姓名、电话\n",
			"changed 附件1登记表>附件1登记表"},
		"two change places with a word each": {
			"第一条 客户经理不得承诺收益或者代客签字。\n第二条 支行每月向总行报送投诉情况。\n",
			"第一条 支行每季向总行报送投诉情况。\n第二条 客户经理不得承诺收益或者代替客户签字。\n",
			"changed+renumbered+moved 2>1; changed+renumbered 1>2"},
	} {
		t.Run(name, func(t *testing.T) {
			d := Compare(c.old, c.new)
			check(t, name, d, c.old, c.new)
			if got := told(d); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// A clause of which a word or two are others is one clause, whatever else moves.
func TestAClauseWithAnotherWordIsNeverRemovedAndAdded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 11))
		old := articles(random, rapid.IntRange(2, 40).Draw(t, "articles"))
		for i := range old {
			runes := []rune(old[i])
			old[i] = string(runes[:12+random.IntN(len(runes)-12)]) + "。"
		}
		edited := append([]string{}, old...)
		for i, a := range edited {
			runes := []rune(a)
			at := 1 + random.IntN(len(runes)-4)
			edited[i] = string(runes[:at]) + []string{"经理", "网点", "客户"}[random.IntN(3)] + string(runes[at+2:])
		}
		random.Shuffle(len(edited), func(i, j int) { edited[i], edited[j] = edited[j], edited[i] })
		d := Compare(write(old), write(edited))
		for _, p := range d.Pairs {
			if p.Change == Removed || p.Change == Added {
				t.Fatalf("%s", told(d))
			}
		}
	})
}

// marked writes runs as [-deleted-]{+inserted+}.
func marked(list []Run) string {
	var b strings.Builder
	for _, r := range list {
		switch r.Op {
		case Delete:
			b.WriteString("[-" + r.Text + "-]")
		case Insert:
			b.WriteString("{+" + r.Text + "+}")
		default:
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

func TestChineseWordsAreNotTornToConfetti(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"a word in the middle":             {"县级以上农业行政主管部门负责监督。", "县级以上农业农村主管部门负责监督。", "县级以上农业[-行政-]{+农村+}主管部门负责监督。"},
		"an insertion":                     {"行政部门负责。", "行政管理部门负责。", "行政{+管理+}部门负责。"},
		"a letter that happens to be both": {"应当在三日内报告总行。", "应当于五个工作日内报告总行。", "应当[-在三日-]{+于五个工作日+}内报告总行。"},
		"a number is whole":                {"保存 12 个月。", "保存 120 个月。", "保存 [-12-]{+120+} 个月。"},
		"a Latin word is whole":            {"The employee reports.", "The employees report.", "The [-employee reports-]{+employees report+}."},
		"a sentence added":                 {"甲应当报告。丙不得隐瞒。", "甲应当报告。乙应当核实并在当日登记。丙不得隐瞒。", "甲应当报告。{+乙应当核实并在当日登记。+}丙不得隐瞒。"},
		"nothing in common":                {"天气晴朗。", "保存三年。", "[-天气晴朗。-]{+保存三年。+}"},
		"a term is whole":                  {"由国务院规定。", "由国家规定。", "由[-国务院-]{+国家+}规定。"},
		"a term of another script":         {"由國務院規定。", "由國家規定。", "由[-國務院-]{+國家+}規定。"},
		"a word that shares its first":     {"资料应当保存。", "资料应当保管。", "资料应当[-保存-]{+保管+}。"},
		"a word that shares its last":      {"由总行负责解释。", "由分行负责解释。", "由[-总行-]{+分行+}负责解释。"},
		"a clause that is spoken of":       {"依照本法第十六条的规定。", "依照本法第二十八条的规定。", "依照本法[-第十六条-]{+第二十八条+}的规定。"},
		"a clause inserted, spoken of":     {"依照第十二条处理。", "依照第十二条之一处理。", "依照[-第十二条-]{+第十二条之一+}处理。"},
		"a number in Chinese":              {"应当在四十八小时内联系。", "应当在二十四小时内联系。", "应当在[-四十八-]{+二十四+}小时内联系。"},
		"a number that grows":              {"保存十年。", "保存二十年。", "保存[-十-]{+二十+}年。"},
		"a share":                          {"不超过百分之五。", "不超过百分之十五。", "不超过[-百分之五-]{+百分之十五+}。"},
		"a number with decimals":           {"利率为3.5%。", "利率为3.85%。", "利率为[-3.5%-]{+3.85%+}。"},
		"a number with separators":         {"金额1,000元。", "金额11,000元。", "金额[-1,000-]{+11,000+}元。"},
		"beyond the basic plane":           {"𠮷田负责。", "𠮷野负责。", "𠮷[-田-]{+野+}负责。"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := marked(compareText(c.old, c.new)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAnotherNumberIsAnotherNumberAsAWhole(t *testing.T) {
	d := Compare("第二十六条 公司不得。\n第二十七条 各单位应当。\n", "第二十六条 新增而且很长的一条规定。\n第二十七条 公司不得。\n第二十八条 各单位应当。\n")
	for _, p := range d.Pairs {
		if p.Renumbered && !strings.Contains(marked(p.Runs), "条-]{+第") {
			t.Errorf("the number is torn: %s", marked(p.Runs))
		}
	}
}

func TestAnyTwoTextsAreRebuilt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old := anyText(t, "old")
		new := anyText(t, "new")
		if rapid.Bool().Draw(t, "related") {
			new = strings.Replace(old, "应当", "可以", 1) + new
		}
		d := Compare(old, new)
		if d.OldText() != old || d.NewText() != new {
			t.Fatalf("%q and %q became %q and %q", old, new, d.OldText(), d.NewText())
		}
	})
}

// statute writes a law of so many articles, none like another.
func articles(random *rand.Rand, n int) []string {
	words := []rune("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严")
	list := make([]string, n)
	for i := range list {
		var b strings.Builder
		for range 3 {
			for range 18 + random.IntN(20) {
				b.WriteRune(words[random.IntN(len(words))])
			}
			b.WriteString("。")
		}
		list[i] = b.String()
	}
	return list
}

func write(articles []string) string {
	var b strings.Builder
	for i, a := range articles {
		fmt.Fprintf(&b, "第%d条 %s\n\n", i+1, a)
	}
	return b.String()
}

// Edits of every kind at once: what was not touched is the same, whatever its
// number became.
func TestUntouchedClausesAreTheSameUnderAnyNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 7))
		old := articles(random, rapid.IntRange(2, 60).Draw(t, "articles"))
		var edited []string
		untouched := map[string]bool{}
		for _, a := range old {
			switch random.IntN(10) {
			case 0: // removed
			case 1:
				edited = append(edited, articles(random, 1)[0], a)
				untouched[a] = true
			case 2:
				edited = append(edited, strings.Replace(a, "。", "，但另有规定的除外。", 1))
			default:
				edited = append(edited, a)
				untouched[a] = true
			}
		}
		d := Compare(write(old), write(edited))
		for _, p := range d.Pairs {
			for _, i := range p.Old {
				body := strings.TrimSpace(d.Old.Clauses[i].Body())
				if untouched[body] && p.Change != Same {
					t.Fatalf("%s was not touched and is %s", d.Old.Clauses[i].Number, p.Change)
				}
			}
		}
	})
}

// A law of 34,000 characters against its next version; the product promises less
// than 300 ms.
func BenchmarkCompare(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	old := articles(random, 390)
	next := append([]string{}, old...)
	for i := range next {
		if i%3 == 0 {
			next[i] = strings.Replace(next[i], "。", "，并应当于当日登记。", 1)
		}
	}
	next = append(next[:40], append(articles(random, 5), next[45:]...)...)
	a, c := write(old), write(next)
	b.ReportMetric(float64(len([]rune(a))), "characters")
	for b.Loop() {
		Compare(a, c)
	}
}
