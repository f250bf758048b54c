package audit_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/testdb"
)

var at = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

func clock() time.Time { return at }

func record(t *testing.T, db *database.Pool, n int) {
	t.Helper()
	err := audit.Record(context.Background(), db, audit.Event{
		At: at, ActorID: 7, Action: "test.do", Subject: fmt.Sprintf("thing:%d", n), Data: map[string]int{"n": n},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestASealedLogVerifies(t *testing.T) {
	db, ctx := testdb.New(t), context.Background()
	for n := range 2500 {
		record(t, db, n)
	}
	for {
		n, err := audit.Seal(ctx, db, clock)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			break
		}
	}
	record(t, db, 9999)
	r, err := audit.Verify(ctx, db, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Faults) > 0 || r.Seals != 3 || r.Events != 2500 || r.Unsealed != 1 {
		t.Fatalf("got %+v", r)
	}
}

func TestManyEventsAreWrittenInTheirOrder(t *testing.T) {
	db, ctx := testdb.New(t), context.Background()
	const many = 25_000
	events := make([]audit.Event, many)
	for n := range events {
		events[n] = audit.Event{At: at, Action: "test.do", Subject: fmt.Sprintf("thing:%d", n), Data: map[string]int{"n": n}}
		if n%2 == 1 {
			events[n].ActorID = 7
		}
	}
	for _, together := range []bool{false, true} {
		err := db.Transaction(ctx, func(tx database.Tx) error {
			if together {
				return audit.TogetherTx(ctx, tx, func(ctx context.Context) error { return audit.RecordAllTx(ctx, tx, events) })
			}
			return audit.RecordAllTx(ctx, tx, events)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var wrong int
	err := db.Raw(`SELECT count(*) FROM audit_events WHERE subject <> 'thing:' || (id - 1) % 25000 OR data->>'n' <> ((id - 1) % 25000)::text
		OR (actor_id IS NULL) <> ((id - 1) % 2 = 0)`).Scan(&wrong).Error
	var total int
	if err == nil {
		err = db.Raw(`SELECT count(*) FROM audit_events e JOIN audit_unsealed u ON u.event_id = e.id`).Scan(&total).Error
	}
	if err != nil || wrong != 0 || total != 2*many {
		t.Errorf("%d of %d are not where they were written, %v", wrong, total, err)
	}
}

func TestTamperingShows(t *testing.T) {
	cases := map[string]struct{ sql, fault string }{
		"a changed event":      {`UPDATE audit_events SET subject = 'thing:other' WHERE id = 2`, "an event was changed"},
		"a deleted event":      {`DELETE FROM audit_events WHERE id = 2`, "events are missing"},
		"an event slipped in":  {`INSERT INTO audit_events (at, action, subject, data) VALUES (now(), 'a', 'b', '{}'); DELETE FROM audit_unsealed`, "neither sealed nor waiting"},
		"a deleted first seal": {`DELETE FROM audit_seals WHERE number = 1`, "follow a gap"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			db, ctx := testdb.New(t), context.Background()
			for n := range 3 {
				record(t, db, n)
				if _, err := audit.Seal(ctx, db, clock); err != nil {
					t.Fatal(err)
				}
			}
			// Whoever tampers has the rights of a superuser: the triggers are off.
			if err := db.Connection(func(tx *gorm.DB) error {
				for _, sql := range append([]string{`SET session_replication_role = replica`}, strings.Split(c.sql, "; ")...) {
					if err := tx.Exec(sql).Error; err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			r, err := audit.Verify(ctx, db, nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Faults) == 0 || !strings.Contains(strings.Join(r.Faults, "; "), c.fault) {
				t.Fatalf("faults %q do not tell of %s", r.Faults, name)
			}
		})
	}
}

func TestTheLogRefusesChangeAndDeletion(t *testing.T) {
	db := testdb.New(t)
	record(t, db, 1)
	for _, sql := range []string{`UPDATE audit_events SET action = 'x'`, `DELETE FROM audit_events`, `TRUNCATE audit_events CASCADE`} {
		if err := db.Exec(sql).Error; err == nil {
			t.Errorf("%s went through", sql)
		}
	}
}

func TestWritersAndSealersAtOnceLoseNothing(t *testing.T) {
	db, ctx := testdb.New(t), context.Background()
	var wait sync.WaitGroup
	for w := range 4 {
		wait.Go(func() {
			for n := range 50 {
				err := db.Transaction(ctx, func(tx database.Tx) error {
					return audit.RecordTx(ctx, tx, audit.Event{At: at, Action: "test.do", Subject: fmt.Sprintf("%d:%d", w, n)})
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
		wait.Go(func() {
			for range 20 {
				if _, err := audit.Seal(ctx, db, clock); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	if _, err := audit.Seal(ctx, db, clock); err != nil {
		t.Fatal(err)
	}
	r, err := audit.Verify(ctx, db, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Faults) > 0 || r.Events != 200 {
		t.Fatalf("got %+v", r)
	}
}

// The instant of a seal is taken when nobody else can seal, or a later seal could tell an
// earlier one.
func TestNobodySealsBetweenTheInstantOfASealAndTheSeal(t *testing.T) {
	db, ctx := testdb.New(t), context.Background()
	if err := audit.Record(ctx, db, audit.Event{At: at, Action: "test.done", Subject: "test:1"}); err != nil {
		t.Fatal(err)
	}
	n, err := audit.Seal(ctx, db, func() time.Time {
		if n, err := audit.Seal(ctx, db, clock); n != 0 || err != nil {
			t.Errorf("another one sealed %d meanwhile, %v", n, err)
		}
		return at
	})
	if n != 1 || err != nil {
		t.Errorf("%d sealed, %v", n, err)
	}
}
