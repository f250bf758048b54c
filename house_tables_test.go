package anwen_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"anwen/internal/testdb"
)

// tablesOf says which room writes which tables: that one and no other. A new
// table is added here by the migration that makes it.
var tablesOf = map[string][]string{
	"people": {"units", "people", "staff_history", "role_grants", "credentials", "sessions", "known_devices", "throttles"},
	"policies": {"policies", "policy_versions", "policy_texts", "policy_repeals", "policy_repeal_proposals", "policy_drafts", "policy_draft_editions",
		"policy_questions", "policy_answers", "acknowledgement_requests", "acknowledgements",
		"citing_revisions", "citations", "citation_changes", "citation_reviews"},
	"complaints": {"complaints", "complaint_imports", "complaint_rule_sets", "calendars", "calendar_days",
		"responsible_persons", "responsible_now", "satisfaction_answers", "satisfaction_now"},
	"briefings": {"briefings", "briefing_revisions", "briefing_texts", "briefing_policies", "briefing_questions", "briefing_answers",
		"briefing_reads", "briefing_actions", "briefing_action_steps", "study_meetings", "attendances"},
	"courses": {"courses", "course_revisions", "course_files", "blobs", "lessons", "lesson_texts", "lesson_checks",
		"manuscripts", "manuscript_files"},
	"search":   {"search_sources", "search_sections"},
	"training": {"assignments", "lesson_reads", "quiz_passes", "completions"},
	"quizzes": {"banks", "bank_pictures", "pictures", "items", "item_versions", "quizzes", "quiz_revisions", "quiz_items",
		"quiz_conditions", "quiz_refusals", "accommodations", "attempts", "attempt_events", "answers", "submissions", "marks", "regrades", "corrections",
		"quiz_uncounted", "quiz_counted", "quiz_passers", "quiz_figures", "item_figures"},
	"certificates": {"certifications", "certificates", "certificate_documents", "certificate_revocations"},
	"internal":     {"audit_events", "audit_unsealed", "audit_seals", "goose_db_version"},
}

func owners() map[string]string {
	owner := map[string]string{}
	for room, tables := range tablesOf {
		for _, table := range tables {
			owner[table] = room
		}
	}
	return owner
}

func TestEveryTableHasARoom(t *testing.T) {
	listed := owners()
	for _, table := range tables(t) {
		if _, ok := listed[table]; !ok {
			t.Errorf("the table %s has no room: add it to tablesOf", table)
		}
		delete(listed, table)
	}
	for table, room := range listed {
		t.Errorf("%s is said to have the table %s, and there is none", room, table)
	}
}

// tables are those of the migrated database, without the partitions of others.
func tables(t *testing.T) []string {
	t.Helper()
	var names []string
	err := testdb.Tx(t).Raw(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`).Scan(&names).Error
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestForeignKeysFollowTheImportDirection(t *testing.T) {
	var keys []struct{ Name, From, To string }
	err := testdb.Tx(t).Raw(`SELECT c.conname AS name, f.relname AS "from", t.relname AS "to" FROM pg_constraint c
		JOIN pg_class f ON f.oid = c.conrelid JOIN pg_class t ON t.oid = c.confrelid
		WHERE c.contype = 'f' AND c.conparentid = 0 AND f.relnamespace = 'public'::regnamespace`).Scan(&keys).Error
	if err != nil {
		t.Fatal(err)
	}
	if len(keys) < 50 {
		t.Fatalf("the database has only %d foreign keys", len(keys))
	}
	owner := owners()
	for _, k := range keys {
		from, to := owner[k.From], owner[k.To]
		if from != to && !allowed(from, to) {
			t.Errorf("%s: %s of %s may not refer to %s of %s", k.Name, k.From, from, k.To, to)
		}
	}
}

// writtenElsewhere are the tables that no Go of the product writes: goose keeps its
// own, triggers on people write its history, those on what is appended to a complaint
// write what counts now, and no verb revokes a certificate yet.
var writtenElsewhere = []string{"goose_db_version", "staff_history", "responsible_now", "satisfaction_now", "certificate_revocations"}

// written finds the tables that a statement writes.
var written = regexp.MustCompile(`(?i)\b(?:(?:INSERT\s+INTO|MERGE\s+INTO|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|COPY)\s+(?:ONLY\s+)?"?([a-z_]*)|UPDATE\s+(?:ONLY\s+)?"?([a-z_]+)"?(?:\s+(?:AS\s+)?[a-z_]+)?\s+SET\b)`)

// writes are the verbs of GORM that change rows.
var writes = []string{"Create", "CreateInBatches", "FirstOrCreate", "Save", "Update", "Updates", "UpdateColumn", "UpdateColumns", "Delete"}

func TestEveryTableIsWrittenByItsRoomOnly(t *testing.T) {
	owner, seen := owners(), map[string]bool{}
	for file := range sources(t) {
		if strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "internal/testdb/") {
			continue // factories fill in what a test does not care about
		}
		room := first(file)
		for _, w := range writtenIn(t, file) {
			switch at, known := owner[w.table]; {
			case known && at != room:
				t.Errorf("%s:%d: %s writes %s, which is the table of %s", file, w.line, room, w.table, at)
			case !known && w.table == "":
				t.Errorf("%s:%d: the table that is written stands elsewhere: write its name out", file, w.line)
			}
			seen[w.table] = true
		}
	}
	for table := range owner {
		if !seen[table] && !slices.Contains(writtenElsewhere, table) {
			t.Errorf("nothing writes %s: is the scan blind, or the table dead?", table)
		}
	}
}

type write struct {
	table string
	line  int
}

func writtenIn(t *testing.T, name string) []write {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var found []write
	add := func(n ast.Node, table string) {
		found = append(found, write{strings.ToLower(table), set.Position(n.Pos()).Line})
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			for _, m := range written.FindAllStringSubmatch(literal(n), -1) {
				if table := m[1] + m[2]; table != "" || strings.ToUpper(m[0]) == m[0] {
					add(n, table)
				}
			}
		case *ast.FuncDecl: // a model's table: what GORM writes a row of the type to
			if n.Name.Name == "TableName" && n.Recv != nil {
				ast.Inspect(n.Body, func(inner ast.Node) bool {
					if l, ok := inner.(*ast.BasicLit); ok {
						add(l, literal(l))
					}
					return true
				})
			}
		case *ast.CallExpr:
			if verb, ok := n.Fun.(*ast.SelectorExpr); ok && slices.Contains(writes, verb.Sel.Name) {
				if l := argumentOf(verb.X, "Table"); l != nil {
					add(l, literal(l))
				}
			}
		case *ast.CompositeLit: // pgx.Identifier{"answers"}, what COPY takes
			if kind, ok := n.Type.(*ast.SelectorExpr); ok && kind.Sel.Name == "Identifier" && len(n.Elts) == 1 {
				if l, ok := n.Elts[0].(*ast.BasicLit); ok {
					add(l, literal(l))
				}
			}
		}
		return true
	})
	return found
}

// argumentOf is the first argument, written out, of the named call in a chain.
func argumentOf(chain ast.Expr, name string) *ast.BasicLit {
	for {
		call, ok := chain.(*ast.CallExpr)
		if !ok {
			return nil
		}
		verb, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return nil
		}
		if verb.Sel.Name == name && len(call.Args) > 0 {
			l, _ := call.Args[0].(*ast.BasicLit)
			return l
		}
		chain = verb.X
	}
}

func literal(l *ast.BasicLit) string {
	text, err := strconv.Unquote(l.Value)
	if err != nil {
		return "" // a number
	}
	return text
}
