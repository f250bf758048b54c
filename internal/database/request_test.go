package database_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"gorm.io/gorm"

	"anwen/internal/database"
	"anwen/internal/testdb"
)

func TestItIsKnownWhetherARequestMayHaveChangedSomething(t *testing.T) {
	db := testdb.New(t)
	if err := db.Exec(`CREATE TABLE changes (n integer)`).Error; err != nil {
		t.Fatal(err)
	}
	enough := errors.New("enough")
	for name, c := range map[string]struct {
		do   func(ctx context.Context) error
		want bool
	}{
		"it only read": {func(ctx context.Context) error {
			return db.WithContext(ctx).Exec("\n\t\tSELECT * FROM changes").Error
		}, false},
		"it was taken back": {func(ctx context.Context) error {
			err := db.Transaction(ctx, func(tx database.Tx) error {
				return errors.Join(tx.WithContext(ctx).Exec(`INSERT INTO changes VALUES (1)`).Error, enough)
			})
			if errors.Is(err, enough) {
				return nil
			}
			return err
		}, false},
		"it was committed": {func(ctx context.Context) error {
			return db.Transaction(ctx, func(tx database.Tx) error { return tx.WithContext(ctx).Exec(`INSERT INTO changes VALUES (2)`).Error })
		}, true},
		"it needed no commit": {func(ctx context.Context) error {
			return db.WithContext(ctx).Exec(`INSERT INTO changes VALUES (3)`).Error
		}, true},
		"it began with other words": {func(ctx context.Context) error {
			return db.WithContext(ctx).Exec(`WITH a AS (SELECT 4 AS n) INSERT INTO changes SELECT n FROM a`).Error
		}, true},
		"another one did it": {func(ctx context.Context) error { database.NoteChange(ctx); return nil }, true},
	} {
		ctx := database.WithRequest(context.Background(), time.Minute)
		if err := c.do(ctx); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := database.MayHaveChanged(ctx); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if !database.MayHaveChanged(context.Background()) {
		t.Error("of what nobody watched it is said to have changed nothing")
	}
}

func TestAConnectionIsNotWaitedForWithoutEnd(t *testing.T) {
	db := testdb.New(t)
	for range db.PGX().Config().MaxConns {
		c, err := db.PGX().Acquire(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Release()
	}
	ctx := database.WithRequest(context.Background(), time.Millisecond)
	read := db.WithContext(ctx).Exec(`SELECT 1`).Error
	begin := db.Transaction(ctx, func(database.Tx) error { return nil })
	for name, err := range map[string]error{"a statement": read, "a transaction": begin} {
		if !errors.Is(err, database.ErrBusy) || !database.Away(err) || database.MayHaveChanged(ctx) {
			t.Errorf("%s: %v", name, err)
		}
	}
	gone, stop := context.WithCancel(ctx)
	stop()
	if err := db.WithContext(gone).Exec(`SELECT 1`).Error; !errors.Is(err, context.Canceled) || errors.Is(err, database.ErrBusy) {
		t.Errorf("of somebody who waits no more: %v", err)
	}
}

func TestAServerThatBreaksOffIsAway(t *testing.T) {
	db := testdb.New(t)
	err := db.Transaction(context.Background(), func(tx database.Tx) error {
		return tx.Exec(`SELECT pg_terminate_backend(pg_backend_pid())`).Error
	})
	if !database.Away(err) {
		t.Errorf("ended by an operator: %v", err)
	}
	err = db.Transaction(context.Background(), func(tx database.Tx) error {
		var pid int
		if err := tx.Raw(`SELECT pg_backend_pid()`).Scan(&pid).Error; err != nil {
			return err
		}
		if err := db.Exec(`SELECT pg_terminate_backend(?)`, pid).Error; err != nil {
			return err
		}
		return tx.Exec(`SELECT pg_sleep(1)`).Error
	})
	if !database.Away(err) {
		t.Errorf("ended by another one: %v", err)
	}
}

// A server that takes nothing more is not ready, until it does.
func TestReadyIsWhoTakesWhatIsWritten(t *testing.T) {
	db, ctx := testdb.New(t), context.Background()
	if err := db.Ready(ctx); err != nil {
		t.Fatal(err)
	}
	write := func() error {
		return db.Exec(`INSERT INTO units (code, names, path) VALUES ('R', '{}', '/r/')`).Error
	}
	readOnly := func(value string) {
		t.Helper()
		var name string
		if err := db.Raw(`SELECT current_database()`).Scan(&name).Error; err != nil {
			t.Fatal(err)
		}
		err := db.Connection(func(tx *gorm.DB) error {
			if err := tx.Exec(`SET default_transaction_read_only = off`).Error; err != nil {
				return err
			}
			return tx.Exec(`ALTER DATABASE ` + name + ` SET default_transaction_read_only = ` + value).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		db.PGX().Reset()
	}
	readOnly("on")
	if err := db.Ready(ctx); err != nil {
		t.Errorf("nobody was refused yet: %v", err)
	}
	if err := write(); !database.Away(err) {
		t.Fatalf("a write: %v", err)
	}
	if err := db.Ready(ctx); err == nil {
		t.Error("ready though it takes nothing")
	}
	readOnly("off")
	if err := db.Ready(ctx); err != nil {
		t.Errorf("not ready though it takes everything again: %v", err)
	}
	if err := write(); err != nil {
		t.Error(err)
	}
}
