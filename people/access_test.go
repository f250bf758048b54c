package people

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/testdb"
)

func (b *branch) administrator(t *testing.T, unit int64) Actor {
	t.Helper()
	id := testdb.Person(t, b.db, unit)
	testdb.Grant(t, b.db, id, string(Administrator), unit)
	actor, err := b.Authenticate(context.Background(), testdb.Session(t, b.db, id, b.now))
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

func (b *branch) codeOf(t *testing.T, unit int64) (code string) {
	t.Helper()
	if err := b.db.Raw(`SELECT code FROM units WHERE id = ?`, unit).Scan(&code).Error; err != nil {
		t.Fatal(err)
	}
	return code
}

func (b *branch) count(t *testing.T, sql string, args ...any) (n int) {
	t.Helper()
	if err := b.db.Raw(sql, args...).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func TestNobodyGivesAccessToThemselves(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	admin := b.administrator(t, b.unit)
	if err := b.GrantRole(ctx, admin, admin.PersonID, HR, b.codeOf(t, b.unit)); errs.CodeOf(err) != "people.own_role" || errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a role: %v", err)
	}
	if _, err := b.IssuePassword(ctx, admin, admin.PersonID); errs.CodeOf(err) != "people.own_password" || errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a password: %v", err)
	}
}

func TestTheLastAdministratorOverTheRootStaysOne(t *testing.T) {
	b, ctx := open(t, testdb.New(t)), context.Background()
	below, _ := testdb.Unit(t, b.db, b.unit)
	first, second, branch := b.administrator(t, b.unit), b.administrator(t, b.unit), b.administrator(t, below)
	revoke := func(by, of Actor) error {
		held, err := b.RolesOf(ctx, System(), of.PersonID)
		if err != nil || len(held) != 1 {
			t.Fatalf("%+v, %v", held, err)
		}
		return b.RevokeRole(ctx, by, of.PersonID, held[0].ID)
	}
	if err := revoke(first, branch); err != nil {
		t.Errorf("an administrator of a unit below: %v", err)
	}
	if err := revoke(first, second); err != nil {
		t.Fatal(err)
	}
	if err := revoke(first, first); errs.CodeOf(err) != "people.last_administrator" || errs.KindOf(err) != errs.Conflict {
		t.Errorf("the last one: %v", err)
	}
	var no, name string
	if err := b.db.Raw(`SELECT employee_no, name FROM people WHERE id = ?`, first.PersonID).Row().Scan(&no, &name); err != nil {
		t.Fatal(err)
	}
	row := fmt.Sprintf("%s,%s,,%s,,,,,离职", no, name, b.codeOf(t, b.unit))
	if _, err := b.Import(ctx, System(), "staff.csv", []byte(staffHeadings+row), false); errs.CodeOf(err) != "people.last_administrator" {
		t.Errorf("the last one leaves: %v", err)
	}
	if n := b.count(t, `SELECT count(*) FROM role_grants WHERE role = 'administrator' AND revoked_at IS NULL`); n != 1 {
		t.Errorf("%d administrators", n)
	}
}

// Two administrators who take the role from each other at the same moment.
func TestAnAdministratorIsLeftHoweverManyRevokeAtOnce(t *testing.T) {
	b, ctx := open(t, testdb.New(t)), context.Background()
	for range 10 {
		if err := b.db.Exec(`ALTER TABLE role_grants DISABLE TRIGGER role_grants_last_administrator`).Error; err != nil {
			t.Fatal(err)
		}
		if err := b.db.Exec(`UPDATE role_grants SET revoked_at = now() WHERE revoked_at IS NULL`).Error; err != nil {
			t.Fatal(err)
		}
		if err := b.db.Exec(`ALTER TABLE role_grants ENABLE TRIGGER role_grants_last_administrator`).Error; err != nil {
			t.Fatal(err)
		}
		var admins [4]Actor
		var grants [4]int64
		for i := range admins {
			admins[i] = b.administrator(t, b.unit)
			held, err := b.RolesOf(ctx, System(), admins[i].PersonID)
			if err != nil {
				t.Fatal(err)
			}
			grants[i] = held[0].ID
		}
		var wait sync.WaitGroup
		release := make(chan struct{})
		for i := range admins {
			wait.Go(func() {
				<-release
				next := (i + 1) % len(admins)
				if err := b.RevokeRole(ctx, admins[i], admins[next].PersonID, grants[next]); err != nil && errs.CodeOf(err) != "people.last_administrator" {
					t.Error(err)
				}
			})
		}
		close(release)
		wait.Wait()
		if n := b.count(t, `SELECT count(*) FROM role_grants WHERE role = 'administrator' AND revoked_at IS NULL`); n != 1 {
			t.Fatalf("%d administrators are left", n)
		}
	}
}

func TestLeavingEndsWhatAPersonCouldDoAndComingBackBringsNothingBack(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	testdb.Grant(t, b.db, b.person, string(HR), b.unit)
	token, _ := b.signIn(t)
	var no, name string
	if err := b.db.Raw(`SELECT employee_no, name FROM people WHERE id = ?`, b.person).Row().Scan(&no, &name); err != nil {
		t.Fatal(err)
	}
	become := func(status string) {
		t.Helper()
		b.load(t, fmt.Sprintf("%s,%s,%s,%s,,,,,%s", no, name, b.login, b.codeOf(t, b.unit), status))
	}
	become("离职")
	if n := b.count(t, `SELECT count(*) FROM sessions WHERE person_id = ? AND revoked_at = ?`, b.person, b.now); n != 1 {
		t.Errorf("%d sessions ended then", n)
	}
	if n := b.count(t, `SELECT (SELECT count(*) FROM credentials WHERE person_id = @p) + (SELECT count(*) FROM role_grants WHERE person_id = @p AND revoked_at IS NULL)`,
		map[string]any{"p": b.person}); n != 0 {
		t.Errorf("%d passwords and roles stay", n)
	}
	become("在职")
	if _, err := b.Authenticate(ctx, token); errs.KindOf(err) != errs.Unauthenticated {
		t.Errorf("the session of before: %v", err)
	}
	if _, err := b.SignIn(ctx, b.login, password, Client{}); errs.KindOf(err) != errs.Unauthenticated {
		t.Errorf("the password of before: %v", err)
	}
	issued, err := b.IssuePassword(ctx, System(), b.person)
	if err != nil {
		t.Fatal(err)
	}
	given := issued.Password
	in, err := b.SignIn(ctx, b.login, given, Client{})
	if err != nil {
		t.Fatal(err)
	}
	if actor, err := b.Authenticate(ctx, in.Token); err != nil || len(actor.Grants) != 0 {
		t.Errorf("%+v, %v", actor.Grants, err)
	}
}

// The triggers on sessions, credentials and role_grants hold it: each waits for a
// leaving that is under way.
func TestWhoHasLeftIsGivenNoAccess(t *testing.T) {
	b, ctx := open(t, testdb.New(t)), context.Background()
	if err := b.db.Exec(`UPDATE people SET status = 'left' WHERE id = ?`, b.person).Error; err != nil {
		t.Fatal(err)
	}
	for name, give := range map[string]func(tx database.Tx) error{
		"a password": func(tx database.Tx) error {
			return setPasswordTx(ctx, tx, credential{PersonID: b.person, PasswordHash: "$argon2id$", ChangedAt: b.now})
		},
		"a session": func(tx database.Tx) error {
			_, err := insertSessionTx(ctx, tx, "t", b.person, b.now, Client{})
			return err
		},
		"a role": func(tx database.Tx) error {
			_, err := insertGrantTx(ctx, tx, grantRow{PersonID: b.person, Role: HR, UnitID: b.unit, GrantedAt: b.now})
			return err
		},
	} {
		if err := b.db.Transaction(ctx, give); errs.KindOf(err) != errs.Conflict && errs.KindOf(err) != errs.Unauthenticated {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := b.GrantRole(ctx, System(), b.person, HR, b.codeOf(t, b.unit)); errs.CodeOf(err) != "people.has_left" {
		t.Errorf("a role, granted: %v", err)
	}
}

func TestAFileChangesNobodyBeyondItsReach(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	b.load(t, "1,王芳,wang,HO,总行,,,,", "2,李敏,li,BR,支行,HO,,,", "3,张伟,zhang,BR,支行,HO,,,", "4,陈静,chen,BR,支行,HO,,,", "A1,周正,zhou,HO,总行,,,,", "B1,吴刚,wu,BR,支行,HO,,,")
	id, err := b.IDOfEmployee(ctx, "2")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.GrantRole(ctx, System(), id, Administrator, "HO"); err != nil {
		t.Fatal(err)
	}
	var path string
	if err := b.db.Raw(`SELECT path FROM units WHERE code = 'BR'`).Scan(&path).Error; err != nil {
		t.Fatal(err)
	}
	hr := Actor{EmployeeNo: "3", Grants: []Grant{{Role: HR, UnitPath: path}}}
	for name, c := range map[string]struct{ row, want string }{
		"a person above":                           {"1,王芳,wang,BR,,,,,", "people.outside_reach"},
		"the unit above":                           {"9,赵六,zhao,HO,,,,,", "people.outside_reach"},
		"who administers the root leaves":          {"2,李敏,li,BR,,,,,离职", "people.role_beyond_reach"},
		"who administers the root, another login":  {"2,李敏,evil,BR,,,,,", "people.role_beyond_reach"},
		"who administers the root, a new position": {"2,李敏,li,BR,,,主管,,", ""},
		"the importer leaves":                      {"3,张伟,zhang,BR,,,,,离职", "people.own_leaving"},
		"the importer stays":                       {"3,张伟,zhang,BR,,,,,", ""},
		"somebody else leaves":                     {"4,陈静,chen,BR,,,,,离职", ""},
		"the login of somebody above":              {"4,陈静,wang,BR,,,,,", "people.login_not_given"},
		"a number like that of somebody above":     {"a1,赵六,zhao,BR,,,,,", "people.outside_reach"},
		"a number like that of a colleague":        {"b1,赵六,zhao,BR,,,,,", "people.number_alike"},
		"the login of a colleague":                 {"4,陈静,zhang,BR,,,,,", "people.login_taken"},
		"a number as the login of another, above":  {"4,陈静,1,BR,,,,,", "people.login_not_given"},
		"a number as the login of another":         {"4,陈静,3,BR,,,,,", "people.login_taken"},
		"the own number as the login":              {"4,陈静,4,BR,,,,,", ""},
		"a number as the login of somebody new":    {"9,赵六,3,BR,,,,,", "people.login_taken"},
		"a login above as a new number":            {"WANG,赵六,zhao,BR,,,,,", "people.login_not_given"},
		"a login as a new number":                  {"Zhang,赵六,zhao,BR,,,,,", "people.login_taken"},
		"a new number as the login of a new one":   {"9,赵六,10,BR,,,,,\n10,钱七,qian,BR,,,,,", "people.login_taken"},
	} {
		_, err := b.Import(ctx, hr, "s.csv", []byte(staffHeadings+c.row), true)
		var e *errs.Error
		if !errors.As(err, &e) {
			if c.want != "" || err != nil {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
			continue
		}
		if len(e.Faults) != 1 || e.Faults[0].Code != c.want {
			t.Errorf("%s: %+v, want %s", name, e.Faults, c.want)
			continue
		}
		for key, value := range e.Faults[0].Args {
			if key != "login" && c.want != "people.login_taken" && (fmt.Sprint(value) == "1" || strings.Contains(fmt.Sprint(value), "HO")) {
				t.Errorf("%s: %s tells %v", name, key, value)
			}
		}
	}
	if err := b.GrantRole(ctx, System(), b.person, Administrator, "HO"); err != nil { // so that another one is left
		t.Fatal(err)
	}
	held, err := b.RolesOf(ctx, System(), id)
	if err != nil || len(held) != 1 {
		t.Fatal(held, err)
	}
	if err := b.RevokeRole(ctx, System(), id, held[0].ID); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Import(ctx, hr, "s.csv", []byte(staffHeadings+"2,李敏,li,BR,,,,,离职"), true); err != nil {
		t.Errorf("who administers the root no longer: %v", err)
	}
}

func TestAManagerFromElsewhereStaysAndIsNotNamedAnew(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	b.load(t, "1,王芳,wang,HO,总行,,,,", "2,李敏,li,BR,支行,HO,,1,", "3,张伟,zhang,BR,支行,HO,,2,", "4,陈静,chen,HO,总行,,,,")
	var path string
	if err := b.db.Raw(`SELECT path FROM units WHERE code = 'BR'`).Scan(&path).Error; err != nil {
		t.Fatal(err)
	}
	hr := Actor{EmployeeNo: "3", Grants: []Grant{{Role: HR, UnitPath: path}}}
	for name, c := range map[string]struct{ rows, want string }{
		"the manager from above stays": {"2,李敏,li,BR,,,主管,1,", ""},
		"another one from above":       {"2,李敏,li,BR,,,,4,", "people.unknown_manager"},
		"the same for somebody else":   {"3,张伟,zhang,BR,,,,1,", "people.unknown_manager"},
		"for somebody new":             {"5,赵六,zhao,BR,,,,1,", "people.unknown_manager"},
		"a colleague":                  {"2,李敏,li,BR,,,,3,", ""},
		"somebody new of the file":     {"5,赵六,zhao,BR,,,,2,\n3,张伟,zhang,BR,,,,5,", ""},
		"nobody any more":              {"2,李敏,li,BR,,,,,", ""},
	} {
		_, err := b.Import(ctx, hr, "s.csv", []byte(staffHeadings+c.rows), true)
		var e *errs.Error
		if errors.As(err, &e) && len(e.Faults) == 1 && e.Faults[0].Code == c.want || err == nil && c.want == "" {
			continue
		}
		t.Errorf("%s: %v, want %q", name, err, c.want)
	}
}
