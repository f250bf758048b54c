package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"anwen/internal/errs"
)

// written is a workbook as programs other than Excel may write it: each page is the XML
// of its rows.
type written struct {
	names    []string
	pages    []string
	hidden   map[string]bool
	formats  []string // custom formats; the style of the first is 1
	builtIn  []int    // formats by number, whose styles follow
	shared   []string // XML of each shared text
	date1904 string
}

func (w written) bytes(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name, text string) {
		part, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(`<?xml version="1.0" encoding="UTF-8"?>` + text)); err != nil {
			t.Fatal(err)
		}
	}
	const main, links = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`, `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	const kind = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	put("_rels/.rels", `<Relationships `+links+`><Relationship Id="rId1" Type="`+kind+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	var sheets, rels, formats, xfs strings.Builder
	for i, rows := range w.pages {
		name, state := fmt.Sprintf("Sheet%d", i+1), ""
		if i < len(w.names) {
			name = w.names[i]
		}
		if w.hidden[name] {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d"%s r:id="p%d"/>`, name, i+1, state, i)
		fmt.Fprintf(&rels, `<Relationship Id="p%d" Type="%s/worksheet" Target="/xl/worksheets/page%d.xml"/>`, i, kind, i)
		put(fmt.Sprintf("xl/worksheets/page%d.xml", i), `<worksheet `+main+`><sheetData>`+rows+`</sheetData></worksheet>`)
	}
	fmt.Fprintf(&rels, `<Relationship Id="s" Type="%s/styles" Target="styles.xml"/><Relationship Id="t" Type="%s/sharedStrings" Target="sharedStrings.xml"/>`, kind, kind)
	for i, f := range w.formats {
		var code bytes.Buffer
		if err := xml.EscapeText(&code, []byte(f)); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, 164+i, code.String())
		fmt.Fprintf(&xfs, `<xf numFmtId="%d"/>`, 164+i)
	}
	for _, id := range w.builtIn {
		fmt.Fprintf(&xfs, `<xf numFmtId="%d"/>`, id)
	}
	put("xl/_rels/workbook.xml.rels", `<Relationships `+links+`>`+rels.String()+`</Relationships>`)
	put("xl/workbook.xml", `<workbook `+main+` xmlns:r="`+kind+`"><workbookPr`+w.date1904+`/><sheets>`+sheets.String()+`</sheets></workbook>`)
	put("xl/styles.xml", `<styleSheet `+main+`><numFmts>`+formats.String()+`</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>`+xfs.String()+`</cellXfs></styleSheet>`)
	put("xl/sharedStrings.xml", `<sst `+main+`>`+strings.Join(w.shared, "")+`</sst>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// headed is a page with a column A under the heading h, and the cell A2.
func headed(cell string) string {
	return `<row r="1"><c r="A1" t="inlineStr"><is><t>h</t></is></c></row><row r="2">` + cell + `</row>`
}

// seen reads A2: its text, or the code of its fault.
func seen(t *testing.T, w written) string {
	t.Helper()
	table, err := flawless("x.xlsx", w.bytes(t), nil)
	if err == nil {
		return table.Rows[0].Cells[0]
	}
	var e *errs.Error
	if !asError(err, &e) || len(e.Faults) != 1 || e.Faults[0].Place.String() != "x.xlsx:2:h" || e.Faults[0].Args["cell"] != "A2" {
		t.Errorf("got %v", err)
		return ""
	}
	return e.Faults[0].Code
}

func TestANumberIsWhatExcelShows(t *testing.T) {
	for _, c := range []struct{ format, value, want string }{
		{"", "123", "123"}, {"", "1001.0", "1001"}, {"", "5.0", "5"}, {"", "1.2345678E7", "12345678"}, {"", "1.1000000000000001", "1.1"},
		{"", "0.28999999999999998", "0.29"}, {"", "0.30000000000000004", "0.3"}, {"", "-2.50", "-2.5"}, {"", "1E-3", "0.001"}, {"", "0", "0"},
		{"", "123456789012345", "123456789012345"}, {"", "110101199003071234", "sheet.number_too_long"}, {"", "1.1010119900307101E17", "sheet.number_too_long"},
		{"", "abc", "sheet.cell_broken"}, {"", "NaN", "sheet.cell_broken"}, {"General", "1001.0", "1001"}, {"@", "1001.0", "1001"}, {"G/通用格式", "7.0", "7"},
		{"000000", "123", "000123"}, {"000000", "1234567", "1234567"}, {"0000-0000", "12345678", "1234-5678"}, {`"AH"0000`, "1", "AH0001"}, {`\A\H0000`, "1", "AH0001"},
		{`!A0000`, "1", "A0001"}, {"0%", "0.24", "24%"}, {"0%", "0.285", "29%"}, {"0.00%", "0.0435", "4.35%"}, {"0%", "1", "100%"},
		{"0", "2.5", "3"}, {"0.00", "5", "5.00"}, {"0.00", "1.005", "1.01"}, {"0.0#", "1.5", "1.5"}, {"#,##0", "1234567", "1,234,567"}, {"#,##0.00", "-1234.5", "-1,234.50"},
		{"0,000", "5", "0,005"}, {"#,##0,", "1234567", "1,235"}, {".00", "12.5", "12.50"}, {"#.##", "0.5", ".5"},
		{`#,##0"元"`, "1500", "1,500元"}, {`[$¥-804]#,##0.00`, "12", "¥12.00"}, {`[Red]0;[Blue]-0`, "-3", "-3"}, {`0;(0)`, "-3", "(3)"}, {`0;-0;"无"`, "0", "无"},
		{`0;-0;;@`, "0", ""}, {`;;;`, "3", "sheet.hidden_value"}, {`[=1]"是";[=0]"否";General`, "1", "是"}, {`[=1]"是";[=0]"否";General`, "0", "否"},
		{`[=1]"是";[=0]"否";General`, "7", "7"}, {`[<=9999999]###-####;(###) ###-####`, "5551234", "555-1234"}, {`_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ `, "1234.5", "1,234.50"},
		{`General"次"`, "3", "3次"}, {"0.00E+00", "12300000", "12300000"}, {"0.00E+00", "12345678", "sheet.number_rounded"}, {"# ?/?", "0.5", "sheet.unknown_format"},
		{`[>=0]0;(0)`, "-3", "(3)"}, {`[<0](0);0`, "-3", "(3)"}, {`[<100]0.0;0`, "-3", "-3.0"}, {`[>100]0;[<0]-0;0`, "-5", "-5"}, {`[>=100]0;0.0`, "5", "5.0"},
		{"[DBNum1]General", "12", "sheet.unknown_format"}, {"[>100]0", "5", "sheet.unknown_format"},
	} {
		style, w := "", written{}
		if c.format != "" {
			style, w.formats = ` s="1"`, []string{c.format}
		}
		w.pages = []string{headed(`<c r="A2"` + style + `><v>` + c.value + `</v></c><c r="B2"><v></v></c>`)}
		if c.want == "" {
			w.pages[0] = strings.Replace(w.pages[0], `<row r="2">`, `<row r="2"><c r="C2" t="str"><v>x</v></c>`, 1)
			table := (&builder{}).mustRead(t, w)
			if table[1].Cells[0] != "" {
				t.Errorf("%s in %q: got %q", c.value, c.format, table[1].Cells[0])
			}
			continue
		}
		if got := seen(t, w); got != c.want {
			t.Errorf("%s in %q: got %q, want %q", c.value, c.format, got, c.want)
		}
	}
}

// mustRead reads the rows of the first page.
func (*builder) mustRead(t *testing.T, w written) []Row {
	t.Helper()
	book, err := openBook(w.bytes(t))
	if err != nil {
		t.Fatal(err)
	}
	page, err := book.read(book.pages[0], 100)
	if err != nil {
		t.Fatal(err)
	}
	return page.rows
}

func TestADateIsWhatExcelShowsAndAWholeOneIsWrittenFromItsYear(t *testing.T) {
	for _, c := range []struct {
		format  string
		builtIn int
		value   string
		since   string
		want    string
	}{
		{"yyyy-mm-dd", 0, "46066", "", "2026-02-13"}, {"yyyy-mm-dd hh:mm", 0, "46066.4375", "", "2026-02-13T10:30:00"}, {`yyyy"年"m"月"d"日"`, 0, "46066", "", "2026-02-13"},
		{`[DBNum1][$-804]yyyy"年"m"月"d"日"`, 0, "46066", "", "2026-02-13"}, {`[$-404]e/m/d`, 0, "46066", "", "2026-02-13"}, {"d.m.yy", 0, "46066", "", "2026-02-13"},
		{"", 14, "46066", "", "2026-02-13"}, {"", 22, "46066.4375", "", "2026-02-13T10:30:00"}, {"", 31, "46066", "", "2026-02-13"},
		{`m"月"d"日"`, 0, "46066", "", "2月13日"}, {"", 28, "46066", "", "2月13日"}, {`yyyy"年"m"月"`, 0, "46066", "", "2026年2月"}, {"yyyy-mm", 0, "46066", "", "2026-02"},
		{"h:mm", 0, "0.7083333333333333", "", "17:00"}, {"", 20, "0.7083333333333333", "", "17:00"}, {"h:mm:ss", 0, "0.5", "", "12:00:00"}, {"hh:mm", 0, "0.3541666666666667", "", "08:30"},
		{"h:mm AM/PM", 0, "0.7083333333333333", "", "5:00 PM"}, {`上午/下午h"时"mm"分"`, 0, "0.7083333333333333", "", "下午5时00分"}, {"[h]:mm", 0, "1.0625", "", "25:30"},
		{"mm:ss.0", 0, "0.00001157407407407407", "", "00:01.0"}, {"[mm]:ss", 0, "0.0625", "", "90:00"}, {"h:mm", 0, "46066.99999999", "", "0:00"},
		{"yyyy-mm-dd hh:mm", 0, "44500.5", ` date1904="1"`, "2025-11-01T12:00:00"}, {"yyyy-mm-dd hh:mm", 0, "44500.5", ` date1904="true"`, "2025-11-01T12:00:00"},
		{"yyyy-mm-dd hh:mm", 0, "44500.5", ` date1904="0"`, "2021-10-31T12:00:00"}, {"yyyy-mm-dd", 0, "0", ` date1904="1"`, "1904-01-01"},
		{"yyyy-mm-dd", 0, "59", "", "1900-02-28"}, {"yyyy-mm-dd", 0, "60", "", "sheet.no_date"}, {"yyyy-mm-dd", 0, "61", "", "1900-03-01"}, {"yyyy-mm-dd", 0, "0", "", "sheet.no_date"},
		{"yyyy-mm-dd", 0, "-1", "", "sheet.no_date"}, {"yyyy-mm-dd", 0, "2958466", "", "sheet.no_date"}, {"yyyy-mm-dd", 0, "2958465", "", "9999-12-31"},
		{`[DBNum1]m"月"d"日"`, 0, "46066", "", "sheet.unknown_format"}, {"d-mmm", 0, "46066", "", "13-Feb"}, {"[$-804]mmmm", 0, "46066", "", "二月"}, {"[$-804]dddd", 0, "46066", "", "星期五"},
		{`[$-404]e"年"m"月"`, 0, "46066", "", "sheet.unknown_format"}, {`e"年"m"月"`, 0, "46066", "", "2026年2月"}, {`[$-404]ggge"年"m"月"d"日"`, 0, "46066", "", "2026-02-13"}, {"aaaa", 0, "46066", "", "星期五"},
	} {
		w := written{date1904: c.since, pages: []string{headed(`<c r="A2" s="1"><v>` + c.value + `</v></c>`)}}
		if c.format != "" {
			w.formats = []string{c.format}
		} else {
			w.builtIn = []int{c.builtIn}
		}
		if got := seen(t, w); got != c.want {
			t.Errorf("%s in %q %d: got %q, want %q", c.value, c.format, c.builtIn, got, c.want)
		}
	}
}

func TestCellsOfEveryKindAreRead(t *testing.T) {
	for name, c := range map[string]struct{ cell, want string }{
		"a shared text":                 {`<c r="A2" t="s"><v>0</v></c>`, "王芳"},
		"a rich text without readings":  {`<c r="A2" t="s"><v>1</v></c>`, "王芳"},
		"an escaped character":          {`<c r="A2" t="s"><v>2</v></c>`, "a\tb_x0009_"},
		"an inline text":                {`<c r="A2" t="inlineStr"><is><r><t>王</t></r><r><t>芳</t></r></is></c>`, "王芳"},
		"a text of digits":              {`<c r="A2" t="inlineStr"><is><t>1001.0</t></is></c>`, "1001.0"},
		"a text in a format":            {`<c r="A2" s="1" t="inlineStr"><is><t>001</t></is></c>`, "AH001"},
		"a formula":                     {`<c r="A2"><f>1+1</f><v>2</v></c>`, "2"},
		"a formula that gives text":     {`<c r="A2" t="str"><f>A1</f><v>h</v></c>`, "h"},
		"a formula without a value":     {`<c r="A2"><f>1+1</f></c>`, "sheet.formula_without_value"},
		"an error":                      {`<c r="A2" t="e"><v>#N/A</v></c>`, "sheet.error_value"},
		"a truth":                       {`<c r="A2" t="b"><v>1</v></c>`, "TRUE"},
		"a falsehood":                   {`<c r="A2" t="b"><v>0</v></c>`, "FALSE"},
		"a date of the day with a time": {`<c r="A2" t="d"><v>2026-02-13T10:30:00.000</v></c>`, "2026-02-13T10:30:00"},
		"a picture in a cell":           {`<c r="A2" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>`, "sheet.picture_cell"},
		"a date in words":               {`<c r="A2" t="d"><v>2026-02-13T00:00:00</v></c>`, "2026-02-13"},
		"a shared text that is absent":  {`<c r="A2" t="s"><v>9</v></c>`, "sheet.cell_broken"},
		"a cell without an address":     {`<c t="inlineStr"><is><t>王芳</t></is></c>`, "王芳"},
		"an unknown style":              {`<c r="A2" s="99"><v>5.0</v></c>`, "5"},
	} {
		w := written{formats: []string{`"AH"@`}, pages: []string{headed(c.cell)}, shared: []string{
			`<si><t>王芳</t></si>`, `<si><r><rPr><b/></rPr><t>王</t></r><r><t>芳</t></r><rPh sb="0" eb="1"><t>わん</t></rPh></si>`, `<si><t>a_x0009_b_x005F_x0009_</t></si>`}}
		if got := seen(t, w); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
