package anwen_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write house_sql.txt anew")

// Raw SQL of a room stands in <noun>_store.go. house_sql.txt lists the files that
// do not comply yet; it only ever becomes shorter.
func TestRawSQLStandsInStoreFiles(t *testing.T) {
	var outside []string
	for file := range sources(t) {
		if room := first(file); !slices.Contains(rooms, room) && room != "server" {
			continue // internal is the plumbing below the rooms, cmd wires and fills a new database
		}
		if !strings.HasSuffix(file, "_test.go") && !strings.HasSuffix(file, "_store.go") && speaksSQL(t, file) {
			outside = append(outside, file)
		}
	}
	slices.Sort(outside)
	if *update {
		if err := os.WriteFile("house_sql.txt", []byte(strings.Join(append(outside, ""), "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile("house_sql.txt")
	if err != nil {
		t.Fatal(err)
	}
	excepted := strings.Fields(string(raw))
	for _, file := range outside {
		if !slices.Contains(excepted, file) {
			t.Errorf("%s has raw SQL: it belongs into a _store.go", file)
		}
	}
	for _, file := range excepted {
		if !slices.Contains(outside, file) {
			t.Errorf("%s has no raw SQL outside a store: take it off house_sql.txt", file)
		}
	}
	if !slices.IsSorted(excepted) {
		t.Error("house_sql.txt is not sorted")
	}
}

// statement is what only SQL says: the beginning of a statement, or a part of one.
var statement = regexp.MustCompile(`\b(SELECT\s|INSERT INTO\s|DELETE FROM\s|UPDATE \w+ (\w+ )?SET\s|(LEFT )?JOIN \w+ \w+ ON\s|ON CONFLICT\s)`)

// speaksSQL tells whether a file hands text to the database, or has the text.
func speaksSQL(t *testing.T, name string) bool {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if verb, ok := n.Fun.(*ast.SelectorExpr); ok {
				found = found || verb.Sel.Name == "Raw" || verb.Sel.Name == "Exec"
			}
		case *ast.SelectorExpr: // database.Rows
			pack, ok := n.X.(*ast.Ident)
			found = found || (ok && pack.Name == "database" && n.Sel.Name == "Rows")
		case *ast.BasicLit:
			found = found || n.Kind == token.STRING && statement.MatchString(n.Value)
		}
		return !found
	})
	return found
}
