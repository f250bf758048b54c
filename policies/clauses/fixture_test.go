package clauses

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"anwen/internal/testdb"
)

// Every pair of neighbouring versions of real laws and company policies: the
// difference gives both texts back, and nothing that only changed its number is
// reported as removed and added.
func TestRealVersionsAreRebuiltAndRenumberedClausesAreKept(t *testing.T) {
	root := filepath.Join(testdb.Root(), "..", "shared", "fixtures", "policies")
	folders, err := filepath.Glob(filepath.Join(root, "*", "*"))
	if err != nil || len(folders) == 0 {
		t.Skip("the dated policies are not here: ../shared/fixtures/policies")
	}
	var compared int
	var slowest time.Duration
	for _, folder := range folders {
		files, _ := filepath.Glob(filepath.Join(folder, "*.md"))
		sort.Strings(files)
		count := map[string]int{}
		var spent time.Duration
		for i := 1; i < len(files); i++ {
			old, new := read(t, files[i-1]), read(t, files[i])
			began := time.Now()
			d := Compare(old, new)
			took := time.Since(began)
			spent, slowest, compared = spent+took, max(slowest, took), compared+1
			check(t, filepath.Base(folder)+" "+filepath.Base(files[i]), d, old, new)
			for _, p := range d.Pairs {
				count[string(p.Change)]++
				if p.Renumbered {
					count["renumbered"]++
				}
				if p.Moved {
					count["moved"]++
				}
			}
		}
		if len(files) > 1 {
			summary, _ := json.Marshal(count)
			t.Logf("%-60.60s %2d pairs of versions %8s  %s", filepath.Base(folder), len(files)-1, spent.Round(time.Millisecond), summary)
		}
	}
	t.Logf("%d pairs of versions, the slowest in %s", compared, slowest.Round(time.Millisecond))
}

func read(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// check holds what must be true of every difference.
func check(t testing.TB, name string, d Difference, old, new string) {
	t.Helper()
	if d.OldText() != old {
		t.Errorf("%s: the old text is not rebuilt", name)
	}
	if d.NewText() != new {
		t.Errorf("%s: the new text is not rebuilt", name)
	}
	seenOld, seenNew := map[int]int{}, map[int]int{}
	removed := map[string]string{}
	for _, p := range d.Pairs {
		for _, i := range p.Old {
			seenOld[i]++
		}
		for _, j := range p.New {
			seenNew[j]++
		}
		if p.Change == Removed {
			removed[fold(d.Old.Clauses[p.Old[0]].Body())] = d.Old.Clauses[p.Old[0]].Number
		}
	}
	if len(seenOld) != len(d.Old.Clauses) || len(seenNew) != len(d.New.Clauses) {
		t.Errorf("%s: %d of %d old and %d of %d new clauses stand in a pair", name, len(seenOld), len(d.Old.Clauses), len(seenNew), len(d.New.Clauses))
	}
	for i, n := range seenOld {
		if n != 1 {
			t.Errorf("%s: the old clause %d stands in %d pairs", name, i, n)
		}
	}
	for j, n := range seenNew {
		if n != 1 {
			t.Errorf("%s: the new clause %d stands in %d pairs", name, j, n)
		}
	}
	for _, p := range d.Pairs {
		if p.Change == Added {
			c := d.New.Clauses[p.New[0]]
			if number, both := removed[fold(c.Body())]; both && strings.TrimSpace(c.Body()) != "" {
				t.Errorf("%s: %q is removed and %q added with the same words", name, number, c.Number)
			}
		}
	}
}
