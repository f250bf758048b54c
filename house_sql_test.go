package anwen_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Raw SQL of a room stands in <noun>_store.go.
func TestRawSQLStandsInStoreFiles(t *testing.T) {
	for file := range sources(t) {
		if room := first(file); !slices.Contains(rooms, room) && room != "server" {
			continue // internal is the plumbing below the rooms, cmd wires and fills a new database
		}
		if !strings.HasSuffix(file, "_test.go") && !strings.HasSuffix(file, "_store.go") && speaksSQL(t, file) {
			t.Errorf("%s has raw SQL: it belongs into a _store.go", file)
		}
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
