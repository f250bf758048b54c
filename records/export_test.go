package records_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/internal/testdb"
	"anwen/people"
	"anwen/performance"
	"anwen/records"
)

// threeRecords are a valid one, a missing one, and one of a person whose name
// looks like a formula.
func threeRecords(t *testing.T, db *database.Pool) (path string) {
	unit, path := testdb.Unit(t, db, 0)
	s := school{t, db}
	course, revision, certification := s.course("aml")
	for i := range 3 {
		person := testdb.Person(t, db, unit)
		one := s.assign(course, person, 1, local(1, 1, 9))
		if i == 0 {
			s.attempt(one, 1, 9, 10, local(1, 2, 9))
			s.certify(s.complete(one, revision, local(1, 2, 9)), certification, "AW-1", "2027-01-01")
		}
		if i == 2 {
			s.exec(`UPDATE people SET name = '=HYPERLINK("http://x","𠮷")' WHERE id = ?`, person)
		}
	}
	return path
}

func TestACSVIsReadyForChineseExcel(t *testing.T) {
	db := testdb.Tx(t)
	path := threeRecords(t, db)
	var out bytes.Buffer
	n, err := service(db).ExportCertifications(context.Background(), hr(path, i18n.Hans), records.CertificationQuery{Limit: 1}, records.CSV, &out)
	if err != nil || n != 3 {
		t.Fatalf("%d records, %v", n, err)
	}
	text, marked := strings.CutPrefix(out.String(), "\ufeff")
	if !marked {
		t.Error("no byte order mark")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	cell := func(row int, heading string) string {
		for i, h := range rows[0] {
			if h == heading {
				return rows[row][i]
			}
		}
		t.Fatalf("no column %s in %v", heading, rows[0])
		return ""
	}
	for _, c := range []struct {
		row           int
		heading, want string
	}{
		{1, "状态", "有效"}, {2, "状态", "无证书"}, {1, "课程", "投诉处理"}, {1, "完成日期", "2026-01-02"},
		{1, "完成时间（UTC）", "2026-01-02T01:00:00Z"}, {1, "最高得分", "9"}, {2, "最高得分", ""},
		{1, "证书编号", "AW-1"}, {1, "有效期至", "2027-01-01"}, {3, "姓名", `'=HYPERLINK("http://x","𠮷")`},
	} {
		if got := cell(c.row, c.heading); got != c.want {
			t.Errorf("row %d, %s: %q, want %q", c.row, c.heading, got, c.want)
		}
	}
	for _, h := range rows[0] {
		if strings.HasPrefix(h, "records.") {
			t.Errorf("the heading %s has no text", h)
		}
	}
}

func TestAJSONExportSaysWhatItHolds(t *testing.T) {
	db := testdb.Tx(t)
	path := threeRecords(t, db)
	var out bytes.Buffer
	if _, err := service(db).ExportCertifications(context.Background(), hr(path, i18n.Hans), records.CertificationQuery{AsOf: "2026-09-01"}, records.JSON, &out); err != nil {
		t.Fatal(err)
	}
	var file struct {
		About struct {
			AsOf string `json:"as_of"`
		}
		Records []map[string]any
		Rows    int
	}
	if err := json.Unmarshal(out.Bytes(), &file); err != nil {
		t.Fatalf("%v in %s", err, out.String())
	}
	if file.Rows != 3 || len(file.Records) != 3 || file.About.AsOf != "2026-09-01" {
		t.Errorf("got %+v", file)
	}
	if r := file.Records[0]; r["state"] != "valid" || r["earned"] != 9.0 || r["revoked_on"] != nil {
		t.Errorf("the first record is %v", r)
	}
	if r := file.Records[2]; r["name"] != `=HYPERLINK("http://x","𠮷")` || r["state"] != "none" || r["serial"] != nil {
		t.Errorf("the third record is %v", r)
	}
}

func TestAnXLSXHoldsTheSameRecords(t *testing.T) {
	db := testdb.Tx(t)
	path := threeRecords(t, db)
	var out bytes.Buffer
	if _, err := service(db).ExportCertifications(context.Background(), hr(path, i18n.Hant), records.CertificationQuery{}, records.XLSX, &out); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Sheet1")
	if err != nil || len(rows) != 4 || rows[0][0] != "員工編號" || rows[3][1] != `=HYPERLINK("http://x","𠮷")` {
		t.Errorf("%v, %v", rows, err)
	}
	if kind, err := book.GetCellType("Sheet1", "B4"); err != nil || kind == excelize.CellTypeFormula {
		t.Errorf("the name is a cell of type %v, %v", kind, err)
	}
}

func TestAnExportIsAuditedBeforeAndAfter(t *testing.T) {
	db := testdb.Tx(t)
	path := threeRecords(t, db)
	var out bytes.Buffer
	if _, err := service(db).ExportCertifications(context.Background(), hr(path, i18n.English), records.CertificationQuery{}, records.CSV, &out); err != nil {
		t.Fatal(err)
	}
	var events []struct{ Action, Data string }
	if err := db.Raw(`SELECT action, data::text FROM audit_events WHERE action LIKE 'records.%' ORDER BY id`).Scan(&events).Error; err != nil {
		t.Fatal(err)
	}
	if len(events) != 2 || events[0].Action != "records.export_begun" || events[1].Action != "records.export" {
		t.Fatalf("got %+v", events)
	}
	var data struct {
		Rows   int
		SHA256 string
	}
	if err := json.Unmarshal([]byte(events[1].Data), &data); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(out.Bytes())
	if data.Rows != 3 || data.SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("the event says %+v", data)
	}
}

// full refuses everything after its first bytes.
type full struct{ room int }

var errFull = errors.New("the disk is full")

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestAnExportThatBreaksOffIsNotCalledComplete(t *testing.T) {
	db := testdb.Tx(t)
	path := threeRecords(t, db)
	if _, err := service(db).ExportCertifications(context.Background(), hr(path, i18n.English), records.CertificationQuery{}, records.CSV, &full{10}); !errors.Is(err, errFull) {
		t.Fatalf("got %v", err)
	}
	var actions []string
	if err := db.Raw(`SELECT action FROM audit_events WHERE action LIKE 'records.%' ORDER BY id`).Scan(&actions).Error; err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(actions) != "[records.export_begun]" {
		t.Errorf("got %v", actions)
	}
}

func TestARefusedExportWritesNothing(t *testing.T) {
	db := testdb.Tx(t)
	_, path := testdb.Unit(t, db, 0)
	other, _ := testdb.Unit(t, db, 0)
	var code string
	if err := db.Raw(`SELECT code FROM units WHERE id = ?`, other).Scan(&code).Error; err != nil {
		t.Fatal(err)
	}
	ctx, svc, quarter := context.Background(), service(db), performance.Quarter{Year: 2026, Number: 3}
	employee := people.Actor{PersonID: 1, Locale: i18n.English}
	var out bytes.Buffer
	for name, c := range map[string]struct {
		err  func() (int, error)
		want errs.Kind
	}{
		"an employee": {func() (int, error) {
			return svc.ExportCertifications(ctx, employee, records.CertificationQuery{}, records.CSV, &out)
		}, errs.Forbidden},
		"an employee, scores": {func() (int, error) {
			return svc.ExportScores(ctx, employee, quarter, performance.Filter{}, records.CSV, &out)
		}, errs.Forbidden},
		"another unit": {func() (int, error) {
			return svc.ExportCertifications(ctx, hr(path, i18n.English), records.CertificationQuery{UnitCode: code}, records.CSV, &out)
		}, errs.NotFound},
		"another unit, scores": {func() (int, error) {
			return svc.ExportScores(ctx, hr(path, i18n.English), quarter, performance.Filter{UnitCode: code}, records.CSV, &out)
		}, errs.NotFound},
		"an unknown format": {func() (int, error) {
			return svc.ExportCertifications(ctx, hr(path, i18n.English), records.CertificationQuery{}, "pdf", &out)
		}, errs.Invalid},
	} {
		if _, err := c.err(); errs.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if out.Len() > 0 {
		t.Errorf("%d bytes were written", out.Len())
	}
}

func TestScoresAndCertificationsStandSideBySide(t *testing.T) {
	db := testdb.Tx(t)
	path := threeRecords(t, db)
	ctx, svc, quarter := context.Background(), service(db), performance.Quarter{Year: 2026, Number: 3}
	staff, err := svc.Staff(ctx, hr(path, i18n.English), quarter, performance.Filter{Everyone: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(staff.People) != 3 || len(staff.People[0].Cycles) != 1 || staff.People[0].Cycles[0].State != records.Valid ||
		staff.People[1].Cycles[0].State != records.None || staff.People[0].Satisfaction.Verdict != performance.NoData {
		t.Errorf("got %+v", staff.People)
	}
	for _, f := range []records.Format{records.CSV, records.JSON, records.XLSX} {
		var out bytes.Buffer
		n, err := svc.ExportScores(ctx, hr(path, i18n.English), quarter, performance.Filter{Everyone: true, Limit: 1}, f, &out)
		if err != nil || n != 3 || out.Len() == 0 {
			t.Errorf("%s: %d rows, %v", f, n, err)
		}
		if f == records.CSV && (!strings.Contains(out.String(), "First reply: verdict") || !strings.Contains(out.String(), "No data") || strings.Contains(out.String(), "records.")) {
			t.Errorf("got %s", out.String())
		}
	}
}
