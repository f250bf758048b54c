package clauses

import (
	"encoding/json"
	"math/rand/v2"
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
	var compared, lonely, lonelyAlike int
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
				if p.Change == Removed || p.Change == Added {
					lonely++
				}
			}
			for _, twins := range removedAndAdded(d) {
				lonelyAlike++
				t.Errorf("%s %s: removed and added though alike: %s", filepath.Base(folder), filepath.Base(files[i]), twins)
			}
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
	t.Logf("%d pairs of versions, the slowest in %s; %d clauses removed or added, %d of them twice and alike", compared, slowest.Round(time.Millisecond), lonely, lonelyAlike)
}

// removedAndAdded lists clauses that were removed and stand among the added ones but for a
// word or two.
func removedAndAdded(d Difference) []string {
	var list []string
	for _, p := range d.Pairs {
		if p.Change != Removed {
			continue
		}
		for _, q := range d.Pairs {
			if q.Change != Added {
				continue
			}
			was, is := d.Old.Clauses[p.Old[0]], d.New.Clauses[q.New[0]]
			if was.heads() == is.heads() && (was.Kind == Preamble) == (is.Kind == Preamble) && butForAWordOrTwo(fold(was.Body()), fold(is.Body())) {
				list = append(list, was.Name()+" and "+is.Name()+": "+strings.TrimSpace(was.Body())+" / "+strings.TrimSpace(is.Body()))
			}
		}
	}
	return list
}

// butForAWordOrTwo: at most two stretches of at most eight letters differ, and
// more is the same than not.
func butForAWordOrTwo(a, b string) bool {
	x, y := strings.Split(a, ""), strings.Split(b, "")
	equal, changes, longest := 0, 0, 0
	previous := Equal
	for _, r := range shortest(x, y) {
		n := len([]rune(r.Text))
		if r.Op == Equal {
			equal += n
		} else {
			longest = max(longest, n)
			if previous == Equal {
				changes++
			}
		}
		previous = r.Op
	}
	return equal >= 6 && changes <= 2 && longest <= 8 && equal*2 > max(len(x), len(y))
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

// Every article of real laws with a word or two replaced, all of them in another
// order: each is found again.
func TestClausesOfRealLawsWithAnotherWordAreFoundAgain(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testdb.Root(), "..", "shared", "fixtures", "policies", "zh", "*", "*.md"))
	if err != nil || len(files) == 0 {
		t.Skip("the dated policies are not here: ../shared/fixtures/policies")
	}
	random := rand.New(rand.NewPCG(4, 2))
	total, lost := 0, 0
	for _, file := range files {
		var old, edited []string
		for _, c := range Parse(read(t, file)).Clauses {
			body := []rune(strings.TrimSpace(c.Body()))
			if c.Kind != Article || len(body) < 8 {
				continue
			}
			old = append(old, string(body))
			for range min(1+random.IntN(1+len(body)/20), 2) {
				if at := 1 + random.IntN(len(body)-4); len(body) > 8 {
					body = append(append(append([]rune{}, body[:at]...), []rune([]string{"经理", "营业网点", "客户"}[random.IntN(3)])...), body[at+2:]...)
				}
			}
			edited = append(edited, string(body))
		}
		random.Shuffle(len(edited), func(i, j int) { edited[i], edited[j] = edited[j], edited[i] })
		d := Compare(write(old), write(edited))
		total += len(old)
		for _, p := range d.Pairs {
			if p.Change == Removed {
				lost++
				t.Errorf("%s: %q is removed and added", filepath.Base(filepath.Dir(file)), d.Old.Clauses[p.Old[0]].Body())
			}
		}
	}
	t.Logf("%d articles, %d of them removed and added", total, lost)
}
