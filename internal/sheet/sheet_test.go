package sheet

import (
	"bytes"
	"errors"
	"fmt"
	picture "image"
	image "image/png"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"anwen/internal/errs"
)

func TestEveryEncodingOfTheHouseIsRead(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte("工号,姓名\r\n1,𠮷田喆\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	big5, err := traditionalchinese.Big5.NewEncoder().Bytes([]byte("員工編號,姓名\n1,陳怡君\n"))
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte("工号\t姓名\n1\t王芳\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		raw            []byte
		encoding, name string
	}{
		"UTF-8":              {[]byte("工号,姓名\n1,𠮷田喆\n"), "UTF-8", "𠮷田喆"},
		"UTF-8 with a mark":  {[]byte("\ufeff工号,姓名\n1,𠮷田喆\n"), "UTF-8", "𠮷田喆"},
		"GB18030 from Excel": {gb, "GB18030", "𠮷田喆"},
		"Big5":               {big5, "Big5", "陳怡君"},
		"UTF-16 with tabs":   {utf16, "UTF-16", "王芳"},
		"semicolons":         {[]byte("工号;姓名\n1;王芳\n"), "UTF-8", "王芳"},
		"carriage returns":   {[]byte("工号,姓名\r1,王芳\r"), "UTF-8", "王芳"},
		"a quoted comma":     {[]byte("工号,姓名\n1,\"王,芳\"\n"), "UTF-8", "王,芳"},
		"a quoted line end":  {[]byte("工号,姓名\n1,\"王\n芳\"\n"), "UTF-8", "王\n芳"},
		"empty cells at end": {[]byte("工号,姓名,,\n1,王芳,,\n,,,\n"), "UTF-8", "王芳"},
	} {
		t.Run(name, func(t *testing.T) {
			table, err := Read("staff.csv", c.raw, Limits{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if table.Encoding != c.encoding || len(table.Rows) != 1 || table.Rows[0].Cells[1] != c.name {
				t.Fatalf("got %+v", table)
			}
		})
	}
}

func TestRefusalsNameThePlace(t *testing.T) {
	for name, c := range map[string]struct {
		raw  string
		code string
		at   string
	}{
		"nothing":            {"  \n ", "sheet.empty", ""},
		"only headings":      {"a,b\n", "sheet.no_rows", ""},
		"a ragged row":       {"a,b\n1,2\n1,2,3\n", "sheet.ragged_row", "x.csv:3"},
		"a short row":        {"a,b\n\"1\n1\",2\n1\n", "sheet.ragged_row", "x.csv:4"},
		"a heading twice":    {"a,A\n1,2\n", "sheet.heading_twice", "x.csv:1:B"},
		"a heading missing":  {"a,,b\n1,2,3\n", "sheet.heading_missing", "x.csv:1:B"},
		"torn quotes":        {"a,b\n1,\"2\n3,4\n", "sheet.broken_quotes", "x.csv:2"},
		"binary":             {"a,b\n\x00\x01,2\n", "sheet.no_text", ""},
		"binary of 16 bits":  {"\xff\xfea\x00\x00\x00\n\x001\x00\n\x00", "sheet.no_text", ""},
		"no encoding at all": {"a,b\n\xff\xff\x80,2\n", "sheet.no_text", ""},
		"no workbook":        {"PK\x03\x04 but no zip", "sheet.no_workbook", ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := flawless("x.csv", []byte(c.raw), nil)
			var e *errs.Error
			if !asError(err, &e) {
				t.Fatalf("got %v", err)
			}
			code, at := e.Code, ""
			if len(e.Faults) > 0 {
				code, at = e.Faults[0].Code, e.Faults[0].Place.String()
			}
			if code != c.code || at != c.at {
				t.Fatalf("got %s at %q", code, at)
			}
		})
	}
}

// flawless reads a table; what is wrong with its parts is an error too.
func flawless(name string, raw []byte, known Known) (*Table, error) {
	t, err := Read(name, raw, Limits{}, known)
	if err == nil {
		err = t.Faults.Err("sheet.faults")
	}
	return t, err
}

func TestWhatIsWrongWithSomeRowsIsToldWhileTheOthersAreRead(t *testing.T) {
	table, err := Read("x.csv", []byte("a,A,,b\n1,,x,2\n1,,,\x02\n1,2\n3,,,4\n"), Limits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, f := range table.Faults.List() {
		list = append(list, fmt.Sprint(f.Place, " ", f.Code))
	}
	if got := strings.Join(list, "; "); got != "x.csv:1:B sheet.heading_twice; x.csv:1:C sheet.heading_missing; x.csv:3:b sheet.control_character; x.csv:4 sheet.ragged_row" {
		t.Errorf("got %s", got)
	}
	if len(table.Rows) != 3 || table.Rows[2].Line != 5 || !table.Unread(table.Rows[1], 3) || table.Unread(table.Rows[1], 0) || table.Unread(table.Rows[0], 3) {
		t.Errorf("got %+v", table)
	}
}

func asError(err error, e **errs.Error) bool {
	found, ok := err.(*errs.Error)
	*e = found
	return ok
}

func TestLimitsHold(t *testing.T) {
	if _, err := Read("x", []byte("a\n"+strings.Repeat("1\n", 11)), Limits{Rows: 10}, nil); errs.CodeOf(err) != "sheet.too_many_rows" {
		t.Errorf("got %v", err)
	}
	if _, err := Read("x", make([]byte, 101), Limits{Bytes: 100}, nil); errs.KindOf(err) != errs.TooLarge {
		t.Errorf("got %v", err)
	}
	if _, err := Read("x", []byte(strings.Repeat("a,", 1000)+"\n1\n"), Limits{}, nil); errs.CodeOf(err) != "sheet.too_many_columns" {
		t.Errorf("got %v", err)
	}
	table, err := Read("x", []byte("a,b\n1,"+strings.Repeat("x", 4*MaxCell+1)+"\n2,y\n"), Limits{}, nil)
	if err != nil || len(table.Faults.List()) != 1 || table.Faults.List()[0].Code != "sheet.cell_too_long" || !table.Unread(table.Rows[0], 1) {
		t.Errorf("a cell that is too long: %v, %+v", err, table)
	}
}

func workbook(t *testing.T, fill func(*excelize.File)) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	fill(book)
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAWorkbookGivesRealDatesAndPlainNumbers(t *testing.T) {
	raw := workbook(t, func(book *excelize.File) {
		style, err := book.NewStyle(&excelize.Style{NumFmt: 22})
		if err != nil {
			t.Fatal(err)
		}
		for cell, v := range map[string]any{
			"A1": "编号", "B1": "受理时间", "C1": "数", "A2": "C-1", "B2": time.Date(2026, 2, 13, 10, 30, 0, 0, time.UTC), "C2": 46066,
			"A3": "C-2", "B3": time.Date(2026, 2, 14, 0, 0, 0, 0, time.UTC),
		} {
			if err := book.SetCellValue("Sheet1", cell, v); err != nil {
				t.Fatal(err)
			}
		}
		if err := book.SetCellStyle("Sheet1", "B2", "B3", style); err != nil {
			t.Fatal(err)
		}
	})
	table, err := Read("x.xlsx", raw, Limits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(table.Rows); got != "[{2 [C-1 2026-02-13T10:30:00 46066]} {3 [C-2 2026-02-14 ]}]" {
		t.Fatalf("got %s", got)
	}
}

func TestPicturesOnASheetAreNamed(t *testing.T) {
	raw := workbook(t, func(book *excelize.File) {
		var png bytes.Buffer
		if err := errors.Join(image.Encode(&png, picture.NewGray(picture.Rect(0, 0, 2, 2))), book.SetSheetRow("Sheet1", "A1", &[]string{"工号", "姓名"}),
			book.SetSheetRow("Sheet1", "A2", &[]string{"1", "王芳"}), book.AddPictureFromBytes("Sheet1", "C2", &excelize.Picture{Extension: ".png", File: png.Bytes()})); err != nil {
			t.Fatal(err)
		}
	})
	table, err := Read("x.xlsx", raw, Limits{}, nil)
	if err != nil || fmt.Sprint(table.LeftOut.Pictures) != "[image1.png]" {
		t.Errorf("%+v, %v", table, err)
	}
}

func TestABombStopsAtItsLimit(t *testing.T) {
	raw := workbook(t, func(book *excelize.File) {
		w, err := book.NewStreamWriter("Sheet1")
		if err != nil {
			t.Fatal(err)
		}
		cells := make([]any, 200)
		for i := range cells {
			cells[i] = strings.Repeat("0", 30_000)
		}
		for row := 1; row <= 45; row++ {
			if err := w.SetRow(fmt.Sprintf("A%d", row), cells); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	})
	if len(raw) > 2<<20 {
		t.Fatalf("the bomb itself has %d bytes", len(raw))
	}
	if _, err := Read("x.xlsx", raw, Limits{}, nil); errs.KindOf(err) != errs.Invalid {
		t.Fatalf("got %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\ufeffa;b\n\"1\n\";2", "PK\x03\x04", "\xff\xfea\x00\n\x00", "a\r1\r", "\"", ",,,\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		table, err := Read("x", raw, Limits{Rows: 1000}, nil)
		if err != nil {
			return
		}
		for _, r := range table.Rows {
			if len(r.Cells) != len(table.Headings) || r.Line < 1 {
				t.Fatalf("row %+v under %d headings", r, len(table.Headings))
			}
		}
	})
}
