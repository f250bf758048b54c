package sheet

import (
	"fmt"
	"strings"
	"testing"

	"anwen/internal/errs"
)

// staff knows three headings; what stands under 备忘 is known and not read.
func staff(heading string) (string, bool) {
	field, _ := Fields{"no": {"employee_no", "工号"}, "name": {"姓名"}, "memo": {"备忘"}}.Known()(heading)
	return field, field != "memo"
}

func TestHeadingsAreFoundBelowWhatStandsAboveThem(t *testing.T) {
	for name, c := range map[string]struct{ raw, want string }{
		"at once":                     {"工号,姓名\n1,王芳\n", "1 [工号 姓名] [{2 [1 王芳]}] {[] [] [] []}"},
		"below a title":               {"2026年员工名单,\n\n工号,姓名\n1,王芳\n", "3 [工号 姓名] [{4 [1 王芳]}] {[] [2026年员工名单] [] []}"},
		"below a title without cells": {"员工名单\n制表：人事部\n工号;姓名\n1;王,芳\n", "3 [工号 姓名] [{4 [1 王,芳]}] {[] [员工名单 制表：人事部] [] []}"},
		"below sep=":                  {"sep=;\n工号;姓名\n1;王芳\n", "2 [工号 姓名] [{3 [1 王芳]}] {[] [] [] []}"},
		"below sep= of a bar":         {"\"sep=|\"\n工号|姓名\n1|王芳\n", "2 [工号 姓名] [{3 [1 王芳]}] {[] [] [] []}"},
		"below sep= of a tab":         {"sep=\t\r\n工号\t姓名\r\n1\t王芳\r\n", "2 [工号 姓名] [{3 [1 王芳]}] {[] [] [] []}"},
		"with stars":                  {"*工号,姓名＊\n1,王芳\n", "1 [*工号 姓名＊] [{2 [1 王芳]}] {[] [] [] []}"},
		"with words for required":     {"工号（必填）,姓 名 (required)\n1,王芳\n", "1 [工号（必填） 姓 名 (required)] [{2 [1 王芳]}] {[] [] [] []}"},
		"in English":                  {"Employee No,姓名\n1,王芳\n", "1 [Employee No 姓名] [{2 [1 王芳]}] {[] [] [] []}"},
		"with an unknown column":      {"工号,爱好,姓名\n1,围棋,王芳\n", "1 [工号 爱好 姓名] [{2 [1 围棋 王芳]}] {[爱好] [] [] []}"},
		"texts as formulas":           {"工号,姓名\n=\"000123\",\"a,=\"\"b\"\"\"\n", "1 [工号 姓名] [{2 [000123 a,=\"b\"]}] {[] [] [] []}"},
		"texts as quoted formulas":    {"工号,姓名\n\"=\"\"000123\"\"\",\"=\"\"王\"\"\"\n", "1 [工号 姓名] [{2 [000123 王]}] {[] [] [] []}"},
		"texts behind an apostrophe":  {"工号,姓名\n'000123,王芳\n", "1 [工号 姓名] [{2 [000123 王芳]}] {[] [] [] []}"},
		"below groups":                {"基本信息,,人事\n工号,姓名,备忘\n1,王芳,2\n", "2 [工号 姓名 备忘] [{3 [1 王芳 2]}] {[] [基本信息 人事] [] []}"},
		"below groups of one heading": {"工号,姓名,其他,\n工号,姓名,备忘,爱好\n1,王芳,2,3\n", "2 [工号 姓名 备忘 爱好] [{3 [1 王芳 2 3]}] {[爱好] [工号 姓名 其他] [] []}"},
		"behind an empty column":      {",工号,,姓名\n,1,,王芳\n", "1 [工号 姓名] [{2 [1 王芳]}] {[] [] [] []}"},
		"between bars":                {"工号|姓名\n1|王,芳\n", "1 [工号 姓名] [{2 [1 王,芳]}] {[] [] [] []}"},
		"a table of Markdown":         {"| 工号 | 姓名 |\n|---|:---|\n| 1 | 王芳 |\n", "1 [工号 姓名] [{3 [ 1   王芳 ]}] {[] [] [] []}"},
		"between full-width commas":   {"工号，姓名\n1，王芳\n", "1 [工号 姓名] [{2 [1 王芳]}] {[] [] [] []}"},
		"on every page":               {"工号,姓名\n1,王芳\n工号,姓名\n2,李敏\n", "1 [工号 姓名] [{2 [1 王芳]} {4 [2 李敏]}] {[] [] [] []}"},
		"behind two marks of UTF-8":   {"\ufeff\ufeff\"工号\",姓名\n1,\ufeff王芳\n\x1a", "1 [工号 姓名] [{2 [1 王芳]}] {[] [] [] []}"},
		"one known heading":           {"工号,爱好\n1,围棋\n", "1 [工号 爱好] [{2 [1 围棋]}] {[爱好] [] [] []}"},
	} {
		table, err := Read("x.csv", []byte(c.raw), Limits{}, staff)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := fmt.Sprint(table.HeadingLine, table.Headings, table.Rows, table.LeftOut); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, c.want)
		}
	}
}

func TestWhatIsNoTableIsRefusedInWordsThatHelp(t *testing.T) {
	for name, c := range map[string]struct{ raw, code, at string }{
		"no headings at all":          {"张三,柜员\n李四,柜员\n", "sheet.no_headings", "x:1"},
		"an old workbook":             {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", "sheet.old_workbook", ""},
		"a web page named xls":        {"\ufeff<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>", "sheet.web_page", ""},
		"XML of 2003":                 {"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook>", "sheet.web_page", ""},
		"a control character":         {"工号,姓名\n1,王\x08芳\n", "sheet.control_character", "x:2:姓名"},
		"a rounded number":            {"工号,姓名\n1.23E+11,王芳\n", "sheet.number_rounded", "x:2:工号"},
		"an error":                    {"工号,姓名\n#N/A,王芳\n", "sheet.error_value", "x:2:工号"},
		"a column too narrow":         {"工号,姓名\n########,王芳\n", "sheet.error_value", "x:2:工号"},
		"a PDF":                       {"%PDF-1.4\n工号", "sheet.no_text", ""},
		"a web page that begins late": {"<!-- x --><div><table class=a><tr><td>工号</td>", "sheet.web_page", ""},
		"a web page in a letter":      {"MIME-Version: 1.0\nContent-Type: multipart/related\n", "sheet.web_page", ""},
		"a zip that is no workbook":   {"PK\x03\x04 but no zip", "sheet.no_workbook", ""},
		"a column without a heading":  {"工号,,姓名\n1,2,3\n", "sheet.heading_missing", "x:1:B"},
		"a ragged row below a title":  {"名单\n工号,姓名\n1,2,3\n", "sheet.ragged_row", "x:3"},
	} {
		_, err := flawless("x", []byte(c.raw), staff)
		var e *errs.Error
		if !asError(err, &e) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		code, at := e.Code, ""
		if len(e.Faults) > 0 {
			code, at = e.Faults[0].Code, e.Faults[0].Place.String()
		}
		if code != c.code || at != c.at {
			t.Errorf("%s: got %s at %q", name, code, at)
		}
	}
	if _, err := flawless("x", []byte("工号,备忘\n1,\x08\n"), staff); err != nil {
		t.Errorf("a column that is not read: %v", err)
	}
}

func TestTwoColumnsOfOneFieldAreAFault(t *testing.T) {
	table, err := Read("x.csv", []byte("工号,姓名,employee_no\n1,王芳,2\n"), Limits{}, staff)
	if err != nil {
		t.Fatal(err)
	}
	table.Columns()
	if list := table.Faults.List(); len(list) != 1 || list[0].Code != "sheet.column_twice" || list[0].Place.String() != "x.csv:1:employee_no" {
		t.Errorf("got %+v", list)
	}
}

func row(n int, cells ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d">`, n)
	for i, c := range cells {
		fmt.Fprintf(&b, `<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>`, columnLetter(i), n, c)
	}
	return b.String() + `</row>`
}

func TestTheSheetWithTheHeadingsIsRead(t *testing.T) {
	guide := row(1, "填表说明") + row(2, "工号", "必填，如 000123") + row(3, "姓名", "必填")
	data := row(1, "员工名单") + row(3, "工号", "姓名") + row(7, "1", "王芳")
	for name, c := range map[string]struct {
		w    written
		want string
	}{
		"after instructions":  {written{names: []string{"说明", "数据"}, pages: []string{guide, data}}, "3 [{7 [1 王芳]}] {[] [员工名单] [说明] []}"},
		"before instructions": {written{names: []string{"数据", "说明"}, pages: []string{data, guide}}, "3 [{7 [1 王芳]}] {[] [员工名单] [说明] []}"},
		"after an empty one":  {written{names: []string{"空", "数据"}, pages: []string{"", data}}, "3 [{7 [1 王芳]}] {[] [员工名单] [] []}"},
		"two with data":       {written{names: []string{"一", "二"}, pages: []string{data, data}}, "3 [{7 [1 王芳]}] {[] [员工名单] [二] []}"},
		"after a hidden one": {written{names: []string{"旧", "数据"}, pages: []string{data, row(1, "工号", "姓名") + row(2, "2", "李敏")}, hidden: map[string]bool{"旧": true}},
			"1 [{2 [2 李敏]}] {[] [] [旧] []}"},
	} {
		table, err := Read("x.xlsx", c.w.bytes(t), Limits{}, staff)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := fmt.Sprint(table.HeadingLine, table.Rows, table.LeftOut); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, c.want)
		}
	}
}

func TestAMergedCellIsWhatItSaysInEachOfItsRows(t *testing.T) {
	cell := func(address, text string) string {
		return `<c r="` + address + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
	}
	merged := func(refs ...string) (xml string) {
		for _, ref := range refs {
			xml += `<mergeCell ref="` + ref + `"/>`
		}
		return `</sheetData><mergeCells>` + xml + `</mergeCells><sheetData>`
	}
	for name, c := range map[string]struct{ page, want string }{
		"a cell of two rows":       {row(1, "工号", "姓名", "备忘") + row(2, "1", "王芳", "总行") + `<row r="3">` + cell("A3", "2") + cell("B3", "李敏") + `</row>` + row(4, "3", "张伟") + merged("C2:C3"), "1 [{2 [1 王芳 总行]} {3 [2 李敏 总行]} {4 [3 张伟 ]}]"},
		"over another cell":        {row(1, "工号", "姓名", "备忘") + row(2, "1", "王芳", "总行") + row(3, "2", "李敏", "支行") + merged("C2:C3"), "1 [{2 [1 王芳 总行]} {3 [2 李敏 支行]}]"},
		"headings of two rows":     {row(1, "工号", "姓名", "其他") + `<row r="2">` + cell("C2", "备忘") + cell("D2", "爱好") + `</row>` + row(3, "1", "王芳", "2", "3") + merged("A1:A2", "B1:B2", "C1:D1"), "2 [{3 [1 王芳 2 3]}]"},
		"a title":                  {row(1, "名单") + row(2, "工号", "姓名") + row(3, "1", "王芳") + merged("A1:B1"), "2 [{3 [1 王芳]}]"},
		"what is no address":       {row(1, "工号", "姓名") + row(2, "1", "王芳") + merged("A1", "x:y", ":", "A0:A9999999999999999999", "ZZZZZZ1:A2"), "1 [{2 [1 王芳]}]"},
		"a table that begins at B": {`<row r="2">` + cell("B2", "工号") + cell("C2", "姓名") + `</row><row r="3">` + cell("B3", "1") + cell("C3", "王芳") + `</row>`, "2 [{3 [1 王芳]}]"},
	} {
		table, err := Read("x.xlsx", written{pages: []string{c.page}}.bytes(t), Limits{}, staff)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := fmt.Sprint(table.HeadingLine, table.Rows); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, c.want)
		}
	}
}

// A merged cell that cannot be known is not known in any of its rows.
func TestAFaultOfAMergedCellIsOneOfEachOfItsRows(t *testing.T) {
	page := row(1, "工号", "姓名") + `<row r="2"><c r="A2" t="inlineStr"><is><t>1</t></is></c><c r="B2"><f>1+1</f></c></row>` + row(3, "2") + `</sheetData><mergeCells><mergeCell ref="B2:B3"/></mergeCells><sheetData>`
	table, err := Read("x.xlsx", written{pages: []string{page}}.bytes(t), Limits{}, staff)
	if err != nil || len(table.Rows) != 2 || !table.Unread(table.Rows[0], 1) || !table.Unread(table.Rows[1], 1) {
		t.Errorf("%v, %+v", err, table)
	}
}
