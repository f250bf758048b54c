package database_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"anwen/internal/testdb"
	"anwen/migrations"
)

// A draft from before bases were kept was begun from the version that was newest then:
// neither from one that came later, nor from the one that it became itself.
func TestDraftsAndProposalsOfOldAreOfTheVersionThatWasNewestThen(t *testing.T) {
	db, ctx := testdb.Empty(t), context.Background()
	pool := stdlib.OpenDBFromPool(db.PGX())
	defer pool.Close()
	provider, err := goose.NewProvider(goose.DialectPostgres, pool, migrations.Files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(ctx, 28); err != nil {
		t.Fatal(err)
	}
	unit, _ := testdb.Unit(t, db, 0)
	testdb.Person(t, db, unit)
	for _, sql := range []string{
		`INSERT INTO policies (code, titles, created_at) VALUES ('P', '{}', '2026-01-01')`,
		`INSERT INTO policy_versions (policy_id, number, titles, effective_from, sha256, published_at)
			SELECT p.id, n, '{}', '2026-01-01', decode(repeat('0' || n, 32), 'hex'), make_timestamptz(2026, n, 1, 0, 0, 0) FROM policies p, generate_series(1, 3) n`,
		`INSERT INTO policy_drafts (policy_code, state, edition, created_at, updated_at)
			VALUES ('P', 'withdrawn', 1, '2025-12-01', now()), ('P', 'withdrawn', 1, '2026-01-15', now()), ('P', 'draft', 1, '2026-02-15', now()), ('NEW', 'draft', 1, '2026-02-15', now())`,
		`INSERT INTO policy_drafts (policy_code, state, edition, created_at, updated_at, approver_id, approved_at, material, version_id)
			SELECT 'P', 'published', 1, v.published_at, now(), (SELECT min(id) FROM people), now(), true, v.id FROM policy_versions v WHERE number = 3`,
		`INSERT INTO policy_repeal_proposals (policy_id, effective_from, reason, proposed_at) SELECT id, '2026-12-01', 'x', '2026-02-15' FROM policies`,
	} {
		if err := db.Exec(sql).Error; err != nil {
			t.Fatal(err)
		}
	}
	if _, err := provider.UpTo(ctx, 29); err != nil {
		t.Fatal(err)
	}
	var bases string
	if err := db.Raw(`SELECT string_agg(base::text, ' ' ORDER BY id) FROM policy_drafts`).Scan(&bases).Error; err != nil || bases != "0 1 2 0 2" {
		t.Errorf("the drafts are written against %s, %v", bases, err)
	}
	var number int
	if err := db.Raw(`SELECT number FROM policy_repeal_proposals`).Scan(&number).Error; err != nil || number != 2 {
		t.Errorf("the repeal is of version %d, %v", number, err)
	}
}
