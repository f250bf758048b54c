package people

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"anwen/internal/errs"
	"anwen/internal/testdb"
)

// patientQueue lets everybody wait: what is tried at once is then decided by the throttle.
func patientQueue(t *testing.T) {
	t.Helper()
	before := hashing
	hashing = newHashQueue(4, 1000)
	t.Cleanup(func() { hashing = before })
}

func (b *branch) guess(login, password string, from Client) string {
	_, err := b.SignIn(context.Background(), login, password, from)
	return errs.CodeOf(err)
}

const (
	wrong  = "people.wrong_credentials"
	locked = "people.too_many_attempts"
)

func TestLoginsAddressesAndPersonsAreCountedApart(t *testing.T) {
	b := open(t, testdb.Tx(t))
	for _, login := range []string{"address 10.0.0.1", "10.0.0.1", "person " + strconv.FormatInt(b.person, 10), strconv.FormatInt(b.person, 10)} {
		for range triesOfPerson {
			if code := b.guess(login, "wrong", Client{Address: "10.0.0.9"}); code != wrong {
				t.Fatalf("%s: %s", login, code)
			}
		}
		if code := b.guess(login, "wrong", Client{Address: "10.0.0.9"}); code != locked {
			t.Errorf("%s goes on being tried: %s", login, code)
		}
	}
	if code := b.guess(b.login, password, Client{Address: "10.0.0.1"}); code != "" {
		t.Errorf("the address or the person is locked by a login that is called like it: %s", code)
	}
}

func TestLoginAndEmployeeNumberCountTogether(t *testing.T) {
	b := open(t, testdb.Tx(t))
	if err := b.db.Exec(`UPDATE people SET employee_no = 'AH77777' WHERE id = ?`, b.person).Error; err != nil {
		t.Fatal(err)
	}
	for n := range triesOfPerson {
		if code := b.guess([]string{b.login, "AH77777", "ah77777"}[n%3], "wrong", Client{}); code != wrong {
			t.Fatal(code)
		}
	}
	for _, login := range []string{b.login, "AH77777"} {
		if code := b.guess(login, password, Client{}); code != locked {
			t.Errorf("%s: %q", login, code)
		}
	}
}

// Mistypings of one day do not add up with those of another, and what others try at the
// same address stays counted.
func TestARightPasswordForgetsTheWrongOnesBeforeIt(t *testing.T) {
	b := open(t, testdb.Tx(t))
	from := Client{Address: "10.0.0.7"}
	for round := range 3 {
		for range triesOfPerson - 1 {
			if code := b.guess(b.login, "wrong", from); code != wrong {
				t.Fatalf("round %d: %s", round, code)
			}
		}
		if code := b.guess(b.login, password, from); code != "" {
			t.Fatalf("round %d: %s", round, code)
		}
	}
	var counted int
	if err := b.db.Raw(`SELECT coalesce(max(tries), 0) FROM throttles WHERE kind = 'address' AND key LIKE '%10.0.0.7%'`).Scan(&counted).Error; err != nil || counted != 3*(triesOfPerson-1) {
		t.Errorf("%d tries of the address, %v", counted, err)
	}
}

// The queue lets guesses at one password through one after another; the throttle holds
// without it too, as between instances.
func TestGuessesAtOnceGetNoFurtherThanOneAfterAnother(t *testing.T) {
	b, ctx := open(t, testdb.New(t)), context.Background()
	patientQueue(t)
	count := func(try func(n int) error) map[errs.Kind]int {
		var wait sync.WaitGroup
		var mu sync.Mutex
		kinds := map[errs.Kind]int{}
		for n := range 60 {
			wait.Go(func() {
				err := try(n)
				mu.Lock()
				defer mu.Unlock()
				kinds[errs.KindOf(err)]++
			})
		}
		wait.Wait()
		return kinds
	}
	got := count(func(n int) error {
		_, err := b.SignIn(ctx, b.login, "wrong", Client{Address: fmt.Sprint("10.0.0.", n)})
		return err
	})
	if got[errs.Unauthenticated] != triesOfPerson || got[errs.TooMany] != 60-triesOfPerson {
		t.Errorf("sign-ins: %v", got)
	}
	other := testdb.Person(t, b.db, b.unit)
	got = count(func(int) error {
		_, err := b.reserve(ctx, b.now, []throttle{personThrottle(other), {ofAddress, "10.1.0.1", triesOfAddress}})
		return err
	})
	if got[""] != triesOfPerson || got[errs.TooMany] != 60-triesOfPerson {
		t.Errorf("reservations: %v", got)
	}
	if row := b.throttle(t, ofAddress, "10.1.0.1"); row.Tries != triesOfPerson {
		t.Errorf("what was refused counts against the address: %d", row.Tries)
	}
}

func TestRightPasswordsAtOnceAreAllLetIn(t *testing.T) {
	b := open(t, testdb.New(t))
	patientQueue(t)
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if code := b.guess(b.login, password, Client{Address: "10.0.0.1"}); code != "" {
				t.Error(code)
			}
		})
	}
	wait.Wait()
	if row := b.throttle(t, ofAddress, "10.0.0.1"); row.Tries != 0 {
		t.Errorf("%d tries are left at the address", row.Tries)
	}
}

func (b *branch) throttle(t *testing.T, kind throttleKind, key string) (row throttleRow) {
	t.Helper()
	if err := b.db.Raw(`SELECT * FROM throttles WHERE kind = ? AND key = ?`, string(kind), key).Scan(&row).Error; err != nil {
		t.Fatal(err)
	}
	return row
}

func TestAStrangerLocksNobodyOutOfAKnownDevice(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	in, err := b.SignIn(ctx, b.login, password, Client{Address: "10.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	known := Client{Address: "10.0.0.1", Device: in.Device}
	again, err := b.SignIn(ctx, b.login, password, known)
	if err != nil || again.Device != in.Device {
		t.Fatalf("the device became another one: %v", err)
	}
	for range triesOfPerson {
		b.guess(b.login, "wrong", Client{Address: "10.0.0.1"})
	}
	if err := b.db.Exec(`INSERT INTO throttles VALUES ('address', '10.0.0.1', 10000, ?)
		ON CONFLICT (kind, key) DO UPDATE SET tries = 10000`, b.now.Add(time.Minute)).Error; err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		from Client
		want string
	}{
		"another device":       {Client{Address: "10.0.0.1"}, locked},
		"a made-up device":     {Client{Address: "10.0.0.1", Device: "made up"}, locked},
		"the device":           {known, ""},
		"the device elsewhere": {Client{Address: "10.0.0.2", Device: in.Device}, ""},
	} {
		if code := b.guess(b.login, password, c.from); code != c.want {
			t.Errorf("%s: %q, want %q", name, code, c.want)
		}
	}
	for range triesOfPerson {
		if code := b.guess(b.login, "wrong", known); code != wrong {
			t.Fatal(code)
		}
	}
	if code := b.guess(b.login, password, known); code != locked {
		t.Errorf("a known device is tried without end: %q", code)
	}
}

// A shared computer knows several people; each only counts on it after signing in there.
func TestADeviceIsKnownForThoseWhoSignedInWithIt(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	in, err := b.SignIn(ctx, b.login, password, Client{})
	if err != nil {
		t.Fatal(err)
	}
	c := open(t, b.db)
	seen, err := c.candidate(ctx, c.login, Client{Device: in.Device})
	if err != nil || seen.DeviceKnown || !seen.DeviceShared {
		t.Fatalf("before: %+v, %v", seen, err)
	}
	other, err := c.SignIn(ctx, c.login, password, Client{Device: in.Device})
	if err != nil || other.Device != in.Device {
		t.Fatalf("the shared device got another token: %v", err)
	}
	for _, login := range []string{b.login, c.login} {
		if seen, err := c.candidate(ctx, login, Client{Device: in.Device}); err != nil || !seen.DeviceKnown {
			t.Errorf("afterwards: %+v, %v", seen, err)
		}
	}
	var stored int
	if err := b.db.Raw(`SELECT count(*) FROM known_devices d WHERE position(? IN d::text) > 0`, in.Device).Scan(&stored).Error; err != nil || stored != 0 {
		t.Errorf("the token itself is stored %d times, %v", stored, err)
	}
}

func TestOldDevicesAndTriesGo(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	for range devicesOfPerson + 3 {
		b.now = b.now.Add(time.Second)
		if code := b.guess(b.login, password, Client{}); code != "" {
			t.Fatal(code)
		}
	}
	counted := func(table string) (n int) {
		t.Helper()
		if err := b.db.Raw(`SELECT count(*) FROM ` + table).Scan(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := counted("known_devices"); n != devicesOfPerson {
		t.Errorf("%d devices of one person", n)
	}
	b.guess("nobody", "wrong", Client{Address: "10.0.0.1"})
	before := counted("throttles")
	if err := b.SweepThrottles(ctx); err != nil || counted("throttles") != before || before < 2 {
		t.Errorf("what counts was swept: %v", err)
	}
	b.now = b.now.Add(throttleWindow)
	if err := b.SweepThrottles(ctx); err != nil || counted("throttles") != 0 {
		t.Errorf("%d tries are left, %v", counted("throttles"), err)
	}
	b.now = b.now.Add(DeviceLife)
	if err := b.SweepThrottles(ctx); err != nil || counted("known_devices") != 0 {
		t.Errorf("%d devices are left, %v", counted("known_devices"), err)
	}
}

func TestATemporaryPasswordForgetsTheDevices(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	if code := b.guess(b.login, password, Client{}); code != "" {
		t.Fatal(code)
	}
	before := b.count(t, `SELECT count(*) FROM known_devices`)
	if _, err := b.IssuePassword(ctx, System(), b.person); err != nil {
		t.Fatal(err)
	}
	if after := b.count(t, `SELECT count(*) FROM known_devices`); before != 1 || after != 0 {
		t.Errorf("%d devices were known, and %d still are", before, after)
	}
}

func TestThePasswordOfASessionIsNotGuessed(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	_, actor := b.signIn(t)
	for n := range triesOfPerson {
		var err error
		if n%2 == 0 {
			err = b.ChangePassword(ctx, actor, "wrong", "a phrase of my own", "10.0.0.1")
		} else {
			_, err = b.ConfirmPassword(ctx, actor, "wrong", "10.0.0.1")
		}
		if errs.CodeOf(err) != "people.current_password_wrong" {
			t.Fatal(err)
		}
	}
	if err := b.ChangePassword(ctx, actor, password, "a phrase of my own", "10.0.0.1"); errs.CodeOf(err) != locked {
		t.Errorf("changing: %v", err)
	}
	if _, err := b.ConfirmPassword(ctx, actor, password, "10.0.0.1"); errs.CodeOf(err) != locked {
		t.Errorf("confirming: %v", err)
	}
	if code := b.guess(b.login, password, Client{Address: "10.0.0.1"}); code != "" {
		t.Errorf("signing in is locked with it: %q", code)
	}
	b.now = b.now.Add(throttleWindow)
	if _, err := b.ConfirmPassword(ctx, actor, password, "10.0.0.1"); err != nil {
		t.Errorf("after a while: %v", err)
	}
}

// A stranger who locks the login does not keep the person from confirming.
func TestALockOfTheLoginDoesNotReachTheSession(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	_, actor := b.signIn(t)
	for range triesOfPerson {
		b.guess(b.login, "wrong", Client{})
	}
	if _, err := b.ConfirmPassword(ctx, actor, password, "10.0.0.1"); err != nil {
		t.Error(err)
	}
}

// The time of the tries begins with the first of them and is over for all at once.
func TestTriesOfOneWhileDoNotCountInTheNext(t *testing.T) {
	b := open(t, testdb.Tx(t))
	from := Client{Address: "10.0.0.9"}
	try := func(n int) {
		t.Helper()
		for range n {
			if code := b.guess(b.login, "wrong", from); code != wrong {
				t.Fatal(code)
			}
		}
	}
	try(1)
	b.now = b.now.Add(throttleWindow - time.Minute)
	try(triesOfPerson - 2)
	b.now = b.now.Add(time.Minute)
	try(triesOfPerson)
	if code := b.guess(b.login, "wrong", from); code != locked {
		t.Errorf("one too many: %q", code)
	}
}

func TestALockSaysForHowLongItHolds(t *testing.T) {
	b := open(t, testdb.Tx(t))
	for range triesOfPerson {
		b.guess(b.login, "wrong", Client{})
	}
	b.now = b.now.Add(5 * time.Minute)
	_, err := b.SignIn(context.Background(), b.login, password, Client{})
	var told *errs.Error
	if !errors.As(err, &told) || told.Code != locked || told.Args["minutes"] != 11 {
		t.Errorf("after 5 of 15 minutes: %v", err)
	}
}

func TestWhoNobodyIsCountsAgainstTheAddressUnderAShortName(t *testing.T) {
	b := open(t, testdb.Tx(t))
	long := strings.Repeat("长", 5_000)
	for n, login := range []string{"nobody", long, long + "and more"} {
		if code := b.guess(login, "wrong", Client{Address: "10.0.0.8"}); code != wrong {
			t.Fatalf("name %d: %s", n, code)
		}
	}
	if row := b.throttle(t, ofAddress, "10.0.0.8"); row.Tries != 3 {
		t.Errorf("%d tries at the address", row.Tries)
	}
	if row := b.throttle(t, ofName, strings.Repeat("长", maxThrottledKey)); row.Tries != 2 {
		t.Errorf("%d tries at the name", row.Tries)
	}
}

// Whoever has no try left is told so at once and takes no turn from others.
func TestWhoIsLockedDoesNotWait(t *testing.T) {
	b := open(t, testdb.Tx(t))
	for range triesOfPerson {
		b.guess(b.login, "wrong", Client{})
	}
	before := hashing
	hashing = newHashQueue(0, 0) // which sends everybody away
	t.Cleanup(func() { hashing = before })
	if code := b.guess(b.login, password, Client{}); code != locked {
		t.Errorf("told %s", code)
	}
	if code := b.guess("another", password, Client{}); code != "people.too_many_sign_ins" {
		t.Errorf("somebody else: %s", code)
	}
}
