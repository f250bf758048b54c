package sheet

import (
	"fmt"
	"strings"
	"testing"

	"anwen/internal/errs"
)

// What a filter or a hand has hidden is neither read nor left out in silence.
func TestWhatIsHiddenIsSaid(t *testing.T) {
	page := row(1, "工号", "姓名", "爱好") + row(2, "1", "王芳", "围棋") + row(3, "2", "李敏", "棋") + row(4, "3", "张伟", "棋")
	hide := func(page string, lines ...int) string {
		for _, n := range lines {
			page = strings.Replace(page, fmt.Sprintf(`<row r="%d">`, n), fmt.Sprintf(`<row r="%d" hidden="1">`, n), 1)
		}
		return page
	}
	for name, c := range map[string]struct{ page, want string }{
		"two rows":                {hide(page, 3, 4), "x.xlsx:3 sheet.hidden_rows 2"},
		"a row that says true":    {strings.Replace(page, `<row r="4">`, `<row r="4" hidden="true">`, 1), "x.xlsx:4 sheet.hidden_rows 1"},
		"nothing":                 {strings.Replace(page, `<row r="4">`, `<row r="4" hidden="0">`, 1), ""},
		"an empty row":            {page + `<row r="5" hidden="1"/>`, ""},
		"a title":                 {`<row r="1" hidden="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>` + row(2, "工号", "姓名") + row(3, "1", "王芳"), ""},
		"a column":                {`<cols><col min="2" max="2" hidden="1"/></cols>` + page, "x.xlsx:1:B sheet.hidden_column 姓名"},
		"all columns from one on": {`<cols><col min="2" max="16384" hidden="1"/></cols>` + page, "x.xlsx:1:B sheet.hidden_column 姓名"},
		"a column nobody reads":   {`<cols><col min="3" max="3" hidden="1"/></cols>` + page, ""},
		"a column that is shown":  {`<cols><col min="2" max="2" width="9"/></cols>` + page, ""},
		"a row of no height":      {strings.Replace(page, `<row r="4">`, `<row r="4" ht="0" customHeight="1">`, 1), "x.xlsx:4 sheet.hidden_rows 1"},
		"all rows by default":     {`<sheetFormatPr zeroHeight="1"/>` + strings.Replace(page, `<row r="1">`, `<row r="1" ht="15">`, 1), "x.xlsx:2 sheet.hidden_rows 3"},
		"the headings":            {hide(page, 1), "x.xlsx:1 sheet.hidden_rows 1"},
		"a column of no width":    {`<cols><col min="2" max="2" width="0" customWidth="1"/></cols>` + page, "x.xlsx:1:B sheet.hidden_column 姓名"},
		"columns by default":      {`<sheetFormatPr defaultColWidth="0"/><cols><col min="1" max="1" width="9"/></cols>` + page, "x.xlsx:1:B sheet.hidden_column 姓名"},
		"what is no column":       {`<cols><col min="x" max="2" hidden="1"/><col hidden="1"/></cols>` + page, ""},
	} {
		table, err := Read("x.xlsx", written{pages: []string{c.page}}.bytes(t), Limits{}, staff)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, e := "", (*errs.Error)(nil)
		if asError(table.Faults.Err("sheet.faults"), &e) {
			for _, f := range e.Faults {
				detail := f.Args["count"]
				if detail == nil {
					detail = f.Args["heading"]
				}
				got += fmt.Sprint(f.Place.String(), " ", f.Code, " ", detail)
			}
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestAWidePageThatIsNotReadIsLeftOut(t *testing.T) {
	wide := `<row r="1"><c r="A1" t="inlineStr"><is><t>备用</t></is></c><c r="KP1" t="inlineStr"><is><t>x</t></is></c></row>`
	data := row(1, "工号", "姓名") + row(2, "1", "王芳")
	blank := data + `<row r="3"><c r="XFD3" t="inlineStr"><is><t> </t></is></c></row>`
	for name, c := range map[string]struct {
		w    written
		want string
	}{
		"after the data":  {written{names: []string{"数据", "宽"}, pages: []string{data, wide}}, "<nil> [{2 [1 王芳]}]"},
		"before the data": {written{names: []string{"宽", "数据"}, pages: []string{wide, data}}, "<nil> [{2 [1 王芳]}]"},
		"a space far out": {written{pages: []string{blank}}, "<nil> [{2 [1 王芳]}]"},
		"the data itself": {written{pages: []string{data + `<row r="3"><c r="KP3" t="inlineStr"><is><t>x</t></is></c></row>`}}, "sheet.too_many_columns []"},
	} {
		table, err := Read("x.xlsx", c.w.bytes(t), Limits{}, staff)
		got := fmt.Sprint(err)
		if e := (*errs.Error)(nil); asError(err, &e) {
			got = e.Code
		}
		rows := []Row{}
		if table != nil {
			rows = table.Rows
		}
		if got = fmt.Sprint(got, " ", rows); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}
