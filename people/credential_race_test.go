package people

import (
	"context"
	"sync"
	"testing"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/testdb"
)

// interrupt makes something happen the nth time that the service asks for the time, on a
// connection of its own, and goes on when it is done or waits for the service. end tells
// whether it came to that and whether it was done when the service went on, and waits.
func (b *branch) interrupt(t *testing.T, nth int, happen func()) (end func() (came, first bool)) {
	asked, first, done := 0, false, make(chan struct{})
	b.Service.now = func() time.Time {
		if asked++; asked == nth {
			go func() {
				defer close(done)
				happen()
			}()
			first = !testdb.Waits(t, b.db, done)
		}
		return b.now
	}
	return func() (bool, bool) {
		b.Service.now = func() time.Time { return b.now }
		if asked >= nth {
			<-done
		}
		return asked >= nth, first
	}
}

// hashOf is made beforehand, because an interruption may come while the only turn to hash
// is taken.
func hashOf(t *testing.T, password string) string {
	t.Helper()
	hash, err := HashPassword(context.Background(), password)
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

const issued = "issued-by-the-administrator"

// reset is what IssuePassword does in its transaction.
func (b *branch) reset(t *testing.T, hash string) {
	t.Helper()
	other := New(b.db, func() time.Time { return b.now }, false)
	if _, err := other.give(context.Background(), System(), b.person, hash); err != nil {
		t.Error(err)
	}
}

// However late an administrator's reset comes, the person's own change with the old
// password does not take it back.
func TestAResetIsNotLostAgainstAChangeWithTheOldPassword(t *testing.T) {
	hash, b, ctx := hashOf(t, issued), open(t, testdb.New(t)), context.Background()
	for nth := 1; ; nth++ {
		b.setPassword(t, false)
		_, actor := b.signIn(t)
		end := b.interrupt(t, nth, func() { b.reset(t, hash) })
		err := b.ChangePassword(ctx, actor, password, "a phrase of my own", "10.0.0.1")
		came, first := end()
		if !came {
			if err != nil || nth < 4 {
				t.Fatalf("%d instants, %v", nth, err)
			}
			return
		}
		if first && (errs.CodeOf(err) != "people.current_password_wrong" || errs.KindOf(err) != errs.Invalid) {
			t.Errorf("a reset at the instant %d: %v", nth, err)
		}
		if _, err := b.SignIn(ctx, b.login, issued, Client{}); err != nil {
			t.Errorf("a reset at the instant %d was lost: %v", nth, err)
		}
	}
}

// However late the password is taken away, no session of it stays.
func TestNoSessionOpensWithAPasswordThatIsTakenAwayMeanwhile(t *testing.T) {
	hash, b, ctx := hashOf(t, issued), open(t, testdb.New(t)), context.Background()
	for name, takeAway := range map[string]func(){
		"a reset":   func() { b.reset(t, hash) },
		"a leaving": func() { b.become(t, Left) },
		"a leaving and a coming back with a temporary password": func() {
			b.become(t, Left)
			b.become(t, Active)
			b.reset(t, hash)
		},
	} {
		for nth := 1; ; nth++ {
			for _, sql := range []string{`DELETE FROM known_devices`, `DELETE FROM throttles`, `UPDATE sessions SET revoked_at = now() WHERE revoked_at IS NULL`} {
				if err := b.db.Exec(sql).Error; err != nil {
					t.Fatal(err)
				}
			}
			b.become(t, Active)
			b.setPassword(t, false)
			end := b.interrupt(t, nth, takeAway)
			_, err := b.SignIn(ctx, b.login, password, Client{Address: "10.9.9.9"})
			came, first := end()
			if !came {
				if err != nil || nth < 3 {
					t.Fatalf("%s: %d instants, %v", name, nth, err)
				}
				break
			}
			if first && (errs.CodeOf(err) != "people.wrong_credentials" || errs.KindOf(err) != errs.Unauthenticated) {
				t.Errorf("%s at the instant %d: %v", name, nth, err)
			}
			if n := b.count(t, `SELECT count(*) FROM sessions WHERE person_id = ? AND revoked_at IS NULL`, b.person); n != 0 {
				t.Errorf("%s at the instant %d: %d sessions stay", name, nth, n)
			}
			if n := b.count(t, `SELECT count(*) FROM known_devices`); first && n != 0 {
				t.Errorf("%s at the instant %d: %d devices are known", name, nth, n)
			}
		}
	}
}

func (b *branch) become(t *testing.T, status Status) {
	t.Helper()
	if err := b.db.Exec(`UPDATE people SET status = ? WHERE id = ?`, status, b.person).Error; err != nil {
		t.Error(err)
	}
}

// What was confirmed with a password binds only while that password is the person's.
func TestAConfirmationEndsWithThePassword(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	_, actor := b.signIn(t)
	confirmed, err := b.ConfirmPassword(ctx, actor, password, "10.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	hold := func() error {
		return b.db.Transaction(ctx, func(tx database.Tx) error { return confirmed.HoldTx(ctx, tx) })
	}
	if err := hold(); err != nil {
		t.Errorf("nothing happened: %v", err)
	}
	b.reset(t, hashOf(t, issued))
	if err := hold(); errs.CodeOf(err) != "people.current_password_wrong" {
		t.Errorf("after a reset: %v", err)
	}
	if err := b.db.Transaction(ctx, func(tx database.Tx) error { return Confirmation{}.HoldTx(ctx, tx) }); err == nil {
		t.Error("what nobody confirmed binds")
	}
}

// The locks hold it: whoever would change the password waits for what is done with it.
func TestAPasswordStandsUntilWhatIsDoneWithItIsDone(t *testing.T) {
	hash := hashOf(t, issued)
	for name, takeAway := range map[string]func(b *branch){
		"a reset": func(b *branch) { b.reset(t, hash) },
		"a change of the password alone": func(b *branch) {
			if err := b.db.Exec(`UPDATE credentials SET temporary = true WHERE person_id = ?`, b.person).Error; err != nil {
				t.Error(err)
			}
		},
		"a leaving": func(b *branch) { b.become(t, Left) },
	} {
		b, ctx := open(t, testdb.New(t)), context.Background()
		c, err := b.credentialOf(ctx, b.person)
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		err = b.db.Transaction(ctx, func(tx database.Tx) error {
			if stands, err := standsTx(ctx, tx, c); err != nil || !stands {
				t.Fatalf("%s: %v, %v", name, stands, err)
			}
			go func() {
				defer close(done)
				takeAway(b)
			}()
			if !testdb.Waits(t, b.db, done) {
				t.Errorf("%s waits for nothing", name)
			}
			_, err := insertSessionTx(ctx, tx, "token", b.person, b.now, Client{})
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		<-done
		if name == "a change of the password alone" {
			continue
		}
		if n := b.count(t, `SELECT count(*) FROM sessions WHERE person_id = ? AND revoked_at IS NULL`, b.person); n != 0 {
			t.Errorf("%s leaves %d sessions of before open", name, n)
		}
	}
}

// Nobody waits for somebody who waits for them, whatever of it comes at once.
func TestPasswordsAreUsedChangedAndResetAtOnce(t *testing.T) {
	b, ctx := open(t, testdb.New(t)), context.Background()
	hash := hashOf(t, issued)
	for range 5 {
		b.setPassword(t, false)
		_, actor := b.signIn(t)
		var wait sync.WaitGroup
		release := make(chan struct{})
		for i := range 3 {
			wait.Go(func() {
				<-release
				if _, err := b.SignIn(ctx, b.login, password, Client{Address: "10.0.0.1"}); err != nil && errs.KindOf(err) != errs.Unauthenticated && errs.KindOf(err) != errs.TooMany {
					t.Errorf("sign in: %v", err)
				}
			})
			wait.Go(func() {
				<-release
				if err := b.ChangePassword(ctx, actor, password, "a phrase of my own", "10.0.0.1"); err != nil && errs.KindOf(err) != errs.Invalid && errs.KindOf(err) != errs.TooMany {
					t.Errorf("change: %v", err)
				}
			})
			wait.Go(func() {
				<-release
				time.Sleep(time.Duration(i) * 20 * time.Millisecond)
				b.reset(t, hash)
			})
		}
		close(release)
		wait.Wait()
		if c, err := b.credentialOf(ctx, b.person); err != nil || c.PasswordHash != hash || !c.Temporary {
			t.Fatalf("the reset is lost: %v", err)
		}
		if n := b.count(t, `SELECT count(*) FROM sessions WHERE person_id = ? AND revoked_at IS NULL`, b.person); n != 0 {
			t.Fatalf("%d sessions of the old password are open", n)
		}
	}
}

// Who is given a role beyond the administrator's reach while the password is made gets
// none from that administrator: the grant that is under way is waited for.
func TestAPasswordWaitsForAGrantThatIsUnderWay(t *testing.T) {
	b, ctx := open(t, testdb.New(t)), context.Background()
	below, belowPath := testdb.Unit(t, b.db, b.unit)
	colleague := testdb.Person(t, b.db, below)
	admin := Actor{PersonID: testdb.Person(t, b.db, below), Grants: []Grant{{Role: Administrator, UnitID: below, UnitPath: belowPath}}}
	done := make(chan error, 1)
	err := b.db.Transaction(ctx, func(tx database.Tx) error {
		_, err := insertGrantTx(ctx, tx, grantRow{PersonID: colleague, Role: Administrator, UnitID: b.unit, GrantedAt: b.now})
		go func() {
			_, err := b.IssuePassword(ctx, admin, colleague)
			done <- err
		}()
		if !testdb.Waits(t, b.db, done) {
			t.Fatal("the password does not wait for the grant")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-done; errs.CodeOf(err) != "people.password_beyond_reach" {
		t.Errorf("got %v", err)
	}
}

// A role that is taken away acts no more on the same instance, before any notice comes.
func TestARevokedRoleIsNotAnsweredFromMemory(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	b.CacheWhile(func() bool { return true })
	token, _ := b.signIn(t)
	if err := b.GrantRole(ctx, System(), b.person, HR, b.codeOf(t, b.unit)); err != nil {
		t.Fatal(err)
	}
	if a, err := b.Authenticate(ctx, token); err != nil || !a.Has(HR) {
		t.Fatalf("%+v, %v", a.Grants, err)
	}
	held, err := b.RolesOf(ctx, System(), b.person)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.RevokeRole(ctx, System(), b.person, held[0].ID); err != nil {
		t.Fatal(err)
	}
	if a, err := b.Authenticate(ctx, token); err != nil || a.Has(HR) {
		t.Errorf("%+v, %v", a.Grants, err)
	}
}
