package database_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anwen/internal/audit"
	"anwen/internal/database"
	"anwen/internal/testdb"
)

// discarded are the tables that a migration drops with what they hold, each with the
// reason.
var discarded = map[string]string{
	"login_throttles": "tries of the last quarter of an hour, by keys that could collide",
}

// TestADatabaseOfAnOlderReleaseMigratesWithItsDataWhole takes the sample
// institution as the schema of migration 21 kept it.
func TestADatabaseOfAnOlderReleaseMigratesWithItsDataWhole(t *testing.T) {
	db, ctx := testdb.Dump(t, "testdata/sample-0021.sql.gz"), context.Background()
	kept := columns(t, db)
	for table, name := range derived {
		kept[table] = slices.DeleteFunc(kept[table], func(column string) bool { return column == name })
	}
	for table := range discarded {
		delete(kept, table)
	}
	before := fingerprints(t, db, kept)
	if before["people"].Rows == 0 || before["answers"].Rows == 0 || before["audit_seals"].Rows == 0 {
		t.Fatalf("the dump holds nothing to keep: %v", before)
	}
	if err := db.Migrate(ctx, testdb.Quiet); err != nil {
		t.Fatal(err)
	}
	after := fingerprints(t, db, kept)
	// What a migration itself has to say, it appends.
	for _, table := range []string{"audit_events", "audit_unsealed"} {
		if after[table].Rows > before[table].Rows {
			after[table] = before[table] // the chain below tells whether the others are as they were
		}
	}
	if difference := cmp.Diff(before, after); difference != "" {
		t.Errorf("what was there is not what is there (-before +after):\n%s", difference)
	}
	report, err := audit.Verify(ctx, db, nil)
	if err != nil || len(report.Faults) > 0 || report.Events == 0 {
		t.Errorf("the audit log after migration: %+v, %v", report, err)
	}
	t.Logf("%d tables, %d rows, %d audit events in %d seals", len(after), total(after), report.Events, report.Seals)
}

// derived are columns that a later migration dropped because other rows say the same:
// somebody's responsibility ends when the next one is named.
var derived = map[string]string{"responsible_persons": "ended_at"}

// fingerprint is what a table holds in the columns that it had.
type fingerprint struct {
	Rows int64
	Hash string
}

func total(tables map[string]fingerprint) (rows int64) {
	for _, f := range tables {
		rows += f.Rows
	}
	return rows
}

// columns lists the columns of every table.
func columns(t *testing.T, db *database.Pool) map[string][]string {
	t.Helper()
	var rows []struct{ TableName, ColumnName string }
	err := db.Raw(`SELECT c.table_name, c.column_name FROM information_schema.columns c
		JOIN information_schema.tables t USING (table_schema, table_name)
		WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name <> 'goose_db_version'
			AND c.table_name NOT IN ('search_sources', 'search_sections') -- made from the others, and made again
		ORDER BY c.table_name, c.ordinal_position`).Scan(&rows).Error
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for _, r := range rows {
		all[r.TableName] = append(all[r.TableName], r.ColumnName)
	}
	return all
}

// fingerprints hashes every row of the given columns, in the order of their text.
func fingerprints(t *testing.T, db *database.Pool, columns map[string][]string) map[string]fingerprint {
	t.Helper()
	all := map[string]fingerprint{}
	for table, names := range columns {
		var f fingerprint
		row := fmt.Sprintf(`ROW("%s")::text`, strings.Join(names, `", "`))
		err := db.Raw(fmt.Sprintf(`SELECT count(*) AS rows, coalesce(md5(string_agg(md5(line), '' ORDER BY line)), '') AS hash
			FROM (SELECT %s AS line FROM "%s") AS lines`, row, table)).Scan(&f).Error
		if err != nil {
			t.Fatalf("table %s: %v", table, err)
		}
		all[table] = f
	}
	return all
}
