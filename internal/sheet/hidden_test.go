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
