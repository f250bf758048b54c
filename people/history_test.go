package people

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anwen/internal/database"
	"anwen/internal/testdb"
)

// on is the person as of a day, in short: name, unit, position, manager, status and
// since when; empty for somebody who was not yet known.
func on(t *testing.T, db *database.Pool, employeeNo, day string) string {
	t.Helper()
	var found []string
	err := db.Raw(`SELECT concat_ws(' ', s.name, s.unit_code, s.position, m.employee_no, s.status, s.effective_from)
		FROM staff_on(CAST(? AS date)) s LEFT JOIN people m ON m.id = s.manager_id WHERE s.employee_no = ?`, day, employeeNo).Scan(&found).Error
	if err != nil || len(found) > 1 {
		t.Fatalf("%s on %s: %d rows, %v", employeeNo, day, len(found), err)
	}
	return strings.Join(found, "")
}

func rowsOfHistory(t *testing.T, db *database.Pool, employeeNo string) (n int) {
	t.Helper()
	err := db.Raw(`SELECT count(*) FROM staff_history h JOIN people p ON p.id = h.person_id WHERE p.employee_no = ?`, employeeNo).Scan(&n).Error
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// drifted counts the people whose newest row of history is not what they are.
func drifted(t *testing.T, db *database.Pool) (n int) {
	t.Helper()
	err := db.Raw(`SELECT count(*) FROM people p
		LEFT JOIN LATERAL (SELECT * FROM staff_history h WHERE h.person_id = p.id ORDER BY h.id DESC LIMIT 1) h ON true
		WHERE (p.name, p.unit_id, p.position, p.manager_id, p.status) IS DISTINCT FROM (h.name, h.unit_id, h.position, h.manager_id, h.status)`).Scan(&n).Error
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestHistoryTellsWhereEverybodyWasOnADay(t *testing.T) {
	b := open(t, testdb.Tx(t))
	at := func(day string) {
		b.now, _ = time.Parse(time.DateTime, day+" 03:00:00")
	}
	at("2026-11-02")
	b.load(t, "1,王芳,,HO,总行,,行长,,", "2,李敏,,N,北支行,HO,柜员,1,", "3,赵静,,S,南支行,HO,柜员,1,")
	at("2026-11-05")
	b.load(t, "2,李敏,,S,,,柜员,3,") // another unit and manager
	at("2026-11-09")
	b.load(t, "2,李敏敏,,S,,,柜员,3,")                      // another name
	b.load(t, "2,李敏敏,,S,,,经理,3,", "3,赵静,,S,,,柜员,1,离职") // and on the same day another position; a leaver
	at("2026-11-20")
	b.load(t, "3,赵静,,N,,,柜员,1,在职") // who comes back
	for _, c := range []struct{ who, day, want string }{
		{"2", "2026-11-01", ""},
		{"2", "2026-11-02", "李敏 N 柜员 1 active 2026-11-02"},
		{"2", "2026-11-04", "李敏 N 柜员 1 active 2026-11-02"},
		{"2", "2026-11-05", "李敏 S 柜员 3 active 2026-11-05"},
		{"2", "2026-11-08", "李敏 S 柜员 3 active 2026-11-05"},
		{"2", "2026-11-09", "李敏敏 S 经理 3 active 2026-11-09"},
		{"2", "2099-01-01", "李敏敏 S 经理 3 active 2026-11-09"},
		{"3", "2026-11-08", "赵静 S 柜员 1 active 2026-11-02"},
		{"3", "2026-11-09", "赵静 S 柜员 1 left 2026-11-09"},
		{"3", "2026-11-20", "赵静 N 柜员 1 active 2026-11-20"},
		{"1", "2026-11-20", "王芳 HO 行长 active 2026-11-02"},
	} {
		if got := on(t, b.db, c.who, c.day); got != c.want {
			t.Errorf("%s on %s: got %q, want %q", c.who, c.day, got, c.want)
		}
	}
	for who, want := range map[string]int{"1": 1, "2": 4, "3": 3} {
		if got := rowsOfHistory(t, b.db, who); got != want {
			t.Errorf("%s has %d rows of history, want %d", who, got, want)
		}
	}
	if n := drifted(t, b.db); n != 0 {
		t.Errorf("%d people differ from their newest row", n)
	}
}

func TestAChangeTakesEffectOnTheLocalDateOfTheUnit(t *testing.T) {
	b := open(t, testdb.Tx(t))
	b.now = time.Date(2026, 11, 2, 17, 0, 0, 0, time.UTC) // already the 3rd in Shanghai
	b.load(t, "1,王芳,,HO,总行,,柜员,,")
	if got := on(t, b.db, "1", "2026-11-03"); got != "王芳 HO 柜员 active 2026-11-03" {
		t.Errorf("joined: %q", got)
	}
	if err := b.db.Exec(`UPDATE units SET zone = 'America/New_York' WHERE code = 'HO'`).Error; err != nil {
		t.Fatal(err)
	}
	b.now = b.now.AddDate(0, 0, 7)
	b.load(t, "1,王芳,,HO,,,经理,,")
	if got := on(t, b.db, "1", "2026-11-09"); got != "王芳 HO 经理 active 2026-11-09" {
		t.Errorf("changed: %q", got)
	}
}

func TestHistoryKeepsWhoChangedWhatAndWhen(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	var code, no string
	if err := b.db.Raw(`SELECT u.code, p.employee_no FROM people p JOIN units u ON u.id = p.unit_id WHERE p.id = ?`, b.person).Row().Scan(&code, &no); err != nil {
		t.Fatal(err)
	}
	admin := Actor{PersonID: b.person, Grants: []Grant{{Role: HR, UnitPath: b.path}}}
	file := []byte("工号,姓名,机构编码,邮箱\nH1,张伟," + code + ",\n")
	if _, err := b.Import(ctx, admin, "s.csv", file, true); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Import(ctx, admin, "s.csv", file, false); err != nil {
		t.Fatal(err)
	}
	var row struct {
		RecordedBy *int64
		RecordedAt time.Time
	}
	last := `SELECT h.recorded_by, h.recorded_at FROM staff_history h JOIN people p ON p.id = h.person_id WHERE p.employee_no = ? ORDER BY h.id DESC LIMIT 1`
	if err := b.db.Raw(last, "H1").Scan(&row).Error; err != nil || row.RecordedBy == nil || *row.RecordedBy != b.person || !row.RecordedAt.Equal(b.now) {
		t.Errorf("got %+v, %v", row, err)
	}
	b.load(t, "H1,张伟伟,,"+code+",,,,,")
	if err := b.db.Raw(last, "H1").Scan(&row).Error; err != nil || row.RecordedBy != nil {
		t.Errorf("the program's own change is recorded as of %v, %v", row.RecordedBy, err)
	}
	if err := b.SetLanguage(ctx, admin, "en"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Import(ctx, admin, "s.csv", []byte("工号,姓名,机构编码,邮箱\nH1,张伟伟,"+code+",a@b.example\n"), false); err != nil {
		t.Fatal(err)
	}
	if h, own := rowsOfHistory(t, b.db, "H1"), rowsOfHistory(t, b.db, no); h != 2 || own != 1 {
		t.Errorf("a language, an address or a dry run is in the history: %d and %d rows", h, own)
	}
}

// Two imports wait for one another, and so do plain updates of one person: the
// newest row is always what the person is.
func TestHistoryStandsUnderConcurrency(t *testing.T) {
	db := testdb.New(t)
	b, ctx := open(t, db), context.Background()
	b.load(t, "1,王芳,,A,甲,,柜员,,", "2,李敏,,B,乙,,柜员,1,")
	const rounds, each = 5, 4
	for round := range rounds {
		start := make(chan struct{})
		var wait sync.WaitGroup
		for n := range each {
			wait.Go(func() {
				<-start
				file := fmt.Sprintf("工号,姓名,机构编码,机构名称,岗位\n1,王芳,%[1]s,,岗%[3]d-%[4]d\n2,李敏,%[2]s,,岗%[3]d-%[4]d\nN%[3]d,新人,U%[3]d,新行,\n",
					"AB"[n%2:n%2+1], "BA"[n%2:n%2+1], round, n)
				if _, err := b.Import(ctx, System(), "s.csv", []byte(file), false); err != nil {
					t.Errorf("import: %v", err)
				}
			})
			wait.Go(func() {
				<-start
				if err := db.Exec(`UPDATE people SET name = ? WHERE employee_no IN ('1', '2')`, fmt.Sprintf("名%d-%d", round, n)).Error; err != nil {
					t.Errorf("update: %v", err)
				}
			})
		}
		close(start)
		wait.Wait()
		if got := rowsOfHistory(t, db, fmt.Sprintf("N%d", round)); got != 1 {
			t.Errorf("the newcomer of all imports of round %d has %d rows of history", round, got)
		}
		if n := drifted(t, db); n != 0 {
			t.Fatalf("round %d: %d people differ from their newest row", round, n)
		}
	}
	if got := rowsOfHistory(t, db, "1"); got != 1+rounds*each*2 {
		t.Errorf("%d rows of history, want %d", got, 1+rounds*each*2)
	}
}

func TestHistoryIsWrittenByChangesAloneAndNeverChanged(t *testing.T) {
	db := testdb.New(t)
	unit, _ := testdb.Unit(t, db, 0)
	person := testdb.Person(t, db, unit)
	for sql, constraint := range map[string]string{
		`UPDATE staff_history SET position = 'x'`: "staff_history_append_only",
		`DELETE FROM staff_history`:               "staff_history_append_only",
		`TRUNCATE staff_history`:                  "staff_history_append_only",
		`INSERT INTO staff_history (person_id, effective_from, recorded_at, name, unit_id, position, status)
			SELECT person_id, effective_from, now(), 'another', unit_id, position, status FROM staff_history`: "staff_history_follows_people",
	} {
		if err := db.Exec(sql).Error; !database.Violated(err, constraint) {
			t.Errorf("%s: %v", sql, err)
		}
	}
	testdb.Changed(t, db, person, time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC), "status", "on_leave")
	if n := drifted(t, db); n != 0 {
		t.Errorf("%d people differ from their newest row", n)
	}
}

// A person and a branch are found by index, as if the view were not there.
func TestStaffOnADayIsFoundByIndex(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 5,000 people")
	}
	db := testdb.New(t)
	root, _ := testdb.Unit(t, db, 0)
	var branch string
	for n := range 50 {
		unit, path := testdb.Unit(t, db, root)
		err := db.Exec(`INSERT INTO people (employee_no, login, name, unit_id) SELECT x, x, x, ? FROM (SELECT 'x' || ? || '-' || n AS x FROM generate_series(1, 100) n) f`,
			unit, fmt.Sprint(n)).Error
		if err != nil {
			t.Fatal(err)
		}
		branch = path
	}
	for _, sql := range []string{`UPDATE people SET position = 'a'`, `UPDATE people SET position = 'b'`, `ANALYZE people, staff_history, units`} {
		if err := db.Exec(sql).Error; err != nil {
			t.Fatal(err)
		}
	}
	for _, where := range []string{`id = 4000`, `employee_no = 'x7-7'`, `unit_path LIKE ANY (ARRAY['` + branch + `%'])`, `unit_path LIKE '` + branch + `%'`} {
		var plan []string
		if err := db.Raw(`EXPLAIN SELECT * FROM staff_on('2026-11-02') WHERE ` + where).Scan(&plan).Error; err != nil {
			t.Fatal(err)
		}
		if text := strings.Join(plan, "\n"); strings.Contains(text, "Function Scan") || strings.Contains(text, "Seq Scan on staff_history") ||
			!strings.Contains(text, "staff_history_") {
			t.Errorf("%s is found by\n%s", where, text)
		}
	}
}

// Of two files in line the second is recorded after the first, though it came before the
// first was done: history is read in the order of its rows, and tells their instants.
func TestAFileThatWaitsIsRecordedWhenItsTurnComes(t *testing.T) {
	b, ctx := open(t, testdb.New(t)), context.Background()
	var hours atomic.Int64
	b.Service.now = func() time.Time { return b.now.Add(time.Duration(hours.Load()) * time.Hour) }
	done := make(chan error, 1)
	err := b.db.Transaction(ctx, func(tx database.Tx) error {
		if err := lockStaffTx(ctx, tx); err != nil {
			return err
		}
		go func() {
			_, err := b.Import(ctx, System(), "staff.csv", []byte(staffHeadings+"1,王芳,,HO,总行,,,,"), false)
			done <- err
		}()
		if !testdb.Waits(t, b.db, done) {
			t.Fatal("the second file does not wait for the first")
		}
		hours.Add(1)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	var recorded, told time.Time
	err = b.db.Raw(`SELECT h.recorded_at, e.at FROM staff_history h JOIN people p ON p.id = h.person_id, audit_events e
		WHERE p.employee_no = '1' AND e.action = 'people.import'`).Row().Scan(&recorded, &told)
	if want := b.now.Add(time.Hour); err != nil || !recorded.Equal(want) || !told.Equal(want) {
		t.Errorf("recorded at %s, in the log at %s, want %s, %v", recorded, told, want, err)
	}
}
