package people

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"anwen/internal/errs"
	"anwen/internal/testdb"
)

const staffHeadings = "工号,姓名,登录名,机构编码,机构名称,上级机构编码,岗位,主管工号,状态\n"

func (b *branch) load(t *testing.T, rows ...string) ImportReport {
	t.Helper()
	r, err := b.Import(context.Background(), System(), "staff.csv", []byte(staffHeadings+strings.Join(rows, "\n")), false)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestStaffAndUnitsComeFromOneFileWhateverTheirOrder(t *testing.T) {
	b := open(t, testdb.Tx(t))
	r := b.load(t, "2,王芳,,BR,支行,HO,柜员,1,", "1,𠮷田喆,,HO,总行,,行长,,在职")
	if r.Created != 2 || r.UnitsCreated != 2 {
		t.Fatalf("got %+v", r)
	}
	var row struct{ Name, Path, Manager, Login string }
	err := b.db.Raw(`SELECT p.name, u.path, m.name AS manager, p.login FROM people p JOIN units u ON u.id = p.unit_id JOIN people m ON m.id = p.manager_id
		WHERE p.employee_no = '2'`).Scan(&row).Error
	if err != nil {
		t.Fatal(err)
	}
	if row.Name != "王芳" || row.Manager != "𠮷田喆" || row.Login != "2" || strings.Count(row.Path, "/") != 3 {
		t.Errorf("got %+v", row)
	}
}

func TestTheSameFileAgainChangesNothing(t *testing.T) {
	b := open(t, testdb.Tx(t))
	file := []string{"1,王芳,wang,HO,总行,,行长,,在职", "2,李敏,,HO,总行,,柜员,1,休假"}
	b.load(t, file...)
	if r := b.load(t, file...); r.Unchanged != 2 || r.Created+r.Updated+r.UnitsCreated != 0 {
		t.Errorf("got %+v", r)
	}
	if r := b.load(t, "2,李敏,,HO,总行,,经理,1,离职"); r.Updated != 1 {
		t.Errorf("got %+v", r)
	}
	var position string
	if err := b.db.Raw(`SELECT name FROM people WHERE employee_no = '1'`).Scan(&position).Error; err != nil || position != "王芳" {
		t.Errorf("who is not in the file changed: %q %v", position, err)
	}
}

func TestAFileInGB18030IsRead(t *testing.T) {
	b := open(t, testdb.Tx(t))
	raw, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(staffHeadings + "1,𠮷田喆,,HO,总行,,行长,,在职\n"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Import(context.Background(), System(), "staff.csv", raw, true)
	if err != nil || r.Encoding != "GB18030" || r.Preview[0].Name != "𠮷田喆" {
		t.Fatalf("%+v %v", r, err)
	}
	var n int
	if err := b.db.Raw(`SELECT count(*) FROM people WHERE employee_no = '1'`).Scan(&n).Error; err != nil || n != 0 {
		t.Errorf("the dry run wrote %d people, %v", n, err)
	}
}

// Faults of cells, of rows against each other and against what is stored come together.
func TestEveryFaultOfAStaffFileIsNamedAtOnce(t *testing.T) {
	b := open(t, testdb.Tx(t))
	b.load(t, "9,旧人,old,HO,总行,,,,", "88,旧人,88,HO,,,,,")
	for _, dry := range []bool{true, false} {
		_, err := b.Import(context.Background(), System(), "staff.csv", []byte(staffHeadings+strings.Join([]string{
			"1,,,HO,,,,,", "2,李敏,,HO,,,,,忙", "3,李敏,,HO,,,,3,", "3,李敏,,HO,,,,,", "4,李敏,old,HO,,,,,", "5,李敏,,HO,,,,99,",
			"6,李敏,,NEW,,,,,", "7,李敏,,NEW2,新行,NOWHERE,,,", "8,李敏,,NEW,,HO,,,", "OLD,李敏,,HO,,,,,", "short,row", "10,李敏,w w,HO,,,,99,忙",
			"11,李敏,new,HO,,,,,", "12,李敏,new,HO,,,,1,", "13,李敏,88,X Y,新行,,,,", ".,李敏,,HO,,,,,", "..,李敏,,HO,,,,,"}, "\n")), dry)
		e, ok := err.(*errs.Error)
		if !ok {
			t.Fatalf("got %v", err)
		}
		want := "2:姓名 value_missing; 3:状态 unknown_status; 4:主管工号 own_manager; 5:工号 duplicate_employee_no; 6:登录名 login_taken; 7:主管工号 unknown_manager; " +
			"8:机构编码 unit_name_missing; 9:上级机构编码 unknown_parent_unit; 11:工号 login_taken; 12 sheet.ragged_row; 13:登录名 sheet.inner_space; 13:状态 unknown_status; " +
			"13:主管工号 unknown_manager; 15:登录名 duplicate_login; 16:机构编码 sheet.inner_space; 16:登录名 login_taken; 17:工号 unusable_number; 18:工号 unusable_number"
		if got := faultList(e); got != want || e.Args["count"] != 18 || e.Code != "people.import_faults" {
			t.Errorf("got  %s\nwant %s\n%v", got, want, e.Args)
		}
	}
}

// Of too many faults the first rows are told, whatever found them, and how many there are.
func TestTheFirstOfTooManyFaultsAreToldAndAllAreCounted(t *testing.T) {
	b := open(t, testdb.Tx(t))
	var rows strings.Builder
	rows.WriteString(staffHeadings)
	for n := range 500 {
		last := "NOBODY," // a manager whom only what is stored can tell
		if n > 100 {
			last = ",忙"
		}
		fmt.Fprintf(&rows, "X%03d,李敏,,HO,总行,,,%s\n", n, last)
	}
	_, err := b.Import(context.Background(), System(), "staff.csv", []byte(rows.String()), true)
	e, ok := err.(*errs.Error)
	if !ok {
		t.Fatalf("got %v", err)
	}
	if e.Args["count"] != 500 || errs.Count(e.Faults) != 500 || len(e.Faults) != errs.MaxFaults+1 {
		t.Errorf("%v, %d counted, %d listed", e.Args, errs.Count(e.Faults), len(e.Faults))
	}
	for i, f := range e.Faults[:errs.MaxFaults] {
		if f.Line != i+2 {
			t.Fatalf("fault %d is of line %d", i, f.Line)
		}
	}
}

func faultList(e *errs.Error) string {
	var list []string
	for _, f := range e.Faults {
		f.File = ""
		list = append(list, fmt.Sprintf("%s %s", f.Place, strings.TrimPrefix(f.Code, "people.")))
	}
	return strings.Join(list, "; ")
}

func TestAnAdministratorImportsOnlyIntoTheOwnUnits(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	b.load(t, "1,王芳,,HO,总行,,,,", "2,李敏,,BR,支行,HO,,,")
	var path string
	if err := b.db.Raw(`SELECT path FROM units WHERE code = 'BR'`).Scan(&path).Error; err != nil {
		t.Fatal(err)
	}
	admin := Actor{Grants: []Grant{{Role: Administrator, UnitPath: path}}}
	if _, err := b.Import(ctx, admin, "s.csv", []byte("工号,姓名,机构编码\n3,张伟,BR\n"), false); err != nil {
		t.Errorf("into the own unit: %v", err)
	}
	for name, row := range map[string]string{"a person above": "1,王芳,BR", "the unit above": "4,张伟,HO"} {
		if _, err := b.Import(ctx, admin, "s.csv", []byte("工号,姓名,机构编码\n"+row+"\n"), false); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := b.Import(ctx, Actor{}, "s.csv", nil, false); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee: %v", err)
	}
}

func TestAHundredThousandPeopleAreOneImport(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 100,000 rows")
	}
	b := open(t, testdb.New(t))
	var rows strings.Builder
	rows.WriteString(staffHeadings)
	for n := range 100_000 {
		fmt.Fprintf(&rows, "X%06d,员工%d,,B%03d,支行%d,,柜员,,\n", n, n, n%500, n%500)
	}
	r, err := b.Import(context.Background(), System(), "staff.csv", []byte(rows.String()), false)
	if err != nil || r.Created != 100_000 || r.UnitsCreated != 500 || len(r.Changes) != MaxListedChanges || r.ChangesLeftOff != 100_000-MaxListedChanges {
		t.Fatalf("%d and %d units created, %d changes listed, %d not, %v", r.Created, r.UnitsCreated, len(r.Changes), r.ChangesLeftOff, err)
	}
	var logged, events int
	err = b.db.Raw(`SELECT count(DISTINCT p->>'employee_no'), count(DISTINCT e.id) FROM audit_events e, jsonb_array_elements(e.data->'people') p
		WHERE e.action = 'people.create' AND p->'created'->'after'->>'position' = '柜员'`).Row().Scan(&logged, &events)
	if err != nil || logged != 100_000 || events != 200 {
		t.Errorf("the audit log tells of %d people in %d events, %v", logged, events, err)
	}
}
