package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"anwen/internal/database"
	"anwen/records"
)

// other is, by the type of a column, a value that is not the one that stands there.
var other = map[string]string{
	"bigint": `coalesce(%[1]s, 0) + 1000`, "integer": `coalesce(%[1]s, 0) + 1000`, "smallint": `coalesce(%[1]s, 0) + 1000`,
	"text": `coalesce(%[1]s, '') || 'x'`, "boolean": `NOT coalesce(%[1]s, false)`, "date": `coalesce(%[1]s, '2026-01-01') - 10000`,
	"timestamp with time zone": `coalesce(%[1]s, '2026-01-01Z') - interval '1 microsecond'`, "bytea": `coalesce(%[1]s, '') || '\x00'`,
	"jsonb":  `CASE jsonb_typeof(%[1]s) WHEN 'object' THEN %[1]s || '{"x": 1}' WHEN 'array' THEN %[1]s || coalesce(%[1]s->0, '{"x": 1}') ELSE '{"x": 1}' END`,
	"text[]": `coalesce(%[1]s, '{}') || 'x'::text`, "cidr[]": `coalesce(%[1]s, '{}') || '10.9.0.0/16'::cidr`,
}

// column is one that an owner may write.
type column struct{ Name, Type string }

func (c column) altered(t *testing.T) string {
	t.Helper()
	if other[c.Type] == "" {
		t.Fatalf("there is no other value of the type %s", c.Type)
	}
	return fmt.Sprintf(other[c.Type], `"`+c.Name+`"`)
}

// writable are the columns of a table that are not made from others.
func writable(t *testing.T, db *database.Pool, table string) (list []column) {
	t.Helper()
	err := db.Raw(`SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
		WHERE attrelid = CAST(? AS regclass) AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`, table).Scan(&list).Error
	if err != nil || len(list) == 0 {
		t.Fatalf("%s: %d columns, %v", table, len(list), err)
	}
	return list
}

// unguarded is the evidence as its owner may make it: without checks, and with ids that
// can be written.
func unguarded(t *testing.T) *database.Pool {
	t.Helper()
	db := evidenced.Tx(t)
	var statements []string
	err := db.Raw(`SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace
		UNION ALL SELECT format('ALTER TABLE %I ALTER %I DROP IDENTITY', table_name, column_name) FROM information_schema.columns WHERE table_schema = 'public' AND is_identity = 'YES'`).Scan(&statements).Error
	for _, sql := range statements {
		if err == nil {
			err = db.Exec(sql).Error
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// foundIn tells which tables the report calls altered.
func foundIn(t *testing.T, db *database.Pool) map[string]bool {
	t.Helper()
	h := &house{db: db}
	h.wire()
	report, err := h.records.VerifyEvidence(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, k := range report.Kinds {
		if k.Differences > 0 && strings.HasPrefix(k.First, "row ") {
			found[strings.TrimPrefix(k.Name, "rows of ")] = true
		}
	}
	return found
}

// without are the tables of which the sample has no row, because no verb writes one yet.
var without = []string{"certificate_revocations"}

// Whatever the owner of the database writes into whichever column, of whichever table of
// the evidence, is found, and so is a row that is removed or put in.
func TestEveryColumnOfTheEvidenceIsProved(t *testing.T) {
	if testing.Short() {
		t.Skip("alters every column")
	}
	tables := records.EvidenceTables()
	columns := map[string][]column{}
	rounds := 0
	t.Run("columns", func(t *testing.T) {
		db := evidenced.Tx(t)
		for _, table := range tables {
			for _, c := range writable(t, db, table.Name) {
				if !slices.Contains(table.LeftOut, c.Name) {
					columns[table.Name] = append(columns[table.Name], c)
				}
			}
			rounds = max(rounds, len(columns[table.Name]))
		}
	})
	alterAll := func(what string, statement func(records.EvidenceTable) string) {
		t.Run(what, func(t *testing.T) {
			db, altered := unguarded(t), map[string]string{}
			for _, table := range tables {
				if sql := statement(table); sql != "" && !slices.Contains(without, table.Name) {
					alter(t, db, sql)
					altered[table.Name] = sql
				}
			}
			found := foundIn(t, db)
			for table, sql := range altered {
				if !found[table] {
					t.Errorf("not found: %s", sql)
				}
			}
		})
	}
	for round := range rounds {
		alterAll(fmt.Sprintf("column %d", round+1), func(table records.EvidenceTable) string {
			if round >= len(columns[table.Name]) {
				return ""
			}
			c := columns[table.Name][round]
			return fmt.Sprintf(`UPDATE %[1]s SET %[2]q = %[3]s WHERE ctid = (SELECT min(ctid) FROM %[1]s)`, table.Name, c.Name, c.altered(t))
		})
	}
	alterAll("a row is deleted", func(table records.EvidenceTable) string {
		return fmt.Sprintf(`DELETE FROM %[1]s WHERE ctid = (SELECT max(ctid) FROM %[1]s)`, table.Name)
	})
	alterAll("a row is put in", func(table records.EvidenceTable) string {
		var names, values []string
		for _, c := range columns[table.Name] {
			names, values = append(names, fmt.Sprintf("%q", c.Name)), append(values, c.altered(t))
		}
		for _, name := range table.LeftOut {
			names, values = append(names, fmt.Sprintf("%q", name)), append(values, fmt.Sprintf("%q", name))
		}
		return fmt.Sprintf(`INSERT INTO %[1]s (%[2]s) SELECT %[3]s FROM %[1]s WHERE ctid = (SELECT max(ctid) FROM %[1]s)`, table.Name, strings.Join(names, ", "), strings.Join(values, ", "))
	})
}

// What is written by hand with every trigger on is found too: no event tells of it.
func TestWhatIsWrittenByHandIsFound(t *testing.T) {
	for sql, says := range map[string]string{
		`INSERT INTO role_grants (person_id, role, unit_id, granted_at) SELECT max(p.id), 'administrator', min(u.id), now() FROM people p, units u`: "rows of role_grants",
		`UPDATE people SET employee_no = 'AH-OTHER' WHERE id = (SELECT max(id) FROM people)`:                                                        "rows of people",
		`UPDATE people SET position = 'x' WHERE id = (SELECT max(id) FROM people)`:                                                                  "rows of staff_history",
		`UPDATE assignments SET due_on = '2030-01-01' WHERE id = (SELECT max(id) FROM assignments)`:                                                 "rows of assignments",
		`UPDATE complaints SET due_at = due_at + interval '1 day'`:                                                                                  "rows of complaints",
		`INSERT INTO accommodations (person_id, extra_attempts, reason, granted_at) SELECT max(id), 20, 'x', now() FROM people`:                     "rows of accommodations",
		`UPDATE policy_drafts SET note = 'x'`:                                                                                                       "rows of policy_drafts",
		`UPDATE units SET zone = 'UTC'`:                                                                                                             "rows of units",
		`INSERT INTO responsible_persons (complaint_id, person_id, named_at) SELECT max(c.id), max(p.id), now() FROM complaints c, people p`:        "rows of responsible_persons",
		`DELETE FROM calendar_days WHERE day = (SELECT max(day) FROM calendar_days)`:                                                                "rows of calendar_days",
	} {
		t.Run(says, func(t *testing.T) {
			db := evidenced.Tx(t)
			if err := db.Exec(sql).Error; err != nil {
				t.Fatal(err)
			}
			if report := verified(t, db, nil); !strings.Contains(report.evidence, says) {
				t.Errorf("%s: verify says %q", sql, report.evidence)
			}
		})
	}
}
