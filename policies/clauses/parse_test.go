package clauses

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNumerals(t *testing.T) {
	for written, want := range map[string]int{
		"一": 1, "十": 10, "十二": 12, "二十": 20, "二十三": 23, "一百": 100, "一百零三": 103, "一百一十": 110, "一百二十三": 123,
		"一千零二": 1002, "二〇二四": 2024, "两": 2, "12": 12, "１２": 12, "壹佰贰拾": 120, "〇": 0,
	} {
		if n, ok := ParseNumeral(written); !ok || n != want {
			t.Errorf("%s is %d, %v; want %d", written, n, ok, want)
		}
	}
	for _, written := range []string{"", "条", "百", "十百", "二百百", "一二百", "12345", "十二三", "一x"} {
		if n, ok := ParseNumeral(written); ok {
			t.Errorf("%q is no number, and was read as %d", written, n)
		}
	}
}

// outline lists the clauses as kind address number|title.
func outline(text string) []string {
	var list []string
	for _, c := range Parse(text).Clauses {
		list = append(list, strings.TrimSpace(string(c.Kind)+" "+c.Address+" "+c.Name()))
	}
	return list
}

func TestClausesAreRecognised(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"a statute with parts, chapters and sections": {
			"# 某法\n\n公布\n\n第一编 总则\n\n## 第一章 一般规定\n\n第一条 为了规范。\n\n第二款仍属第一条。\n\n第一节 例外\n\n第二条　本法所称。\n\n## 第二章 附则\n\n第三条 施行。\n",
			[]string{"heading 某法 某法", "part pt1 第一编 总则", "chapter pt1/ch1 第一章 一般规定", "article 1 第一条", "section pt1/ch1/s1 第一节 例外", "article 2 第二条", "chapter pt1/ch2 第二章 附则", "article 3 第三条"},
		},
		"an inserted article, Arabic and full-width numbers": {
			"第1条 甲\n第２条 乙\n第二條之一 丙\n第三条 丁\n",
			[]string{"article 1 第1条", "article 2 第２条", "article 2-1 第二條之一", "article 3 第三条"},
		},
		"a line that begins with a reference is no clause": {
			"第一条 甲。\n第二条 乙：\n第一条规定的情形除外。\n第三条丙没有空格。\n",
			[]string{"article 1 第一条", "article 2 第二条", "article 3 第三条"},
		},
		"numbers in bold, behind a list sign, with front matter": {
			"---\ntitle: 第一条 不是\n---\n**第一条** 甲\n\n**第二条** 乙\n",
			[]string{"preamble 0 preamble", "article 1 第一条", "article 2 第二条"},
		},
		"an English policy of numbered sections": {
			"# Travel\n\n## 1. Scope\nWho.\n\n### 1.1 Staff\nAll.\n\n1. an item\n2. another\n\n## 2. Limits\nHow much.\n",
			[]string{"heading travel Travel", "heading 1 1. Scope", "heading 1.1 1.1 Staff", "heading 2 2. Limits"},
		},
		"plain text with sections by name": {
			"Section 1. Scope\nThis applies.\nSection 4 of the Act says otherwise.\nSection 2. Duties\nDo it.\n",
			[]string{"numbered section-1 Section 1. Scope", "numbered section-2 Section 2. Duties"},
		},
		"English chapters and articles in bold": {
			"## Chapter 1 General\n\n**Article 1** These rules protect customers.\n\nArticle 1 of the Act is another thing.\n\n**Article 2** They bind everybody.\n",
			[]string{"heading chapter-1 Chapter 1 General", "numbered 1 Article 1", "numbered 2 Article 2"},
		},
		"an institution's own Chinese outline": {
			"一、总则\n为规范。\n（一）目的\n甲。\n（二）范围\n乙。\n二、附则\n丙。\n",
			[]string{"numbered 1 一、 总则", "numbered 1~2 （一） 目的", "numbered 2 （二） 范围", "numbered 2~2 二、 附则"},
		},
		"no structure: paragraphs": {
			"First words\ngo on.\n\n\nSecond.\n",
			[]string{"paragraph p1 paragraph", "paragraph p2 paragraph"},
		},
		"numbers that are set wide": {
			"第 一 章　总 则\n\n第 一 条　为了。\n\n第　十　二　条 之 一 甲。\n",
			[]string{"chapter ch1 第 一 章 总 则", "article 1 第 一 条", "article 12-1 第　十　二　条 之 一"},
		},
		"a wrapped line that begins with a reference": {
			"第一章 总则\n第一条 为了，制定本办法。\n第二条 违反的，按照\n第三条规定处理；情节严重的，依照本办法\n第三条处理，并适用\n第二章 的规定以及\n第三条 所列的措施。\n第三条 处理。\n第二章 附则\n第四条施行。\n",
			[]string{"chapter ch1 第一章 总则", "article 1 第一条", "article 2 第二条", "article 3 第三条", "chapter ch2 第二章 附则", "article 4 第四条"},
		},
		"items without a stop, and articles behind them": {
			"第一条 下列情形：\n（一）未登记的\n（二）超过时限的\n第二条应当改正。\n第三条 罚则\n第四条 附则\n",
			[]string{"article 1 第一条", "article 2 第二条", "article 3 第三条", "article 4 第四条"},
		},
		"a paragraph that begins with a reference to the next article": {
			"第一条 甲。\n\n第二条规定的情形除外。\n\n第二条 乙。\n\n第三条第一款不适用。\n\n第三条 丙。\n",
			[]string{"article 1 第一条", "article 2 第二条", "article 3 第三条"},
		},
		"a wrapped line that begins with a number": {
			"# 利率\n\n1. 总则\n贷款利率不得超过同期利率的\n3.5 倍，保存时间不少于\n5.0 年。\n\n2. 附则\n按照\n3. 办理。\n",
			[]string{"heading 利率 利率", "numbered 1 1. 总则", "numbered 2 2. 附则"},
		},
		"an English line that begins with a number of another text": {
			"1. Scope\nStaff report as set out in\n2. of the Act and in\nSection 4.\n2. Duties\nReport.\n",
			[]string{"numbered 1 1. Scope", "numbered 2 2. Duties"},
		},
		"numbers that Markdown is told to leave": {
			"1\\. 目的\n\n为了。\n\n2\\. 范围\n\n全体。\n",
			[]string{"numbered 1 1. 目的", "numbered 2 2. 范围"},
		},
		"inserted articles without a space": {
			"第一条甲。\n第二条乙。\n第二条之一丙。\n第二条之二丁。\n第三条戊。\n第二条之三规定的除外。\n",
			[]string{"article 1 第一条", "article 2 第二条", "article 2-1 第二条之一", "article 2-2 第二条之二", "article 3 第三条"},
		},
		"articles that begin again in each chapter": {
			"第一章 总则\n第一条甲。\n第二条乙。\n\n第二章 罚则\n\n第一条丙。\n第二条丁。\n",
			[]string{"chapter ch1 第一章 总则", "article 1 第一条", "article 2 第二条", "chapter ch2 第二章 罚则", "article 1~2 第一条", "article 2~2 第二条"},
		},
		"annexes behind the articles": {
			"第一条 甲，见\n附件1。\n第二条 乙。\n\n附件1：投诉登记表\n\n编号、姓名\n\n附录二\n\n词语\n\n附件一所列的材料由支行保存，期限届满后由支行负责人批准销毁，并登记造册后报总行备案留存。\n",
			[]string{"article 1 第一条", "article 2 第二条", "heading 附件1:投诉登记表 附件1：投诉登记表", "heading 附录二 附录二"},
		},
		"chapters over decimal numbers": {
			"第一章 总则\n1.1 目的\n甲。\n1.2 范围\n乙。\n第二章 处理\n2.1 登记\n丙。\n",
			[]string{"chapter ch1 第一章 总则", "numbered 1.1 1.1 目的", "numbered 1.2 1.2 范围", "chapter ch2 第二章 处理", "numbered 2.1 2.1 登记"},
		},
		"parts over Chinese numbers": {
			"第一部分 总则\n一、目的\n甲。\n第二部分 处理\n一、登记\n乙。\n",
			[]string{"part pt1 第一部分 总则", "numbered 1 一、 目的", "part pt2 第二部分 处理", "numbered 1~2 一、 登记"},
		},
		"decimal numbers without a space": {
			"1 总则\n1.1目的\n为了。\n1.2范围\n贷款利率为\n3.5倍。\n2.5倍以上的除外。\n2 处理\n2.1登记\n登记。\n",
			[]string{"numbered 1 1 总则", "numbered 1.1 1.1 目的", "numbered 1.2 1.2 范围", "numbered 2 2 处理", "numbered 2.1 2.1 登记"},
		},
		"Chinese numbers with a dot": {
			"一．总则\n甲。\n二. 附则\n乙。\n",
			[]string{"numbered 1 一． 总则", "numbered 2 二. 附则"},
		},
		"decimal numbers in full width": {
			"１．１ 目的\n甲。\n１．２ 范围\n乙。\n",
			[]string{"numbered 1.1 １．１ 目的", "numbered 1.2 １．２ 范围"},
		},
		"a number without a mark in a heading": {
			"# 1 总则\n甲。\n## 1.1 目的\n乙。\n",
			[]string{"heading 1 1 总则", "heading 1.1 1.1 目的"},
		},
		"a dash behind an English number": {
			"Section 2.1 – Scope\nWho.\nSection 2.2 - Duties\nDo it.\n",
			[]string{"numbered section-2.1 Section 2.1 – Scope", "numbered section-2.2 Section 2.2 - Duties"},
		},
		"English in capital letters, Roman numerals, the sign of a section": {
			"ARTICLE 1 SCOPE\nWho.\nArticle II. Duties\nDo it.\nArticle IV. End\n§ 5 Fees\nNone.\n§ 6 of the Act says otherwise.\n",
			[]string{"numbered 1 ARTICLE 1 SCOPE", "numbered 2 Article II. Duties", "numbered 4 Article IV. End", "numbered 5 § 5 Fees"},
		},
		"a code block holds no clauses": {
			"# One\n```\n# not a heading\n```\n# Two\n",
			[]string{"heading one One", "heading two Two"},
		},
		"nothing": {"", nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := outline(c.text); !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestParsingLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anyText(t, "text")
		d := Parse(text)
		if d.Text() != text {
			t.Fatalf("%q became %q", text, d.Text())
		}
		seen := map[string]bool{}
		for _, c := range d.Clauses {
			if seen[c.Address] {
				t.Fatalf("two clauses have the address %q", c.Address)
			}
			seen[c.Address] = true
		}
	})
}

// anyText is made of what clauses are made of, and of anything.
func anyText(t *rapid.T, label string) string {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{"第一条 ", "第二条", "第十二条之一 ", "第三章 ", "第一节", "## ", "# 第一编", "1. ", "2.1 ", "Section 3. ", "一、", "（二）",
			"应当报告。", "不得泄露；", "The staff shall report. ", "\n", "\n\n", "\r\n", "　", "```\n", "---\n", "**", "𠮷", "é", "\ufeff"}),
		rapid.String(),
	)
	return strings.Join(rapid.SliceOfN(piece, 0, 40).Draw(t, label), "")
}
