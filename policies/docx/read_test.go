package docx

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"anwen/internal/errs"
	"anwen/policies/clauses"
)

const space = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// pack makes a Word file of its parts.
func pack(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range parts {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func body(paragraphs string) map[string]string {
	return map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"word/document.xml":   `<w:document ` + space + `><w:body>` + paragraphs + `</w:body></w:document>`,
		"word/styles.xml": `<w:styles ` + space + `>
			<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
			<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>
			<w:style w:type="paragraph" w:styleId="tiao"><w:name w:val="条"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr></w:pPr></w:style></w:styles>`,
		"word/numbering.xml": `<w:numbering ` + space + `>
			<w:abstractNum w:abstractNumId="0">
				<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1章"/></w:lvl>
				<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%2条"/></w:lvl>
				<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3"/></w:lvl></w:abstractNum>
			<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
			<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>
			<w:num w:numId="7"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="12"/></w:lvlOverride></w:num></w:numbering>`,
	}
}

func p(properties, text string) string {
	return `<w:p><w:pPr>` + properties + `</w:pPr><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

func list(id, level string) string {
	return `<w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + id + `"/></w:numPr>`
}

func TestAWordFileIsReadWithTheNumbersThatWordMakes(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"headings by their style": {p(`<w:pStyle w:val="a3"/>`, "办法") + p(`<w:pStyle w:val="1"/>`, "总则") + p("", "正文。"), "# 办法\n\n# 总则\n\n正文。\n"},
		"articles numbered by Word": {p(list("5", "0"), "总则") + p(`<w:pStyle w:val="tiao"/>`, "甲。") + p(`<w:pStyle w:val="tiao"/>`, "乙。") + p(list("5", "2"), "项") + p(list("5", "0"), "附则") + p(list("5", "2"), "又"),
			"第一章 总则\n\n第一条 甲。\n\n第二条 乙。\n\n1.1 项\n\n第二章 附则\n\n2.1 又\n"},
		"a list that begins at twelve":            {p(list("7", "1"), "甲。") + p(list("7", "1"), "乙。"), "第十二条 甲。\n\n第十三条 乙。\n"},
		"bullets":                                 {p(list("6", "0"), "一") + p(list("6", "0"), "二"), "- 一\n\n- 二\n"},
		"runs, tabs and breaks are one paragraph": {`<w:p><w:r><w:t>第一条</w:t></w:r><w:r><w:tab/><w:t>为</w:t></w:r><w:r><w:t>了。</w:t><w:br/><w:t>次行</w:t></w:r></w:p>`, "第一条 为了。\n次行\n"},
		"signs stay signs":                        {p("", "a*b_c &lt;script&gt; [x] # `"), "a\\*b\\_c \\<script> \\[x] \\# \\`\n"},
		"a table":                                 {`<w:tbl><w:tr><w:tc>` + p("", "甲|乙") + `</w:tc><w:tc>` + p("", "丙") + `</w:tc></w:tr><w:tr><w:tc>` + p("", "1") + `</w:tc></w:tr></w:tbl>`, "| 甲\\|乙 | 丙 |\n| --- | --- |\n| 1 |  |\n"},
		"what was deleted is gone":                {`<w:p><w:r><w:t>保存</w:t></w:r><w:del><w:r><w:delText>三</w:delText></w:r></w:del><w:ins><w:r><w:t>五</w:t></w:r></w:ins><w:r><w:t>年</w:t></w:r></w:p>`, "保存五年\n"},
		"beyond the basic plane":                  {p("", "𠮷田"), "𠮷田\n"},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Read(pack(t, body(c.body)))
			if err != nil || d.Markdown != c.want {
				t.Errorf("got %q, %v\nwant %q", d.Markdown, err, c.want)
			}
		})
	}
}

func TestTheClausesOfAWordFileAreRecognised(t *testing.T) {
	d, err := Read(pack(t, body(p(list("5", "0"), "总则")+p(`<w:pStyle w:val="tiao"/>`, "甲。")+p(`<w:pStyle w:val="tiao"/>`, "乙。"))))
	if err != nil {
		t.Fatal(err)
	}
	var addresses []string
	for _, c := range clauses.Parse(d.Markdown).Clauses {
		addresses = append(addresses, c.Address)
	}
	if got := strings.Join(addresses, " "); got != "ch1 1 2" {
		t.Errorf("the clauses are %s", got)
	}
}

func TestWhatIsLeftOutIsSaid(t *testing.T) {
	d, err := Read(pack(t, body(`<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:r><w:drawing><w:t>图</w:t></w:drawing><w:footnoteReference w:id="1"/></w:r></w:p>`)))
	if err != nil || d.Markdown != "新\n" {
		t.Fatalf("%q, %v", d.Markdown, err)
	}
	var codes []string
	for _, w := range d.Warnings {
		codes = append(codes, w.Code)
	}
	if got := strings.Join(codes, " "); got != "policies.docx_tracked_changes policies.docx_pictures policies.docx_notes" {
		t.Errorf("warnings: %s", got)
	}
}

func TestHostileFilesAreRefused(t *testing.T) {
	deep := body("")
	deep["word/document.xml"] = `<w:document ` + space + `>` + strings.Repeat("<w:sdt>", 5000) + `</w:document>`
	entity := body("")
	entity["word/document.xml"] = `<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document ` + space + `><w:body>` + p("", "&a;") + `</w:body></w:document>`
	broken := body("")
	broken["word/document.xml"] = `<w:document ` + space + `><w:body>` + `<w:p>`
	none := body("")
	delete(none, "word/document.xml")
	for name, c := range map[string]struct {
		raw  []byte
		code string
	}{
		"a table as wide as a page is long": {pack(t, body(`<w:tbl><w:tr>`+strings.Repeat(`<w:tc>`+p("", "x")+`</w:tc>`, 64)+`</w:tr></w:tbl>`)), "policies.docx_unreadable"},
		"elements inside elements":          {pack(t, deep), "policies.docx_unreadable"},
		"entities":                          {pack(t, entity), "policies.docx_unreadable"},
		"an end that is missing":            {pack(t, broken), "policies.docx_unreadable"},
		"another zip":                       {pack(t, none), "policies.docx_no_text"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Read(c.raw); errs.CodeOf(err) != c.code {
				t.Errorf("got %v", err)
			}
		})
	}
	if _, err := Read([]byte("PK\x03\x04 not a zip")); errs.KindOf(err) != errs.Invalid {
		t.Errorf("no zip: %v", err)
	}
}

func TestChineseNumbersAsStatutesWriteThem(t *testing.T) {
	for n, want := range map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 100: "一百", 101: "一百零一", 110: "一百一十", 111: "一百一十一", 1001: "一千零一", 1010: "一千零一十", 9999: "九千九百九十九"} {
		if got := chinese(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
	for n := 1; n <= 9999; n++ { // whatever Word would number is read as that number
		if read, ok := clauses.ParseNumeral(chinese(n)); !ok || read != n {
			t.Fatalf("%d is written %s and read as %d", n, chinese(n), read)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(pack(f, body(p(list("5", "1"), "甲"))))
	f.Fuzz(func(t *testing.T, raw []byte) { Read(raw) })
}
