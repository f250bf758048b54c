package anwen_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// SQL of a room stands in <noun>_store.go, be it no more than a condition.
func TestSQLStandsInStoreFiles(t *testing.T) {
	for file := range sources(t) {
		if !ofARoom(file) || strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "_store.go") {
			continue
		}
		if speaksSQL(t, file) {
			t.Errorf("%s has SQL: it belongs into a _store.go", file)
		}
	}
}

// ofARoom leaves out internal, the plumbing below the rooms, and cmd, which wires and
// fills a new database.
func ofARoom(file string) bool {
	room := first(file)
	return slices.Contains(rooms, room) || room == "server"
}

func TestTheReaderOfSQLKnowsAConditionFromAText(t *testing.T) {
	for text, want := range map[string]bool{
		"c.serial = ?": true, "p.id = @person": true, "id = ANY (?)": true, "role IN ?": true, "path LIKE (?)": true, "at <= ?": true,
		"revoked_at IS NULL": true, "due_on IS NOT NULL": true, "name ORDER BY id": true, "SELECT 1": true,
		"": false, "who = where?": false, "is null": false, "?after=": false, "a text IN English": false,
	} {
		if got := statement.MatchString(text); got != want {
			t.Errorf("%q is SQL: %v", text, got)
		}
	}
}

// GORM is spoken in stores and nowhere else, and so are models written.
func TestGORMStandsInStoreFiles(t *testing.T) {
	read := 0
	for _, p := range loadHouse(t) {
		if ofARoom(strings.TrimPrefix(p.PkgPath, "anwen/")) {
			read++
			for _, fault := range gormOutsideStores(p) {
				t.Error(fault)
			}
		}
	}
	if read < 10 {
		t.Fatalf("only %d packages were read", read)
	}
}

func TestTheReaderOfGORMFindsItInEveryShape(t *testing.T) {
	found := gormOutsideStores(loadSource(t, `package sample
		import ("context"; "errors"; "gorm.io/gorm"; "anwen/internal/database")
		type row struct{ ID int64 }
		func (row) TableName() string { return "rows" }
		func typed(ctx context.Context, conn database.Conn) { database.Table[row](conn).Take(ctx) }
		func streamed(ctx context.Context, conn database.Conn) { database.Rows(ctx, conn, nil, "") }
		func chained(ctx context.Context, conn database.Conn, r *row) { conn.WithContext(ctx).Where("x").Find(r) }
		func inATx(tx database.Tx, r *row) { tx.Create(r) }
		func onThePool(db *database.Pool, r *row) { db.Exec("x") }
		func asked(err error) bool { return errors.Is(err, gorm.ErrRecordNotFound) }
		func allowed(ctx context.Context, db *database.Pool) error {
			return db.Transaction(ctx, func(tx database.Tx) error { return do(ctx, tx, database.Array[int64]{1}) })
		}
		func do(context.Context, database.Conn, any) error { return nil }`)[0])
	for _, name := range []string{"TableName", "typed", "streamed", "chained", "inATx", "onThePool", "asked"} {
		if !slices.ContainsFunc(found, func(fault string) bool { return strings.HasPrefix(fault, name+" ") }) {
			t.Errorf("nothing was found in %s", name)
		}
	}
	if i := slices.IndexFunc(found, func(fault string) bool { return strings.HasPrefix(fault, "allowed ") }); i >= 0 {
		t.Error(found[i])
	}
}

// gormOutsideStores names each function that uses what GORM declares, or that reads
// or writes a table by database.Table or database.Rows, or is the TableName of a
// model, in a file that is no store.
func gormOutsideStores(p *packages.Package) (faults []string) {
	for _, file := range p.Syntax {
		if strings.HasSuffix(p.Fset.Position(file.Pos()).Filename, "_store.go") {
			continue
		}
		for _, d := range file.Decls {
			name, model := "a declaration", false
			if f, ok := d.(*ast.FuncDecl); ok {
				name, model = f.Name.Name, f.Recv != nil && f.Name.Name == "TableName"
			}
			if model {
				faults = append(faults, fmt.Sprintf("%s makes a model: it belongs into a _store.go (%s)", name, p.Fset.Position(d.Pos())))
			}
			ast.Inspect(d, func(n ast.Node) bool {
				if used, ok := n.(*ast.Ident); ok && speaksGORM(p.TypesInfo.Uses[used]) {
					faults = append(faults, fmt.Sprintf("%s uses GORM's %s: it belongs into a _store.go (%s)", name, used.Name, p.Fset.Position(n.Pos())))
				}
				return true
			})
		}
	}
	return faults
}

func speaksGORM(used types.Object) bool {
	if used == nil || used.Pkg() == nil {
		return false
	}
	path := used.Pkg().Path()
	return strings.HasPrefix(path, "gorm.io/") || path == "anwen/internal/database" && (used.Name() == "Table" || used.Name() == "Rows")
}

// statement is what only SQL says: the beginning of a statement, a part of one, or a
// condition.
var statement = regexp.MustCompile(`\b(SELECT\s|INSERT INTO\s|DELETE FROM\s|UPDATE \w+ (\w+ )?SET\s|(LEFT )?JOIN \w+ \w+ ON\s|ON CONFLICT\s` +
	`|IS (NOT )?NULL\b|ORDER BY\s)|(^|[\s(])[a-z_.]+ (=|<>|<|>|<=|>=|IN|LIKE|ILIKE) (ANY )?\(?(\?|@[a-z])`)

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
		case *ast.BasicLit:
			found = found || n.Kind == token.STRING && statement.MatchString(literal(n))
		}
		return !found
	})
	return found
}

// Between instants and local dates there are two functions of the schema, day_in and
// midnight: no room spells them anew.
func TestLocalDatesHaveOneHome(t *testing.T) {
	for file := range sources(t) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "AT TIME ZONE") {
			t.Errorf("%s: AT TIME ZONE: say day_in or midnight", file)
		}
	}
}
