package complaints_test

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anwen/complaints"
	"anwen/internal/database"
	"anwen/internal/testdb"
)

var noon = time.Date(2026, 5, 10, 4, 0, 0, 0, time.UTC)

func TestJudge(t *testing.T) {
	due, before, after := noon, noon.Add(-time.Microsecond), noon.Add(time.Microsecond)
	for name, c := range map[string]struct {
		unmeasured bool
		done       *time.Time
		now        time.Time
		want       complaints.Standing
	}{
		"done before the limit":           {done: &before, now: after, want: complaints.Met},
		"done at the limit":               {done: &due, now: after, want: complaints.Met},
		"done after the limit":            {done: &after, now: after, want: complaints.Late},
		"done late, seen before":          {done: &after, now: before, want: complaints.Late},
		"not done, before the limit":      {now: before, want: complaints.Open},
		"not done, at the limit":          {now: due, want: complaints.Open},
		"not done, past the limit":        {now: after, want: complaints.Late},
		"unmeasured, past the limit":      {unmeasured: true, now: after, want: complaints.Unmeasured},
		"unmeasured, done all the same":   {unmeasured: true, done: &before, now: after, want: complaints.Unmeasured},
		"unmeasured, limit not yet there": {unmeasured: true, now: before, want: complaints.Unmeasured},
	} {
		if got := complaints.Judge(!c.unmeasured, due, c.done, c.now); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// Instants are drawn close together, so that equal ones are frequent, and as
// finely as the database keeps them.
func TestTheDatabaseJudgesAsJudgeDoes(t *testing.T) {
	db := testdb.Tx(t)
	seen := map[complaints.Standing]int{}
	rapid.Check(t, func(t *rapid.T) {
		instant := func(name string) time.Time {
			return noon.Add(time.Duration(rapid.IntRange(-3, 3).Draw(t, name)) * time.Microsecond)
		}
		measured, due, now := rapid.Bool().Draw(t, "measured"), instant("due"), instant("now")
		var done *time.Time
		if rapid.Bool().Draw(t, "is done") {
			at := instant("done")
			done = &at
		}
		var got complaints.Standing
		if err := db.Raw(`SELECT complaint_state(?, ?, ?, ?)`, measured, due, done, now).Scan(&got).Error; err != nil {
			t.Fatal(err)
		}
		want := complaints.Judge(measured, due, done, now)
		seen[want]++
		if got != want {
			t.Fatalf("the database says %s, Judge %s", got, want)
		}
	})
	if len(seen) != 4 {
		t.Errorf("only %v was drawn", seen)
	}
}

// The board, its filters and the summary are one answer at every instant around
// a limit.
func TestListFilterAndSummaryAgreeAtTheLimit(t *testing.T) {
	d, ctx := open(t, testdb.Tx(t)), context.Background()
	d.load(t, "AT,general,UNIT,2026-10-20 09:00,2026-10-22 09:00,,,,,", "AFTER,general,UNIT,2026-10-20 09:00,2026-10-22 09:01,,,,,",
		"BLANK,general,UNIT,2026-10-20 09:00,,,,,,", "SILENT,general,UNIT,2026-10-20 09:00,,,,,,")
	if err := d.db.Exec(`UPDATE complaints SET measured = false WHERE reference = 'SILENT'`).Error; err != nil {
		t.Fatal(err)
	}
	limit := time.Date(2026, 10, 22, 1, 0, 0, 0, time.UTC) // 09:00 where the unit is
	for name, c := range map[string]struct {
		now  time.Time
		none complaints.Standing
	}{
		"before": {limit.Add(-time.Microsecond), complaints.Open},
		"at":     {limit, complaints.Open},
		"after":  {limit.Add(time.Microsecond), complaints.Late},
	} {
		d.now = c.now
		want := map[string]complaints.Standing{"AT": complaints.Met, "AFTER": complaints.Late, "BLANK": c.none, "SILENT": complaints.Unmeasured}
		count := map[complaints.Standing]int{}
		all, _, err := d.List(ctx, d.actor, complaints.ListQuery{})
		if err != nil || len(all) != len(want) {
			t.Fatalf("%s: %d complaints, %v", name, len(all), err)
		}
		for _, one := range all {
			count[one.State]++
			if one.State != want[one.Reference] {
				t.Errorf("%s: %s is %s, want %s", name, one.Reference, one.State, want[one.Reference])
			}
		}
		for _, state := range []complaints.Standing{complaints.Met, complaints.Late, complaints.Open, complaints.Unmeasured} {
			some, _, err := d.List(ctx, d.actor, complaints.ListQuery{State: state})
			if err != nil || len(some) != count[state] {
				t.Errorf("%s: the filter %s finds %d of %d, %v", name, state, len(some), count[state], err)
			}
		}
		october := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
		sum, err := d.Summarise(ctx, d.actor, october, october.AddDate(0, 1, 0))
		if err != nil {
			t.Fatal(err)
		}
		if sum.Met != count[complaints.Met] || sum.Late != count[complaints.Late] || sum.Open != count[complaints.Open] || sum.Unmeasured != count[complaints.Unmeasured] {
			t.Errorf("%s: the list says %v, the summary %+v", name, count, sum)
		}
	}
}

// A function that PostgreSQL does not write into the query hides the tables from
// their indexes and reads every complaint each time.
func TestTheStandingIsWrittenIntoTheQuery(t *testing.T) {
	db := testdb.Tx(t)
	var plan []string
	err := db.Raw(`EXPLAIN (COSTS off, VERBOSE) SELECT reference, state FROM complaint_standing(?) WHERE due_at >= ?`, noon, noon).Scan(&plan).Error
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(plan, "\n")
	for _, wrong := range []string{"Function Scan", "complaint_standing", "complaint_state", "units", "satisfaction_now"} {
		if strings.Contains(text, wrong) {
			t.Errorf("the plan holds %s:\n%s", wrong, text)
		}
	}
	if !strings.Contains(text, "complaints") {
		t.Errorf("the plan reads no complaints:\n%s", text)
	}
}

// A list takes four statements at most, whatever is asked: they find the unit asked for,
// the units in it, the products and causes with the text, and the page.
func TestAListIsFewStatements(t *testing.T) {
	d := open(t, testdb.Tx(t))
	ctx, counter := database.WithCounter(context.Background())
	if _, _, err := d.List(ctx, d.actor, complaints.ListQuery{State: complaints.Late, Search: "x", UnitCode: d.unit, Unnamed: true}); err != nil {
		t.Fatal(err)
	}
	if n := counter.Statements(); n != 4 {
		t.Errorf("%d statements", n)
	}
}

// judges are texts that would be a second answer to "is this complaint late?":
// the stages themselves, the instant of being done compared with anything, or a
// limit with the present. Comparing a limit with a quarter's ends is none.
var judges = regexp.MustCompile(`(?i)\b(first_reply_at|first_feedback_at)\b` +
	`|\bdone_at\s*(<|>|!?=|IS\b|BETWEEN\b)|(<|>|=)\s*(\w+\.)?done_at\b` +
	`|\bdue_at\s*(<|>)=?\s*(@now|CAST\(@now|coalesce|now\(|current_timestamp|\?|\$)|(@now|now\(\)|timestamptz\))\s*(<|>)=?\s*(\w+\.)?due_at\b` +
	`|\bcomplaint_state\(`)

// tables are read outside the room through complaint_standing and responsible_now
// alone. Only the evidence compares what is shown with what was appended.
var tables = regexp.MustCompile(`(?i)\b(FROM|JOIN|INTO|UPDATE|,)\s*(complaints|satisfaction_answers|satisfaction_now|responsible_persons)\b`)

func TestLatenessIsJudgedInOnePlace(t *testing.T) {
	root, set, searched := testdb.Root(), token.NewFileSet(), 0
	evidence := filepath.Join(root, "records", "evidence_store.go")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || d.Name() == "complaints" && filepath.Dir(path) == root) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		searched++
		ast.Inspect(file, func(n ast.Node) bool {
			text, ok := n.(*ast.BasicLit)
			if !ok || text.Kind != token.STRING {
				return true
			}
			if found := judges.FindString(text.Value); found != "" {
				t.Errorf("%s judges lateness by %q: read state from complaint_standing", set.Position(text.Pos()), found)
			}
			if found := tables.FindString(text.Value); found != "" && strings.Contains(text.Value, "SELECT") && path != evidence {
				t.Errorf("%s reads %q: other rooms read complaint_standing and responsible_now", set.Position(text.Pos()), found)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if searched < 100 {
		t.Errorf("only %d files were searched", searched)
	}
}

func TestTheSearchFindsWhatItIsFor(t *testing.T) {
	for _, text := range []string{
		`CASE c.class WHEN 'general' THEN c.first_reply_at END`, `m.done_at > c.due_at`, `WHERE done_at IS NULL`, `x <= c.done_at`,
		`c.due_at < @now`, `c.due_at >= CAST(@now AS timestamptz)`, `coalesce(d, @now) > due_at AND @now > c.due_at`, `complaint_state(a, b, c, d)`,
	} {
		if !judges.MatchString(text) {
			t.Errorf("%s is not found", text)
		}
	}
	for _, text := range []string{`json:"due_at"`, `due_at >= CAST(@first AS timestamp)`, `ORDER BY due_at, reference`, `c.due_at, c.done_at, c.state`} {
		if judges.MatchString(text) {
			t.Errorf("%s is found", text)
		}
	}
}
