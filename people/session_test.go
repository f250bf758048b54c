package people

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/notices"
	"anwen/internal/testdb"
)

const password = "correct horse"

// branch is a unit with one person who can sign in.
type branch struct {
	*Service
	db     *database.Pool
	now    time.Time
	unit   int64
	path   string
	person int64
	login  string
}

func open(t *testing.T, db *database.Pool) *branch {
	t.Helper()
	b := &branch{db: db, now: time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC)}
	b.Service = New(db, func() time.Time { return b.now }, false)
	b.unit, b.path = testdb.Unit(t, db, 0)
	b.person = testdb.Person(t, db, b.unit)
	if err := db.Raw(`SELECT login FROM people WHERE id = ?`, b.person).Scan(&b.login).Error; err != nil {
		t.Fatal(err)
	}
	b.setPassword(t, false)
	return b
}

func (b *branch) setPassword(t *testing.T, sample bool) {
	t.Helper()
	hash, err := HashPassword(context.Background(), password)
	if err != nil {
		t.Fatal(err)
	}
	err = b.db.Transaction(context.Background(), func(tx database.Tx) error {
		return setPasswordTx(context.Background(), tx, credential{PersonID: b.person, PasswordHash: hash, Sample: sample, ChangedAt: b.now})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (b *branch) signIn(t *testing.T) (string, Actor) {
	t.Helper()
	in, err := b.SignIn(context.Background(), " "+strings.ToUpper(b.login), password, Client{Address: "10.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	actor, err := b.Authenticate(context.Background(), in.Token)
	if err != nil {
		t.Fatal(err)
	}
	return in.Token, actor
}

func TestASessionKnowsItsPersonUnitAndRoles(t *testing.T) {
	b := open(t, testdb.Tx(t))
	testdb.Grant(t, b.db, b.person, string(HR), b.unit)
	actor, err := b.Authenticate(context.Background(), testdb.Session(t, b.db, b.person, b.now))
	if err != nil {
		t.Fatal(err)
	}
	if actor.PersonID != b.person || actor.UnitPath != b.path || !actor.Over(HR).Covers(b.path+"7/") || actor.Has(Administrator) {
		t.Fatalf("got %+v", actor)
	}
}

func TestWrongNameAndWrongPasswordLookTheSame(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	for _, c := range [][2]string{{b.login, "wrong"}, {"nobody", password}, {b.login, ""}, {b.login, strings.Repeat("x", 5000)}, {"' OR 1=1 --", "x"}} {
		if _, err := b.SignIn(ctx, c[0], c[1], Client{}); errs.CodeOf(err) != "people.wrong_credentials" {
			t.Errorf("%.20q: %v", c[0], err)
		}
	}
}

// Nobody learns by the clock that there is no such person: the quickest of a few tries
// takes about as long.
func TestAnUnknownNameTakesAsLongAsAWrongPassword(t *testing.T) {
	b := open(t, testdb.Tx(t))
	known, err := b.credentialOf(context.Background(), b.person)
	if err != nil {
		t.Fatal(err)
	}
	quickest := func(c credential) time.Duration {
		best := time.Hour
		for range 5 {
			began := time.Now()
			if right, err := b.passwordIs(c, "wrong"); right || err != nil {
				t.Fatal(right, err)
			}
			best = min(best, time.Since(began))
		}
		return best
	}
	if unknown, wrong := quickest(credential{}), quickest(known); unknown < wrong/3 {
		t.Errorf("%s instead of %s", unknown, wrong)
	}
}

func TestWhoHasLeftCannotSignInAndLosesTheSession(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	token, _ := b.signIn(t)
	if err := b.db.Exec(`UPDATE people SET status = 'left' WHERE id = ?`, b.person).Error; err != nil {
		t.Fatal(err)
	}
	if _, err := b.Authenticate(ctx, token); errs.KindOf(err) != errs.Unauthenticated {
		t.Errorf("the session goes on: %v", err)
	}
	if _, err := b.SignIn(ctx, b.login, password, Client{}); errs.KindOf(err) != errs.Unauthenticated {
		t.Errorf("signed in: %v", err)
	}
}

func TestTheSamplePasswordIsRefusedOutsideTheDemo(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	b.setPassword(t, true)
	if _, err := b.SignIn(ctx, b.login, password, Client{}); errs.CodeOf(err) != "people.wrong_credentials" {
		t.Fatalf("got %v", err)
	}
	b.demo = true
	if _, err := b.SignIn(ctx, b.login, password, Client{}); err != nil {
		t.Fatalf("in the demo: %v", err)
	}
}

func TestFiveFailuresLockTheLoginForAWhile(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	for range triesOfPerson {
		if _, err := b.SignIn(ctx, b.login, "wrong", Client{Address: "10.0.0.1"}); errs.KindOf(err) != errs.Unauthenticated {
			t.Fatal(err)
		}
	}
	if _, err := b.SignIn(ctx, b.login, password, Client{Address: "10.0.0.2"}); errs.KindOf(err) != errs.TooMany {
		t.Fatalf("the right password got in during the lock: %v", err)
	}
	b.now = b.now.Add(throttleWindow + time.Second)
	if _, err := b.SignIn(ctx, b.login, password, Client{}); err != nil {
		t.Fatalf("after the lock: %v", err)
	}
}

func TestSessionsEndIdleAndAbsolutely(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	token, _ := b.signIn(t)
	for b.now.Before(time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC).Add(SessionLife - time.Hour)) {
		b.now = b.now.Add(SessionIdle - time.Minute)
		if _, err := b.Authenticate(ctx, token); err != nil {
			break
		}
	}
	b.now = time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC).Add(SessionLife)
	if _, err := b.Authenticate(ctx, token); errs.KindOf(err) != errs.Unauthenticated {
		t.Errorf("alive after its whole life: %v", err)
	}
	token, _ = b.signIn(t)
	b.now = b.now.Add(SessionIdle)
	if _, err := b.Authenticate(ctx, token); errs.KindOf(err) != errs.Unauthenticated {
		t.Errorf("alive after idling: %v", err)
	}
}

func TestAPersonEndsOnlyTheirOwnSessions(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	token, actor := b.signIn(t)
	stranger := Actor{PersonID: testdb.Person(t, b.db, b.unit)}
	if err := b.RevokeSession(ctx, stranger, actor.SessionID); errs.KindOf(err) != errs.NotFound {
		t.Errorf("a stranger ended it: %v", err)
	}
	if err := b.SignOut(ctx, actor); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Authenticate(ctx, token); errs.KindOf(err) != errs.Unauthenticated {
		t.Errorf("alive after signing out: %v", err)
	}
}

func TestANewPasswordEndsTheOtherSessions(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	other, _ := b.signIn(t)
	own, actor := b.signIn(t)
	if err := b.ChangePassword(ctx, actor, "wrong", "long enough password", "10.0.0.1"); errs.CodeOf(err) != "people.current_password_wrong" {
		t.Errorf("got %v", err)
	}
	if err := b.ChangePassword(ctx, actor, password, "short", "10.0.0.1"); errs.CodeOf(err) != "people.password_too_short" {
		t.Errorf("got %v", err)
	}
	if err := b.ChangePassword(ctx, actor, password, "long enough password", "10.0.0.1"); err != nil {
		t.Fatal(err)
	}
	if err := b.ChangePassword(ctx, actor, "long enough password", "long enough password", "10.0.0.1"); errs.CodeOf(err) != "people.password_same" {
		t.Errorf("got %v", err)
	}
	if _, err := b.Authenticate(ctx, own); err != nil {
		t.Errorf("the own session ended: %v", err)
	}
	if _, err := b.Authenticate(ctx, other); err == nil {
		t.Error("the other session goes on")
	}
}

func TestNeitherTokenNorPasswordIsStored(t *testing.T) {
	b := open(t, testdb.Tx(t))
	token, _ := b.signIn(t)
	var rows string
	err := b.db.Raw(`SELECT (SELECT string_agg(s::text, ' ') FROM sessions s) || (SELECT string_agg(c::text, ' ') FROM credentials c)
		|| (SELECT string_agg(e::text, ' ') FROM audit_events e)`).Scan(&rows).Error
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(rows, token) || strings.Contains(rows, password) {
		t.Error("a secret stands in the database")
	}
}

func TestTheCacheHearsOfEveryChange(t *testing.T) {
	d := testdb.New(t)
	b := open(t, d)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var told atomic.Int64
	listener := notices.New(d.PGX(), testdb.Quiet, map[string]notices.Handler{"anwen_people": counting{b.Service, &told}})
	go listener.Run(ctx)
	b.CacheWhile(listener.Healthy)
	eventually(t, listener.Healthy)

	token, actor := b.signIn(t)
	counted, counter := database.WithCounter(ctx)
	if _, err := b.Authenticate(counted, token); err != nil || counter.Statements() != 0 {
		t.Fatalf("%d statements for a known session, %v", counter.Statements(), err)
	}
	// What another instance does, seen only through the database:
	for _, change := range []struct {
		sql  string
		gone func(Actor, error) bool
	}{
		{`INSERT INTO role_grants (person_id, role, unit_id, granted_at) SELECT id, 'hr', unit_id, now() FROM people WHERE id = ?`,
			func(a Actor, err error) bool { return err == nil && a.Has(HR) }},
		{`UPDATE role_grants SET revoked_at = now() WHERE person_id = ?`,
			func(a Actor, err error) bool { return err == nil && !a.Has(HR) }},
		{`UPDATE people SET name = '改名' WHERE id = ?`, func(a Actor, err error) bool { return a.Name == "改名" }},
		{`UPDATE sessions SET revoked_at = now() WHERE person_id = ?`, func(_ Actor, err error) bool { return errs.KindOf(err) == errs.Unauthenticated }},
	} {
		before := told.Load()
		if err := d.Exec(change.sql, actor.PersonID).Error; err != nil {
			t.Fatal(err)
		}
		eventually(t, func() bool { return told.Load() > before })
		if a, err := b.Authenticate(ctx, token); !change.gone(a, err) {
			t.Errorf("after %.40s: %+v %v", change.sql, a, err)
		}
	}
}

// counting tells when a notice was handled, so that the test need not guess.
type counting struct {
	*Service
	told *atomic.Int64
}

func (c counting) Notice(payload string) {
	c.Service.Notice(payload)
	c.told.Add(1)
}

func eventually(t *testing.T, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it did not happen within 10 s")
		}
	}
}

func TestAnAdministratorGrantsOnlyWithinReach(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	inner, innerPath := testdb.Unit(t, b.db, b.unit)
	other, _ := testdb.Unit(t, b.db, 0)
	member, outsider := testdb.Person(t, b.db, inner), testdb.Person(t, b.db, other)
	codes := map[int64]string{}
	var units []Unit
	units, err := b.Units(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range units {
		codes[u.ID] = u.Code
	}
	admin := Actor{PersonID: b.person, Grants: []Grant{{Role: Administrator, UnitPath: innerPath}}}
	if err := b.GrantRole(ctx, admin, member, HR, codes[inner]); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		err  error
		kind errs.Kind
	}{
		"a person elsewhere": {b.GrantRole(ctx, admin, outsider, HR, codes[inner]), errs.NotFound},
		"a unit above":       {b.GrantRole(ctx, admin, member, HR, codes[b.unit]), errs.NotFound},
		"the same again":     {b.GrantRole(ctx, admin, member, HR, codes[inner]), errs.Conflict},
		"an unknown role":    {b.GrantRole(ctx, admin, member, "king", codes[inner]), errs.Invalid},
	} {
		if errs.KindOf(c.err) != c.kind {
			t.Errorf("%s: %v, want %s", name, c.err, c.kind)
		}
	}
	held, err := b.RolesOf(ctx, admin, member)
	if err != nil || len(held) != 1 {
		t.Fatalf("%v %v", held, err)
	}
	if err := b.RevokeRole(ctx, admin, member, held[0].ID); err != nil {
		t.Fatal(err)
	}
	if held, _ = b.RolesOf(ctx, admin, member); len(held) != 0 {
		t.Errorf("still held: %v", held)
	}
	if err := b.GrantRole(ctx, System(), member, HR, codes[b.unit]); err != nil {
		t.Fatal(err)
	}
	held, err = b.RolesOf(ctx, admin, member)
	if err != nil || len(held) != 1 {
		t.Fatal(held, err)
	}
	if err := b.RevokeRole(ctx, admin, member, held[0].ID); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a role over the unit above is taken away: %v", err)
	}
}

func TestTheStaffListShowsOnlyWhatTheRoleReaches(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	inner, innerPath := testdb.Unit(t, b.db, b.unit)
	for range 3 {
		testdb.Person(t, b.db, inner)
	}
	hr := Actor{Grants: []Grant{{Role: HR, UnitPath: innerPath}}}
	first, next, err := b.List(ctx, hr, ListQuery{Limit: 2})
	if err != nil || len(first) != 2 || next == "" {
		t.Fatalf("%d rows, next %q, %v", len(first), next, err)
	}
	second, next, err := b.List(ctx, hr, ListQuery{Limit: 2, After: next})
	if err != nil || len(second) != 1 || next != "" {
		t.Fatalf("%d rows, next %q, %v", len(second), next, err)
	}
	if found, _, err := b.List(ctx, hr, ListQuery{Search: "100%_"}); err != nil || len(found) != 0 {
		t.Errorf("a pattern was taken literally? %d rows, %v", len(found), err)
	}
	if _, _, err := b.List(ctx, Actor{PersonID: b.person}, ListQuery{}); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("an employee lists the staff: %v", err)
	}
}

func TestTheEmployeeNumberSignsInAsTheLoginDoes(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	if err := b.db.Exec(`UPDATE people SET employee_no = 'AH77777' WHERE id = ?`, b.person).Error; err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"AH77777", "ah77777", " AH77777 "} {
		if _, err := b.SignIn(ctx, name, password, Client{}); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := b.SignIn(ctx, "AH77777", "wrong", Client{}); errs.CodeOf(err) != "people.wrong_credentials" {
		t.Errorf("a wrong password: %v", err)
	}
}
