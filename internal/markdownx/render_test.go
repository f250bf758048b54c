package markdownx

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"

	"anwen/internal/errs"
)

func codes(faults []errs.Fault) []string {
	list := make([]string, 0, len(faults))
	for _, f := range faults {
		list = append(list, f.Code)
	}
	return list
}

func TestChineseEmphasisNeedsNoSpaces(t *testing.T) {
	for source, want := range map[string]string{
		"**注意：**必须先登记":      "<p><strong>注意：</strong>必须先登记</p>",
		"请阅读**《员工手册》**第3条":  "<p>请阅读<strong>《员工手册》</strong>第3条</p>",
		"这是**“重点”**内容":      "<p>这是<strong>“重点”</strong>内容</p>",
		"答复*（书面）*客户":        "<p>答复<em>（书面）</em>客户</p>",
		"客户说***“好。”***然后走了": "<p>客户说<em><strong>“好。”</strong></em>然后走了</p>",
		"这是**重点**内容":        "<p>这是<strong>重点</strong>内容</p>",
		// Latin text is read as CommonMark reads it.
		`a**"b"**c`:   `<p>a**&#34;b&#34;**c</p>`,
		`a **"b"** c`: `<p>a <strong>&#34;b&#34;</strong> c</p>`,
		"2 * 3 * 4":   "<p>2 * 3 * 4</p>",
		"snake_case_": "<p>snake_case_</p>",
	} {
		doc, faults := Render([]byte(source), Options{})
		if doc.HTML != want || len(faults) > 0 {
			t.Errorf("%s:\n got %s\nwant %s %v", source, doc.HTML, want, faults)
		}
	}
}

func TestTheChineseEmphasisRuleLeavesEveryCommonMarkExampleAsItWas(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "fixtures", "markdown", "commonmark-spec.json"))
	if err != nil {
		t.Skip("the CommonMark examples of ../shared/fixtures are not here")
	}
	var examples []struct {
		Markdown string
		Example  int
	}
	if err := json.Unmarshal(raw, &examples); err != nil {
		t.Fatal(err)
	}
	with := goldmark.New(goldmark.WithParserOptions(parser.WithInlineParsers(util.Prioritized(emphasisParser{}, 450))))
	without := goldmark.New()
	for _, e := range examples {
		var a, b strings.Builder
		if err := with.Convert([]byte(e.Markdown), &a); err != nil {
			t.Fatal(err)
		}
		if err := without.Convert([]byte(e.Markdown), &b); err != nil {
			t.Fatal(err)
		}
		if a.String() != b.String() {
			t.Errorf("example %d differs:\n%s\n%s", e.Example, a.String(), b.String())
		}
		Render([]byte(e.Markdown), Options{}) // must not panic
	}
	t.Logf("%d examples", len(examples))
}

func TestALineBreakIsASpaceBetweenWordsAndNothingBetweenHan(t *testing.T) {
	for source, want := range map[string]string{
		"end.\nNext":        "<p>end.\nNext</p>",
		"word\n(see there)": "<p>word\n(see there)</p>",
		"a,\n**bold**":      "<p>a,\n<strong>bold</strong></p>",
		"中文\n换行":            "<p>中文换行</p>",
		"中文，\n换行":           "<p>中文，换行</p>",
		"中文\nEnglish":       "<p>中文\nEnglish</p>",
		"应当在\n3个工作日内":       "<p>应当在3个工作日内</p>",
		"不超过3\n个工作日":        "<p>不超过3个工作日</p>",
		"no more than\n3":   "<p>no more than\n3</p>",
	} {
		if doc, _ := Render([]byte(source), Options{}); doc.HTML != want {
			t.Errorf("%q: got %q, want %q", source, doc.HTML, want)
		}
	}
}

func TestHeadingsKeepChineseAndAreUnique(t *testing.T) {
	doc, faults := Render([]byte("# 总则\n\n## 第1条 目的\n\n## 第1条 目的\n\n## ！\n\n### Scope & *aim*\n"), Options{})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	var got []string
	for _, h := range doc.Headings {
		got = append(got, h.ID)
	}
	if want := []string{"总则", "第1条-目的", "第1条-目的-2", "section", "scope-aim"}; !slices.Equal(got, want) {
		t.Errorf("ids %q, want %q", got, want)
	}
	if doc.Title != "总则" || doc.Headings[2].Line != 5 || doc.Headings[4].Text != "Scope & aim" {
		t.Errorf("title %q, headings %+v", doc.Title, doc.Headings)
	}
	if !strings.Contains(doc.HTML, `<h2 id="第1条-目的-2">`) {
		t.Error(doc.HTML)
	}
}

func TestTheTitleMayBeTakenOutOfThePage(t *testing.T) {
	doc, _ := Render([]byte("# 投诉处理 *入门*\n\n正文\n"), Options{TakeTitle: true})
	if doc.Title != "投诉处理 入门" || doc.HTML != "<p>正文</p>" || doc.Plain != "正文" {
		t.Errorf("%+v", doc)
	}
}

func TestPlainTextReadsAsThePageDoes(t *testing.T) {
	doc, _ := Render([]byte("# 题\n\n第一行\n第二行 `code`\n\n- 一 &amp; 二\n- \\*三\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"), Options{})
	if want := "题\n第一行第二行 code\n一 & 二\n*三\na\tb\t\n1\t2"; doc.Plain != want {
		t.Errorf("got %q", doc.Plain)
	}
	if !strings.Contains(doc.HTML, "第一行第二行") {
		t.Errorf("a line break between Chinese characters shows as a space: %s", doc.HTML)
	}
}

func TestKnownConstructsSurviveTheSanitiser(t *testing.T) {
	doc, faults := Render([]byte("注[^1]\n\n[^1]: 脚注\n\n词\n: 义\n\n- [x] 做完\n\n3. 三\n\n| 左 | 右 |\n|:--|--:|\n| 1 | 2 |\n\n"+
		"```go\nx := 1\n```\n\n~~旧~~ [外](https://example.org/a) [内](#总则)\n"), Options{})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, want := range []string{`<sup id="fnref:1"><a href="#fn:1"`, `<li id="fn:1">`, "<dl>", "<dd>义</dd>", "<li>☑ 做完</li>",
		`<ol start="3">`, `<th align="left">`, `<td align="right">`, `<code class="language-go">`, "<del>旧</del>",
		`href="https://example.org/a" rel="noreferrer noopener" target="_blank"`, `<a href="#`} {
		if !strings.Contains(doc.HTML, want) {
			t.Errorf("lacks %s in\n%s", want, doc.HTML)
		}
	}
}

var dangerous = regexp.MustCompile(`(?i)<script|<iframe|<svg|<style|<object|<form|\son\w+\s*=|(href|src)="\s*(javascript|vbscript|data|file):|style=`)

func TestHostileTextGivesNothingThatRuns(t *testing.T) {
	for _, source := range []string{
		"<script>alert(1)</script>",
		"a <img src=x onerror=alert(1)> b",
		"<svg onload=alert(1)>",
		"[x](javascript:alert(1))",
		"[x](JaVaScRiPt:alert(1))",
		"[x](java&#10;script:alert(1))",
		"[x](&#x6A;avascript:alert(1))",
		"[x](\u0001javascript:alert(1))",
		"[x]( javascript:alert(1) )",
		"[x](<javascript:alert(1)>)",
		"[x](vbscript:msgbox(1))",
		"[x](data:text/html;base64,PHNjcmlwdD4=)",
		"[x](file:///etc/passwd)",
		"[x](//evil.example/a)",
		`[x](/\evil.example/a)`,
		`[x](\\evil.example/a)`,
		"<javascript:alert(1)>",
		"![x](javascript:alert(1))",
		"![x](data:image/png;base64,iVBORw0KGgo=)",
		"![x](data:image/svg+xml,<svg onload=alert(1)>)",
		"![x](https://evil.example/pixel.png)",
		"![x](../../etc/passwd)",
		`[x](https://a.example "\" onmouseover=\"alert(1)")`,
		`![" onerror="alert(1)](../images/a.png)`,
		"# <img src=x onerror=alert(1)> {#id onclick=alert(1)}",
		"[a]: javascript:alert(1)\n\n[a]",
		"```\"><script>alert(1)</script>\nx\n```",
		"<a href=\"https://a.example\" onclick=alert(1)>x</a>",
		"<style>body{display:none}</style>",
		"<iframe src=https://evil.example>",
		"<!-- --><script>alert(1)</script>",
		"| a |\n|---|\n| <script>alert(1)</script> |",
		"[^1]\n\n[^1]: [x](javascript:alert(1))",
	} {
		doc, faults := Render([]byte(source), Options{Image: func(name string) (string, bool) {
			return "/api/v1/courses/a/images/00", name == "../images/a.png"
		}})
		// Text between tags is escaped; what runs must stand inside a tag.
		for _, tag := range regexp.MustCompile(`<[^>]*>`).FindAllString(doc.HTML, -1) {
			if m := dangerous.FindString(attributesOnly(tag)); m != "" {
				t.Errorf("%s lets %q through: %s", source, m, doc.HTML)
			}
		}
		if strings.HasPrefix(source, "[x](") && !strings.Contains(source, "a.example") && !slices.Equal(codes(faults), []string{"markdown.link_refused"}) {
			t.Errorf("%s gives faults %v and %s", source, faults, doc.HTML)
		}
	}
}

// attributesOnly empties quoted values that are words, not addresses: a title
// may say anything.
func attributesOnly(tag string) string {
	return regexp.MustCompile(`(title|alt)="[^"]*"`).ReplaceAllString(tag, "")
}

func TestFaultsNameFileAndLine(t *testing.T) {
	source := "第一\n\n第二 ![图](../images/missing.png)\n\n> - [某](javascript:1)\n\n![外](https://a.example/b.png)\n\n<b>粗</b>\n"
	doc, faults := Render([]byte(source), Options{File: "lessons/01-a.zh-Hans.md", FirstLine: 11})
	var got []string
	for _, f := range append(faults, doc.Warnings...) {
		got = append(got, f.Place.String()+" "+f.Code)
	}
	want := []string{
		"lessons/01-a.zh-Hans.md:13 markdown.image_unknown",
		"lessons/01-a.zh-Hans.md:15 markdown.link_refused",
		"lessons/01-a.zh-Hans.md:17 markdown.image_outside",
		"lessons/01-a.zh-Hans.md:19 markdown.html_dropped",
		"lessons/01-a.zh-Hans.md:19 markdown.html_dropped",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %s", strings.Join(got, "\n"))
	}
	if strings.Contains(doc.HTML, "<img") || !strings.Contains(doc.HTML, "粗") {
		t.Error(doc.HTML)
	}
}

func TestTextThatIsNotUTF8IsRefusedWithItsLine(t *testing.T) {
	_, faults := Render([]byte("好\n\xb2\xe2\n"), Options{File: "a.md"})
	if len(faults) != 1 || faults[0].Code != "markdown.not_utf8" || faults[0].Line != 2 {
		t.Errorf("%v", faults)
	}
}

func TestNaughtyStringsRenderSafely(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "fixtures", "strings", "blns.json"))
	if err != nil {
		t.Skip("the naughty strings of ../shared/fixtures are not here")
	}
	var list []string
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		for _, source := range []string{s, "[x](" + s + ")", "![" + s + "](../images/a.png)", "# " + s} {
			doc, _ := Render([]byte(source), Options{Image: func(name string) (string, bool) { return "/i/0", true }})
			for _, tag := range regexp.MustCompile(`<[^>]*>`).FindAllString(doc.HTML, -1) {
				if m := dangerous.FindString(attributesOnly(tag)); m != "" {
					t.Errorf("%q lets %q through: %s", source, m, doc.HTML)
				}
			}
		}
	}
}

func TestSectionsSplitAtSecondLevelHeadingsOnly(t *testing.T) {
	source := "前言\n\n## 变化\n\n甲\n\n```\n## 不是\n```\n\n### 小节\n\n影响\n---\n乙\n\n> ## 引用\n\n## 计划 ##\n"
	before, list, faults := Sections([]byte(source), Options{FirstLine: 10})
	if len(faults) > 0 || strings.TrimSpace(string(before)) != "前言" || len(list) != 3 {
		t.Fatalf("%q %+v %v", before, list, faults)
	}
	for i, want := range []struct {
		heading, body string
		line, body0   int
	}{
		{"变化", "甲\n\n```\n## 不是\n```\n\n### 小节", 12, 13},
		{"影响", "乙\n\n> ## 引用", 22, 24},
		{"计划", "", 28, 29},
	} {
		got := list[i]
		if got.Heading != want.heading || strings.TrimSpace(string(got.Body)) != want.body || got.Line != want.line || got.BodyLine != want.body0 {
			t.Errorf("section %d: %+v %q, want %+v", i, got, got.Body, want)
		}
	}
}

func FuzzRenderGivesNothingThatRuns(f *testing.F) {
	f.Add("**注意：**[x](javascript:alert(1)) <b onclick=a> ![a](data:x)")
	f.Fuzz(func(t *testing.T, source string) {
		doc, _ := Render([]byte(source), Options{})
		for _, tag := range regexp.MustCompile(`<[^>]*>`).FindAllString(doc.HTML, -1) {
			if m := dangerous.FindString(attributesOnly(tag)); m != "" {
				t.Errorf("%q lets %q through: %s", source, m, doc.HTML)
			}
		}
	})
}

func TestCitationsOfClauses(t *testing.T) {
	source := "# 课\n\n见[第十二条](policy:COMP-01#第十二条)、[办法](policy:COMP-01)\n和[4.2](<policy:AML.2#Section 4>)。\n"
	doc, faults := Render([]byte(source), Options{Citations: true, FirstLine: 5})
	want := []Citation{{"COMP-01", "第十二条", 7}, {"COMP-01", "", 7}, {"AML.2", "Section 4", 8}}
	if len(faults) > 0 || !slices.Equal(doc.Citations, want) {
		t.Errorf("faults %v, citations %+v", faults, doc.Citations)
	}
	if !strings.Contains(doc.HTML, `href="/policies/COMP-01?clause=%E7%AC%AC%E5%8D%81%E4%BA%8C%E6%9D%A1"`) || !strings.Contains(doc.HTML, `href="/policies/AML.2?clause=Section+4"`) {
		t.Error(doc.HTML)
	}
	if _, faults := Render([]byte(source), Options{}); len(faults) != 3 {
		t.Errorf("a text that may hold no citations: %v", faults)
	}
	for _, hostile := range []string{"policy:../../x#1", "policy:a b", "policy:", "policy://evil/#1", "Policy:X\"onclick#1", "policy:X#a\x01b"} {
		doc, faults := Render([]byte("[x](<"+hostile+">)\n"), Options{Citations: true})
		if strings.Contains(doc.HTML, "href=\"policy") || strings.Contains(doc.HTML, "onclick") || len(faults) == 0 && len(doc.Citations) != 1 {
			t.Errorf("%q: %s %v", hostile, doc.HTML, faults)
		}
	}
}

func TestCalloutsVideosFilesAndChecks(t *testing.T) {
	source := "> [!WARNING]\n> **不得**承诺收益。\n\n> [!NOTE] 同一行不是标记\n\n> [!TIP]\n\n![讲解](../media/a.mp4)\n\n见[表格](../files/f.pdf)。\n\n```check\n::q:: 几小时？ {=48 ~72}\n```\n"
	doc, faults := Render([]byte(source), Options{Checks: true,
		Attachment: func(n string) (string, bool) { return "/api/f", n == "../files/f.pdf" },
		Video: func(n string) (Video, bool) {
			return Video{URL: "/api/v", Captions: []Caption{{"zh-Hans", "简体中文", "/api/c"}}}, n == "../media/a.mp4"
		}})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, want := range []string{
		"<blockquote class=\"callout callout-warning\"><p><strong>不得</strong>承诺收益。</p>", "<p>[!NOTE] 同一行不是标记</p>", `<blockquote class="callout callout-tip">`,
		`<video controls="" preload="metadata" src="/api/v" title="讲解"><track kind="captions" srclang="zh-Hans" label="简体中文" src="/api/c"></video>`,
		`<a href="/api/f"`, `<div class="check" id="check-1"></div>`,
	} {
		if !strings.Contains(doc.HTML, want) {
			t.Errorf("no %s in\n%s", want, doc.HTML)
		}
	}
	if len(doc.Checks) != 1 || doc.Checks[0].Line != 13 || !strings.HasPrefix(doc.Checks[0].Source, "::q::") {
		t.Errorf("%+v", doc.Checks)
	}
	if strings.Contains(doc.HTML+doc.Plain, "=48") {
		t.Error("the key of a check stands on the page")
	}
	for _, hostile := range []string{`<video src=x onerror=alert(1)>`, `<div class="check" id="check-1" onclick=x>`, "```check\n</div><script>\n```", "![x\" onload=\"alert(1)](../media/a.mp4)"} {
		doc, _ := Render([]byte(hostile), Options{Checks: true, Video: func(string) (Video, bool) { return Video{URL: `/v" onerror="x`}, true }})
		if strings.Contains(doc.HTML, "onerror=") || strings.Contains(doc.HTML, "onload=\"") || strings.Contains(doc.HTML, "<script") || strings.Contains(doc.HTML, "onclick") {
			t.Errorf("%s gives %s", hostile, doc.HTML)
		}
	}
}
