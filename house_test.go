// Package anwen_test holds the import direction of the house (docs/architecture.md).
package anwen_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is the whole table: a room imports only the rooms of its row, and
// internal/. "*" is every room.
var mayImport = map[string][]string{
	"people":        {},
	"items":         {},
	"complaints":    {"people"},
	"obligations":   {"people"},
	"notifications": {"people"},
	"policies":      {"people", "items"},
	"briefings":     {"people", "policies", "items"},
	"courses":       {"people", "policies", "items"},
	"search":        {"people", "policies"},
	"training":      {"people", "courses", "policies"},
	"quizzes":       {"people", "courses", "training", "items"},
	"certificates":  {"people", "courses", "training"},
	"performance":   {"people", "complaints", "training", "quizzes"},
	"records":       {"*"},
	"server":        {"*"},
	"cmd":           {"*", "records", "server", "frontend", "migrations"},
	"internal":      {"migrations"},
	"migrations":    {},
	"frontend":      {},
}

// rooms are what "*" stands for.
var rooms = []string{"people", "items", "complaints", "obligations", "notifications", "policies", "briefings", "courses", "search",
	"training", "quizzes", "certificates", "performance", "records"}

// onlyIn names the packages that stay in one place.
var onlyIn = map[string][]string{
	"github.com/gin-gonic/gin":         {"server"},
	"github.com/danielgtaylor/huma/v2": {"server"},
	"github.com/go-pdf/fpdf":           {"internal/typeset", "certificates"},
	"github.com/yuin/goldmark":         {"internal/markdownx"},
	"github.com/pressly/goose/v3":      {"internal/database"},
	"github.com/alecthomas/kong":       {"cmd"},
	"github.com/xuri/excelize/v2":      {"internal/sheet", "records"},
}

// noGo lists the folders that hold no Go of the product.
var noGo = []string{"docs", "scripts", ".ci", ".git", "bin", "data"}

func TestRoomsImportOnlyWhatTheTableAllows(t *testing.T) {
	uses := map[string]bool{}
	for file, imports := range sources(t) {
		room := first(file)
		for _, path := range imports {
			if inner, ok := strings.CutPrefix(path, "anwen/"); ok {
				if target := first(inner); target != room && target != "internal" && !allowed(room, target) {
					t.Errorf("%s: %s may not import %s", file, room, target)
				}
				if first(inner) == "internal" && strings.HasPrefix(inner, "internal/test") && !strings.HasSuffix(file, "_test.go") && !strings.HasPrefix(file, "internal/testdb/") {
					t.Errorf("%s: %s is for tests", file, inner)
				}
			}
			for owned, places := range onlyIn {
				if path != owned && !strings.HasPrefix(path, owned+"/") || strings.HasSuffix(file, "_test.go") {
					continue
				}
				at := slices.IndexFunc(places, func(p string) bool { return strings.HasPrefix(file, p+"/") })
				if at < 0 {
					t.Errorf("%s: %s belongs to %v", file, owned, places)
				} else {
					uses[owned+places[at]] = true
				}
			}
		}
	}
	for owned, places := range onlyIn {
		for _, place := range places {
			if !uses[owned+place] {
				t.Errorf("%s does not use %s: take it out of the table", place, owned)
			}
		}
	}
}

// What a question is and earns is decided by values alone: neither the room nor
// anything of the house that it imports knows a database.
func TestItemsKnowNoDatabase(t *testing.T) {
	inside := map[string][]string{}
	for file, imports := range sources(t) {
		if !strings.HasSuffix(file, "_test.go") {
			folder := filepath.ToSlash(filepath.Dir(file))
			inside[folder] = append(inside[folder], imports...)
		}
	}
	seen := map[string]bool{}
	var visit func(folder, by string)
	visit = func(folder, by string) {
		if seen[folder] {
			return
		}
		seen[folder] = true
		for _, path := range inside[folder] {
			inner, ours := strings.CutPrefix(path, "anwen/")
			if inner == "internal/database" || path == "context" || path == "database/sql" || strings.HasPrefix(path, "gorm.io/") || strings.HasPrefix(path, "github.com/jackc/") {
				t.Errorf("%s imports %s, and items must not%s", folder, path, by)
			}
			if ours {
				visit(inner, " (it comes by "+folder+")")
			}
		}
	}
	for folder := range inside {
		if first(folder) == "items" {
			visit(folder, "")
		}
	}
	if len(seen) < 3 {
		t.Fatalf("only %d folders were read", len(seen))
	}
}

func TestEveryFolderIsInTheTable(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if _, known := mayImport[e.Name()]; e.IsDir() && !known && !slices.Contains(noGo, e.Name()) {
			t.Errorf("the folder %s is not in the table: give it a row in house_test.go and docs/architecture.md", e.Name())
		}
	}
}

func TestTheEnvironmentIsReadOnlyInCmd(t *testing.T) {
	for file := range sources(t) {
		if strings.HasPrefix(file, "cmd/") || strings.HasPrefix(file, "internal/testdb/") || strings.HasSuffix(file, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), "os.Getenv") || strings.Contains(string(raw), "os.LookupEnv") {
			t.Errorf("%s reads the environment; only cmd does", file)
		}
	}
}

func TestEveryRoomSaysWhatItIsFor(t *testing.T) {
	for _, room := range append(slices.Clone(rooms), "server") {
		if _, err := os.Stat(room); os.IsNotExist(err) {
			continue // not built yet
		}
		if _, err := os.Stat(filepath.Join(room, "doc.go")); err != nil {
			t.Errorf("%s has no doc.go", room)
		}
	}
}

func allowed(room, target string) bool {
	for _, a := range mayImport[room] {
		if a == target || (a == "*" && slices.Contains(rooms, target)) {
			return true
		}
	}
	return false
}

// sources maps every Go file to what it imports.
func sources(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	set := token.NewFileSet()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || d.Name() == "dist" || d.Name() == "data") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || first(path) == path {
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		all[path] = []string{}
		for _, spec := range file.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			all[path] = append(all[path], name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func first(path string) string {
	head, _, _ := strings.Cut(filepath.ToSlash(path), "/")
	return head
}
