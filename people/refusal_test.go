package people

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"anwen/internal/testdb"
)

type recorded struct {
	Action, Subject, Data string
}

// recordedOf are the events whose action begins so, in order.
func (b *branch) recordedOf(t *testing.T, action string) (list []recorded) {
	t.Helper()
	err := b.db.Raw(`SELECT action, subject, data::text AS data FROM audit_events WHERE action LIKE ? || '%' ORDER BY id`, action).Scan(&list).Error
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func (r recorded) says(t *testing.T, key string) string {
	t.Helper()
	var data map[string]any
	if err := json.Unmarshal([]byte(r.Data), &data); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(data[key])
}

func TestAWrongPasswordIsRecordedWithLoginAddressAndReason(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	_, actor := b.signIn(t)
	var number string
	if err := b.db.Raw(`SELECT employee_no FROM people WHERE id = ?`, b.person).Scan(&number).Error; err != nil {
		t.Fatal(err)
	}
	b.guess(b.login, "wrong", Client{Address: "10.0.0.1"})
	b.guess("Nobody Whom Anybody Knows, and whose name goes on and on", "wrong", Client{Address: "10.0.0.2"})
	if _, err := b.ConfirmPassword(ctx, actor, "wrong", "10.0.0.3"); err == nil {
		t.Fatal("confirmed")
	}
	if _, err := b.IssuePassword(ctx, System(), b.person); err != nil {
		t.Fatal(err)
	}
	b.now = b.now.Add(TemporaryLife)
	b.guess(b.login, "wrong", Client{Address: "10.0.0.4"})
	var got [][4]string
	for _, e := range b.recordedOf(t, "people.sign_in_refused") {
		got = append(got, [4]string{e.Subject, e.says(t, "login"), e.says(t, "address"), e.says(t, "reason")})
	}
	want := [][4]string{
		{"person:" + number, b.login, "10.0.0.1", "wrong_password"},
		{"login:Nobody Whom Anybody Knows, and whose nam", "Nobody Whom Anybody Knows, and whose nam", "10.0.0.2", "unknown_login"},
		{"person:" + number, b.login, "10.0.0.3", "wrong_password_when_signed_in"},
		{"person:" + number, b.login, "10.0.0.4", "temporary_password_over"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("recorded\n%v, want\n%v", got, want)
	}
}

func TestALockIsRecordedOnce(t *testing.T) {
	b := open(t, testdb.Tx(t))
	for range triesOfPerson + 4 {
		b.guess(b.login, "wrong", Client{Address: "10.0.0.1"})
	}
	if n := len(b.recordedOf(t, "people.sign_in_refused")); n != triesOfPerson {
		t.Errorf("%d wrong passwords are recorded", n)
	}
	if locks := b.recordedOf(t, "people.locked"); len(locks) != 1 || locks[0].says(t, "address") != "10.0.0.1" {
		t.Errorf("locks: %v", locks)
	}
}

func TestAFloodOfRefusalsIsCountedAndNotWritten(t *testing.T) {
	var b refusalBudget
	now, written := time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC), 0
	for range refusalsAMinute + 50 {
		if omitted, ok := b.take(now); ok {
			written++
			if omitted != 0 {
				t.Errorf("%d are said to be left out before any was", omitted)
			}
		}
	}
	if written != refusalsAMinute {
		t.Errorf("%d are written in one minute", written)
	}
	if omitted, ok := b.take(now.Add(time.Minute)); !ok || omitted != 50 {
		t.Errorf("the next minute: %v, %d left out", ok, omitted)
	}
}

func TestARefusedActIsRecordedOnceInAWhile(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	_, actor := b.signIn(t)
	refuse := func(route string) {
		t.Helper()
		act := RefusedAct{Route: route, Path: "/api/v1/people/7/roles", Code: "people.forbidden", Address: "10.0.0.1"}
		if err := b.RecordRefusedAct(ctx, actor, act); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		refuse("POST /people/{id}/roles")
		refuse("POST /people/{id}/password")
	}
	b.now = b.now.Add(refusedAgain)
	refuse("POST /people/{id}/roles")
	list := b.recordedOf(t, "people.act_refused")
	if len(list) != 3 {
		t.Fatalf("%d are recorded: %v", len(list), list)
	}
	if e := list[0]; e.Subject != "route:POST /people/{id}/roles" || e.says(t, "login") != b.login || e.says(t, "address") != "10.0.0.1" || e.says(t, "reason") != "people.forbidden" {
		t.Errorf("%+v", e)
	}
}

// What was not written, because the database or the budget said no, is told the next time.
func TestARefusalThatWasNotWrittenIsWrittenTheNextTime(t *testing.T) {
	b, ctx := open(t, testdb.Tx(t)), context.Background()
	_, actor := b.signIn(t)
	act := RefusedAct{Route: "POST /people/{id}/roles", Path: "/api/v1/people/7/roles", Code: "people.forbidden", Address: "10.0.0.1"}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := b.RecordRefusedAct(gone, actor, act); err == nil {
		t.Fatal("it is written without a database")
	}
	b.refusals.minute, b.refusals.taken = b.now.Truncate(time.Minute), refusalsAMinute
	for range 2 {
		if err := b.RecordRefusedAct(ctx, actor, act); err != nil {
			t.Fatal(err)
		}
		b.refusals.taken = 0
	}
	if list := b.recordedOf(t, "people.act_refused"); len(list) != 1 || list[0].says(t, "left_out") != "1" {
		t.Errorf("recorded: %v", list)
	}
}
