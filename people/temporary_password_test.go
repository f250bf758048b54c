package people

import (
	"context"
	"regexp"
	"testing"
	"time"

	"anwen/internal/errs"
	"anwen/internal/testdb"
)

func TestATemporaryPasswordLetsInOnlyToBeChanged(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	old, _ := b.signIn(t)
	issued, err := b.IssuePassword(ctx, System(), b.person)
	if err != nil {
		t.Fatal(err)
	}
	given := issued.Password
	if !regexp.MustCompile(`^([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}$`).MatchString(given) {
		t.Errorf("the password is %q", given)
	}
	if _, err := b.Authenticate(ctx, old); errs.KindOf(err) != errs.Unauthenticated {
		t.Errorf("the session from before: %v", err)
	}
	if _, err := b.SignIn(ctx, b.login, password, Client{}); errs.KindOf(err) != errs.Unauthenticated {
		t.Errorf("the password from before: %v", err)
	}
	in, err := b.SignIn(ctx, b.login, given, Client{})
	if err != nil {
		t.Fatal(err)
	}
	actor, err := b.Authenticate(ctx, in.Token)
	if err != nil || !actor.MustChangePassword {
		t.Fatalf("%+v, %v; want one who must change the password", actor, err)
	}
	if err := b.ChangePassword(ctx, actor, given, given, "10.0.0.1"); errs.CodeOf(err) != "people.password_same_temporary" {
		t.Errorf("the same again: %v", err)
	}
	if err := b.ChangePassword(ctx, actor, given, "a phrase of my own", "10.0.0.1"); err != nil {
		t.Fatal(err)
	}
	if actor, err = b.Authenticate(ctx, in.Token); err != nil || actor.MustChangePassword {
		t.Errorf("afterwards: %+v, %v", actor, err)
	}
}

func TestATemporaryPasswordEnds(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	issued, err := b.IssuePassword(ctx, System(), b.person)
	if err != nil {
		t.Fatal(err)
	}
	given := issued.Password
	b.now = b.now.Add(TemporaryLife - time.Second)
	if _, err := b.SignIn(ctx, b.login, given, Client{}); err != nil {
		t.Errorf("a second before its end: %v", err)
	}
	b.now = b.now.Add(time.Second)
	if _, err := b.SignIn(ctx, b.login, given, Client{}); errs.KindOf(err) != errs.Unauthenticated {
		t.Errorf("at its end: %v", err)
	}
}

func TestNobodyRisesByAnothersPassword(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	below, belowPath := testdb.Unit(t, b.db, b.unit)
	admin := Actor{PersonID: testdb.Person(t, b.db, below), Grants: []Grant{{Role: Administrator, UnitID: below, UnitPath: belowPath}}}
	colleague := testdb.Person(t, b.db, below)
	if _, err := b.IssuePassword(ctx, admin, colleague); err != nil {
		t.Errorf("a colleague of the unit: %v", err)
	}
	if _, err := b.IssuePassword(ctx, admin, b.person); errs.KindOf(err) != errs.NotFound {
		t.Errorf("somebody of the unit above: %v", err)
	}
	var code string
	if err := b.db.Raw(`SELECT code FROM units WHERE id = ?`, b.unit).Scan(&code).Error; err != nil {
		t.Fatal(err)
	}
	if err := b.GrantRole(ctx, System(), colleague, HR, code); err != nil {
		t.Fatal(err)
	}
	if _, err := b.IssuePassword(ctx, admin, colleague); errs.CodeOf(err) != "people.password_beyond_reach" {
		t.Errorf("a colleague with a role over the unit above: %v", err)
	}
	if err := b.db.Exec(`UPDATE people SET status = 'left' WHERE id = ?`, b.person).Error; err != nil {
		t.Fatal(err)
	}
	if _, err := b.IssuePassword(ctx, System(), b.person); errs.KindOf(err) != errs.Conflict {
		t.Errorf("somebody who has left: %v", err)
	}
}

// Whoever locked themselves out by forgetting is let in by what the administrator gives
// them, and may change it at once.
func TestATemporaryPasswordEndsTheLocksOfTheOneBefore(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	_, actor := b.signIn(t)
	stranger := Client{Address: "10.0.0.9"}
	for range triesOfPerson {
		b.guess(b.login, "wrong", stranger)
		if _, err := b.ConfirmPassword(ctx, actor, "wrong", stranger.Address); errs.CodeOf(err) != "people.current_password_wrong" {
			t.Fatal(err)
		}
	}
	if code := b.guess(b.login, password, stranger); code != locked {
		t.Fatalf("before: %q", code)
	}
	issued, err := b.IssuePassword(ctx, System(), b.person)
	if err != nil {
		t.Fatal(err)
	}
	in, err := b.SignIn(ctx, b.login, issued.Password, stranger)
	if err != nil {
		t.Fatalf("signing in: %v", err)
	}
	if actor, err = b.Authenticate(ctx, in.Token); err != nil {
		t.Fatal(err)
	}
	if err := b.ChangePassword(ctx, actor, issued.Password, "a phrase of my own", stranger.Address); err != nil {
		t.Errorf("changing it: %v", err)
	}
}
