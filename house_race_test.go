package anwen_test

import (
	"go/ast"
	"os"
	"regexp"
	"strings"
	"testing"
)

// The Makefile tests some packages without the race detector, because they do one
// thing after another: none of their functions may start a goroutine.
func TestWhatIsTestedWithoutTheRaceDetectorStartsNoGoroutine(t *testing.T) {
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^SEQUENTIAL = (.+)$`).FindSubmatch(makefile)
	if line == nil {
		t.Fatal("the Makefile names no SEQUENTIAL packages")
	}
	patterns, read := strings.Fields(string(line[1])), 0
	for _, p := range loadHouse(t) {
		if !matchesAny(strings.TrimPrefix(p.PkgPath, "anwen/"), patterns) {
			continue
		}
		for _, file := range p.Syntax {
			read++
			ast.Inspect(file, func(n ast.Node) bool {
				if start, ok := n.(*ast.GoStmt); ok {
					t.Errorf("%s: starts a goroutine: test this package with the race detector", p.Fset.Position(start.Pos()))
				}
				return true
			})
		}
	}
	if read < len(patterns) {
		t.Fatalf("%d files were read for %v", read, patterns)
	}
}

// matchesAny knows the two forms that the Makefile uses: ./folder and ./folder/....
func matchesAny(folder string, patterns []string) bool {
	for _, pattern := range patterns {
		inner, below := strings.CutSuffix(strings.TrimPrefix(pattern, "./"), "/...")
		if folder == inner || below && strings.HasPrefix(folder, inner+"/") {
			return true
		}
	}
	return false
}
