package markdownx

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"pgregory.net/rapid"
)

func TestSignsOfRangesProductsAndBlanksShowOrAreWarnedOf(t *testing.T) {
	for source, want := range map[string]struct{ html, warning string }{
		"年利率为5%~10%，期限为1~3年":       {"<p>年利率为5%~10%，期限为1~3年</p>", ""},
		"~甲~ 和 ~~乙~~":              {"<p>~甲~ 和 <del>乙</del></p>", ""},
		"保存~~“三年”~~五年":             {"<p>保存<del>“三年”</del>五年</p>", ""},
		"5~~10元，20~~30元":           {"<p>5<del>10元，20</del>30元</p>", "markdown.marks_taken"},
		"~~~甲":                     {"<pre><code></code></pre>", "markdown.not_shown"},
		"本金*利率*天数":                 {"<p>本金<em>利率</em>天数</p>", "markdown.marks_taken"},
		"本金×利率×天数":                 {"<p>本金×利率×天数</p>", ""},
		`本金\*利率\*天数`:               {"<p>本金*利率*天数</p>", ""},
		"5*3 个，每个 2*4 元":           {"<p>5<em>3 个，每个 2</em>4 元</p>", "markdown.marks_taken"},
		"3*（1+2）*4":                {"<p>3*（1+2）*4</p>", ""},
		"2**10**3":                 {"<p>2<strong>10</strong>3</p>", "markdown.marks_taken"},
		"这是**重点**内容":               {"<p>这是<strong>重点</strong>内容</p>", ""},
		"共**3**项，第**5**条":          {"<p>共<strong>3</strong>项，第<strong>5</strong>条</p>", ""},
		"*注意*：先登记":                 {"<p><em>注意</em>：先登记</p>", ""},
		"《*》和《*》":                  {"<p>《<em>》和《</em>》</p>", "markdown.marks_taken"},
		"（__）和（__）":                {"<p>（<strong>）和（</strong>）</p>", "markdown.marks_taken"},
		"姓名：____，电话：____。":         {"<p>姓名：____，电话：____。</p>", ""},
		"____年____月____日":          {"<p>____年____月____日</p>", ""},
		"____年____。":               {"<p>____年____。</p>", ""},
		"___bold___ a":             {"<p><em><strong>bold</strong></em> a</p>", "markdown.marks_taken"},
		`见\\server\合规`:             {`<p>见\server\合规</p>`, "markdown.backslash"},
		"3. 甲\n4. 乙\n7. 丙":         {"<ol start=\"3\">\n<li>甲</li>\n<li>乙</li>\n<li value=\"7\">丙</li>\n</ol>", ""},
		"1. 甲\n1. 乙":               {"<ol>\n<li>甲</li>\n<li>乙</li>\n</ol>", ""},
		"甲\n\n[^1]: 未引用的注":         {"<p>甲</p>", "markdown.not_shown"},
		"甲\n\n[注]: 见附件":            {"<p>甲</p>", "markdown.not_shown"},
		"见[甲][a]\n\n[a]: /x \"题\"": {`<p>见<a href="/x" title="题" rel="noreferrer">甲</a></p>`, ""},
		"|甲|\n|-|\n|1|2|":          {"<table>\n<thead>\n<tr>\n<th>甲</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table>", "markdown.not_shown"},
		"[附件一](含填写说明)":             {`<p><a href="%E5%90%AB%E5%A1%AB%E5%86%99%E8%AF%B4%E6%98%8E" rel="noreferrer">附件一</a></p>`, "markdown.link_words"},
		"<div>\n投诉\n</div>":        {"<p>投诉</p>", "markdown.html_dropped"},
		"投诉应在48小时内回复。\n---\n下文":    {"<h2 id=\"投诉应在48小时内回复\">投诉应在48小时内回复。</h2>\n<p>下文</p>", "markdown.underlined"},
		"甲：100\n乙：200\n===":        {"<h1 id=\"乙-200\">甲：100乙：200</h1>", "markdown.underlined"},
		"总则\n---\n甲":               {"<h2 id=\"总则\">总则</h2>\n<p>甲</p>", ""},
		"# 甲。":                     {"<h1 id=\"甲\">甲。</h1>", ""},
		">5% 的客户":                  {"<blockquote>\n<p>5% 的客户</p>\n</blockquote>", "markdown.marks_taken"},
		"> 100 万元以上":               {"<blockquote>\n<p>100 万元以上</p>\n</blockquote>", "markdown.marks_taken"},
		"> 引文":                     {"<blockquote>\n<p>引文</p>\n</blockquote>", ""},
		"+ 86 10 1234":             {"<ul>\n<li>86 10 1234</li>\n</ul>", "markdown.marks_taken"},
		"- 5% 的客户":                 {"<ul>\n<li>5% 的客户</li>\n</ul>", "markdown.marks_taken"},
		"- 5% 的客户\n- 其他":           {"<ul>\n<li>5% 的客户</li>\n<li>其他</li>\n</ul>", ""},
		"01. 甲":                    {"<ol>\n<li>甲</li>\n</ol>", "markdown.marks_taken"},
		"1) 甲\n2) 乙":               {"<ol class=\"bracketed\">\n<li>甲</li>\n<li>乙</li>\n</ol>", ""},
		`D:\合规\(2026)资料\[终稿]`:      {`<p>D:\合规(2026)资料[终稿]</p>`, "markdown.backslash"},
		`D:\合规\资料`:                 {`<p>D:\合规\资料</p>`, ""},
		"见 D:\\合规\\\n下一行":          {"<p>见 D:\\合规<br>\n下一行</p>", "markdown.backslash"},
		"    第一条 为了。":              {"<pre><code>第一条 为了。\n</code></pre>", "markdown.indented"},
		"    x := 1":               {"<pre><code>x := 1\n</code></pre>", ""},
		"5%<br>10%<BR/>":           {"<p>5%<br>\n10%<br>\n</p>", ""},
		"[附件一](见第3.5条)":            {`<p><a href="%E8%A7%81%E7%AC%AC3.5%E6%9D%A1" rel="noreferrer">附件一</a></p>`, "markdown.link_words"},
		"[甲](2026)":                {`<p><a href="2026">甲</a></p>`, "markdown.link_words"},
		"[甲](附件.pdf)":              {`<p><a href="%E9%99%84%E4%BB%B6.pdf">甲</a></p>`, ""},
		"API**（接口）**的使用":           {"<p>API<strong>（接口）</strong>的使用</p>", ""},
		"第3**（一）**项":               {"<p>第3<strong>（一）</strong>项</p>", ""},
		"``` sql 汇总\nx\n```":       {"<pre><code class=\"language-sql\">x\n</code></pre>", "markdown.not_shown"},
	} {
		doc, faults := Render([]byte(source), Options{})
		if got := strings.Join(codes(doc.Warnings), " "); got != want.warning || len(faults) > 0 {
			t.Errorf("%q is warned of as %q, want %q; faults %v", source, got, want.warning, faults)
		}
		if got := strings.ReplaceAll(doc.HTML, ` rel="noreferrer"`, ""); got != strings.ReplaceAll(want.html, ` rel="noreferrer"`, "") {
			t.Errorf("%q:\n got %s\nwant %s", source, got, want.html)
		}
	}
}

func TestABareAddressBehindChineseIsALink(t *testing.T) {
	for source, want := range map[string]string{
		"详见https://bank.example/a_b?x=1&y=2。谢谢": "https://bank.example/a_b?x=1&y=2",
		"网址:http://10.1.2.3:8080/规则":            "http://10.1.2.3:8080/",
		"（https://bank.example/a）":              "https://bank.example/a",
		"官网www.bank.example，欢迎":                 "http://www.bank.example",
		"邮箱：service@bank.example。":              "mailto:service@bank.example",
		"见(说明https://bank.example/a(1)).":       "https://bank.example/a(1)",
		"**详见https://bank.example/x**":          "https://bank.example/x",
		"见`https://bank.example`":               "",
		"[见https://bank.example](/a)":           "/a",
		"见https：//bank.example":                 "",
		"xhttps://bank.example":                 "",
		`见https://bank.example/x\_y`:            "https://bank.example/x",
		"第一行\n见https://bank.example/z\n第三行":     "https://bank.example/z",
	} {
		doc, faults := Render([]byte(source), Options{})
		var got []string
		for _, n := range elements(t, doc.HTML, "a") {
			got = append(got, attribute(n, "href"))
		}
		if strings.Join(got, " ") != want || len(faults) > 0 {
			t.Errorf("%q links %q, want %q: %s", source, got, want, doc.HTML)
		}
	}
}

func elements(t rapid.TB, source, name string) []*html.Node {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(source), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Fatal(err)
	}
	var list []*html.Node
	for _, root := range nodes {
		for n := range root.Descendants() {
			if n.Data == name {
				list = append(list, n)
			}
		}
		if root.Data == name {
			list = append(list, root)
		}
	}
	return list
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// visible counts the letters of a script that a reader of the page meets: in its
// text and in the attributes that hold words of the source.
func visible(t rapid.TB, page string, script *unicode.RangeTable) map[rune]int {
	t.Helper()
	count := map[rune]int{}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			countWords(count, n.Data, script)
		}
		for _, a := range n.Attr {
			if slices.Contains([]string{"href", "src", "alt", "title", "class"}, a.Key) {
				countWords(count, a.Val, script)
			}
		}
	}
	return count
}

func countWords(count map[rune]int, s string, script *unicode.RangeTable) {
	for _, r := range s {
		if unicode.Is(script, r) {
			count[r]++
		}
	}
}

// lost lists what stands more often in the source than on its page, without the
// lines that a warning names.
func lost(t rapid.TB, source string, script *unicode.RangeTable) string {
	t.Helper()
	doc, faults := Render([]byte(source), Options{Citations: true, Image: func(name string) (string, bool) { return name, true }})
	if len(faults) > 0 {
		return ""
	}
	named := map[int]bool{}
	for _, w := range doc.Warnings {
		named[w.Line] = true
	}
	if len(doc.Warnings) > 100 {
		return ""
	}
	count := map[rune]int{}
	for i, line := range strings.Split(source, "\n") {
		if !named[i+1] {
			countWords(count, rawTag.ReplaceAllString(line, ""), script) // tags are named on the first line of theirs
		}
	}
	shown := visible(t, doc.HTML, script)
	var missing []string
	for r, n := range count {
		if shown[r] < n {
			missing = append(missing, string(r))
		}
	}
	slices.Sort(missing)
	return strings.Join(missing, "")
}

// Han characters are no mark of Markdown anywhere: each that is written is shown,
// or its line is named.
func TestNothingThatIsWrittenIsLostInSilence(t *testing.T) {
	pieces := []string{"甲", "乙方", "第三条", "利率５％", "*", "**", "_", "__", "____", "~", "~~", "`", "```", "\n", "\n\n", " ", "    ", "- ", "1. ", "12) ", "> ", "# ", "## ",
		"|", "|-|-|\n", "[", "]", "(", ")", "](", "[^1]", "[^1]: ", "[丙]: ", "<", ">", "<b>", "<div>", "</div>", "<!--", "-->", "\\", "&", "&amp;", "&#x7532;", ":", ": ", "!", "！", "。", "（", "）",
		"https://a.example/", "www.a.example", "a@b.example", "[x] ", "[ ] ", "[!NOTE]", "===", "---", "\"丁\"", "12", "x"}
	rapid.Check(t, func(t *rapid.T) {
		source := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "source"), "")
		doc, _ := Render([]byte(source), Options{})
		if strings.Contains(doc.HTML, "%E") {
			return // words inside an address
		}
		if l := lost(t, source, unicode.Han); l != "" {
			t.Fatalf("%q loses %s: %s %v", source, l, doc.HTML, doc.Warnings)
		}
	})
}

func TestNothingOfRealTextsIsLostInSilence(t *testing.T) {
	root := filepath.Join("..", "..", "..", "shared", "fixtures")
	if _, err := os.Stat(root); err != nil {
		t.Skip("the texts of ../shared/fixtures are not here")
	}
	var texts, size int
	err := filepath.WalkDir(filepath.Join(root, "policies"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".md") {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, script := range []*unicode.RangeTable{unicode.Han, unicode.Latin} {
			if l := lost(t, string(raw), script); l != "" {
				t.Errorf("%s loses %s", path, l)
			}
		}
		texts, size = texts+1, size+len(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"commonmark-spec.json", "gfm-spec.json"} {
		for _, e := range examples(t, file) {
			if l := lost(t, e.Markdown, unicode.Han); l != "" {
				t.Errorf("%s %d loses %s", file, e.Example, l)
			}
			texts++
		}
	}
	t.Logf("%d texts, %d bytes of policies", texts, size)
}
