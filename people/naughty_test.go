package people

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"anwen/internal/errs"
	"anwen/internal/identifier"
	"anwen/internal/testdb"
)

// notation is what a spreadsheet writes in CSV instead of what the cell holds: a number
// whose digits are gone, and the mark of the byte order. It is refused with its cell.
var notation = map[string]bool{"1E+02": true, "-1E+02": true, "\ufeff": true}

// Names are whatever people are called. The strings that break other programs
// come back as they went in; those that cannot be names are refused with their
// row.
func TestNaughtyNamesSurvive(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(testdb.Root(), "..", "shared", "fixtures", "strings", "blns.json"))
	if err != nil {
		t.Skip("the list of naughty strings is not here: ../shared/fixtures/strings")
	}
	var list []string
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	var code string
	if err := b.db.Raw(`SELECT code FROM units WHERE id = ?`, b.unit).Scan(&code).Error; err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	w := csv.NewWriter(&file)
	w.Write([]string{"employee_no", "name", "unit_code"})
	names := map[string]string{}
	for i, name := range list {
		if name = strings.TrimSpace(name); !identifier.Shows(name) || len([]rune(name)) > 100 || strings.ContainsFunc(name, unicode.IsControl) {
			continue
		}
		if notation[name] {
			continue
		}
		no := fmt.Sprintf("N%04d", i)
		names[no] = name
		w.Write([]string{no, name, code})
	}
	w.Flush()
	report, err := b.Import(ctx, System(), "names.csv", file.Bytes(), false)
	if err != nil {
		t.Fatal(err)
	}
	if report.Created != len(names) || len(names) < 400 {
		t.Errorf("%d of %d were created", report.Created, len(names))
	}
	for no, want := range names {
		var got string
		if err := b.db.Raw(`SELECT name FROM people WHERE employee_no = ?`, no).Scan(&got).Error; err != nil || got != want {
			t.Errorf("%s: %q became %q, %v", no, want, got, err)
		}
	}
	_, err = b.Import(ctx, System(), "names.csv", []byte("employee_no,name,unit_code\nX1,"+strings.Repeat("长", 400)+","+code+"\n"), false)
	if errs.KindOf(err) != errs.Invalid {
		t.Errorf("a name of 400 characters: %v", err)
	}
}
