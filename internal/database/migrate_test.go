package database_test

import (
	"context"
	"sync"
	"testing"

	"anwen/internal/database"
	"anwen/internal/errs"
	"anwen/internal/testdb"
)

func TestMigrationsGoUpDownAndUpToTheSameSchema(t *testing.T) {
	db, ctx := testdb.Empty(t), context.Background()
	if err := db.Migrate(ctx, testdb.Quiet); err != nil {
		t.Fatal(err)
	}
	first := schema(t, db)
	if err := db.Revert(ctx); err != nil {
		t.Fatal(err)
	}
	if left := schema(t, db); left != "" {
		t.Fatalf("down leaves: %s", left)
	}
	if err := db.Migrate(ctx, testdb.Quiet); err != nil {
		t.Fatal(err)
	}
	if second := schema(t, db); second != first {
		t.Fatal("the second up makes another schema than the first")
	}
}

func TestFourInstancesMigrateAtOnce(t *testing.T) {
	db, ctx := testdb.Empty(t), context.Background()
	var wait sync.WaitGroup
	failures := make(chan error, 4)
	for range 4 {
		wait.Go(func() { failures <- db.Migrate(ctx, testdb.Quiet) })
	}
	wait.Wait()
	close(failures)
	for err := range failures {
		if err != nil {
			t.Error(err)
		}
	}
}

func TestADatabaseFromTheFutureIsRefused(t *testing.T) {
	db, ctx := testdb.New(t), context.Background()
	if err := db.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)`).Error; err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(ctx, testdb.Quiet); errs.CodeOf(err) != "database.newer_than_program" {
		t.Fatalf("got %v", err)
	}
}

func TestTheCounterLeavesOutTransactionControl(t *testing.T) {
	db := testdb.New(t)
	ctx, counter := database.WithCounter(context.Background())
	err := db.Transaction(ctx, func(tx database.Tx) error {
		return tx.Exec(`SELECT 1`).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	if counter.Statements() != 1 || counter.Transactions() != 1 {
		t.Fatalf("counted %d statements and %d transactions", counter.Statements(), counter.Transactions())
	}
}

func schema(t *testing.T, db *database.Pool) string {
	t.Helper()
	var text string
	err := db.Raw(`
		SELECT coalesce(string_agg(line, E'\n' ORDER BY line), '') FROM (
			SELECT format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) AS line
			FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'goose_db_version'
			UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'goose_db_version'
			UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
				WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'goose_db_version'
			UNION ALL SELECT tgrelid::regclass || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal
		) AS all_lines`).Scan(&text).Error
	if err != nil {
		t.Fatal(err)
	}
	return text
}
