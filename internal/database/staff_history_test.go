package database_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"anwen/internal/testdb"
	"anwen/migrations"
)

// Who was there before history was kept has one row: what they are now, since they
// have been known.
func TestHistoryBeginsWithWhatEverybodyIs(t *testing.T) {
	db, ctx := testdb.Empty(t), context.Background()
	pool := stdlib.OpenDBFromPool(db.PGX())
	defer pool.Close()
	provider, err := goose.NewProvider(goose.DialectPostgres, pool, migrations.Files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(ctx, 21); err != nil {
		t.Fatal(err)
	}
	unit, _ := testdb.Unit(t, db, 0)
	for range 3 {
		testdb.Person(t, db, unit)
	}
	if err := db.Exec(`UPDATE people SET created_at = '2024-02-28 17:00Z', status = 'left'`).Error; err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(ctx, 22); err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]int{"2024-02-28": 0, "2024-02-29": 3} { // in Shanghai
		var n int
		err := db.Raw(`SELECT count(*) FROM staff_on(CAST(? AS date)) d JOIN staff s USING (id, name, unit_id, position, status, known_since)
			WHERE d.effective_from = '2024-02-29' AND s.status = 'left'`, day).Scan(&n).Error
		if err != nil || n != want {
			t.Errorf("on %s: %d people, %v, want %d", day, n, err, want)
		}
	}
}
