package anwen_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"

	"anwen/internal/testdb"
)

// sqlClock finds where SQL asks the clock of the database.
var sqlClock = regexp.MustCompile(`(?i)\b(?:now\(\)|(?:current|local)_?(?:timestamp|date|time)\b|(?:clock|statement|transaction)_timestamp\(\)|timeofday\(\))`)

// ownClock are the places that ask the machine: cmd makes the clock, testdb and
// testcost are tests, and postgres waits for a process of this machine.
var ownClock = []string{"cmd/", "internal/testdb/", "internal/testcost/", "internal/postgres/"}

// Time is injected: only cmd, which makes the clock, and tests ask for it.
func TestTheClockIsInjected(t *testing.T) {
	for name := range sources(t) {
		if slices.ContainsFunc(ownClock, func(place string) bool { return strings.HasPrefix(name, place) }) || strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if pack, ok := n.X.(*ast.Ident); ok && pack.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, n.Sel.Name) {
					t.Errorf("%s: time.%s: the clock is injected", set.Position(n.Pos()), n.Sel.Name)
				}
			case *ast.BasicLit:
				if n.Kind == token.STRING && sqlClock.MatchString(literal(n)) {
					t.Errorf("%s: the database's clock is asked in %.60q", set.Position(n.Pos()), literal(n))
				}
			}
			return true
		})
	}
}

// Views and functions of the schema take the instant too. Columns may have now()
// as a default: that is when a row came, and no rule asks it.
func TestTheSchemaAsksNoClock(t *testing.T) {
	var parts []struct{ Name, Source string }
	err := testdb.Tx(t).Raw(`SELECT viewname AS name, definition AS source FROM pg_views WHERE schemaname = 'public'
		UNION ALL SELECT proname, coalesce(prosrc, '') || coalesce(pg_get_function_sqlbody(p.oid), '') FROM pg_proc p WHERE pronamespace = 'public'::regnamespace`).Scan(&parts).Error
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		if p.Name == "write_staff_history" {
			continue // SQL by hand that names nobody is recorded at the database's own time
		}
		if sqlClock.MatchString(p.Source) {
			t.Errorf("%s asks the clock of the database: hand it the instant", p.Name)
		}
	}
}
