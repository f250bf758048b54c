package docx

import (
	"slices"
	"strings"
	"testing"

	"anwen/internal/i18n"
	"anwen/internal/markdownx"
)

// more declares the namespaces beside Word's own.
const more = space + ` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
	xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
	xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
	xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
	xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"
	xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"`

// rich is a file with everything that the cases below refer to.
func rich(blocks string) map[string]string {
	parts := body("")
	parts["word/document.xml"] = `<w:document ` + more + `><w:body>` + blocks + `</w:body></w:document>`
	parts["word/styles.xml"] = `<w:styles ` + space + `>
		<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
		<w:style w:type="paragraph" w:styleId="own"><w:name w:val="章标题"/><w:basedOn w:val="1"/></w:style>
		<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
		<w:style w:type="character" w:styleId="gone"><w:name w:val="作废"/><w:rPr><w:strike/></w:rPr></w:style>
		<w:style w:type="character" w:styleId="under"><w:name w:val="下"/><w:basedOn w:val="gone"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`
	parts["word/footnotes.xml"] = `<w:footnotes ` + space + `><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
		<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t xml:space="preserve"> 按日计算。</w:t></w:r></w:p><w:p><w:r><w:t>360日。</w:t></w:r></w:p></w:footnote></w:footnotes>`
	parts["word/endnotes.xml"] = `<w:endnotes ` + space + `><w:endnote w:id="3"><w:p><w:r><w:t>尾注。</w:t></w:r></w:p></w:endnote></w:endnotes>`
	parts["word/_rels/document.xml.rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
		<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://bank.example/a(1)" TargetMode="External"/>
		<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="file:///c:/x" TargetMode="External"/></Relationships>`
	return parts
}

func run(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }

func looks(properties, text string) string {
	return `<w:r><w:rPr>` + properties + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func para(inner string) string { return `<w:p>` + inner + `</w:p>` }

// box is a text box as Word writes it, in its form of today and the older one.
func box(text string) string {
	content := `<w:txbxContent>` + para(run(text)) + `</w:txbxContent>`
	return `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>` + content +
		`</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>` + content + `</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
}

func fieldOf(instruction, result string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + instruction + `</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` +
		result + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

func bare(instruction string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + instruction + `</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

func TestEachElementIsKeptOrNamed(t *testing.T) {
	picture := `<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
	cell := func(properties, text string) string {
		return `<w:tc><w:tcPr>` + properties + `</w:tcPr>` + para(run(text)) + `</w:tc>`
	}
	for name, c := range map[string]struct{ blocks, want, warnings string }{
		"a hyphen that does not break": {para(`<w:r><w:t>AB</w:t><w:noBreakHyphen/><w:t>2026</w:t><w:noBreakHyphen/><w:t>001</w:t></w:r>`), "AB\u20112026\u2011001", ""},
		"a soft hyphen shows nothing":  {para(`<w:r><w:t>投诉</w:t><w:softHyphen/><w:t>处理</w:t></w:r>`), "投诉处理", ""},
		"tabs, breaks and returns":     {para(`<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:ptab w:alignment="left"/><w:t>丙</w:t><w:br/><w:t>丁</w:t><w:cr/><w:t>戊</w:t></w:r>`), "甲 乙 丙\n丁\n戊", ""},
		"stops of tabs are no tabs":    {para(`<w:pPr><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs></w:pPr>` + run("甲")), "甲", ""},
		"a fraction": {para(run("日利率为年利率的") + `<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>360</m:t></m:r></m:den></m:f></m:oMath>` + run("。")),
			"日利率为年利率的1/360。", "docx_formula"},
		"powers, roots, sums and brackets": {para(`<m:oMathPara><m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup><m:r><m:t>+</m:t></m:r>` +
			`<m:rad><m:radPr/><m:deg/><m:e><m:r><m:t>a+b</m:t></m:r></m:e></m:rad><m:r><m:t>+</m:t></m:r><m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub><m:r><m:t>i=1</m:t></m:r></m:sub><m:sup><m:r><m:t>n</m:t></m:r></m:sup>` +
			`<m:e><m:sSub><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sub><m:r><m:t>i</m:t></m:r></m:sub></m:sSub></m:e></m:nary><m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e><m:r><m:t>c</m:t></m:r></m:e></m:d></m:oMath></m:oMathPara>`),
			"10⁴+√(a+b)+∑\\_(i=1)^(n) x\\_(i)\\[c]", "docx_formula"},
		"a fraction of terms":          {para(`<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>`), "(a+b)/2", "docx_formula"},
		"an unknown part of a formula": {para(`<m:oMath><m:new><m:r><m:t>z</m:t></m:r></m:new></m:oMath>`), "z", "docx_unknown docx_formula"},
		"the older fraction":           {para(run("为") + bare(`EQ \f(1,360)`)), "为1/360", "docx_formula"},
		"a number in a circle":         {para(bare(`eq \o\ac(○,12)`)), "⑫", "docx_formula"},
		"superscripts":                 {para(run("10") + looks(`<w:vertAlign w:val="superscript"/>`, "4") + run("元，H") + looks(`<w:vertAlign w:val="subscript"/>`, "2") + run("O")), "10⁴元，H₂O", ""},
		"other superscripts":           {para(run("a") + looks(`<w:vertAlign w:val="superscript"/>`, "k") + looks(`<w:vertAlign w:val="superscript"/>`, "+1")), "a^(k+1)", ""},
		"raised by hand":               {para(run("10") + looks(`<w:position w:val="8"/><w:sz w:val="12"/>`, "4")), "104", "docx_raised"},
		"boxes to tick":                {para(`<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>` + run("是") + `<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>` + run("否")), "☑是☐否", ""},
		"boxes typed in the font":      {para(looks(`<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>`, "þ") + run("是") + looks(`<w:rFonts w:ascii="Wingdings"/>`, "\uf0a8") + run("否")), "☑是☐否", ""},
		"a control to tick": {para(`<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>` + run("☒") + `</w:sdtContent></w:sdt>` + run("是") +
			`<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/></w14:checkbox></w:sdtPr><w:sdtContent/></w:sdt>` + run("否")), "☒是☐否", ""},
		"a box of a form":                {para(`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>` + run("是")), "☑是", ""},
		"a list of a form":               {para(`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`), "乙", ""},
		"an unknown symbol":              {para(`<w:r><w:sym w:font="BankFont" w:char="F041"/><w:sym w:font="Wingdings" w:char="F001"/></w:r>`), "A�", "docx_symbol"},
		"a sign of Symbol":               {para(looks(`<w:rFonts w:ascii="Symbol"/>`, "\uf0b3") + run("5%")), "≥5%", ""},
		"an emoji":                       {para(`<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:font="Segoe UI Emoji" w16se:char="1F600"/></mc:Choice><mc:Fallback><w:t>😀</w:t></mc:Fallback></mc:AlternateContent></w:r>`), "😀", ""},
		"a text box, once":               {para(run("正文") + box("框内")), "正文\n\n框内", "docx_text_box"},
		"an older text box":              {para(`<w:r><w:pict><v:shape><v:textbox><w:txbxContent>` + para(run("框内")) + `</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`), "框内", "docx_text_box"},
		"a picture":                      {para(run("甲") + picture), "甲", "docx_pictures"},
		"a watermark":                    {para(`<w:r><w:pict><v:shape><v:textpath string="机密"/></v:shape></w:pict></w:r>` + run("甲")), "甲", "docx_embedded"},
		"a diagram and a chart":          {para(`<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><dgm:relIds/></a:graphicData><a:graphicData><c:chart/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>` + run("甲")), "甲", "docx_embedded docx_embedded"},
		"an embedded sheet":              {para(`<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>` + run("甲")), "甲", "docx_embedded"},
		"an embedded document":           {para(run("甲")) + `<w:altChunk r:id="rId9"/>`, "甲", "docx_subdocument"},
		"struck through":                 {para(run("保存") + looks(`<w:strike/>`, "三") + looks(`<w:dstrike/>`, "年 ") + run("五年")), "保存~~三年~~ 五年", "docx_struck"},
		"struck by a style":              {para(`<w:r><w:rPr><w:rStyle w:val="gone"/></w:rPr><w:t>旧</w:t></w:r><w:r><w:rPr><w:rStyle w:val="gone"/><w:strike w:val="0"/></w:rPr><w:t>新</w:t></w:r>`), "~~旧~~新", "docx_struck"},
		"hidden":                         {para(run("甲") + looks(`<w:vanish/>`, "密") + looks(`<w:vanish w:val="false"/>`, "乙") + `<w:r><w:rPr><w:rStyle w:val="under"/></w:rPr><w:t>底</w:t></w:r>`), "甲乙", "docx_hidden docx_hidden"},
		"a line to write on":             {para(run("第") + looks(`<w:u w:val="single"/>`, "    ") + run("条")), "第\\_\\_\\_\\_条", ""},
		"tracked changes":                {para(run("保存") + `<w:del><w:r><w:delText>三</w:delText></w:r></w:del><w:ins><w:r><w:t>五</w:t></w:r></w:ins><w:moveFrom>` + run("旧") + `</w:moveFrom><w:moveTo>` + run("年") + `</w:moveTo>`), "保存五年", "docx_tracked_changes"},
		"the style before a change":      {para(`<w:pPr><w:pPrChange><w:pPr><w:pStyle w:val="1"/></w:pPr></w:pPrChange></w:pPr><w:r><w:rPr><w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange></w:rPr><w:t>甲</w:t></w:r>`), "甲", ""},
		"the end of a paragraph deleted": {`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + run("前半，") + `</w:p>` + para(run("后半。")), "前半，后半。", "docx_tracked_changes"},
		"a row deleted":                  {`<w:tbl><w:tr>` + cell("", "甲") + `</w:tr><w:tr><w:trPr><w:del/></w:trPr>` + cell("", "乙") + `</w:tr></w:tbl>`, "| 甲 |\n| --- |", "docx_tracked_changes"},
		"a cell over two columns": {`<w:tbl><w:tr>` + cell("", "事项") + cell("", "时限") + cell("", "备注") + `</w:tr><w:tr>` + cell(`<w:gridSpan w:val="2"/>`, "投诉") + cell("", "书面") + `</w:tr></w:tbl>`,
			"| 事项 | 时限 | 备注 |\n| --- | --- | --- |\n| 投诉 |  | 书面 |", "docx_merged_cells"},
		"a cell over two rows": {`<w:tbl><w:tr>` + cell(`<w:vMerge w:val="restart"/>`, "甲") + cell("", "1") + `</w:tr><w:tr>` + cell(`<w:vMerge/>`, "") + cell("", "2") + `</w:tr></w:tbl>`,
			"| 甲 | 1 |\n| --- | --- |\n|  | 2 |", "docx_merged_cells"},
		"a row that begins later": {`<w:tbl><w:tr>` + cell("", "甲") + cell("", "乙") + `</w:tr><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>` + cell("", "2") + `</w:tr></w:tbl>`, "| 甲 | 乙 |\n| --- | --- |\n|  | 2 |", ""},
		"a table in a cell": {`<w:tbl><w:tr><w:tc>` + para(run("外")) + `<w:tbl><w:tr>` + cell("", "一") + cell("", "二") + `</w:tr><w:tr>` + cell("", "三") + `</w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>`,
			"| 外 一，二；三 |\n| --- |", "docx_table_in_table"},
		"controls around rows and cells": {`<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>` + cell("", "甲") + `</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>`, "| 甲 |\n| --- |", ""},
		"the table of contents":          {para(run("办法")) + `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + para(run("第一章 总则 1")) + `</w:sdtContent></w:sdt>` + para(run("第一章 总则")), "办法\n\n第一章 总则", "docx_contents"},
		"contents by a field":            {para(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \o "1-3"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`+run("第一章 总则")) + para(run("第二章 附则")+fieldOf("PAGEREF x", run("2"))+`<w:r><w:fldChar w:fldCharType="end"/></w:r>`) + para(run("正文")), "正文", "docx_contents"},
		"contents by their style":        {`<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>` + run("第一章 总则 1") + `</w:p>` + para(run("正文")), "正文", "docx_contents"},
		"contents that were typed":       {para(run("第一章 总则……………3")) + para(`<w:r><w:t>第二章 附则</w:t><w:tab/><w:t>12</w:t></w:r>`) + para(run("正文")), "正文", "docx_contents"},
		"contents without an end":        {para(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`+run("目录")) + para(run("正文")), "目录\n\n正文", "docx_contents"},
		"fields":                         {para(run("见第") + fieldOf("REF a", run("三")) + `<w:fldSimple w:instr="REF b">` + run("条") + `</w:fldSimple>`), "见第三条", ""},
		"a field without words":          {para(run("共") + bare("DOCPROPERTY 份数") + run("份")), "共份", "docx_field"},
		"a link":                         {para(`<w:hyperlink r:id="rId1">` + run("网页") + `</w:hyperlink><w:hyperlink r:id="rId2">` + run("档案") + `</w:hyperlink><w:hyperlink w:anchor="x">` + run("第三条") + `</w:hyperlink>`), "[网页](<https://bank.example/a(1)>)档案第三条", ""},
		"a link by a field":              {para(fieldOf(`HYPERLINK "https://bank.example/"`, run("网页"))), "[网页](<https://bank.example/>)", ""},
		"tags and directions":            {para(`<w:smartTag>` + run("甲") + `</w:smartTag><w:customXml>` + run("乙") + `</w:customXml><w:dir w:val="rtl">` + run("丙") + `</w:dir><w:bdo w:val="ltr">` + run("丁") + `</w:bdo><w:bookmarkStart/><w:proofErr w:type="gramStart"/>`), "甲乙丙丁", ""},
		"a reading above":                {para(`<w:r><w:ruby><w:rubyPr/><w:rt>` + run("yí") + `</w:rt><w:rubyBase>` + run("彝") + `</w:rubyBase></w:ruby></w:r>`), "彝（yí）", ""},
		"notes":                          {para(run("利息")+`<w:r><w:footnoteReference w:id="2"/></w:r>`+run("。")+`<w:r><w:endnoteReference w:id="3"/></w:r>`) + para(run("次段")), "利息[^1]。[^e2]\n\n[^1]: 按日计算。 360日。\n\n[^e2]: 尾注。\n\n次段", ""},
		"comments":                       {para(run("甲") + `<w:r><w:commentReference w:id="0"/></w:r>`), "甲", "docx_notes"},
		"a date of today":                {para(run("日期") + `<w:r><w:yearLong/></w:r>`), "日期", "docx_dates"},
		"what is not known":              {para(`<w:r><w:hologram><w:t>字</w:t></w:hologram></w:r>`) + `<w:panel>` + para(run("段")) + `</w:panel>`, "字\n\n段", "docx_unknown docx_unknown docx_unknown"},
		"a heading's heir":               {`<w:p><w:pPr><w:pStyle w:val="own"/></w:pPr>` + run("总则") + `</w:p>`, "# 总则", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Read(pack(t, rich(c.blocks)))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimSpace(d.Markdown); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
			var codes []string
			for _, w := range d.Warnings {
				codes = append(codes, strings.TrimPrefix(w.Code, "policies."))
				for _, l := range i18n.Locales {
					if text := i18n.Text(l, w.Code, w.Args); text == "" || strings.Contains(text, "{") || text == w.Code {
						t.Errorf("%s has no words in %s: %q", w.Code, l, text)
					}
				}
			}
			if got := strings.Join(codes, " "); got != c.warnings {
				t.Errorf("warnings %q, want %q", got, c.warnings)
			}
		})
	}
}

// Every element of the table in which words may stand keeps them or says so, and
// a property never shows.
func TestNoElementOfTheTableLosesWordsInSilence(t *testing.T) {
	silentWithWords := []string{"w:del", "w:moveFrom", "w14:conflictDel"} // warned of as tracked changes
	for name := range inline {
		if strings.HasSuffix(name, "Pr") || strings.HasPrefix(name, "w:instr") || name == "w:fldData" || name == "w:ffData" || strings.HasSuffix(name, "delInstrText") || name == "w:delText" {
			continue // properties, and what Word does not show
		}
		d, err := Read(pack(t, rich(para(run("前")+`<`+name+`><w:sdtContent>`+run("字")+`</w:sdtContent>`+run("字")+`</`+name+`>`+run("后")))))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !strings.Contains(d.Markdown, "字") && len(d.Warnings) == 0 && !slices.Contains(silentWithWords, name) && canHoldWords(name) {
			t.Errorf("%s loses its words: %q", name, d.Markdown)
		}
	}
}

// canHoldWords: marks of the program are empty by the schema.
func canHoldWords(name string) bool {
	for _, part := range []string{"Range", "bookmark", "perm", "proofErr", "noProof", "lastRendered", "softHyphen", "separator", "Separator", "Ref", "pgNum", "annotation",
		"tab", "br", "cr", "noBreakHyphen", "sym", "fldChar", "w:t"} {
		if strings.Contains(name, part) {
			return false
		}
	}
	return true
}

// A paragraph shows the characters that it is made of, whatever it begins with.
func TestAParagraphStaysAParagraphWithItsCharacters(t *testing.T) {
	for _, text := range []string{"> 甲", ">甲", "+ 甲", "- 甲", "* 甲", "-", "1. 甲", "12) 甲", "1.", "# 甲", "#甲", "= 甲", "===", "---", "- - -", "| 甲 | 乙 |", "|", "~ 甲", "~~甲~~", "~~~", "```", "`甲`",
		"&lt;", "&amp;amp;", "&amp;#60;", "&amp;copy 甲", "    甲", "\t甲", ": 甲", "[甲](乙)", "[^1]: 甲", "[x] 甲", "![甲](乙)", "&lt;b&gt;甲&lt;/b&gt;", "&lt;!-- 甲 --&gt;", `\甲`, `\*甲`, "a_b_c", "*甲*", "5%~10%，1~3年", "2*3*4",
		"&lt;https://bank.example&gt;", "甲:", "1、甲", "（一）甲", "第一条 甲", "!甲", "$甲$", "^甲^", "[!NOTE]", "2026. 年", "____", "：____，____。"} {
		for _, lead := range []string{"", "乙方\n"} {
			blocks := para(run("上文")) + para(strings.ReplaceAll(run(lead+text), "\n", `</w:t><w:br/><w:t xml:space="preserve">`)) + para(run("下文"))
			d, err := Read(pack(t, rich(blocks)))
			if err != nil {
				t.Fatal(err)
			}
			doc, faults := markdownx.Render([]byte(d.Markdown), markdownx.Options{})
			plain := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
			var want []string
			for _, line := range strings.Split(strings.TrimSpace(lead+plain), "\n") {
				want = append(want, strings.TrimSpace(line))
			}
			got := markdownx.Words(doc.HTML)
			wanted := strings.Join(strings.Fields("上文 "+strings.Join(want, "\n")+" 下文"), " ")
			if squeezed(got) != squeezed(wanted) || strings.Count(doc.HTML, "<p>") != 3 || len(faults)+len(doc.Warnings) > 0 {
				t.Errorf("%q became %q and shows %s %v %v", lead+plain, d.Markdown, doc.HTML, faults, doc.Warnings)
			}
		}
	}
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

func TestListsCountAsWordPrintsThem(t *testing.T) {
	parts := rich(p(list("1", "0"), "甲") + p(list("2", "0"), "乙") + p(list("2", "1"), "丙") + p(list("3", "0"), "丁") + p(list("4", "0"), "戊") + p(list("1", "0"), "") + p(list("1", "0"), "己"))
	level := func(ilvl, format, text string) string {
		return `<w:lvl w:ilvl="` + ilvl + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/></w:lvl>`
	}
	parts["word/numbering.xml"] = `<w:numbering ` + space + `>
		<w:abstractNum w:abstractNumId="0">` + level("0", "chineseLegalSimplified", "%1、") + `</w:abstractNum>
		<w:abstractNum w:abstractNumId="1">` + level("0", "decimal", "%1.") + `</w:abstractNum>
		<w:abstractNum w:abstractNumId="2">` + level("0", "hebrew1", "%1)") + `</w:abstractNum>
		<w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="s"/></w:abstractNum>
		<w:abstractNum w:abstractNumId="4"><w:styleLink w:val="s"/>` + level("0", "ideographTraditional", "%1、") + `</w:abstractNum>
		<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
		<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">` + level("0", "decimalEnclosedCircle", "%1") + `</w:lvlOverride><w:lvlOverride w:ilvl="1">` + level("1", "ideographDigital", "（%2）") + `</w:lvlOverride></w:num>
		<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="3"/></w:num></w:numbering>`
	d, err := Read(pack(t, parts))
	if want := "壹、 甲\n\n① 乙\n\n（一） 丙\n\n1) 丁\n\n甲、 戊\n\n贰、\n\n叁、 己\n"; err != nil || d.Markdown != want {
		t.Errorf("got %q, want %q, %v", d.Markdown, want, err)
	}
	if len(d.Warnings) != 1 || d.Warnings[0].Code != "policies.docx_number_format" {
		t.Errorf("%v", d.Warnings)
	}
}

// Each of these was read otherwise than Word shows it.
func TestWhatWordShowsIsWhatIsRead(t *testing.T) {
	level := func(ilvl, format, text string) string {
		return `<w:lvl w:ilvl="` + ilvl + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/></w:lvl>`
	}
	lists := `<w:numbering ` + space + `><w:abstractNum w:abstractNumId="0">` + level("0", "decimal", "%1.") + level("1", "decimal", "%1.%2") + `</w:abstractNum>
		<w:abstractNum w:abstractNumId="1">` + level("0", "none", "附件：") + level("1", "none", "注%2") + `</w:abstractNum>
		<w:abstractNum w:abstractNumId="2">` + level("0", "bullet", "·") + level("1", "bullet", "·") + level("3", "bullet", "·") + `</w:abstractNum>
		<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
		<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
		<w:num w:numId="5"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
		<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num></w:numbering>`
	styles := `<w:styles ` + space + `><w:style w:styleId="a"><w:name w:val="标题 2"/></w:style><w:style w:styleId="b"><w:name w:val="Heading3"/></w:style>
		<w:style w:styleId="c"><w:name w:val="标题"/></w:style><w:style w:styleId="d"><w:name w:val="x"/><w:rPr><w:caps/></w:rPr></w:style></w:styles>`
	field := func(instruction string) string {
		mark := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
		return mark("begin") + `<w:r><w:instrText>` + instruction + `</w:instrText></w:r>` + mark("separate") + run("见此") + mark("end")
	}
	for name, c := range map[string]struct{ blocks, want string }{
		"a list that begins again":           {p(list("1", "0"), "甲") + p(list("1", "0"), "乙") + p(list("2", "0"), "丙") + p(list("2", "0"), "丁") + p(list("5", "0"), "戊"), "1. 甲\n\n2. 乙\n\n1. 丙\n\n2. 丁\n\n5. 戊\n"},
		"its inner list":                     {p(list("1", "0"), "甲") + p(list("1", "1"), "乙") + p(list("2", "0"), "丙") + p(list("2", "1"), "丁") + p(list("2", "1"), "戊"), "1. 甲\n\n1.1 乙\n\n1. 丙\n\n1.1 丁\n\n1.2 戊\n"},
		"a label without a number":           {p(list("3", "0"), "甲") + p(list("3", "1"), "乙"), "附件： 甲\n\n注 乙\n"},
		"a bullet below nothing":             {p(list("4", "3"), "甲") + p(list("4", "1"), "乙") + p(list("4", "3"), "丙") + p("", "丁") + p(list("4", "1"), "戊"), "- 甲\n\n  - 乙\n\n    - 丙\n\n丁\n\n- 戊\n"},
		"a first letter that is set large":   {`<w:p><w:pPr><w:framePr w:dropCap="drop" w:lines="2"/></w:pPr>` + run("本") + `</w:p>` + para(run("办法所称投诉")), "本办法所称投诉\n"},
		"headings that are named in Chinese": {p(`<w:pStyle w:val="c"/>`, "甲") + p(`<w:pStyle w:val="a"/>`, "乙") + p(`<w:pStyle w:val="b"/>`, "丙"), "# 甲\n\n## 乙\n\n### 丙\n"},
		"an address without quotes":          {para(field(` HYPERLINK https://bank.example/a \l "b" `)), "[见此](<https://bank.example/a>)\n"},
		"capital letters":                    {para(`<w:r><w:rPr><w:caps/></w:rPr><w:t>kyc</w:t></w:r>`) + p(`<w:pStyle w:val="d"/>`, "aml") + `<w:p><w:pPr><w:pStyle w:val="d"/></w:pPr><w:r><w:rPr><w:caps w:val="0"/></w:rPr><w:t>aml</w:t></w:r></w:p>`, "KYC\n\nAML\n\naml\n"},
	} {
		parts := rich(c.blocks)
		parts[numberingPart], parts[stylesPart] = lists, styles
		if d, err := Read(pack(t, parts)); err != nil || d.Markdown != c.want || len(d.Warnings) > 0 {
			t.Errorf("%s: got %q, want %q; %v %v", name, d.Markdown, c.want, d.Warnings, err)
		}
	}
	parts := rich(p(list("1", "0"), "甲"))
	parts["word/document2.xml"], parts["word/numbering1.xml"] = parts[textPart], lists
	parts["word/_rels/document2.xml.rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/numbering" Target="numbering1.xml"/></Relationships>`
	delete(parts, textPart)
	delete(parts, numberingPart)
	if d, err := Read(pack(t, parts)); err != nil || d.Markdown != "1. 甲\n" {
		t.Errorf("other names of the parts: %q, %v", d.Markdown, err)
	}
}
