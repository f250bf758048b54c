package people

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"anwen/internal/errs"
	"anwen/internal/testdb"
)

// who is everything that an import may change of a person, in short.
func (b *branch) who(t *testing.T, no string) string {
	t.Helper()
	var found []string
	err := b.db.Raw(`SELECT concat_ws('|', p.name, u.code, p.position, coalesce(m.employee_no, ''), p.login, p.email, p.zone, p.language, p.status)
		FROM people p JOIN units u ON u.id = p.unit_id LEFT JOIN people m ON m.id = p.manager_id WHERE p.employee_no = ?`, no).Scan(&found).Error
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(found, "")
}

// listed are the changes of a report, one to a line.
func listed(r ImportReport) string {
	var list []string
	for _, c := range r.Changes {
		var fields []string
		for _, f := range c.Fields {
			fields = append(fields, fmt.Sprintf("%s %s→%s", f.Field, f.Before, f.After))
		}
		list = append(list, fmt.Sprintf("%d %s %s: %s", c.Line, c.EmployeeNo, c.Kind, strings.Join(fields, ", ")))
	}
	return strings.Join(list, "\n")
}

func TestAColumnThatIsAbsentLeavesWhatIsStored(t *testing.T) {
	const full = "工号,姓名,机构编码,机构名称,岗位,主管工号,登录名,邮箱,时区,语言,状态\n9,主管,HO,总行,,,,,,,\n1,王芳,HO,,柜员,9,wang,w@ah.cn,Asia/Hong_Kong,en,休假\n2,李敏,HO,,柜员,9,li,l@ah.cn,,,离职\n"
	const stored, gone = "王芳|HO|柜员|9|wang|w@ah.cn|Asia/Hong_Kong|en|on_leave", "李敏|HO|柜员|9|li|l@ah.cn||zh-Hans|left"
	for name, c := range map[string]struct{ file, one, two string }{
		"only what is needed":       {"工号,姓名,机构编码\n1,王芳,HO\n2,李敏,HO\n", stored, gone},
		"another name":              {"工号,姓名,机构编码\n1,王芳芳,HO\n", strings.Replace(stored, "王芳", "王芳芳", 1), gone},
		"a position":                {"工号,姓名,机构编码,岗位\n1,王芳,HO,经理\n2,李敏,HO,经理\n", strings.Replace(stored, "柜员", "经理", 1), strings.Replace(gone, "柜员", "经理", 1)},
		"empty cells empty":         {"工号,姓名,机构编码,岗位,主管工号,邮箱,时区\n1,王芳,HO,,,,\n", "王芳|HO|||wang|||en|on_leave", gone},
		"empty cells leave":         {"工号,姓名,机构编码,登录名,语言,状态\n1,王芳,HO,,,\n2,李敏,HO,,,\n", stored, gone},
		"a status that is written":  {"工号,姓名,机构编码,状态\n2,李敏,HO,在职\n", stored, strings.Replace(gone, "left", "active", 1)},
		"nothing but unknown words": {"工号,姓名,机构编码,爱好\n1,王芳,HO,围棋\n", stored, gone},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, testdb.Tx(t))
			for _, file := range []string{full, c.file} {
				if _, err := b.Import(context.Background(), System(), "s.csv", []byte(file), false); err != nil {
					t.Fatal(err)
				}
			}
			if one, two := b.who(t, "1"), b.who(t, "2"); one != c.one || two != c.two {
				t.Errorf("got  %s and %s\nwant %s and %s", one, two, c.one, c.two)
			}
		})
	}
}

func TestSomebodyNewGetsWhatCannotBeEmpty(t *testing.T) {
	b := open(t, testdb.Tx(t))
	for i, file := range []string{"工号,姓名,机构编码,机构名称\nAH1,王芳,HO,总行\n", "工号,姓名,机构编码,登录名,状态,语言\nAH2,王芳,HO,,,\n"} {
		if _, err := b.Import(context.Background(), System(), "s.csv", []byte(file), false); err != nil {
			t.Fatal(err)
		}
		if got, want := b.who(t, fmt.Sprintf("AH%d", i+1)), fmt.Sprintf("王芳|HO|||ah%d|||zh-Hans|active", i+1); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestADryRunListsWhatWouldChangeAndTheAuditLogHoldsIt(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	b.load(t, "1,王芳,,HO,总行,,柜员,,", "2,李敏,,HO,,,柜员,,离职", "3,赵静,,HO,,,柜员,,", "4,陈伟,,HO,,,柜员,,")
	file := []byte(staffHeadings + "1,王芳,wang,HO,,,经理,4,\n3,赵静,,HO,,,柜员,,离职\n4,陈伟,,HO,,,柜员,,\n5,新人,,HO,,,柜员,,\n2,李敏,,HO,,,柜员,,在职\n")
	const want = "6 2 comes_back: status left→active\n3 3 leaves: status active→left\n2 1 changes: position 柜员→经理, manager_no →4, login 1→wang\n" +
		"5 5 is_new: status →active, name →新人, unit_code →HO, position →柜员, login →5, language →zh-Hans"
	events := func() (list []string) {
		t.Helper()
		err := b.db.Raw(`SELECT action || ' ' || subject || ' ' || data::text FROM audit_events WHERE subject LIKE 'person:%' AND data->>'file' = 'h.csv' ORDER BY id`).Scan(&list).Error
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	dry, err := b.Import(ctx, System(), "h.csv", file, true)
	if err != nil || listed(dry) != want || dry.Updated != 3 || dry.Created != 1 || dry.Unchanged != 1 {
		t.Errorf("the dry run: %+v %v\n%s", dry, err, listed(dry))
	}
	if got := events(); len(got) != 0 {
		t.Errorf("the dry run is in the log: %s", got)
	}
	done, err := b.Import(ctx, System(), "h.csv", file, false)
	if err != nil || listed(done) != want {
		t.Errorf("the import: %v\n%s", err, listed(done))
	}
	got := events()
	if len(got) != 4 {
		t.Fatalf("the log has %q", got)
	}
	for i, want := range []struct{ action, before, after string }{
		{"people.change person:1", `{"login":"1","manager_no":"","position":"柜员"}`, `{"login":"wang","manager_no":"4","position":"经理"}`},
		{"people.change person:3", `{"status":"active"}`, `{"status":"left"}`},
		{"people.create person:5", `null`, `{"language":"zh-Hans","login":"5","name":"新人","position":"柜员","status":"active","unit_code":"HO"}`},
		{"people.change person:2", `{"status":"left"}`, `{"status":"active"}`},
	} {
		action, data, _ := strings.Cut(got[i], " {")
		var event struct{ Before, After map[string]string }
		if err := json.Unmarshal([]byte("{"+data), &event); err != nil {
			t.Fatal(err)
		}
		before, _ := json.Marshal(event.Before)
		after, _ := json.Marshal(event.After)
		if action != want.action || string(before) != want.before || string(after) != want.after {
			t.Errorf("event %d: %s", i, got[i])
		}
	}
}

func TestWhatTheFileSaysOfUnitsThatExistIsNamed(t *testing.T) {
	b := open(t, testdb.Tx(t))
	b.load(t, "1,王芳,,HO,总行,,,,", "2,李敏,,BR,支行,HO,,,")
	r := b.load(t, "1,王芳,,HO,总行,,,,", "2,李敏,,BR,新支行,,,,", "3,赵静,,BR,新支行,OTHER,,,")
	if got := fmt.Sprint(r.UnitsKept); got != "[{BR unit_name 支行 新支行} {BR parent_unit_code HO OTHER}]" {
		t.Errorf("got %s", got)
	}
}

func TestNumbersThatLookTheSameAreOnePerson(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	b.load(t, "AH00010,王芳,wang,HO,总行,,,,")
	r, err := b.Import(ctx, System(), "s.csv", []byte("*工号,姓名（必填）,机构编码,登录名\nＡＨ０００１０,王芳,ＨＯ,ＷＡＮＧ\n"), true)
	if err != nil || r.Unchanged != 1 {
		t.Errorf("full width: %+v %v", r, err)
	}
	for name, c := range map[string]struct{ row, want string }{
		"a number":   {"T2\u200b,王芳,HO,,,", "2:工号 sheet.unseen_character"},
		"a line end": {"\"AH0001\n0\",王芳,HO,,,", "2:工号 sheet.inner_space"},
		"a space":    {"AH 00010,王芳,HO,,,", "2:工号 sheet.inner_space"},
		"wide space": {"AH\u300000010,王芳,HO,,,", "2:工号 sheet.inner_space"},
		"thin space": {"T2,王芳,H\u2009O,,,", "2:机构编码 sheet.inner_space"},
		"in a login": {"T2,王芳,HO,wa\u00a0ng,,", "2:登录名 sheet.inner_space"},
		"a login":    {"T2,王芳,HO,wa\u00adng,,", "2:登录名 sheet.unseen_character"},
		"a unit":     {"T2,王芳,H\u200dO,,,", "2:机构编码 sheet.unseen_character"},
		"a manager":  {"T2,王芳,HO,,AH\ufeff1,", "2:主管工号 sheet.unseen_character"},
		"an address": {"T2,王芳,HO,,,w@ah\u2060.cn", "2:邮箱 sheet.unseen_character"},
		"a control":  {"T\x082,王芳,HO,,,", "2:工号 sheet.control_character"},
	} {
		_, err := b.Import(ctx, System(), "s.csv", []byte("工号,姓名,机构编码,登录名,主管工号,邮箱\n"+c.row+"\n"), true)
		e, ok := err.(*errs.Error)
		if !ok || faultList(e) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheUnitsAndManagersOfChangesAreNamed(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	b.load(t, "1,王芳,,HO,总行,,,,", "2,李敏,,BR,支行,HO,,1,", "3,赵静,,BR,,,,,")
	file := []byte("工号,姓名,机构编码,机构名称,unit_name_en,上级机构编码,主管工号\n2,李敏,NEW,新行,New branch,BR,5\n5,新人,BR,,,,2\n")
	r, err := b.Import(ctx, System(), "s.csv", file, true)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(r.UnitNames["BR"], r.UnitNames["NEW"], r.PersonNames); got != "map[zh-Hans:支行] map[en:New branch zh-Hans:新行] map[1:王芳 2:李敏 5:新人]" {
		t.Errorf("got %s", got)
	}
	var path string
	if err := b.db.Raw(`SELECT path FROM units WHERE code = 'BR'`).Scan(&path).Error; err != nil {
		t.Fatal(err)
	}
	hr := Actor{EmployeeNo: "3", Grants: []Grant{{Role: HR, UnitPath: path}}}
	if r, err = b.Import(ctx, hr, "s.csv", []byte("工号,姓名,机构编码,主管工号\n2,李敏,BR,3\n"), true); err != nil || fmt.Sprint(r.PersonNames) != "map[3:赵静]" {
		t.Errorf("the manager above is named: %v %v", r.PersonNames, err)
	}
}

// What is refused tells a branch nothing of people of other units.
func TestARefusalTellsNothingOfOthers(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	b.load(t, "SECRET1,王芳,wang,HO,总行,,,,", "2,李敏,,BR,支行,HO,,,")
	var path string
	if err := b.db.Raw(`SELECT path FROM units WHERE code = 'BR'`).Scan(&path).Error; err != nil {
		t.Fatal(err)
	}
	hr := Actor{Grants: []Grant{{Role: HR, UnitPath: path}}}
	for name, c := range map[string]struct{ row, want string }{
		"a login":         {"3,赵静,BR,wang,,", "2:登录名 login_not_given"},
		"a number":        {"SECRET1,赵静,BR,,,", "2:工号 outside_reach"},
		"a unit":          {"3,赵静,HO,,,", "2:机构编码 outside_reach"},
		"a unit of none":  {"3,赵静,BX,,,", "2:机构编码 unit_name_missing"},
		"below none":      {"3,赵静,BX,,,NOWHERE", "2:机构编码 unit_name_missing"},
		"named and above": {"3,赵静,BX,,新行,", "2:机构编码 outside_reach"},
	} {
		_, err := b.Import(ctx, hr, "s.csv", []byte("工号,姓名,机构编码,登录名,机构名称,上级机构编码\n"+c.row+"\n"), true)
		e, ok := err.(*errs.Error)
		if !ok || faultList(e) != c.want {
			t.Errorf("%s: %v", name, err)
		}
		if text := fmt.Sprint(err); name == "a login" && strings.Contains(text, "SECRET1") || name == "a number" && strings.Contains(text, "HO") {
			t.Errorf("%s: it tells %s", name, text)
		}
	}
}
